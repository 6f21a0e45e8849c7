package oriel.engine.dump;

import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/** Says what a file is that is not a dump of a process. */
final class ForeignFormat {
    private static final int SAMPLE = 4096;
    private static final int SMALLEST_SAMPLE = 256;

    /** Bits per byte from which bytes look random: text has 4 to 5, code 6. */
    private static final double RANDOM = 7.2;

    private ForeignFormat() {}

    static FormatException refusal(Bytes file) {
        return file.error(0, describe(file));
    }

    private static String describe(Bytes file) {
        if (file.size() == 0) {
            return "the file is empty";
        }
        String known = bySignature(file);
        if (!known.isEmpty()) {
            return known;
        }
        int length = (int) Math.min(file.size(), SAMPLE);
        byte[] sample = file.copy(0, length);
        int[] counts = new int[256];
        for (byte value : sample) {
            counts[value & 0xff]++;
        }
        if (counts[0] == length) {
            return "the file begins with " + length + " zeros: a dump that was never finished?";
        }
        if (isText(counts)) {
            return "a text file, not a dump";
        }
        return length >= SMALLEST_SAMPLE && entropy(counts, length) > RANDOM * scale(length)
                ? "not a dump; the bytes look random: encrypted or compressed"
                : "not a dump: neither a minidump nor a full user dump nor a kernel dump";
    }

    private static String bySignature(Bytes file) {
        FileKind kind = FileKind.of(file);
        return switch (kind) {
            case MINIDUMP, USER_DUMP, KERNEL_DUMP ->
                    kind.words() + " cut short within its header: " + file.size() + " bytes";
            case BIG_ENDIAN_MINIDUMP ->
                    kind.words() + ", which only PowerPC machines wrote: not supported";
            case HIBERNATION, JAVA_HEAP -> kind.words() + ", not a dump of a process";
            case IMAGE, PDB, DBG, PORTABLE_PDB, BREAKPAD_SYMBOLS, ELF, MACH_O ->
                    kind.words() + ", not a dump";
            case ELF_CORE, MACH_O_CORE -> kind.words();
            case ZIP, CABINET, SEVEN_ZIP, GZIP, XZ, BZIP2, RAR, ZSTD, LZ4, TAR ->
                    kind.words() + ": unpack it first";
            case OTHER -> "";
        };
    }

    private static boolean isText(int[] counts) {
        for (int i = 0; i < 32; i++) {
            boolean blank = i == '\t' || i == '\n' || i == '\r' || i == '\f';
            if (!blank && counts[i] > 0) {
                return false;
            }
        }
        return true;
    }

    private static double entropy(int[] counts, int length) {
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / length;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    /** Short samples cannot show 8 bits per byte: 256 random bytes show about 7.2. */
    private static double scale(int length) {
        return length < 1024 ? 0.95 : 1;
    }
}
