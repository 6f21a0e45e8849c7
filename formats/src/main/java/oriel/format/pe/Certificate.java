package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;

/**
 * An entry of the certificate table (WIN_CERTIFICATE), which lies in the file only.
 *
 * @param fileOffset where it begins
 * @param sizeBytes with its header
 * @param revision 0x100 or 0x200
 * @param type 1 X.509, 2 PKCS#7 signed data (Authenticode)
 */
public record Certificate(long fileOffset, long sizeBytes, int revision, int type) {
    private static final int HEADER = 8;

    /** Reads the table as far as it is in the file. */
    static List<Certificate> readAll(Bytes file, DataDirectory directory) {
        var list = new ArrayList<Certificate>();
        long end = Math.min(file.size(), directory.rva() + directory.sizeBytes());
        long at = directory.rva();
        while (at + HEADER <= end) {
            long size = file.u32(at);
            if (size < HEADER || size > end - at) {
                break;
            }
            list.add(new Certificate(at, size, file.u16(at + 4), file.u16(at + 6)));
            at += size + 7 & -8;
        }
        return List.copyOf(list);
    }
}
