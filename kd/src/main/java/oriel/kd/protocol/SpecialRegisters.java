package oriel.kd.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import oriel.bytes.Bytes;
import oriel.model.Architecture;

/**
 * Registers of a processor that no context has: KSPECIAL_REGISTERS. Shorter ones of older systems
 * have fewer.
 *
 * @param values in the order of the structure
 */
public record SpecialRegisters(List<Value> values) {
    /** Copies the list. */
    public SpecialRegisters {
        values = List.copyOf(values);
    }

    /** A register by its name, lower case. */
    public record Value(String name, long value) {}

    /** A register by its name; empty when the target did not send it. */
    public OptionalLong value(String name) {
        for (Value each : values) {
            if (each.name.equals(name)) {
                return OptionalLong.of(each.value);
            }
        }
        return OptionalLong.empty();
    }

    /** Reads what a target sent. */
    public static SpecialRegisters read(Architecture architecture, Bytes in) {
        var values = new ArrayList<Value>();
        if (architecture == Architecture.X86) {
            numbers(values, in, 0, 4, "cr0", "cr2", "cr3", "cr4");
            numbers(values, in, 16, 4, "dr0", "dr1", "dr2", "dr3", "dr6", "dr7");
            table(values, in, 0x28, 4, "gdtr", "gdtl");
            table(values, in, 0x30, 4, "idtr", "idtl");
            numbers(values, in, 0x38, 2, "tr", "ldtr");
        } else if (architecture == Architecture.X64) {
            numbers(values, in, 0, 8, "cr0", "cr2", "cr3", "cr4");
            numbers(values, in, 0x20, 8, "dr0", "dr1", "dr2", "dr3", "dr6", "dr7");
            table(values, in, 0x50, 8, "gdtr", "gdtl");
            table(values, in, 0x60, 8, "idtr", "idtl");
            numbers(values, in, 0x70, 2, "tr", "ldtr");
            numbers(values, in, 0x74, 4, "kmxcsr");
            numbers(values, in, 0x78, 8, "debugctl", "lastbranchto", "lastbranchfrom");
            numbers(values, in, 0x90, 8, "lastexceptionto", "lastexceptionfrom", "cr8");
            numbers(values, in, 0xa8, 8, "gsbase", "kgsbase", "star", "lstar", "cstar", "fmask");
            numbers(values, in, 0xd8, 8, "xcr0");
        }
        return new SpecialRegisters(values);
    }

    private static void numbers(
            List<Value> into, Bytes in, int offset, int width, String... names) {
        for (int i = 0; i < names.length; i++) {
            int at = offset + i * width;
            if (in.contains(at, width)) {
                long value = width == 8 ? in.u64(at) : width == 4 ? in.u32(at) : in.u16(at);
                into.add(new Value(names[i], value));
            }
        }
    }

    /** A descriptor table: padding, a limit of 16 bits, the base. */
    private static void table(
            List<Value> into, Bytes in, int offset, int width, String base, String limit) {
        numbers(into, in, offset + width, width, base);
        numbers(into, in, offset + width - 2, 2, limit);
    }
}
