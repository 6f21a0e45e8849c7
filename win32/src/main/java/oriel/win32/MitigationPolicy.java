package oriel.win32;

import com.sun.jna.Memory;
import java.util.EnumMap;
import java.util.Map;
import oriel.win32.raw.Mitigations;

/** What protects a process against exploits (PROCESS_MITIGATION_POLICY). */
public enum MitigationPolicy {
    DEP,
    ASLR,
    DYNAMIC_CODE,
    STRICT_HANDLE_CHECK,
    SYSTEM_CALL_DISABLE,
    MITIGATION_OPTIONS_MASK,
    EXTENSION_POINT_DISABLE,
    CONTROL_FLOW_GUARD,
    SIGNATURE,
    FONT_DISABLE,
    IMAGE_LOAD,
    SYSTEM_CALL_FILTER,
    PAYLOAD_RESTRICTION,
    CHILD_PROCESS,
    SIDE_CHANNEL_ISOLATION,
    USER_SHADOW_STACK;

    /**
     * The bits of each policy that the system tells about a process; bit 0 of most says whether it
     * is in force. Policies that the system does not know are left out; Wine knows few or none.
     */
    public static Map<MitigationPolicy, Long> of(WindowsProcess process) {
        var found = new EnumMap<MitigationPolicy, Long>(MitigationPolicy.class);
        try (var answer = new Memory(8)) {
            for (MitigationPolicy policy : values()) {
                answer.clear();
                // All are a DWORD of bits, but the first, which adds a BOOLEAN, and the mask.
                long size = policy == DEP || policy == MITIGATION_OPTIONS_MASK ? 8 : 4;
                if (Mitigations.GetProcessMitigationPolicy(
                        process.handle(), policy.ordinal(), answer, size)) {
                    found.put(policy, answer.getInt(0) & 0xffffffffL);
                }
            }
        } catch (UnsatisfiedLinkError e) {
            // Windows 7 has no policies.
            return found;
        }
        return found;
    }
}
