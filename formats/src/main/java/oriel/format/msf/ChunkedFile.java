package oriel.format.msf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.model.Diagnostic;

/**
 * MSFZ: streams are lists of fragments; a fragment lies in the file as it is, or in the sequence of
 * bytes that the compressed chunks make up one after the other. Chunks are decompressed when first
 * read.
 */
final class ChunkedFile extends Msf {
    private static final int HEADER_SIZE = 80;
    private static final int FRAGMENT_SIZE = 12;
    private static final long MISSING = 0xffffffffL;

    private final Bytes file;
    private final ChunkTable chunks;

    /** Per stream: index of its first fragment; one more entry at the end. */
    private final int[] firstFragment;

    /** Per fragment: offset within its stream; and its location as in the file. */
    private final long[] fragmentStarts;

    private final long[] locations;
    private final long[] sizes;

    private ChunkedFile(
            Bytes file,
            ChunkTable chunks,
            int[] firstFragment,
            long[] fragmentStarts,
            long[] locations,
            long[] sizes) {
        super(ContainerKind.MSFZ);
        this.file = file;
        this.chunks = chunks;
        this.firstFragment = firstFragment;
        this.fragmentStarts = fragmentStarts;
        this.locations = locations;
        this.sizes = sizes;
    }

    static ChunkedFile read(Bytes file) {
        if (!file.contains(0, HEADER_SIZE)) {
            throw file.error(file.size(), "the MSFZ header is cut short");
        }
        if (file.u64(32) != 0) {
            throw file.error(32, "MSFZ version " + Long.toUnsignedString(file.u64(32)));
        }
        Bytes packed = file.slice(file.u64(40), file.u32(64));
        Bytes directory = Compression.of(file, 60).unpack(packed, file.u32(68));
        ChunkTable chunks = ChunkTable.read(file, file.u64(48), file.u32(72), file.u32(76));
        int streams = directory.checkedCount(file.u32(56), 4, 0);
        return readDirectory(file, chunks, directory, streams);
    }

    private static ChunkedFile readDirectory(
            Bytes file, ChunkTable chunks, Bytes directory, int streams) {
        int most = (int) Math.min(Integer.MAX_VALUE - 16, directory.size() / FRAGMENT_SIZE);
        var starts = new long[most];
        var locations = new long[most];
        var firsts = new int[streams + 1];
        var sizes = new long[streams];
        int fragments = 0;
        long at = 0;
        for (int stream = 0; stream < streams; stream++) {
            firsts[stream] = fragments;
            long size = 0;
            for (long part = directory.u32(at); part != 0; part = directory.u32(at)) {
                if (part == MISSING && size == 0) {
                    break;
                }
                starts[fragments] = size;
                locations[fragments++] = directory.u64(at + 4);
                size += part;
                at += FRAGMENT_SIZE;
            }
            at += 4;
            sizes[stream] = size;
        }
        firsts[streams] = fragments;
        return new ChunkedFile(
                file,
                chunks,
                firsts,
                Arrays.copyOf(starts, fragments),
                Arrays.copyOf(locations, fragments),
                sizes);
    }

    @Override
    public int streamCount() {
        return sizes.length;
    }

    @Override
    public long streamSize(int stream) {
        return stream < 0 || stream >= sizes.length ? 0 : sizes[stream];
    }

    @Override
    public MsfStream stream(int stream) {
        String source = name(file, stream);
        long size = streamSize(stream);
        if (size == 0) {
            return empty(source);
        }
        int first = firstFragment[stream];
        int end = firstFragment[stream + 1];
        return new MsfStream(offset -> run(first, end, size, offset), source, 0, size);
    }

    @Override
    public List<Diagnostic> diagnostics() {
        var found = new ArrayList<Diagnostic>();
        if (chunks.overlapping()) {
            found.add(new Diagnostic(file.source(), "compressed chunks overlap"));
        }
        return List.copyOf(found);
    }

    private Runs.Run run(int first, int end, long size, long offset) {
        int found = Arrays.binarySearch(fragmentStarts, first, end, offset);
        int fragment = found >= 0 ? found : -found - 2;
        long start = fragmentStarts[fragment];
        long stop = fragment + 1 < end ? fragmentStarts[fragment + 1] : size;
        long location = locations[fragment];
        if (location >= 0) {
            long fileOffset = location & 0xffff_ffff_ffffL;
            return new Runs.Run(start, stop, file.slice(fileOffset, stop - start));
        }
        int chunk = (int) (location >>> 32 & 0x7fff_ffff);
        return chunks.run(chunk, location & 0xffff_ffffL, start, stop, offset);
    }
}
