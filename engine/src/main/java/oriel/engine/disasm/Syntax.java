package oriel.engine.disasm;

/**
 * How the text of instructions is written. ARM64 has two: MASM is WinDbg's, the others are what GNU
 * and LLVM write.
 */
public enum Syntax {
    /** As WinDbg writes it: {@code mov qword ptr [rsp+10h],rbx}. */
    MASM,
    /** Close to NASM: {@code mov qword [rsp+0x10], rbx}. */
    INTEL,
    /** As GNU writes it: {@code movq %rbx, 16(%rsp)}. */
    ATT
}
