package oriel.format.pdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oriel.format.msf.MsfStream;
import oriel.model.Guid;
import oriel.model.PdbId;

/**
 * Stream 1: identity of the PDB and the numbers of its named streams.
 *
 * @param version 20000404 for all of Visual C++ 7 and later
 * @param signature seconds since 1970 when it was written, or a part of a hash
 * @param age how often it was written, unsigned 32 bits; the image records the one of the {@link
 *     DbiHeader}
 * @param guid identity; zero before version 19990604
 * @param namedStreams stream numbers by name
 * @param features what the writer declared
 */
public record PdbInfo(
        long version,
        long signature,
        long age,
        Guid guid,
        Map<String, Integer> namedStreams,
        List<Feature> features) {
    /** Number of the stream. */
    static final int STREAM = 1;

    private static final long WITH_GUID = 19990604;
    private static final int HEADER_SIZE = 28;
    private static final int NO_STREAM = 0xffff;

    /** A signature at the end of the stream that says how the PDB was made. */
    public enum Feature {
        /** Has an id stream (IPI). */
        VC110(20091201),
        /** Has an id stream (IPI). */
        VC140(20140508),
        /** Types are as the compiler wrote them, not merged. */
        NO_TYPE_MERGE(0x4d544f4e),
        /** Written by {@code /DEBUG:FASTLINK}: most of the symbols stay in the object files. */
        MINIMAL_DEBUG_INFO(0x494e494d);

        private final long signature;

        Feature(long signature) {
            this.signature = signature;
        }
    }

    /** Copies the collections. */
    public PdbInfo {
        namedStreams = Map.copyOf(namedStreams);
        features = List.copyOf(features);
    }

    static PdbInfo read(MsfStream in) {
        long version = in.u32(0);
        if (version < WITH_GUID) {
            return new PdbInfo(
                    version, in.u32(4), in.u32(8), Guid.of(new byte[16]), Map.of(), List.of());
        }
        var guid = new byte[16];
        in.copy(12, guid, 0, 16);
        var named = new HashMap<String, Integer>();
        long at = readNames(in, HEADER_SIZE, named);
        return new PdbInfo(
                version, in.u32(4), in.u32(8), Guid.of(guid), named, readFeatures(in, at));
    }

    /** Whether the linker left most symbols in the object files. */
    public boolean isFastLink() {
        return features.contains(Feature.MINIMAL_DEBUG_INFO);
    }

    /** Whether there is an id stream. */
    public boolean hasIds() {
        return features.contains(Feature.VC110) || features.contains(Feature.VC140);
    }

    /** The identity with the age of this stream. */
    public PdbId id(String fileName) {
        return PdbId.rsds(fileName, guid, age);
    }

    /** A buffer of names, then a hash table from offsets in it to stream numbers. */
    private static long readNames(MsfStream in, long start, Map<String, Integer> named) {
        MsfStream names = in.slice(start + 4, in.u32(start));
        long at = start + 4 + names.size();
        int count = in.checkedCount(in.u32(at), 8, at);
        at = skipBits(in, skipBits(in, at + 8));
        for (int i = 0; i < count; i++, at += 8) {
            named.put(names.cString(in.u32(at)), (int) Math.min(in.u32(at + 4), NO_STREAM));
        }
        // One number more than a hash table needs: the next free index of the writer.
        return at + 4;
    }

    private static long skipBits(MsfStream in, long at) {
        return at + 4 + 4L * in.checkedCount(in.u32(at), 4, at + 4);
    }

    private static List<Feature> readFeatures(MsfStream in, long start) {
        var found = new ArrayList<Feature>();
        for (long at = start; at + 4 <= in.size(); at += 4) {
            for (Feature feature : Feature.values()) {
                if (feature.signature == in.u32(at)) {
                    found.add(feature);
                }
            }
        }
        return found;
    }
}
