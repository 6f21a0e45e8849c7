package oriel.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** A PDB of an image with one section at 1000, with nothing in it but public names. */
public final class PdbBuilder {
    private static final int BLOCK = 0x1000;
    private static final int SECTION = 0x1000;

    private static final int BUCKETS = 4096;

    private final ByteWriter symbols = new ByteWriter();
    private final List<Name> names = new ArrayList<>();
    private final int guidStart;
    private final int age;

    /**
     * @param guidStart first four bytes of its GUID; the others are zero
     * @param age as its image has it, too
     */
    public PdbBuilder(int guidStart, int age) {
        this.guidStart = guidStart;
        this.age = age;
    }

    /** A name, by the bucket of its hash, and where its record is. */
    private record Name(int bucket, int rva, int at) {}

    /** Adds a public name: S_PUB32. */
    public PdbBuilder named(String name, int rva) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        names.add(new Name(bucket(text), rva, symbols.at()));
        int length = 12 + text.length + 1;
        int padded = length + 2 + 3 & -4;
        symbols.u16(padded - 2).u16(0x110e).u32(0).u32(rva - SECTION).u16(1).bytes(text);
        symbols.zeros(padded - 2 - 12 - text.length);
        return this;
    }

    /** The file. */
    public byte[] build() {
        byte[] info =
                new ByteWriter()
                        .u32(20000404)
                        .u32(0x5f000000L)
                        .u32(age)
                        .u32(guidStart)
                        .zeros(12)
                        // Names of streams: none, in a table with room for one.
                        .u32(0)
                        .u32(0)
                        .u32(1)
                        .u32(0)
                        .u32(0)
                        .toBytes();
        return container(
                List.of(
                        new byte[0],
                        info,
                        types(),
                        debug(),
                        types(),
                        section(),
                        symbols.toBytes(),
                        publics()));
    }

    /** A stream of types without types. */
    private static byte[] types() {
        var out = new ByteWriter().u32(20040203).u32(56).u32(0x1000).u32(0x1000).u32(0);
        return out.u16(0xffff).u16(0xffff).u32(4).u32(0x3ffff).zeros(24).toBytes();
    }

    /** Words of four bytes, what is left over, no upper case, folded twice. */
    private static int bucket(byte[] text) {
        int hash = 0;
        int at = 0;
        for (; at + 4 <= text.length; at += 4) {
            hash ^= text[at] | text[at + 1] << 8 | text[at + 2] << 16 | text[at + 3] << 24;
        }
        if (at + 2 <= text.length) {
            hash ^= text[at] | text[at + 1] << 8;
            at += 2;
        }
        if (at < text.length) {
            hash ^= text[at];
        }
        hash |= 0x20202020;
        hash ^= hash >>> 11;
        return Integer.remainderUnsigned(hash ^ hash >>> 16, BUCKETS);
    }

    /** The publics stream: names by their hashes, and records by address. */
    private byte[] publics() {
        var sorted = new ArrayList<>(names);
        sorted.sort(Comparator.comparingInt(Name::bucket));
        var used = new BitSet(BUCKETS + 32);
        var records = new ByteWriter();
        var starts = new ByteWriter();
        for (int i = 0; i < sorted.size(); i++) {
            Name name = sorted.get(i);
            records.u32(name.at + 1L).u32(1);
            if (!used.get(name.bucket)) {
                used.set(name.bucket);
                starts.u32(12L * i);
            }
        }
        byte[] bits = Arrays.copyOf(used.toByteArray(), (BUCKETS + 32) / 8);
        int chains = bits.length + starts.at();
        var out = new ByteWriter().u32(16L + records.at() + chains).u32(4L * names.size());
        out.zeros(20).u32(0xffffffffL).u32(0xf12f091aL).u32(records.at()).u32(chains);
        out.bytes(records.toBytes()).bytes(bits).bytes(starts.toBytes());
        names.stream().sorted(Comparator.comparingInt(Name::rva)).forEach(name -> out.u32(name.at));
        return out.toBytes();
    }

    /**
     * The DBI stream: no modules; section headers are in stream 5, records in stream 6, names in
     * stream 7.
     */
    private byte[] debug() {
        var out = new ByteWriter().u32(0xffffffffL).u32(19990903).u32(age).u16(0xffff).u16(0x8e1d);
        out.u16(7).u16(0).u16(6).u16(0);
        // Sizes of seven substreams; the last but one of them is that of more headers.
        out.u32(0).u32(0).u32(0).u32(0).u32(0).u32(0).u32(22).u32(0);
        out.u16(0).u16(0x8664).u32(0);
        for (int i = 0; i < 11; i++) {
            out.u16(i == 5 ? 5 : 0xffff);
        }
        return out.toBytes();
    }

    private static byte[] section() {
        var out = new ByteWriter().bytes(".text\0\0\0".getBytes(StandardCharsets.US_ASCII));
        out.u32(0x8000).u32(SECTION).u32(0x8000).u32(0x400).zeros(12).u32(0x60000020);
        return out.toBytes();
    }

    /** An MSF file: superblock, two maps of free blocks, streams, directory. */
    private static byte[] container(List<byte[]> streams) {
        var directory = new ByteWriter().u32(streams.size());
        streams.forEach(stream -> directory.u32(stream.length));
        var body = new ByteWriter();
        int next = 4;
        for (byte[] stream : streams) {
            for (int at = 0; at < stream.length; at += BLOCK) {
                directory.u32(next++);
            }
            body.bytes(stream).zeros(-stream.length & BLOCK - 1);
        }
        byte[] table = directory.toBytes();
        var blocks = new ArrayList<Integer>();
        for (int at = 0; at < table.length; at += BLOCK) {
            blocks.add(next++);
        }
        var out =
                new ByteWriter()
                        .bytes(
                                "Microsoft C/C++ MSF 7.00\r\n\u001aDS\0\0\0"
                                        .getBytes(StandardCharsets.ISO_8859_1));
        out.u32(BLOCK).u32(1).u32(next).u32(table.length).u32(0).u32(3).padTo(3 * BLOCK);
        blocks.forEach(block -> out.u32(block));
        out.padTo(4 * BLOCK).bytes(body.toBytes()).bytes(table);
        return out.padTo(next * BLOCK).toBytes();
    }
}
