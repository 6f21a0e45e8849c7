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
        String start = letters(file, 16);
        if (start.startsWith("MDMP")) {
            return "a minidump cut short within its header: " + file.size() + " bytes";
        }
        if (start.startsWith("PMDM")) {
            return "a big-endian minidump, which only PowerPC machines wrote: not supported";
        }
        if (start.startsWith("USERDU")) {
            return "a full user dump cut short within its header: " + file.size() + " bytes";
        }
        if (start.startsWith("hibr") || start.startsWith("HIBR") || start.startsWith("wake")) {
            return "a Windows hibernation file, not a dump of a process";
        }
        if (start.startsWith("MZ")) {
            return "a PE image (program or library), not a dump";
        }
        if (start.startsWith("\u007fELF")) {
            boolean core = file.contains(16, 2) && file.u16(16) == 4;
            return core ? "an ELF core file, not from Windows" : "an ELF file, not a dump";
        }
        if (start.startsWith("Microsoft C/C++ ")) {
            return "a PDB (symbols), not a dump";
        }
        if (start.startsWith("JAVA PROFILE")) {
            return "a Java heap dump, not a dump of a process";
        }
        String packed = packed(file, start);
        return packed.isEmpty() ? machO(file) : packed + ": unpack it first";
    }

    private static String packed(Bytes file, String start) {
        if (start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006")) {
            return "a ZIP archive";
        }
        if (start.startsWith("MSCF")) {
            return "a CAB archive";
        }
        if (start.startsWith("7z\u00bc\u00af")) {
            return "a 7-Zip archive";
        }
        if (start.startsWith("\u001f\u008b")) {
            return "a gzip file";
        }
        if (start.startsWith("\u00fd7zXZ")) {
            return "an xz file";
        }
        if (start.startsWith("BZh")) {
            return "a bzip2 file";
        }
        if (start.startsWith("Rar!")) {
            return "a RAR archive";
        }
        if (start.startsWith("(\u00b5/\u00fd")) {
            return "a zstd file";
        }
        if (start.startsWith("\u0004\"M\u0018")) {
            return "an LZ4 file";
        }
        boolean tar = file.contains(257, 5) && letters(file.slice(257, 5), 5).equals("ustar");
        return tar ? "a tar archive" : "";
    }

    private static String machO(Bytes file) {
        if (!file.contains(0, 16)) {
            return "";
        }
        int magic = file.s32(0);
        if (magic != 0xfeedface && magic != 0xfeedfacf && magic != 0xcefaedfe) {
            return "";
        }
        boolean core = file.u32(12) == 4;
        return core ? "a Mach-O core file, not from Windows" : "a Mach-O file, not a dump";
    }

    private static String letters(Bytes file, int most) {
        var text = new StringBuilder();
        for (int i = 0; i < most && i < file.size(); i++) {
            text.append((char) file.u8(i));
        }
        return text.toString();
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
