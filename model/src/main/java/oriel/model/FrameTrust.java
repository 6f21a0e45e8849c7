package oriel.model;

/** How far a stack frame can be trusted, best first. */
public enum FrameTrust {
    /** The registers of the thread itself. */
    CONTEXT,
    /** Found by unwind data of the image or of a symbol file. */
    UNWIND_INFO,
    /** A function without unwind data that has not moved the stack pointer. */
    LEAF,
    /** Found by the chain of frame pointers. */
    FRAME_POINTER,
    /** Found by looking for return addresses on the stack: may be a leftover. */
    SCAN
}
