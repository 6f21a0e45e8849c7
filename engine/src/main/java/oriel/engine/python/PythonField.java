package oriel.engine.python;

/**
 * Fields of CPython's structures, with where they are: for 3.11 and 3.12 offsets in 64-bit and
 * 32-bit programs (Include/internal and Include/cpython of those versions); for 3.13 and 3.14,
 * which tell offsets themselves, the place in {@code _Py_DebugOffsets} that tells this one
 * (Include/internal/pycore_debug_offsets.h).
 */
enum PythonField {
    INTERPRETERS(40, 28, 40, 28, 0x28, 0x28),
    INTERPRETER_NEXT(0, 0, 0, 0, 0x40, 0x40),
    THREADS(16, 16, 72, 64, 0x48, 0x48),
    THREAD_NEXT(8, 4, 8, 4, 0xa8, 0xc0),
    /** The frame; up to 3.12 a structure that points to it. */
    THREAD_FRAME(56, 40, 56, 40, 0xb8, 0xd0),
    THREAD_ID(152, 88, 136, 80, 0xc0, 0xd8),
    FRAME_PREVIOUS(48, 24, 8, 4, 0xe8, 0x100),
    FRAME_CODE(32, 16, 0, 0, 0xf0, 0x108),
    FRAME_INSTRUCTION(56, 28, 56, 28, 0xf8, 0x110),
    FRAME_LOCALS(72, 40, 72, 40, 0x100, 0x118),
    FRAME_OWNER(69, 37, 70, 38, 0x108, 0x120),
    CODE_FILE(112, 80, 112, 80, 0x118, 0x140),
    CODE_NAME(128, 88, 128, 88, 0x128, 0x150),
    CODE_LINES(136, 92, 136, 92, 0x130, 0x158),
    CODE_FIRST_LINE(72, 48, 68, 44, 0x138, 0x160),
    CODE_LOCAL_NAMES(96, 72, 96, 72, 0x148, 0x170),
    CODE_LOCAL_KINDS(104, 76, 104, 76, 0x150, 0x178),
    CODE_BYTES(184, 116, 192, 124, 0x158, 0x180),
    OBJECT_TYPE(8, 4, 8, 4, 0x168, 0x198),
    TYPE_NAME(24, 12, 24, 12, 0x178, 0x1a8),
    TYPE_FLAGS(168, 84, 168, 84, 0x188, 0x1b8),
    TUPLE_ITEMS(24, 12, 24, 12, 0x198, 0x1c8),
    LIST_ITEMS(24, 12, 24, 12, 0x1b0, 0x1e0),
    DICT_KEYS(32, 24, 32, 24, 0x1c8, 0x218),
    DICT_VALUES(40, 28, 40, 28, 0x1d0, 0x220),
    FLOAT_VALUE(16, 8, 16, 8, 0x1e0, 0x230),
    /** The count of digits with the sign: of two kinds, see {@link PythonText}. */
    INT_SIZE(16, 8, 16, 8, 0x1f0, 0x240),
    INT_DIGITS(24, 12, 24, 12, 0x1f8, 0x248),
    BYTES_DATA(32, 16, 32, 16, 0x210, 0x260),
    TEXT_STATE(32, 16, 32, 16, 0x220, 0x270),
    TEXT_LENGTH(16, 8, 16, 8, 0x228, 0x278),
    TEXT_ASCII(48, 24, 40, 20, 0x230, 0x280);

    private final int[] places;

    PythonField(int... places) {
        this.places = places;
    }

    /**
     * Where it is.
     *
     * @param minor of the version: 11 or 12
     */
    int offset(int minor, int pointerSize) {
        return places[2 * (minor - 11) + (pointerSize == 8 ? 0 : 1)];
    }

    /**
     * Where its offset is told.
     *
     * @param minor of the version: 13 or 14
     */
    int toldAt(int minor) {
        return places[minor - 9];
    }
}
