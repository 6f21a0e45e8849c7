package oriel.format.pdb;

/**
 * The hashes that PDB tables use for names: {@code LHashPbCb} and {@code LHashPbCbV2} of
 * microsoft-pdb (misc.h), and the CRC-32 without final inversion of {@code SigForPbCb}.
 */
final class NameHash {
    private static final int[] CRC = crcTable();

    private NameHash() {}

    /** Letters hash alike in both cases, because bit 5 of every byte is set. Unsigned. */
    static long v1(byte[] name) {
        int hash = 0;
        int at = 0;
        for (; at + 4 <= name.length; at += 4) {
            hash ^= word(name, at);
        }
        if ((name.length & 2) != 0) {
            hash ^= (name[at] & 0xff) | (name[at + 1] & 0xff) << 8;
            at += 2;
        }
        if ((name.length & 1) != 0) {
            hash ^= name[at] & 0xff;
        }
        hash |= 0x20202020;
        hash ^= hash >>> 11;
        return (hash ^ hash >>> 16) & 0xffffffffL;
    }

    /** The hash of string tables of version 2. Unsigned. */
    static long v2(byte[] name) {
        int hash = 0xb170a1bf;
        int at = 0;
        for (; at + 4 <= name.length; at += 4) {
            hash += word(name, at);
            hash += hash << 10;
            hash ^= hash >>> 6;
        }
        for (; at < name.length; at++) {
            hash += name[at] & 0xff;
            hash += hash << 10;
            hash ^= hash >>> 6;
        }
        return (hash * 1664525 + 1013904223) & 0xffffffffL;
    }

    /** The hash of type records without a name of their own. Unsigned. */
    static long crc(byte[] record) {
        int crc = 0;
        for (byte b : record) {
            crc = crc >>> 8 ^ CRC[(crc ^ b) & 0xff];
        }
        return crc & 0xffffffffL;
    }

    private static int word(byte[] name, int at) {
        return (name[at] & 0xff)
                | (name[at + 1] & 0xff) << 8
                | (name[at + 2] & 0xff) << 16
                | (name[at + 3] & 0xff) << 24;
    }

    private static int[] crcTable() {
        var table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
