package oriel.engine.disasm;

import oriel.engine.disasm.X86Table.X86Chain;

/** Decodes x86 instructions: prefixes and escapes here, the rest by the rows of the tables. */
final class X86Decoder implements Disassembler {
    /** One decoder per mode; a decoder is filled lazily and never changes its answers. */
    static final X86Decoder BITS_32 = new X86Decoder(false);

    static final X86Decoder BITS_64 = new X86Decoder(true);

    /** What a byte is before the opcode. */
    private static final int OPERAND_SIZE = 1;

    private static final int ADDRESS_SIZE = 2;
    private static final int LOCK = 3;
    private static final int REPEAT = 4;
    private static final int SEGMENT = 5;
    private static final int ESCAPE = 6;
    private static final int REX = 7;

    private final boolean is64;

    /** What each byte is before the opcode: 0 when it is the opcode. */
    private final byte[] kinds;

    private final X86Table oneByte;
    private final X86Table[] legacy = new X86Table[4];
    private final X86Table amd3dNow;
    private final X86Table[] vex = new X86Table[32];
    private final X86Table[] xop = new X86Table[32];
    private final X86Table[] evex = new X86Table[8];

    private X86Decoder(boolean is64) {
        this.is64 = is64;
        kinds = kinds(is64);
        oneByte = table(X86Map.ONE_BYTE);
        legacy[1] = table(X86Map.MAP_0F);
        legacy[2] = table(X86Map.MAP_0F38);
        legacy[3] = table(X86Map.MAP_0F3A);
        amd3dNow = table(X86Map.AMD_3DNOW);
        vex[1] = table(X86Map.VEX_0F);
        vex[2] = table(X86Map.VEX_0F38);
        vex[3] = table(X86Map.VEX_0F3A);
        vex[7] = table(X86Map.VEX_MAP7);
        xop[8] = table(X86Map.XOP_8);
        xop[9] = table(X86Map.XOP_9);
        xop[10] = table(X86Map.XOP_A);
        evex[1] = table(X86Map.EVEX_0F);
        evex[2] = table(X86Map.EVEX_0F38);
        evex[3] = table(X86Map.EVEX_0F3A);
        evex[5] = table(X86Map.EVEX_MAP5);
        evex[6] = table(X86Map.EVEX_MAP6);
    }

    private X86Table table(X86Map map) {
        return new X86Table(map, is64);
    }

    private static byte[] kinds(boolean is64) {
        var kinds = new byte[256];
        kinds[0x66] = OPERAND_SIZE;
        kinds[0x67] = ADDRESS_SIZE;
        kinds[0xf0] = LOCK;
        kinds[0xf2] = REPEAT;
        kinds[0xf3] = REPEAT;
        for (int segment : new int[] {0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65}) {
            kinds[segment] = SEGMENT;
        }
        for (int rex = 0x40; rex < 0x50 && is64; rex++) {
            kinds[rex] = REX;
        }
        for (int escape : new int[] {0x0f, 0x62, 0x8f, 0xc4, 0xc5}) {
            kinds[escape] = ESCAPE;
        }
        return kinds;
    }

    @Override
    public boolean decode(byte[] code, int offset, int limit, long va, Instruction into) {
        if (offset < 0 || offset >= limit || limit > code.length) {
            throw new IndexOutOfBoundsException("bytes to decode");
        }
        X86Cursor c = into.cursor;
        c.start(code, offset, limit, is64);
        into.locate(code, offset, va, is64 ? 64 : 32);
        X86Encoding row = row(c);
        int length = c.length();
        if (row != X86Encoding.NONE
                && length <= Math.min(LONGEST, limit - offset)
                && into.accept(row, length)) {
            return true;
        }
        into.reject(1);
        return false;
    }

    /** Reads all fields, and finds the row that they fit. */
    private X86Encoding row(X86Cursor c) {
        int b = c.u8();
        int kind = kinds[b];
        int rex = 0;
        if (kind == REX) {
            rex = b;
            b = c.u8();
            kind = kinds[b];
        }
        if (kind == 0) {
            c.rex = rex;
            c.operandSize = 1 + (rex >> 3 & 1);
            return row(oneByte, b, conditions(c, rex, 0), c);
        }
        return kind == ESCAPE ? escape(b, rex, c) : prefixed(b, rex, c);
    }

    /** A legacy prefix, after which others may follow, and then REX. */
    private X86Encoding prefixed(int first, int firstRex, X86Cursor c) {
        int b = first;
        int rex = firstRex;
        for (int kind = kinds[b]; kind != 0; kind = kinds[b]) {
            if (kind == ESCAPE) {
                return escape(b, rex, c);
            }
            if (rex != 0 || c.length() >= LONGEST) {
                return X86Encoding.NONE;
            }
            if (kind == REX) {
                rex = b;
            } else {
                prefix(kind, b, c);
            }
            b = c.u8();
        }
        applyRex(c, rex);
        return row(oneByte, b, conditions(c, rex, mandatoryPrefix(c)), c);
    }

    private void prefix(int kind, int b, X86Cursor c) {
        c.hasPrefix = true;
        c.escaped = false;
        switch (kind) {
            case OPERAND_SIZE -> {
                c.operandSizePrefix = true;
            }
            case ADDRESS_SIZE -> c.addressSize = is64 ? 1 : 0;
            case LOCK -> c.lock = true;
            case REPEAT -> c.repeatPrefix = b;
            default -> {
                c.segment = b < 0x60 ? (b - 0x26) >> 3 : b - 0x60;
                c.notrack = b == 0x3e;
            }
        }
    }

    private static void applyRex(X86Cursor c, int rex) {
        int narrow = c.operandSizePrefix ? 0 : 1;
        c.rex = rex;
        c.operandSize = (rex & X86Cursor.REX_W) != 0 ? 2 : narrow;
    }

    private int conditions(X86Cursor c, int rex, int prefix) {
        return prefix << X86Row.PREFIX
                | (rex >> 3 & 1) << X86Row.W
                | (is64 ? 1 : 0) << X86Row.MODE_64
                | c.operandSize << X86Row.OPERAND_SIZE
                | c.addressSize << X86Row.ADDRESS_SIZE
                | (rex & 1) << X86Row.REX_B;
    }

    private static int mandatoryPrefix(X86Cursor c) {
        if (c.repeatPrefix != 0) {
            return c.repeatPrefix == 0xf3 ? 2 : 3;
        }
        return c.operandSizePrefix ? 1 : 0;
    }

    private X86Encoding escape(int b, int rex, X86Cursor c) {
        if (b == 0x0f) {
            return twoByte(rex, c);
        }
        int next = c.next();
        boolean extension = b == 0x8f ? (next & 0x1f) >= 8 : is64 || next >= 0xc0;
        if (!extension) {
            applyRex(c, rex);
            return row(oneByte, b, conditions(c, rex, mandatoryPrefix(c)), c);
        }
        if (rex != 0) {
            return X86Encoding.NONE;
        }
        c.isVector = true;
        return switch (b) {
            case 0x62 -> evex(c);
            case 0xc5 -> vex2(c);
            default -> vex3(b == 0x8f ? xop : vex, c);
        };
    }

    private X86Encoding twoByte(int rex, X86Cursor c) {
        applyRex(c, rex);
        c.escaped = true;
        int conditions = conditions(c, rex, mandatoryPrefix(c));
        int opcode = c.u8();
        if (opcode == 0x38 || opcode == 0x3a) {
            return row(legacy[opcode == 0x38 ? 2 : 3], c.u8(), conditions, c);
        }
        if (opcode == 0x0f) {
            // 3DNow! keeps its opcode behind the operands, where others have an immediate
            c.readModrm();
            return select(amd3dNow.opcode(c.u8()), conditions, c);
        }
        return row(legacy[1], opcode, conditions, c);
    }

    private X86Encoding vex2(X86Cursor c) {
        int payload = c.u8();
        c.rex = X86Cursor.REX_IDLE | (is64 ? ~payload >> 5 & X86Cursor.REX_R : 0);
        c.vvvv = ~payload >> 3 & (is64 ? 15 : 7);
        c.vectorLength = payload >> 2 & 1;
        return vector(vex[1], payload & 3, 0, ~payload >> 3 & 15, c);
    }

    private X86Encoding vex3(X86Table[] maps, X86Cursor c) {
        int first = c.u8();
        int payload = c.u8();
        c.rex = X86Cursor.REX_IDLE | (is64 ? ~first >> 5 & 7 : 0);
        c.vvvv = ~payload >> 3 & (is64 ? 15 : 7);
        c.vectorLength = payload >> 2 & 1;
        X86Table map = maps[first & 31];
        return map == null
                ? X86Encoding.NONE
                : vector(map, payload & 3, payload >> 7, ~payload >> 3 & 15, c);
    }

    private X86Encoding evex(X86Cursor c) {
        int p0 = c.u8();
        int p1 = c.u8();
        int p2 = c.u8();
        X86Table map = evex[p0 & 7];
        if (map == null || (p0 & 8) != 0 || (p1 & 4) == 0) {
            return X86Encoding.NONE;
        }
        c.isEvex = true;
        c.rex = X86Cursor.REX_IDLE;
        if (is64) {
            c.rex = X86Cursor.REX_IDLE | ~p0 >> 5 & 7;
            c.extendReg = ~p0 & 16;
            c.extendVectorRm = ~p0 >> 2 & 16;
            c.extendVectorIndex = ~p2 << 1 & 16;
        }
        c.vvvv = ~p1 >> 3 & (is64 ? 15 : 7) | ~p2 << 1 & 16;
        c.maskNumber = p2 & 7;
        c.zeroing = p2 >= 0x80;
        c.evexB = (p2 & 0x10) != 0;
        c.vectorLength = p2 >> 5 & 3;
        return vector(map, p1 & 3, p1 >> 7, ~p1 >> 3 & 15 | c.extendVectorIndex, c);
    }

    private X86Encoding vector(X86Table map, int prefix, int w, int vvvv, X86Cursor c) {
        c.operandSize = w == 1 && is64 ? 2 : 1;
        int conditions =
                conditions(c, 0, prefix)
                        | w << X86Row.W
                        | c.vectorLength << X86Row.LENGTH
                        | ((vvvv & 15) != 0 ? 1 << X86Row.VVVV_USED : 0)
                        | (vvvv >= 16 ? 1 << X86Row.VVVV_HIGH : 0)
                        | (c.maskNumber != 0 ? 1 << X86Row.MASKED : 0)
                        | (c.zeroing ? 1 << X86Row.ZEROING : 0);
        return row(map, c.u8(), conditions, c);
    }

    private static X86Encoding row(X86Table map, int opcode, int conditions, X86Cursor c) {
        X86Chain chain = map.opcode(opcode);
        c.opcode = opcode;
        if (chain.hasModrm()) {
            c.readModrm();
        } else {
            c.omitModrm();
        }
        return select(chain, conditions, c);
    }

    private static X86Encoding select(X86Chain chain, int prior, X86Cursor c) {
        int conditions =
                prior
                        | c.rm() << X86Row.RM
                        | c.reg() << X86Row.REG
                        | (c.memory() ? 1 << X86Row.IS_MEMORY : 0);
        if (c.isVector) {
            conditions = rounding(conditions, c);
            if (c.vectorLength == 3) {
                return X86Encoding.NONE;
            }
        }
        X86Encoding row = chain.first(conditions);
        if (!row.matches(conditions)) {
            row = chain.other(conditions);
        }
        c.operandSize = row.operandSize(c.operandSize);
        c.readConstants(row.constantBytes(c.operandSize, c.addressSize));
        return row;
    }

    /** EVEX.b, with which the length field holds the rounding mode, and the length is 512 bits. */
    private static int rounding(int conditions, X86Cursor c) {
        if (!c.evexB) {
            return conditions;
        }
        if (c.memory()) {
            return conditions | 1 << X86Row.BROADCAST;
        }
        c.rounding = c.vectorLength;
        c.vectorLength = 2;
        return conditions & ~(3 << X86Row.LENGTH) | 2 << X86Row.LENGTH | 1 << X86Row.ROUNDING;
    }
}
