package oriel.format.msf;

import java.util.BitSet;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.model.Diagnostic;

/**
 * MSF 7.00: a header, pages of a power of two, and a directory that lists the pages of each stream.
 * The free page maps are of use to writers only and are not read.
 */
final class PagedFile extends Msf {
    private static final int HEADER_SIZE = 52;
    private static final long MISSING = 0xffffffffL;

    private final Bytes file;
    private final int pageSize;
    private final MsfStream directory;
    private final long[] sizes;
    private final long[] pageLists;
    private final List<Diagnostic> diagnostics;

    /** Streams that share a page with one before them; they are not handed out. */
    private final BitSet overlapping = new BitSet();

    private PagedFile(Bytes file, int pageSize, MsfStream directory, long pagesInFile) {
        super(ContainerKind.MSF);
        this.file = file;
        this.pageSize = pageSize;
        this.directory = directory;
        int count = directory.checkedCount(directory.u32(0), 4, 4);
        sizes = new long[count];
        pageLists = new long[count];
        long list = 4 + 4L * count;
        long claimed = 0;
        for (int i = 0; i < count; i++) {
            long size = directory.u32(4 + 4L * i);
            sizes[i] = size == MISSING ? 0 : size;
            pageLists[i] = list;
            list += 4 * pages(sizes[i]);
            claimed += i == 0 ? 0 : pages(sizes[i]);
        }
        if (claimed > pagesInFile) {
            findOverlaps(pagesInFile);
        }
        diagnostics =
                overlapping.isEmpty()
                        ? List.of()
                        : List.of(
                                new Diagnostic(
                                        file.source(),
                                        "streams "
                                                + overlapping
                                                + " lie on pages of other streams and are"
                                                + " ignored"));
    }

    static PagedFile read(Bytes file) {
        if (!file.contains(0, HEADER_SIZE)) {
            throw file.error(file.size(), "the MSF header is cut short");
        }
        long pageSize = file.u32(32);
        if (pageSize < 512 || pageSize > 1 << 20 || Long.bitCount(pageSize) != 1) {
            throw file.error(32, "page size " + pageSize + " is not a power of two from 512 on");
        }
        long directorySize = file.u32(44);
        int size = (int) pageSize;
        int directoryPages = file.checkedCount((directorySize + size - 1) / size, 4, HEADER_SIZE);
        int mapPages = (int) ((directoryPages * 4L + size - 1) / size);
        Bytes mapList = file.slice(HEADER_SIZE, Math.min(mapPages * 4L, pageSize - HEADER_SIZE));
        mapPages = mapList.checkedCount(mapPages, 4, 0);
        var map =
                new MsfStream(
                        PageRuns.of(
                                file,
                                size,
                                mapPages,
                                i -> mapList.u32(4L * i),
                                directoryPages * 4L),
                        file.source().concat(" directory map"),
                        0,
                        directoryPages * 4L);
        var directory =
                new MsfStream(
                        PageRuns.of(
                                file, size, directoryPages, i -> map.u32(4L * i), directorySize),
                        file.source().concat(" directory"),
                        0,
                        directorySize);
        return new PagedFile(file, size, directory, file.size() / size + 1);
    }

    @Override
    public int streamCount() {
        return sizes.length;
    }

    @Override
    public long streamSize(int stream) {
        return stream < 0 || stream >= sizes.length || overlapping.get(stream) ? 0 : sizes[stream];
    }

    @Override
    public MsfStream stream(int stream) {
        String source = name(file, stream);
        long size = streamSize(stream);
        if (size == 0) {
            return empty(source);
        }
        long list = pageLists[stream];
        int pages = directory.checkedCount(pages(size), 4, list);
        return new MsfStream(
                PageRuns.of(file, pageSize, pages, i -> directory.u32(list + 4L * i), size),
                source,
                0,
                size);
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /**
     * Only called when the streams claim more pages than there are, which keeps opening a sound
     * file cheap. Stream 0, the directory before the last commit, shares pages by design.
     */
    private void findOverlaps(long pagesInFile) {
        var taken = new BitSet();
        for (int i = 1; i < sizes.length; i++) {
            long pages = pages(sizes[i]);
            if (!directory.contains(pageLists[i], pages * 4)) {
                continue;
            }
            for (long p = 0; p < pages; p++) {
                long page = directory.u32(pageLists[i] + 4 * p);
                if (page < pagesInFile) {
                    if (taken.get((int) page)) {
                        overlapping.set(i);
                        break;
                    }
                    taken.set((int) page);
                }
            }
        }
    }

    private long pages(long size) {
        return (size + pageSize - 1) / pageSize;
    }
}
