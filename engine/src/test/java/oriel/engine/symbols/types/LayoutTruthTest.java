package oriel.engine.symbols.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.pdb.Field;
import oriel.format.pdb.Pdb;
import oriel.format.pdb.TypeRecord;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** Layouts of every type of every PDB of the corpus, as llvm-pdbutil reads the records. */
@NeedsCorpus
class LayoutTruthTest {
    private static final Path TOOL = Path.of("/usr/bin/llvm-pdbutil-19");
    private static final Pattern RECORD =
            Pattern.compile(" *0x([0-9A-F]+) \\| LF_(\\w+) \\[size = \\d+\\](?: `(.*)`)?");
    private static final Pattern MEMBER =
            Pattern.compile(
                    "- LF_MEMBER \\[name = `(.*)`, Type = 0x([0-9A-F]+)(?: \\(.*\\))?,"
                            + " offset = (\\d+), .*");
    private static final Pattern BASE =
            Pattern.compile("type = 0x([0-9A-F]+)(?: \\(.*\\))?, offset = (\\d+), .*");
    private static final Pattern ENUMERATOR =
            Pattern.compile("- LF_ENUMERATE \\[(.*) = (-?\\d+)\\]");
    private static final Pattern LIST = Pattern.compile(".*field list: 0x([0-9A-F]+).*");
    private static final Pattern SIZE = Pattern.compile(".*sizeof (\\d+).*");
    private static final Pattern CONTINUED =
            Pattern.compile("- LF_INDEX continuation = 0x([0-9A-F]+).*");

    static List<Path> pdbs() throws IOException {
        try (Stream<Path> files = Files.walk(Corpus.file("."))) {
            return files.filter(f -> f.toString().endsWith(".pdb"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    /** What the tool says of one record. */
    private static final class Told {
        final List<String> members = new ArrayList<>();
        long fieldList;
        long sizeBytes = -1;
        long continued;
        String name = "";
    }

    @ParameterizedTest
    @MethodSource("pdbs")
    void agreesWithLlvm(Path file) throws Exception {
        assumeTrue(Files.isExecutable(TOOL), "llvm-pdbutil-19 is not installed");
        Pdb pdb;
        try {
            pdb = Pdb.open(Bytes.open(file));
        } catch (FormatException e) {
            return;
        }
        Map<Long, Told> told = told(file);
        var types = new TypeSystem(pdb);
        int[] compared = {0};
        types.forEachDefinition(
                (index, type) -> {
                    Told theirs = told.get(index);
                    if (theirs == null || type.fieldList() == 0) {
                        return;
                    }
                    String subject = file + " " + type.name();
                    assertThat(type.name()).as(subject).isEqualTo(theirs.name);
                    if (!(type instanceof TypeRecord.Enumeration)) {
                        assertThat(types.sizeBytes(index)).as(subject).isEqualTo(theirs.sizeBytes);
                    }
                    assertThat(ours(types, index))
                            .as(subject)
                            .containsExactlyInAnyOrderElementsOf(members(told, theirs));
                    compared[0]++;
                });
        assertThat(compared[0])
                .isEqualTo((int) told.values().stream().filter(t -> t.fieldList != 0).count());
    }

    private static List<String> ours(TypeSystem types, long index) {
        var found = new ArrayList<String>();
        for (Layout.Slot slot : Layout.of(types, index).slots()) {
            switch (slot.kind()) {
                case MEMBER -> found.add(slot.name() + " at " + slot.offset());
                case BIT_FIELD -> found.add(slot.name() + " at " + slot.offset());
                case BASE -> found.add("base " + slot.type() + " at " + slot.offset());
                case VIRTUAL_BASE, VTABLE_POINTER, VBTABLE_POINTER, PADDING -> {}
            }
        }
        for (var field : types.fields(index)) {
            if (field instanceof Field.Enumerator e) {
                found.add(e.name() + " is " + e.value());
            }
        }
        return found;
    }

    private static List<String> members(Map<Long, Told> told, Told type) {
        var all = new ArrayList<String>();
        Told list = told.get(type.fieldList);
        while (list != null) {
            all.addAll(list.members);
            list = list.continued == 0 ? null : told.get(list.continued);
        }
        return all;
    }

    private static Map<Long, Told> told(Path file) throws Exception {
        Process process =
                new ProcessBuilder(TOOL.toString(), "dump", "-types", file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Map<Long, Told> records = new HashMap<>();
        var record = new Told();
        boolean base = false;
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        for (String line : text.split("\n")) {
            Matcher head = RECORD.matcher(line);
            String rest = line.strip();
            if (head.matches()) {
                record = new Told();
                record.name = head.group(3) == null ? "" : head.group(3);
                records.put(Long.parseLong(head.group(1), 16), record);
                continue;
            }
            member(record, rest, base);
            base = rest.equals("- LF_BCLASS");
        }
        return records;
    }

    private static void member(Told record, String line, boolean base) {
        Matcher member = MEMBER.matcher(line);
        Matcher enumerator = ENUMERATOR.matcher(line);
        Matcher baseClass = BASE.matcher(line);
        Matcher list = LIST.matcher(line);
        Matcher size = SIZE.matcher(line);
        Matcher more = CONTINUED.matcher(line);
        if (member.matches()) {
            record.members.add(member.group(1) + " at " + member.group(3));
        } else if (enumerator.matches()) {
            record.members.add(enumerator.group(1) + " is " + enumerator.group(2));
        } else if (base && baseClass.matches()) {
            long type = Long.parseLong(baseClass.group(1), 16);
            record.members.add("base " + type + " at " + baseClass.group(2));
        } else if (list.matches()) {
            record.fieldList = Long.parseLong(list.group(1), 16);
        } else if (size.matches()) {
            record.sizeBytes = Long.parseLong(size.group(1));
        } else if (more.matches()) {
            record.continued = Long.parseLong(more.group(1), 16);
        }
    }

    /** Records do not tell these places; Microsoft's reader of PDBs works them out like this. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "TestIVBBase ! __vbptr@0 A@4 TestVB@8",
                "TestVBLayout ! TestNVB@0 __vbptr@8 Z@12 TestVB@16",
                "TestIVBDerived ! TestIVBBase@0 B@8 TestVB@12",
                "TestIVBMergedDerived ! TestIVBBase@0 B@8 TestVB@12"
            })
    void placesVirtualBases(String name, String slots) throws IOException {
        TypeSystem types = complexPadding();
        var found = new ArrayList<String>();
        for (Layout.Slot slot : Layout.of(types, types.named(name).orElseThrow()).slots()) {
            found.add(slot.name() + "@" + slot.offset());
        }
        assertThat(String.join(" ", found)).isEqualTo(slots);
    }

    /** An object whose table says that the virtual base lies elsewhere than usual. */
    @Test
    void followsTheTableOfVirtualBases() throws IOException {
        TypeSystem types = complexPadding();
        byte[] bytes = new byte[64];
        bytes[1] = 0x10; // __vbptr of the object at 0x1000: the table at 0x1030
        bytes[0] = 0x30;
        bytes[4] = 7; // A
        bytes[0x34] = 0x10; // the second entry: the base 16 bytes on
        bytes[0x14] = 9; // X behind the vtable pointer of the base
        Memory memory =
                (va, into, offset, length) -> {
                    int at = (int) (va - 0x1000);
                    if (at < 0 || at >= bytes.length) {
                        return 0;
                    }
                    int count = Math.min(length, bytes.length - at);
                    System.arraycopy(bytes, at, into, offset, count);
                    return count;
                };
        TypedValue value =
                new ValueReader(types, memory, Architecture.X86, ValueReader.Limits.USUAL)
                        .read(types.named("TestIVBBase").orElseThrow(), 0x1000, "object");
        assertThat(value.part("A").orElseThrow().text()).isEqualTo("7");
        assertThat(value.part("X").orElseThrow().text()).isEqualTo("9");
        assertThat(value.brief(100)).isEqualTo("{__vbptr=0x1030, A=7, {__vfptr=0x0, X=9}}");
    }

    private static TypeSystem complexPadding() throws IOException {
        Path file = Corpus.file("llvm/llvm/test/tools/llvm-pdbutil/Inputs/ComplexPaddingTest.pdb");
        return new TypeSystem(Pdb.open(Bytes.open(file)));
    }
}
