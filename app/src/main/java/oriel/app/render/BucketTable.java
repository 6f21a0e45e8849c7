package oriel.app.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.triage.report.Bucket;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Exploitability;

/** Many dumps as one line each, and the bugs they come from, most frequent first. */
public final class BucketTable {
    private static final int FILE_WIDTH = 36;
    private static final int BUG_WIDTH = 62;

    private final Page page;
    private final Map<String, Entry> buckets = new LinkedHashMap<>();
    private int crashes;
    private int quiet;
    private int unreadable;

    /** One bug. */
    private static final class Entry {
        final Bucket bucket;
        Optional<Exploitability> worst = Optional.empty();
        int count;

        Entry(Bucket bucket) {
            this.bucket = bucket;
        }
    }

    /** Writes to a page. */
    public BucketTable(Page page) {
        this.page = page;
    }

    /** Dumps with a crash so far. */
    public int crashes() {
        return crashes;
    }

    /** Files so far that could not be read. */
    public int unreadable() {
        return unreadable;
    }

    /** Counts a dump without writing about it; empty when it could not be read. */
    public void count(Optional<CrashReport> report) {
        if (report.isEmpty()) {
            unreadable++;
        } else if (report.get().reason().isEmpty()) {
            quiet++;
        } else {
            crashes++;
            report.get().bucket().ifPresent(bucket -> enter(bucket, report.get()));
        }
    }

    private void enter(Bucket bucket, CrashReport report) {
        Entry entry = buckets.computeIfAbsent(bucket.signature(), s -> new Entry(bucket));
        entry.count++;
        Optional<Exploitability> level = report.rating().map(r -> r.level());
        if (level.isPresent()
                && (entry.worst.isEmpty() || level.get().compareTo(entry.worst.get()) > 0)) {
            entry.worst = level;
        }
    }

    /** Counts a dump and writes its line. */
    public void row(String file, CrashReport report) {
        count(Optional.of(report));
        page.text(file).to(FILE_WIDTH);
        if (report.reason().isEmpty()) {
            page.styled(Style.GOOD, "no exception").end();
        } else {
            page.styled(
                    Style.NAME,
                    report.bucket().map(Bucket::humanId).orElse(report.reason().get().name()));
            page.to(FILE_WIDTH + BUG_WIDTH).text(level(report.rating().map(r -> r.level()))).end();
        }
        page.flush();
    }

    /** Counts a file that cannot be read and writes its line. */
    public void unreadable(String file, String error) {
        count(Optional.empty());
        page.text(file).to(FILE_WIDTH).styled(Style.BAD, "unreadable: ").text(error).end();
        page.flush();
    }

    /** Writes how often each bug was met. */
    public void summary() {
        List<Entry> sorted = new ArrayList<>(buckets.values());
        sorted.sort(Comparator.comparingInt((Entry e) -> -e.count));
        page.heading(
                TextReport.count(crashes + quiet + unreadable, "dump")
                        + ": "
                        + crashes
                        + " crashed in "
                        + TextReport.count(sorted.size(), "bucket")
                        + ", "
                        + quiet
                        + " without an exception, "
                        + unreadable
                        + " unreadable");
        for (Entry entry : sorted) {
            page.rightTo(6, Integer.toString(entry.count)).text(" x  ");
            page.styled(Style.NAME, entry.bucket.humanId()).to(10 + BUG_WIDTH);
            page.text(level(entry.worst)).to(10 + BUG_WIDTH + 24);
            page.styled(Style.DIM, entry.bucket.signature()).end();
        }
        page.flush();
    }

    private static String level(Optional<Exploitability> level) {
        return level.map(Exploitability::text).orElse("");
    }
}
