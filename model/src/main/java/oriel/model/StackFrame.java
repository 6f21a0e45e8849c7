package oriel.model;

/**
 * One frame of a stack, without names: the walker adds those later.
 *
 * @param registers as they were in this frame; those the unwinder cannot know are unknown
 * @param pc where execution is, or where the called function will return to
 * @param lookupVa the address that symbols are to be asked for: pc, or pc-1 (ARM64: pc-4) for
 *     callers, because a call may be the last instruction of a function
 * @param sp the stack pointer in this frame
 * @param trust how the frame was found
 */
public record StackFrame(
        RegisterSet registers, long pc, long lookupVa, long sp, FrameTrust trust) {}
