package oriel.engine.disasm;

/** Where execution goes after an instruction. */
public enum FlowKind {
    /** To the next instruction. */
    NEXT,
    /** Always to {@link Instruction#branchTarget}. */
    JUMP,
    /** Always to an address in a register or memory. */
    INDIRECT_JUMP,
    /** To {@link Instruction#branchTarget} or to the next instruction. */
    CONDITIONAL,
    /** To {@link Instruction#branchTarget}, and back to the next instruction. */
    CALL,
    /** To an address in a register or memory, and back to the next instruction. */
    INDIRECT_CALL,
    /** To the caller, or back from an interrupt or a system call. */
    RETURN,
    /** Into the system, and normally back to the next instruction: int, syscall, svc, brk. */
    INTERRUPT,
    /** Nowhere: ud2, udf and what else always raises an invalid-opcode exception. */
    UNDEFINED;

    /** Whether it pushes a return address and comes back to it. */
    public boolean isCall() {
        return this == CALL || this == INDIRECT_CALL;
    }

    /** Whether the next instruction in memory is never the next one executed. */
    public boolean endsBlock() {
        return this == JUMP || this == INDIRECT_JUMP || this == RETURN || this == UNDEFINED;
    }
}
