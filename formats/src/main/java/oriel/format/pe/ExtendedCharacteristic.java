package oriel.format.pe;

import java.util.EnumSet;
import java.util.Set;

/** Bits of debug data EX_DLLCHARACTERISTICS (IMAGE_DLLCHARACTERISTICS_EX_*). */
public enum ExtendedCharacteristic {
    CET_COMPAT(0x01),
    CET_COMPAT_STRICT_MODE(0x02),
    CET_SET_CONTEXT_IP_VALIDATION_RELAXED_MODE(0x04),
    CET_DYNAMIC_APIS_ALLOW_IN_PROC_ONLY(0x08),
    CET_RESERVED_1(0x10),
    CET_RESERVED_2(0x20),
    FORWARD_CFI_COMPAT(0x40),
    HOTPATCH_COMPATIBLE(0x80);

    private final int bit;

    ExtendedCharacteristic(int bit) {
        this.bit = bit;
    }

    /** Those whose bits are set. */
    static Set<ExtendedCharacteristic> of(long bits) {
        Set<ExtendedCharacteristic> set = EnumSet.noneOf(ExtendedCharacteristic.class);
        for (ExtendedCharacteristic each : values()) {
            if ((bits & each.bit) != 0) {
                set.add(each);
            }
        }
        return set;
    }
}
