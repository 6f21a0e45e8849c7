package oriel.engine.disasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads one row of a table: {@code opcode conditions mnemonic operands attributes...}, as described
 * at the head of docs/formats/x86.md.
 */
final class X86Row {
    /** Fields of the word of conditions under which a row applies. */
    static final int PREFIX = 0;

    static final int W = 2;
    static final int LENGTH = 3;
    static final int MODE_64 = 5;
    static final int OPERAND_SIZE = 6;
    static final int ADDRESS_SIZE = 8;
    static final int IS_MEMORY = 10;
    static final int REG = 11;
    static final int RM = 14;
    static final int BROADCAST = 17;
    static final int ROUNDING = 18;
    static final int MASKED = 19;
    static final int ZEROING = 20;
    static final int VVVV_USED = 21;
    static final int REX_B = 22;

    /** EVEX.V' that is not idle: bit 4 of vvvv or of a vector index. */
    static final int VVVV_HIGH = 23;

    private static final CodeRegister[] NONE = {};
    private static final CodeRegister[][] NO_IMPLICIT = {NONE};
    private static final String FLAG_LETTERS = "c p a zstido"; // by bit of rflags

    final String mnemonic;
    private final boolean is64;
    int mask;
    int match;
    int[] operands = {};
    CodeRegister[] fixed = NONE;
    FlowKind flow = FlowKind.NEXT;
    int traits;
    int stackSlots = 1;
    int tuple;
    int index;
    int flagsRead;
    int flagsWritten;
    int flagsUndefined;
    final List<String> reads = new ArrayList<>();
    final List<String> writes = new ArrayList<>();
    boolean needsModrm;

    /**
     * @param line the row
     * @param is64 whether the table is for 64-bit code
     * @param extended whether the map is one of VEX, XOP or EVEX, where unused fields must be idle
     */
    X86Row(String line, boolean is64, boolean extended) {
        this.is64 = is64;
        String[] words = split(line, ' ');
        mnemonic = words[2];
        for (String condition : list(words[1])) {
            condition(condition);
        }
        operands(list(words[3]));
        for (int i = 4; i < words.length; i++) {
            attribute(words[i]);
        }
        if (extended) {
            requireIdleFields();
        }
        if ((traits & (X86Encoding.PUSHES | X86Encoding.POPS | X86Encoding.STACK_UNKNOWN)) != 0) {
            String stackPointer = is64 ? "rsp" : "esp";
            reads.add(stackPointer);
            writes.add(stackPointer);
        }
    }

    /** Whether it exists in the mode it was read for. */
    boolean isPossible() {
        int mode = 1 << MODE_64;
        return (mask & mode) == 0 || (match & mode) != 0 == is64;
    }

    private void require(int shift, int bits, int value) {
        mask |= ((1 << bits) - 1) << shift;
        match |= value << shift;
    }

    private void condition(String text) {
        char last = text.charAt(text.length() - 1);
        switch (text) {
            case "np" -> require(PREFIX, 2, 0);
            case "66" -> require(PREFIX, 2, 1);
            case "f3" -> require(PREFIX, 2, 2);
            case "f2" -> require(PREFIX, 2, 3);
            case "nof" -> require(PREFIX + 1, 1, 0);
            case "w0", "w1" -> require(W, 1, last - '0');
            case "l0", "l1", "l2" -> require(LENGTH, 2, last - '0');
            case "x64" -> require(MODE_64, 1, 1);
            case "i64" -> require(MODE_64, 1, 0);
            case "o16" -> require(OPERAND_SIZE, 2, 0);
            case "o32" -> require(OPERAND_SIZE, 2, 1);
            case "o64" -> require(OPERAND_SIZE, 2, 2);
            case "a16" -> require(ADDRESS_SIZE, 2, 0);
            case "a32" -> require(ADDRESS_SIZE, 2, 1);
            case "a64" -> require(ADDRESS_SIZE, 2, 2);
            case "mem" -> require(IS_MEMORY, 1, 1);
            case "reg" -> require(IS_MEMORY, 1, 0);
            case "rexb" -> require(REX_B, 1, 1);
            case "norexb" -> require(REX_B, 1, 0);
            default -> {
                if (text.length() == 2 && text.charAt(0) == '/') {
                    require(REG, 3, last - '0');
                } else if (text.length() == 3 && text.startsWith("rm")) {
                    require(RM, 3, last - '0');
                } else {
                    throw new IllegalArgumentException("no condition ".concat(text));
                }
                needsModrm = true;
            }
        }
        if ((mask & (1 << IS_MEMORY)) != 0) {
            needsModrm = true;
        }
    }

    private void operands(String[] tokens) {
        operands = new int[tokens.length];
        var registers = new CodeRegister[tokens.length];
        Arrays.fill(registers, CodeRegister.NONE);
        for (int i = 0; i < tokens.length; i++) {
            operands[i] = X86Operands.parse(tokens[i], registers, i);
            needsModrm |= X86Operands.needsModrm(operands[i]);
            switch (X86Operands.place(operands[i])) {
                case X86Operands.MEMORY -> require(IS_MEMORY, 1, 1);
                case X86Operands.RM_REGISTER -> require(IS_MEMORY, 1, 0);
                default -> {}
            }
        }
        fixed = registers;
    }

    /** VEX and EVEX fields that a row does not use must hold their idle value. */
    private void requireIdleFields() {
        boolean usesVvvv = false;
        boolean broadcasts = false;
        for (int spec : operands) {
            usesVvvv |= X86Operands.place(spec) == X86Operands.VVVV;
            broadcasts |= X86Operands.broadcast(spec) != 0;
        }
        if (!usesVvvv) {
            require(VVVV_USED, 1, 0);
        }
        if (!usesVvvv && (traits & X86Encoding.VECTOR_INDEX) == 0) {
            require(VVVV_HIGH, 1, 0);
        }
        if (!broadcasts) {
            require(BROADCAST, 1, 0);
        }
        if ((traits & (X86Encoding.ROUNDS | X86Encoding.SUPPRESSES)) == 0) {
            require(ROUNDING, 1, 0);
        }
        if ((traits & X86Encoding.MASKED) == 0) {
            require(MASKED, 1, 0);
            require(ZEROING, 1, 0);
        }
    }

    private void attribute(String text) {
        int equals = text.indexOf('=');
        if (equals > 0) {
            value(text.substring(0, equals), text.substring(equals + 1));
            return;
        }
        switch (text) {
            case "arith" -> flagsWritten |= 0x8d5;
            case "logic" -> {
                flagsWritten |= 0x8d5;
                flagsUndefined |= 0x10;
            }
            case "call" -> flow = FlowKind.CALL;
            case "icall" -> flow = FlowKind.INDIRECT_CALL;
            case "jump" -> flow = FlowKind.JUMP;
            case "ijump" -> flow = FlowKind.INDIRECT_JUMP;
            case "cond" -> flow = FlowKind.CONDITIONAL;
            case "ret" -> flow = FlowKind.RETURN;
            case "int" -> flow = FlowKind.INTERRUPT;
            case "ud" -> flow = FlowKind.UNDEFINED;
            case "k" -> {
                traits |= X86Encoding.MASKED;
                require(ZEROING, 1, 0);
            }
            case "kz" -> traits |= X86Encoding.MASKED;
            case "k!" -> {
                traits |= X86Encoding.MASKED;
                require(MASKED, 1, 1);
                require(ZEROING, 1, 0);
            }
            default -> traits |= trait(text);
        }
    }

    private static int trait(String text) {
        return switch (text) {
            case "lock" -> X86Encoding.LOCKABLE;
            case "rep" -> X86Encoding.REPEATS;
            case "repz" -> X86Encoding.REPEATS | X86Encoding.REPEATS_WHILE;
            case "bnd" -> X86Encoding.BOUNDED;
            case "notrack" -> X86Encoding.TRACKED;
            case "hint" -> X86Encoding.HINTED;
            case "elide" -> X86Encoding.ELIDES_LOCKED;
            case "xrelease" -> X86Encoding.ELIDES_RELEASE;
            case "xchg" -> X86Encoding.ELIDES_ALWAYS;
            case "priv" -> X86Encoding.PRIVILEGED;
            case "fault" -> X86Encoding.FAULTS;
            case "er" -> X86Encoding.ROUNDS;
            case "sae" -> X86Encoding.SUPPRESSES;
            case "push" -> X86Encoding.PUSHES;
            case "pop" -> X86Encoding.POPS;
            case "stack" -> X86Encoding.STACK_UNKNOWN;
            case "fpush" -> X86Encoding.X87_PUSHES;
            case "fpop" -> X86Encoding.X87_POPS;
            case "fpop2" -> X86Encoding.X87_POPS_TWO;
            case "fset" -> X86Encoding.X87_SETS;
            case "d64" -> X86Encoding.DEFAULT_64;
            case "f64" -> X86Encoding.FORCED_64;
            case "sib" -> X86Encoding.NEEDS_SIB;
            default -> throw new IllegalArgumentException("no attribute ".concat(text));
        };
    }

    private void value(String name, String text) {
        switch (name) {
            case "r" -> flagsRead |= flags(text);
            case "w" -> flagsWritten |= flags(text);
            case "u" -> {
                flagsWritten |= flags(text);
                flagsUndefined |= flags(text);
            }
            case "reads" -> reads.addAll(Arrays.asList(split(text, '+')));
            case "writes" -> writes.addAll(Arrays.asList(split(text, '+')));
            case "slots" -> stackSlots = Integer.parseInt(text);
            case "tuple" -> tuple = Integer.parseInt(text);
            case "vsib" -> {
                traits |= X86Encoding.VECTOR_INDEX;
                index = X86Operands.parse("V".concat(text), fixed, 0);
            }
            default -> throw new IllegalArgumentException("no attribute ".concat(name));
        }
    }

    private static int flags(String letters) {
        int bits = 0;
        for (int i = 0; i < letters.length(); i++) {
            int bit = FLAG_LETTERS.indexOf(letters.charAt(i));
            bits |= bit < 0 ? 0 : 1 << bit;
        }
        return bits;
    }

    /**
     * Resolves names of implicit registers. {@code vAX} and {@code aCX} go by operand and address
     * size, {@code yAX} has 32 or 64 bits, {@code repCX} counts only under a rep prefix, {@code
     * ymm*} is all of them.
     */
    CodeRegister[][] implicit(List<String> names) {
        if (names.isEmpty()) {
            return NO_IMPLICIT;
        }
        boolean varies = false;
        for (String name : names) {
            varies |= name.charAt(name.length() - 1) < 'a' && name.charAt(name.length() - 1) > '9';
        }
        var variants = new CodeRegister[varies ? 18 : 1][];
        for (int i = 0; i < variants.length; i++) {
            var registers = new ArrayList<CodeRegister>(names.size());
            for (String name : names) {
                boolean repeatOnly = name.startsWith("rep");
                if (repeatOnly && (i & 1) == 0) {
                    continue;
                }
                if (name.equals("ymm*")) {
                    registers.addAll(
                            Arrays.asList(X86SpecialRegisters.YMM).subList(0, is64 ? 16 : 8));
                    continue;
                }
                registers.add(implicit(repeatOnly ? "a".concat(name.substring(3)) : name, i));
            }
            variants[i] = registers.toArray(NONE);
        }
        return variants;
    }

    private static CodeRegister implicit(String name, int variant) {
        char last = name.charAt(name.length() - 1);
        if (last >= 'a' || last <= '9') {
            return X86Registers.named(name);
        }
        String word = name.substring(1).toLowerCase(Locale.ROOT);
        int size = name.charAt(0) == 'a' ? variant / 2 % 3 : variant / 6;
        if (name.charAt(0) == 'y') {
            size = Math.max(size, 1);
        }
        return X86Registers.general(size)[X86Registers.named(word).number()];
    }

    private static String[] list(String text) {
        return text.equals("-") ? new String[0] : split(text, ',');
    }

    private static String[] split(String text, char separator) {
        var parts = new ArrayList<String>(6);
        int from = 0;
        for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
            if (to > from) {
                parts.add(text.substring(from, to));
            }
            from = to + 1;
        }
        if (from < text.length()) {
            parts.add(text.substring(from));
        }
        return parts.toArray(new String[0]);
    }
}
