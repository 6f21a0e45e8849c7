package oriel.triage.bugcheck;

import oriel.model.Architecture;

/** Interrupt request levels by name, as wdm.h numbers them. */
final class Irql {
    private Irql() {}

    /** {@code 2 (DISPATCH_LEVEL)}. */
    static String text(long irql, Architecture architecture) {
        String name =
                architecture == Architecture.X86 && irql > 2 ? x86((int) irql) : usual((int) irql);
        return irql + (name.isEmpty() ? "" : " (" + name + ")");
    }

    private static String usual(int irql) {
        return switch (irql) {
            case 0 -> "PASSIVE_LEVEL";
            case 1 -> "APC_LEVEL";
            case 2 -> "DISPATCH_LEVEL";
            case 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 -> "of a device";
            case 13 -> "CLOCK_LEVEL";
            case 14 -> "IPI_LEVEL";
            case 15 -> "HIGH_LEVEL";
            default -> "";
        };
    }

    private static String x86(int irql) {
        return switch (irql) {
            case 27 -> "PROFILE_LEVEL";
            case 28 -> "CLOCK2_LEVEL";
            case 29 -> "IPI_LEVEL";
            case 30 -> "POWER_LEVEL";
            case 31 -> "HIGH_LEVEL";
            default -> irql < 27 ? "of a device" : "";
        };
    }
}
