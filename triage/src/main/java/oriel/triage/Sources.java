package oriel.triage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.engine.symbols.source.SourceFinder;
import oriel.engine.symbols.source.SourceText;
import oriel.model.CodeLocation;
import oriel.model.InlineFrame;
import oriel.model.LoadedModule;
import oriel.model.SourceLine;
import oriel.triage.report.FaultLocation;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.SourceFile;
import oriel.triage.report.SourceListing;
import oriel.triage.report.StackEntry;
import oriel.triage.report.StackSection;

/** Finds the source of frames: where it can be had, and the text around the crash. */
final class Sources {
    private static final int MOST_FILES = 10_000;
    private static final int AROUND = 4;
    private static final int LONGEST_LINE = 400;

    private final Names names;
    private final SourceFinder finder;

    Sources(Names names, SourceFinder finder) {
        this.names = names;
        this.finder = finder;
    }

    /** The files of all frames that are here, or of which an address is known. */
    List<SourceFile> files(List<StackSection> sections) {
        Map<String, SourceFile> found = new LinkedHashMap<>();
        for (StackSection section : sections) {
            for (StackEntry entry : section.entries()) {
                for (FrameEntry frame : entry.shown()) {
                    for (SourceLine line : lines(frame.location())) {
                        if (found.size() < MOST_FILES) {
                            LoadedModule module = frame.location().module().orElse(null);
                            if (module != null) {
                                found.computeIfAbsent(line.file(), f -> file(module, f));
                            }
                        }
                    }
                }
            }
        }
        return found.values().stream()
                .filter(f -> f.path().isPresent() || f.address().isPresent())
                .toList();
    }

    /**
     * The text at the first frame whose source can be had, and at the one that is to blame when
     * that is another one.
     */
    List<SourceListing> listings(List<StackEntry> stack, Optional<FaultLocation> where) {
        var found = new ArrayList<SourceListing>();
        if (finder.isEmpty()) {
            return found;
        }
        for (StackEntry entry : stack) {
            for (FrameEntry frame : entry.shown()) {
                if (found.isEmpty()) {
                    listing(frame.location()).ifPresent(found::add);
                }
            }
        }
        where.flatMap(w -> listing(w.blamed()))
                .filter(l -> !found.contains(l))
                .ifPresent(found::add);
        return found;
    }

    private SourceFile file(LoadedModule module, String file) {
        return new SourceFile(
                file,
                finder.local(file).map(Object::toString),
                names.sourceIndex(module).address(file));
    }

    private Optional<SourceListing> listing(CodeLocation location) {
        if (location.module().isEmpty()) {
            return Optional.empty();
        }
        for (SourceLine line : lines(location)) {
            Optional<SourceText> text =
                    finder.text(names.sourceIndex(location.module().get()), line.file());
            if (text.isPresent() && line.line() <= text.get().lines().size()) {
                return Optional.of(around(line, text.get()));
            }
        }
        return Optional.empty();
    }

    private static SourceListing around(SourceLine line, SourceText text) {
        int first = Math.max(1, line.line() - AROUND);
        int last = Math.min(text.lines().size(), line.line() + AROUND);
        var lines = new ArrayList<String>();
        for (String raw : text.lines().subList(first - 1, last)) {
            String plain = raw.replace("\t", "    ").stripTrailing();
            lines.add(plain.substring(0, Math.min(plain.length(), LONGEST_LINE)));
        }
        return new SourceListing(line.file(), text.place(), line.line(), first, lines);
    }

    /** Innermost first. */
    private static List<SourceLine> lines(CodeLocation location) {
        var lines = new ArrayList<SourceLine>();
        for (InlineFrame inlined : location.inlined()) {
            inlined.line().filter(Sources::isReal).ifPresent(lines::add);
        }
        location.line().filter(Sources::isReal).ifPresent(lines::add);
        return lines;
    }

    private static boolean isReal(SourceLine line) {
        return line.line() > 0;
    }
}
