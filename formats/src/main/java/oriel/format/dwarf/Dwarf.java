package oriel.format.dwarf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Diagnostic;
import oriel.model.LineSink;
import oriel.model.RangeTable;

/**
 * The debug information of an image. Opening reads the headers and root entries of the units; the
 * functions and lines of a unit are read when an address in it is first asked for. Addresses are as
 * linked, with the preferred base of the image. What is damaged is left out and noted. Safe for any
 * thread.
 */
public final class Dwarf {
    private static final int LONGEST_CHAIN = 8;

    private final DwarfSections sections;
    private final List<DwarfUnit> units;
    private final RangeTable unitRanges = new RangeTable();
    private final AtomicReferenceArray<@Nullable UnitFunctions> functions;
    private final AtomicReferenceArray<@Nullable LineTable> lines;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private Dwarf(DwarfSections sections) {
        this.sections = sections;
        String source = sections.info().source();
        Consumer<String> problems = text -> diagnostics.add(new Diagnostic(source, text));
        Map<Long, AbbrevTable> abbrevs = new HashMap<>();
        units = new ArrayList<>();
        for (UnitHeader header : UnitHeader.readAll(sections.info(), problems)) {
            try {
                AbbrevTable table =
                        abbrevs.computeIfAbsent(
                                header.abbrevOffset(),
                                at -> AbbrevTable.read(sections.abbrev(), at));
                units.add(new DwarfUnit(sections, header, table));
            } catch (FormatException e) {
                problems.accept("unit left out: " + e.getMessage());
            }
        }
        functions = new AtomicReferenceArray<>(units.size());
        lines = new AtomicReferenceArray<>(units.size());
        indexUnits();
    }

    /**
     * Opens debug information.
     *
     * @param sections a section by name ({@code .debug_info}); empty bytes for those not there
     */
    public static Dwarf of(Function<String, Bytes> sections) {
        return new Dwarf(DwarfSections.of(sections));
    }

    /** Number of units that can be read. */
    public int unitCount() {
        return units.size();
    }

    /** What was left out. */
    public List<Diagnostic> diagnostics() {
        return Collections.unmodifiableList(diagnostics);
    }

    /** The function that holds an address. */
    public Optional<DwarfFunction> functionAt(long address) {
        Optional<Place> place = place(address);
        return place.map(p -> function(p.unit, p.range));
    }

    /** The functions inlined at an address, innermost first. */
    public List<DwarfInline> inlinedAt(long address) {
        Optional<Place> place = place(address);
        if (place.isEmpty()) {
            return List.of();
        }
        int unit = place.get().unit;
        UnitFunctions of = functions(unit);
        int function = (int) of.functions().value(place.get().range);
        var chain = new ArrayList<DwarfInline>();
        for (int number : of.inlinedAt(address, function)) {
            chain.add(inline(unit, of.entry(number)));
        }
        return chain;
    }

    /** The place in the source of an address: of the innermost inlined function. */
    public Optional<DwarfLine> lineAt(long address) {
        int at = unitRanges.holding(address);
        return at < 0
                ? Optional.empty()
                : lines((int) unitRanges.value(at)).flatMap(t -> t.at(address));
    }

    /** Streams all functions that have code, one for each range of code. */
    public void forEachFunction(Consumer<DwarfFunction> sink) {
        for (int unit = 0; unit < units.size(); unit++) {
            RangeTable ranges = functions(unit).functions();
            for (int i = 0; i < ranges.count(); i++) {
                sink.accept(function(unit, i));
            }
        }
    }

    /**
     * Takes where the code of lines begins, for all source files that are wanted.
     *
     * @param wanted is asked with paths as the compiler wrote them
     */
    public void forEachLine(Predicate<String> wanted, LineSink sink) {
        for (int unit = 0; unit < units.size(); unit++) {
            lines(unit).ifPresent(table -> table.forEach(wanted, sink));
        }
    }

    /** A unit and a range of one of its functions. */
    private record Place(int unit, int range) {}

    private Optional<Place> place(long address) {
        int at = unitRanges.holding(address);
        if (at < 0) {
            return Optional.empty();
        }
        int unit = (int) unitRanges.value(at);
        int range = functions(unit).functions().holding(address);
        return range < 0 ? Optional.empty() : Optional.of(new Place(unit, range));
    }

    /** Units that do not tell their code are read to find out. */
    private void indexUnits() {
        for (int i = 0; i < units.size(); i++) {
            RangeTable own = units.get(i).ranges();
            RangeTable ranges = own.count() > 0 ? own : functions(i).functions();
            for (int k = 0; k < ranges.count(); k++) {
                unitRanges.add(ranges.start(k), ranges.size(k), i);
            }
        }
        unitRanges.sealNested();
    }

    private DwarfFunction function(int unit, int range) {
        UnitFunctions of = functions(unit);
        RangeTable ranges = of.functions();
        Names names = names(unit, of.entry((int) ranges.value(range)));
        return new DwarfFunction(
                ranges.start(range), ranges.size(range), names.name, names.linkageName);
    }

    private DwarfInline inline(int unit, long entry) {
        Names names = names(unit, entry);
        var die = new Die();
        DwarfUnit in = units.get(unit);
        Optional<DwarfLine> call = Optional.empty();
        try {
            in.read(die, in.cursor(entry));
            String file = lines(unit).map(t -> t.file(die.callFile.number)).orElse("");
            if (die.callLine.number > 0 && !file.isEmpty()) {
                call =
                        Optional.of(
                                new DwarfLine(
                                        file,
                                        clamp(die.callLine.number),
                                        clamp(die.callColumn.number)));
            }
        } catch (FormatException e) {
            // Without the call the name still helps.
        }
        return new DwarfInline(names.name, names.linkageName, call);
    }

    private record Names(String name, String linkageName) {}

    /** Names stand at the entry itself, or at the declaration or definition it refers to. */
    private Names names(int unit, long entry) {
        String name = "";
        String linkageName = "";
        var die = new Die();
        long at = entry;
        try {
            for (int i = 0; i < LONGEST_CHAIN; i++) {
                DwarfUnit in = unitAt(at, unit);
                in.read(die, in.cursor(at));
                name = name.isEmpty() ? in.text(die.name) : name;
                linkageName = linkageName.isEmpty() ? in.text(die.linkageName) : linkageName;
                AttributeValue next = die.origin.isPresent() ? die.origin : die.specification;
                if (next.kind != AttributeValue.Kind.REFERENCE) {
                    break;
                }
                at = next.number;
            }
        } catch (FormatException e) {
            // The names found before stay.
        }
        return new Names(name, linkageName);
    }

    private DwarfUnit unitAt(long offset, int first) {
        DwarfUnit unit = units.get(first);
        if (holds(unit, offset)) {
            return unit;
        }
        int low = 0;
        int high = units.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (units.get(middle).header().offset() <= offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0 || !holds(units.get(high), offset)) {
            throw sections.info().error(0, "reference to no entry");
        }
        return units.get(high);
    }

    private static boolean holds(DwarfUnit unit, long offset) {
        return offset >= unit.header().firstEntry() && offset < unit.header().end();
    }

    private UnitFunctions functions(int unit) {
        UnitFunctions known = functions.get(unit);
        if (known == null) {
            known = UnitFunctions.read(units.get(unit));
            functions.set(unit, known);
        }
        return known;
    }

    private Optional<LineTable> lines(int unit) {
        LineTable known = lines.get(unit);
        if (known == null && units.get(unit).lineOffset() >= 0) {
            try {
                known = LineTable.read(sections, units.get(unit));
                lines.set(unit, known);
            } catch (FormatException e) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(known);
    }

    private static int clamp(long value) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, value));
    }
}
