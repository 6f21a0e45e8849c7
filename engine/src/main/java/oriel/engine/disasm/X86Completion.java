package oriel.engine.disasm;

import oriel.engine.disasm.Instruction.Rounding;

/** Fills an {@link Instruction} once its row is known. */
final class X86Completion {
    private X86Completion() {}

    /** Fills everything but the length; false when a field breaks a rule. */
    static boolean complete(X86Encoding encoding, X86Cursor c, Instruction into) {
        if (!X86OperandReader.read(encoding, c, into)) {
            return false;
        }
        into.prefixes = 0;
        into.faults = false;
        if (c.hasPrefix) {
            prefixes(encoding, c, into);
        }
        return !c.isEvex || evex(encoding, c, into);
    }

    private static void prefixes(X86Encoding encoding, X86Cursor c, Instruction into) {
        int bits = 0;
        boolean lockable = encoding.is(X86Encoding.LOCKABLE) && into.operands[0].isMemory();
        into.faults = c.isVector && c.repeatPrefix != 0 || c.lock && !lockable;
        if (c.lock) {
            bits |= Instruction.LOCK;
        }
        boolean mandatory = !c.isVector && (encoding.mask & 2 << X86Row.PREFIX) != 0;
        if (c.repeatPrefix != 0 && !mandatory) {
            bits |= repeat(encoding, c, into, lockable);
        }
        if (c.notrack && encoding.is(X86Encoding.TRACKED)) {
            bits |= Instruction.NOTRACK;
        }
        if (encoding.is(X86Encoding.HINTED)) {
            if (c.segment == X86Registers.CS.number()) {
                bits |= Instruction.HINT_NOT_TAKEN;
            } else if (c.segment == X86Registers.DS.number()) {
                bits |= Instruction.HINT_TAKEN;
            }
        }
        into.prefixes = bits;
    }

    private static int repeat(
            X86Encoding encoding, X86Cursor c, Instruction into, boolean lockable) {
        boolean acquire = c.repeatPrefix == 0xf2;
        if (acquire && encoding.is(X86Encoding.BOUNDED)) {
            return Instruction.BND;
        }
        boolean memory = into.operandCount > 0 && into.operands[0].isMemory();
        boolean elides =
                lockable && c.lock && encoding.is(X86Encoding.ELIDES_LOCKED)
                        || memory && encoding.is(X86Encoding.ELIDES_ALWAYS)
                        || memory && !acquire && encoding.is(X86Encoding.ELIDES_RELEASE);
        if (elides) {
            return acquire ? Instruction.XACQUIRE : Instruction.XRELEASE;
        }
        if (c.escaped) {
            return 0;
        }
        return acquire ? Instruction.REPNE : Instruction.REP;
    }

    private static boolean evex(X86Encoding encoding, X86Cursor c, Instruction into) {
        // EVEX.V' must be idle where there are only eight registers
        if (!c.is64 && c.vvvv >= 8 && encoding.usesVvvv()) {
            return false;
        }
        if (c.maskNumber != 0 || c.zeroing) {
            Operand target = into.operands[0];
            if (c.zeroing && (c.maskNumber == 0 || target.isMemory())) {
                return false;
            }
            target.mask = X86SpecialRegisters.MASK[c.maskNumber];
            target.zeroing = c.zeroing;
            into.special = true;
            if (!c.zeroing && target.access() == Operand.Access.WRITE) {
                // elements that the mask leaves out keep their old value
                target.setAccess(Operand.Access.READ_WRITE);
            }
        }
        if (c.evexB && !c.memory()) {
            into.special = true;
            into.rounding =
                    encoding.is(X86Encoding.ROUNDS)
                            ? Rounding.NEAREST.ordinal() + c.rounding
                            : Rounding.SUPPRESS_EXCEPTIONS.ordinal();
        }
        return true;
    }
}
