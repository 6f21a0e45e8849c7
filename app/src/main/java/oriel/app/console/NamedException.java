package oriel.app.console;

import java.util.List;

/**
 * An exception that filters know by a short name, as WinDbg does.
 *
 * @param name short
 * @param title in words
 * @param code of the exception
 */
public record NamedException(String name, String title, int code) {
    private static final List<NamedException> ALL =
            List.of(
                    new NamedException("av", "Access violation", 0xc0000005),
                    new NamedException("asrt", "Assertion failure", 0xc0000420),
                    new NamedException("bpe", "Break instruction exception", 0x80000003),
                    new NamedException("eh", "C++ EH exception", 0xe06d7363),
                    new NamedException("clr", "CLR exception", 0xe0434352),
                    new NamedException("dz", "Integer divide-by-zero", 0xc0000094),
                    new NamedException("c000008e", "Floating-point divide by zero", 0xc000008e),
                    new NamedException("dm", "Data misaligned", 0x80000002),
                    new NamedException("gp", "Guard page violation", 0x80000001),
                    new NamedException("ii", "Illegal instruction", 0xc000001d),
                    new NamedException("iov", "Integer overflow", 0xc0000095),
                    new NamedException("ip", "In-page I/O error", 0xc0000006),
                    new NamedException("ch", "Invalid handle", 0xc0000008),
                    new NamedException("sov", "Stack overflow", 0xc00000fd),
                    new NamedException("sbo", "Stack buffer overflow", 0xc0000409),
                    new NamedException("sse", "Single step exception", 0x80000004),
                    new NamedException("vs", "Verifier stop", 0xc0000421),
                    new NamedException("wos", "WOW64 single step", 0x4000001e),
                    new NamedException("wob", "WOW64 breakpoint", 0x4000001f));

    /** All of them, in the order in which they are listed. */
    public static List<NamedException> all() {
        return ALL;
    }
}
