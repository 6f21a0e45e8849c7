package oriel.engine.disasm;

import java.util.Locale;

/**
 * Operand codes of the tables, packed into an int: where the operand comes from, its register file,
 * the width as a register and as memory, the broadcast element, the access. The notation:
 *
 * <pre>
 * [w:|rw:|n:] code width [/memoryWidth] [bElement]
 *   E modrm.rm general or memory   G modrm.reg general     B vvvv general      Z general in opcode
 *   R modrm.rm general only        M memory only           S segment           C D control, debug
 *   W modrm.rm vector or memory    V modrm.reg vector      H vvvv vector       U modrm.rm only
 *   L vector in the high half of an immediate
 *   Q modrm.rm mmx or memory       P modrm.reg mmx         N modrm.rm mmx only
 *   kreg krm konly kvvvv mask      breg brm bound          treg tonly tvvvv tile
 *   kpair even mask of a pair      sti x87
 *   I unsigned immediate           K 8-bit immediate, sign-extended to the width
 *   J relative target              O absolute address      A far pointer       i4 low half of the last
 *   X [rsi]   Y es:[rdi]   F ds:[rdi]   T [rbx]   mreg es:[modrm.reg]   1 the number one   vAX zAX aAX register by operand, address size   rax, cl ...
 * width: 8 16 32 64 80 128 256 512, n none
 *   v 16/32/64 by operand size     z 16/32/32              y 32/32/64
 *   x vector length, h half of it, q a quarter, e an eighth   p far pointer
 *   m 32 or 64 by mode             a by address size
 * </pre>
 */
final class X86Operands {
    /** Where an operand comes from. */
    static final int REG = 0;

    static final int RM = 1;
    static final int RM_REGISTER = 2;
    static final int MEMORY = 3;
    static final int VVVV = 4;
    static final int OPCODE = 5;
    static final int IS4 = 6;
    static final int FIXED = 7;
    static final int BY_SIZE = 8;
    static final int IMMEDIATE = 9;
    static final int SIGNED8 = 10;
    static final int RELATIVE = 11;
    static final int ABSOLUTE = 12;
    static final int FAR = 13;
    static final int LOW_NIBBLE = 14;
    static final int SOURCE = 15;
    static final int DESTINATION = 16;
    static final int ONE = 17;
    static final int TRANSLATION = 18;

    /** Those from here on are in no syntax written out. */
    static final int MASKED_STORE = 19;

    static final int DIRECT_STORE = 20;

    /** Register files. */
    static final int GENERAL = 0;

    static final int VECTOR = 1;
    static final int MMX = 2;
    static final int MASK = 3;
    static final int SEGMENT = 4;
    static final int CONTROL = 5;
    static final int DEBUG = 6;
    static final int BOUND = 7;
    static final int TILE = 8;
    static final int X87 = 9;
    static final int MASK_PAIR = 10;

    /** Widths: up to 8 a fixed number of bytes, above by size. */
    static final int BYTES_0 = 0;

    static final int BYTES_1 = 1;
    static final int BYTES_2 = 2;
    static final int BYTES_4 = 3;
    static final int BYTES_8 = 4;
    static final int BYTES_10 = 5;
    static final int BYTES_16 = 6;
    static final int BYTES_32 = 7;
    static final int BYTES_64 = 8;
    static final int V = 9;
    static final int Z = 10;
    static final int Y = 11;
    static final int X = 12;
    static final int H = 13;
    static final int QUARTER = 14;
    static final int EIGHTH = 15;
    static final int P = 16;
    static final int M = 17;
    static final int BYTES_6 = 18;
    static final int BYTES_48 = 19;
    static final int A = 20;

    private static final int[] FIXED_BYTES = {0, 1, 2, 4, 8, 10, 16, 32, 64};
    private static final String[] WIDTHS = {
        "n", "8", "16", "32", "64", "80", "128", "256", "512", "v", "z", "y", "x", "h", "q", "e",
        "p", "m", "48", "384", "a"
    };

    private X86Operands() {}

    static int place(int spec) {
        return spec & 0x1f;
    }

    static int file(int spec) {
        return (spec >> 5) & 0xf;
    }

    static int width(int spec) {
        return (spec >> 9) & 0x1f;
    }

    static int memoryWidth(int spec) {
        return (spec >> 14) & 0x1f;
    }

    /** Bytes of the element that may be broadcast: 0, 2, 4 or 8. */
    static int broadcast(int spec) {
        return (spec >> 19) & 0xf;
    }

    static int access(int spec) {
        return (spec >> 23) & 3;
    }

    /** Whether the operand is or may be described by the ModRM byte. */
    static boolean needsModrm(int spec) {
        return place(spec) <= MEMORY;
    }

    /** Bytes of a width for the mode and the size that counts for it, 0..2. */
    static int bytes(int width, int size, boolean is64) {
        if (width <= BYTES_64) {
            return FIXED_BYTES[width];
        }
        return switch (width) {
            case V, A -> 2 << size;
            case Z -> size == 0 ? 2 : 4;
            case Y -> size == 2 ? 8 : 4;
            case X -> 16 << size;
            case H -> 8 << size;
            case QUARTER -> 4 << size;
            case EIGHTH -> 2 << size;
            case P -> (2 << size) + 2;
            case BYTES_6 -> 6;
            case BYTES_48 -> 48;
            default -> is64 ? 8 : 4;
        };
    }

    /**
     * Parses one operand code; the register that it names, if any, is put into {@code
     * fixedRegisters} at {@code at}.
     */
    static int parse(String token, CodeRegister[] fixedRegisters, int at) {
        int access = Operand.READ;
        String code = token;
        int colon = code.indexOf(':');
        if (colon >= 0) {
            String how = code.substring(0, colon);
            int other = how.equals("rw") ? Operand.READ_WRITE : Operand.NO_ACCESS;
            access = how.equals("w") ? Operand.WRITE : other;
            code = code.substring(colon + 1);
        }
        return body(code, fixedRegisters, at) | access << 23;
    }

    private static int body(String code, CodeRegister[] fixedRegisters, int at) {
        char first = code.charAt(0);
        switch (first) {
            case 'E':
                return sized(RM, GENERAL, code, 1);
            case 'G':
                return sized(REG, GENERAL, code, 1);
            case 'B':
                return sized(VVVV, GENERAL, code, 1);
            case 'Z':
                return sized(OPCODE, GENERAL, code, 1);
            case 'R':
                return sized(RM_REGISTER, GENERAL, code, 1);
            case 'M':
                return sized(MEMORY, GENERAL, code, 1);
            case 'S':
                return sized(REG, SEGMENT, code, 1);
            case 'C':
                return sized(REG, CONTROL, code, 1);
            case 'D':
                return sized(REG, DEBUG, code, 1);
            case 'W':
                return sized(RM, VECTOR, code, 1);
            case 'V':
                return sized(REG, VECTOR, code, 1);
            case 'H':
                return sized(VVVV, VECTOR, code, 1);
            case 'U':
                return sized(RM_REGISTER, VECTOR, code, 1);
            case 'L':
                return sized(IS4, VECTOR, code, 1);
            case 'Q':
                return sized(RM, MMX, code, 1);
            case 'P':
                return sized(REG, MMX, code, 1);
            case 'N':
                return sized(RM_REGISTER, MMX, code, 1);
            case 'I':
                return sized(IMMEDIATE, GENERAL, code, 1);
            case 'K':
                return sized(SIGNED8, GENERAL, code, 1);
            case 'J':
                return sized(RELATIVE, GENERAL, code, 1);
            case 'O':
                return sized(ABSOLUTE, GENERAL, code, 1);
            case 'A':
                return sized(FAR, GENERAL, code, 1);
            case 'T':
                return sized(TRANSLATION, GENERAL, code, 1);
            case 'F':
                return sized(MASKED_STORE, GENERAL, code, 1);
            case 'X':
                return sized(SOURCE, GENERAL, code, 1);
            case 'Y':
                return sized(DESTINATION, GENERAL, code, 1);
            case '1':
                return ONE | BYTES_1 << 9;
            default:
                return lower(code, fixedRegisters, at);
        }
    }

    private static int lower(String code, CodeRegister[] fixedRegisters, int at) {
        char second = code.length() > 1 ? code.charAt(1) : ' ';
        if (code.equals("i4")) {
            return LOW_NIBBLE | BYTES_1 << 9;
        }
        if (code.equals("sti")) {
            return RM_REGISTER | X87 << 5 | BYTES_10 << 9;
        }
        if (code.startsWith("mreg")) {
            return sized(DIRECT_STORE, GENERAL, code, 4);
        }
        if (second < 'a') {
            CodeRegister[] names = X86Registers.GENERAL16;
            String name = code.substring(1).toLowerCase(Locale.ROOT);
            for (int i = 0; i < 8; i++) {
                if (names[i].name().equals(name) && "vza".indexOf(code.charAt(0)) >= 0) {
                    fixedRegisters[at] = names[i];
                    return BY_SIZE | width(code.substring(0, 1)) << 9;
                }
            }
        }
        int file = code.charAt(0) == 'k' ? MASK : code.charAt(0) == 'b' ? BOUND : TILE;
        if (code.startsWith("reg", 1)) {
            return sized(REG, file, code, 4);
        }
        if (code.startsWith("pair", 1)) {
            return sized(REG, MASK_PAIR, code, 5);
        }
        if (code.startsWith("only", 1)) {
            return sized(RM_REGISTER, file, code, 5);
        }
        if (code.startsWith("rm", 1)) {
            return sized(RM, file, code, 3);
        }
        if (code.startsWith("vvvv", 1)) {
            return sized(VVVV, file, code, 5);
        }
        fixedRegisters[at] = X86Registers.named(code);
        return FIXED;
    }

    private static int sized(int place, int file, String code, int from) {
        int slash = code.indexOf('/', from);
        int star = code.indexOf('b', from);
        int end = star < 0 ? code.length() : star;
        int element = star < 0 ? 0 : Integer.parseInt(code, star + 1, code.length(), 10) / 8;
        int width = width(code.substring(from, slash < 0 ? end : slash));
        int memory = slash < 0 ? width : width(code.substring(slash + 1, end));
        return place | file << 5 | width << 9 | memory << 14 | element << 19;
    }

    private static int width(String text) {
        for (int i = 0; i < WIDTHS.length; i++) {
            if (WIDTHS[i].equals(text)) {
                return i;
            }
        }
        if (text.isEmpty()) {
            return 0;
        }
        throw new IllegalArgumentException("no width ".concat(text));
    }
}
