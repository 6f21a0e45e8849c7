package oriel.triage.reason;

import oriel.model.SystemInfo.Platform;

/** Exception codes in minidumps that were not written on Windows: signals and Mach exceptions. */
final class ForeignNames {
    private ForeignNames() {}

    static CodeNames.Named of(Platform platform, int code) {
        String name =
                switch (platform) {
                    case LINUX, ANDROID -> signal(code);
                    case MACOS, IOS -> mach(code);
                    case WINDOWS, OTHER, UNKNOWN -> "";
                };
        String shown = name.isEmpty() ? CodeNames.hex(code) : name;
        return new CodeNames.Named(shown, shown, "a crash on " + systemName(platform));
    }

    private static String systemName(Platform platform) {
        return switch (platform) {
            case LINUX -> "Linux";
            case ANDROID -> "Android";
            case MACOS -> "macOS";
            case IOS -> "iOS";
            case WINDOWS -> "Windows";
            case OTHER, UNKNOWN -> "another system";
        };
    }

    private static String signal(int code) {
        return switch (code) {
            case 3 -> "SIGQUIT";
            case 4 -> "SIGILL";
            case 5 -> "SIGTRAP";
            case 6 -> "SIGABRT";
            case 7 -> "SIGBUS";
            case 8 -> "SIGFPE";
            case 11 -> "SIGSEGV";
            case 16 -> "SIGSTKFLT";
            case 24 -> "SIGXCPU";
            case 25 -> "SIGXFSZ";
            case 31 -> "SIGSYS";
            case -1 -> "DUMP_REQUESTED";
            default -> "";
        };
    }

    private static String mach(int code) {
        return switch (code) {
            case 1 -> "EXC_BAD_ACCESS";
            case 2 -> "EXC_BAD_INSTRUCTION";
            case 3 -> "EXC_ARITHMETIC";
            case 4 -> "EXC_EMULATION";
            case 5 -> "EXC_SOFTWARE";
            case 6 -> "EXC_BREAKPOINT";
            case 7 -> "EXC_SYSCALL";
            case 10 -> "EXC_CRASH";
            case 11 -> "EXC_RESOURCE";
            case 12 -> "EXC_GUARD";
            case 0x43507378 -> "SIMULATED";
            case 0x43506e78 -> "NSException";
            default -> "";
        };
    }
}
