import java.util.HexFormat;
import oriel.win32.WindowsProcess;

/** Reads the memory of a process: {@code ReadMemory 4242 140009080 16}. */
public class ReadMemory {
    public static void main(String[] args) {
        long va = Long.parseUnsignedLong(args[1], 16);
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            byte[] bytes = process.memory().readUpTo(va, Integer.parseInt(args[2]));
            System.out.println(HexFormat.ofDelimiter(" ").formatHex(bytes));
        }
    }
}
