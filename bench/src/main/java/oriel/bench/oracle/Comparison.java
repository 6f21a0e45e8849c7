package oriel.bench.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.model.Architecture;

/** Runs blocks through Oriel and the oracles and counts where they differ. For one thread. */
final class Comparison {
    private static final int EXAMPLES = 3;

    /** What can differ. */
    enum Difference {
        /** The oracles agree on a length and Oriel has another or none. */
        LENGTH,
        /** The text says something else than every oracle that found an instruction. */
        TEXT,
        /**
         * So does the target of a 16-bit branch of 32-bit code: here it wraps at 64 KiB as on a
         * processor, the oracles leave the upper half of the address as it is.
         */
        WRAPPED,
        /** No oracle knows the instruction, Oriel does. */
        ACCEPTED,
        /** One oracle knows it, the other and Oriel do not, or with another length. */
        DISPUTED
    }

    /**
     * What is compared with the oracles.
     *
     * @param disassembler of the architecture of a block
     * @param formatter for the syntax of the comparison
     */
    record Subject(Disassembler disassembler, InstructionFormatter formatter) {
        static Subject of(Architecture architecture, Syntax syntax) {
            FormatOptions options =
                    FormatOptions.NASM.with(
                            syntax == Syntax.ATT
                                    ? oriel.engine.disasm.Syntax.ATT
                                    : oriel.engine.disasm.Syntax.INTEL);
            return new Subject(
                    Disassembler.of(architecture), InstructionFormatter.of(architecture, options));
        }
    }

    private final Syntax syntax;
    private final boolean gnu;
    private final BiFunction<Architecture, Syntax, Subject> subjects;
    private final Path scratch;
    private final long[] counts = new long[Difference.values().length];
    private final Map<String, List<String>> examples = new TreeMap<>();
    private final Map<String, Integer> classes = new TreeMap<>();
    private long instructions;
    private long agreed;

    /**
     * @param gnu whether to ask GNU objdump, too
     * @param scratch a folder for the files that the tools read
     */
    Comparison(Syntax syntax, boolean gnu, Path scratch) {
        this(syntax, gnu, scratch, Subject::of);
    }

    /** With other subjects than Oriel's own, to see whether mistakes are noticed. */
    Comparison(
            Syntax syntax,
            boolean gnu,
            Path scratch,
            BiFunction<Architecture, Syntax, Subject> subjects) {
        this.subjects = subjects;
        this.syntax = syntax;
        this.gnu = gnu;
        this.scratch = scratch;
    }

    /** Compares all of a block. */
    void add(CodeBlock block) throws IOException {
        var one = new Pass(block);
        try (Listing llvm = Oracle.LLVM.list(block, syntax, scratch)) {
            if (gnu && Oracle.GNU.knows(block.architecture())) {
                try (Listing other = Oracle.GNU.list(block, syntax, scratch)) {
                    one.run(llvm, other);
                }
            } else {
                one.run(llvm, llvm);
            }
        }
    }

    /** Adds what another comparison counted. */
    void add(Comparison other) {
        instructions += other.instructions;
        agreed += other.agreed;
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        other.classes.forEach((key, count) -> classes.merge(key, count, Integer::sum));
        other.examples.forEach(
                (key, list) -> {
                    List<String> own = examples.computeIfAbsent(key, k -> new ArrayList<>());
                    list.stream().limit(Math.max(0, EXAMPLES - own.size())).forEach(own::add);
                });
    }

    /** How often something differed. */
    long count(Difference difference) {
        return counts[difference.ordinal()];
    }

    /** Instructions that the oracles agreed on. */
    long agreed() {
        return agreed;
    }

    /** Whether the rules hold: no wrong length, less than one text in 10,000. */
    boolean holds() {
        return count(Difference.LENGTH) == 0
                && count(Difference.TEXT) * 10_000 < Math.max(1, agreed);
    }

    /** Wrong lengths first, then by number. */
    private static int byWeight(Map.Entry<String, Integer> a, Map.Entry<String, Integer> b) {
        boolean length = a.getKey().startsWith(Difference.LENGTH.name());
        if (length != b.getKey().startsWith(Difference.LENGTH.name())) {
            return length ? -1 : 1;
        }
        return b.getValue() - a.getValue();
    }

    /** Numbers, then the classes of differences with examples, most frequent first. */
    String report() {
        var out = new StringBuilder();
        out.append(
                String.format(
                        Locale.ROOT,
                        "%,d instructions, %,d agreed by the oracles; length %,d, text %,d"
                                + " (%.4f %%), wrapped %,d, accepted %,d, disputed %,d%n",
                        instructions,
                        agreed,
                        count(Difference.LENGTH),
                        count(Difference.TEXT),
                        100.0 * count(Difference.TEXT) / Math.max(1, agreed),
                        count(Difference.WRAPPED),
                        count(Difference.ACCEPTED),
                        count(Difference.DISPUTED)));
        classes.entrySet().stream()
                .sorted(Comparison::byWeight)
                .limit(400)
                .forEach(
                        entry -> {
                            out.append(String.format(Locale.ROOT, "%8d ", entry.getValue()));
                            out.append(entry.getKey()).append('\n');
                            for (String example :
                                    examples.getOrDefault(entry.getKey(), List.of())) {
                                out.append("           ").append(example).append('\n');
                            }
                        });
        return out.toString();
    }

    /** One block. */
    private final class Pass {
        private final CodeBlock block;
        private final Disassembler disassembler;
        private final InstructionFormatter formatter;
        private final Instruction instruction = new Instruction();
        private final StringBuilder text = new StringBuilder();
        private final boolean intel;

        Pass(CodeBlock block) {
            this.block = block;
            Architecture architecture = block.architecture();
            this.intel = architecture.isIntel();
            Subject subject = subjects.apply(architecture, syntax);
            this.disassembler = subject.disassembler();
            this.formatter = subject.formatter();
        }

        void run(Listing first, Listing second) throws IOException {
            boolean one = first == second;
            boolean more = one || second.next();
            while (first.next()) {
                while (more && !one && Long.compareUnsigned(second.va(), first.va()) < 0) {
                    more = second.next();
                }
                boolean both = more && second.va() == first.va();
                if (first.length() > 0 && both && (one || second.length() > 0)) {
                    compare(first, second);
                }
            }
        }

        private void compare(Listing first, Listing second) {
            int at = (int) (first.va() - block.va());
            if (LeftOut.at(block, at)) {
                return;
            }
            instructions++;
            int limit = Math.min(block.code().length, at + Disassembler.LONGEST);
            boolean valid = disassembler.decode(block.code(), at, limit, first.va(), instruction);
            boolean firstValid = first.valid();
            boolean secondValid = second.valid();
            if (!firstValid && !secondValid) {
                if (valid) {
                    note(Difference.ACCEPTED, first, second);
                }
                return;
            }
            if (firstValid != secondValid || first.length() != second.length()) {
                boolean withFirst = valid && firstValid && instruction.length() == first.length();
                boolean withSecond =
                        valid && secondValid && instruction.length() == second.length();
                if (!withFirst && !withSecond) {
                    note(Difference.DISPUTED, first, second);
                }
                return;
            }
            agreed++;
            if (!valid || instruction.length() != first.length()) {
                note(Difference.LENGTH, first, second);
                return;
            }
            text.setLength(0);
            formatter.format(instruction, text);
            String mine = PlainText.of(text.toString(), intel, instruction.nextVa());
            String theirs = PlainText.of(first.text(), intel, instruction.nextVa());
            if (PlainText.same(mine, theirs)
                    || first != second
                            && PlainText.same(
                                    mine,
                                    PlainText.of(second.text(), intel, instruction.nextVa()))) {
                return;
            }
            boolean wraps =
                    block.architecture() == Architecture.X86
                            && instruction.branchTarget().orElse(-1) >>> 16 == 0
                            && PlainText.same(mine, PlainText.withTarget16(theirs));
            note(wraps ? Difference.WRAPPED : Difference.TEXT, first, second);
        }

        private void note(Difference difference, Listing first, Listing second) {
            counts[difference.ordinal()]++;
            String plain = PlainText.of(first.text(), intel, instruction.nextVa());
            int end = plain.indexOf(' ');
            String mnemonic = end < 0 ? plain : plain.substring(0, end);
            String key = difference + " " + (first.valid() ? mnemonic : "(invalid)");
            classes.merge(key, 1, Integer::sum);
            List<String> list = examples.computeIfAbsent(key, k -> new ArrayList<>());
            if (list.size() < EXAMPLES) {
                list.add(example(first, second));
            }
        }

        private String example(Listing first, Listing second) {
            int at = (int) (first.va() - block.va());
            int longest = Math.max(first.length(), Math.max(second.length(), instruction.length()));
            int end = Math.min(block.code().length, at + longest);
            String bytes = HexFormat.of().formatHex(block.code(), at, end);
            return bytes
                    + "  llvm "
                    + first.length()
                    + " '"
                    + first.text().replace('\t', ' ').strip()
                    + "'"
                    + (first == second
                            ? ""
                            : "  gnu " + second.length() + " '" + second.text().strip() + "'")
                    + "  oriel "
                    + instruction.length()
                    + " '"
                    + formatter.format(instruction)
                    + "'  "
                    + block.name()
                    + " "
                    + Long.toHexString(first.va());
        }
    }
}
