package oriel.engine.disasm;

/** The words that stand before the operands, where they differ from the mnemonic of the table. */
final class X86Mnemonics {
    private static final String[] COMPARE_FLOAT = {
        "eq",
        "lt",
        "le",
        "unord",
        "neq",
        "nlt",
        "nle",
        "ord",
        "eq_uq",
        "nge",
        "ngt",
        "false",
        "neq_oq",
        "ge",
        "gt",
        "true",
        "eq_os",
        "lt_oq",
        "le_oq",
        "unord_s",
        "neq_us",
        "nlt_uq",
        "nle_uq",
        "ord_s",
        "eq_us",
        "nge_uq",
        "ngt_uq",
        "false_os",
        "neq_os",
        "ge_oq",
        "gt_oq",
        "true_us"
    };
    private static final String[] COMPARE_INTEGER = {"eq", "lt", "le", "", "neq", "nlt", "nle", ""};
    private static final String[] COMPARE_XOP = {
        "lt", "le", "gt", "ge", "eq", "neq", "false", "true"
    };

    private X86Mnemonics() {}

    /** The hint of a branch behind its mnemonic, as GNU writes it. */
    static void appendHint(Instruction in, StringBuilder out) {
        if (in.has(Instruction.HINT_TAKEN)) {
            out.append(",pt");
        } else if (in.has(Instruction.HINT_NOT_TAKEN)) {
            out.append(",pn");
        }
    }

    /** The words before the mnemonic; Microsoft's disassemblers write hints there, too. */
    static void appendPrefixes(Instruction in, boolean masm, StringBuilder out) {
        if (in.prefixes() == 0) {
            return;
        }
        if (masm && in.has(Instruction.HINT_TAKEN)) {
            out.append("ht ");
        }
        if (masm && in.has(Instruction.HINT_NOT_TAKEN)) {
            out.append("hnt ");
        }
        if (in.has(Instruction.XACQUIRE)) {
            out.append("xacquire ");
        }
        if (in.has(Instruction.XRELEASE)) {
            out.append("xrelease ");
        }
        if (in.has(Instruction.LOCK)) {
            out.append("lock ");
        }
        if (in.has(Instruction.REP)) {
            boolean compares = in.mnemonic().equals("cmps") || in.mnemonic().equals("scas");
            out.append(compares ? "repe " : "rep ");
        }
        if (in.has(Instruction.REPNE)) {
            out.append("repne ");
        }
        if (in.has(Instruction.BND)) {
            out.append("bnd ");
        }
        if (in.has(Instruction.NOTRACK)) {
            out.append("notrack ");
        }
    }

    /** The mnemonic, with the predicate of a compare in place of its immediate. */
    static String displayed(Instruction in) {
        String predicate = predicate(in);
        String mnemonic = in.mnemonic();
        if (predicate.isEmpty()) {
            return mnemonic;
        }
        int stem = mnemonic.indexOf("cmp") >= 0 ? mnemonic.indexOf("cmp") + 3 : 5;
        return mnemonic.substring(0, stem).concat(predicate).concat(mnemonic.substring(stem));
    }

    private static String predicate(Instruction in) {
        String mnemonic = in.mnemonic();
        if (in.operandCount == 0 || mnemonic.indexOf('m') < 1) {
            return "";
        }
        Operand last = in.operands[in.operandCount - 1];
        if (last.kind() != Operand.Kind.IMMEDIATE) {
            return "";
        }
        String[] words;
        if (mnemonic.startsWith("vcmp")) {
            words = COMPARE_FLOAT;
        } else if (mnemonic.startsWith("vpcmp")
                && in.operands[0].register().kind() == CodeRegister.Kind.MASK) {
            words = COMPARE_INTEGER;
        } else if (mnemonic.startsWith("vpcom") && mnemonic.length() < 8) {
            words = COMPARE_XOP;
        } else if (isLegacyCompare(mnemonic)) {
            return last.value < 8 ? COMPARE_FLOAT[(int) last.value] : "";
        } else {
            return "";
        }
        return last.value < words.length ? words[(int) last.value] : "";
    }

    private static boolean isLegacyCompare(String mnemonic) {
        return mnemonic.equals("cmpps")
                || mnemonic.equals("cmppd")
                || mnemonic.equals("cmpss")
                || mnemonic.equals("cmpsd");
    }

    /** WinDbg leaves out the accumulator of string instructions. */
    static int firstDisplayed(Instruction in, boolean masm) {
        boolean hides = in.mnemonic().equals("lods") || in.mnemonic().equals("scas");
        return masm && hides ? 1 : 0;
    }

    /** One more than the last operand to show. */
    static int displayedOperands(Instruction in, boolean masm) {
        int count = in.operandCount();
        boolean hides =
                masm && in.mnemonic().equals("stos")
                        || count > 0 && in.place(count - 1) >= X86Operands.MASKED_STORE
                        || !predicate(in).isEmpty();
        return count - (hides ? 1 : 0);
    }

    /**
     * Whether eight bytes of memory are a number of SSE or MMX, which MASM and WinDbg call mmword:
     * those of scalar doubles, of movq that moves no general register, of MMX registers.
     */
    private static boolean isMultimedia(Instruction in, int number) {
        Operand memory = in.operands[number];
        if (memory.sizeBytes() != 8 || memory.broadcast() != 0 || in.operandCount < 2) {
            return false;
        }
        String mnemonic = in.mnemonic();
        if (mnemonic.equals("movq") || mnemonic.equals("vmovq")) {
            int opcode = in.cursor.opcode;
            return opcode != 0x6e && (opcode != 0x7e || number != 0);
        }
        CodeRegister.Kind other = in.operands[number == 0 ? 1 : 0].register().kind();
        boolean scalar = mnemonic.endsWith("sd") && mnemonic.indexOf("si2") < 0;
        return other == CodeRegister.Kind.MMX
                || scalar && other == CodeRegister.Kind.VECTOR
                || scalar && other == CodeRegister.Kind.MASK
                || mnemonic.indexOf("sd2") >= 0;
    }

    /** Whether WinDbg writes operands where there are none: {@code int 3}, {@code xchg ax,ax}. */
    static boolean isSplitByWindbg(Instruction in) {
        int opcode = in.cursor.opcode;
        return opcode == 0xcc && in.mnemonic().equals("int3")
                || opcode == 0x90 && in.cursor.operandSizePrefix && in.mnemonic().equals("nop");
    }

    /** Whether WinDbg has the second operand in front: the accumulator or what ModRM.reg names. */
    static boolean isSwappedByWindbg(Instruction in) {
        int opcode = in.cursor.opcode;
        boolean possible = (opcode & 0xfe) == 0x86 || (opcode & 0xf8) == 0x90;
        return possible && in.mnemonic().equals("xchg");
    }

    /** What WinDbg calls memory of that size in this instruction; empty for what it leaves out. */
    static String windbgSizeName(Instruction in, int number) {
        Operand memory = in.operands[number];
        if (isMultimedia(in, number)) {
            return "mmword";
        }
        int bytes = memory.sizeBytes();
        if (bytes == 1 && in.mnemonic().startsWith("prefetch")) {
            return "";
        }
        return bytes == 16 && in.mnemonic().equals("cmpxchg16b") ? "oword" : sizeName(bytes);
    }

    static String sizeName(int bytes) {
        return switch (bytes) {
            case 1 -> "byte";
            case 2 -> "word";
            case 4 -> "dword";
            case 6 -> "fword";
            case 8 -> "qword";
            case 10 -> "tbyte";
            case 16 -> "xmmword";
            case 32 -> "ymmword";
            case 64 -> "zmmword";
            default -> "";
        };
    }
}
