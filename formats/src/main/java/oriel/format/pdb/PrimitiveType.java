package oriel.format.pdb;

/**
 * A type that needs no record: its number, below 0x1000, says it all. The low byte is the kind, the
 * bits above 8 say whether it is a pointer to it.
 */
public enum PrimitiveType {
    NOTHING(0x00, "<no type>", 0, Form.NONE),
    VOID(0x03, "void", 0, Form.NONE),
    NOT_TRANSLATED(0x07, "<type not translated>", 0, Form.NONE),
    HRESULT(0x08, "HRESULT", 4, Form.SIGNED),
    SIGNED_CHAR(0x10, "signed char", 1, Form.CHARACTER),
    UNSIGNED_CHAR(0x20, "unsigned char", 1, Form.UNSIGNED),
    CHAR(0x70, "char", 1, Form.CHARACTER),
    WCHAR(0x71, "wchar_t", 2, Form.CHARACTER),
    CHAR8(0x7c, "char8_t", 1, Form.CHARACTER),
    CHAR16(0x7a, "char16_t", 2, Form.CHARACTER),
    CHAR32(0x7b, "char32_t", 4, Form.CHARACTER),
    INT8(0x68, "__int8", 1, Form.SIGNED),
    UINT8(0x69, "unsigned __int8", 1, Form.UNSIGNED),
    SHORT(0x11, "short", 2, Form.SIGNED),
    UNSIGNED_SHORT(0x21, "unsigned short", 2, Form.UNSIGNED),
    INT16(0x72, "__int16", 2, Form.SIGNED),
    UINT16(0x73, "unsigned __int16", 2, Form.UNSIGNED),
    LONG(0x12, "long", 4, Form.SIGNED),
    UNSIGNED_LONG(0x22, "unsigned long", 4, Form.UNSIGNED),
    INT(0x74, "int", 4, Form.SIGNED),
    UNSIGNED(0x75, "unsigned int", 4, Form.UNSIGNED),
    QUAD(0x13, "__int64", 8, Form.SIGNED),
    UNSIGNED_QUAD(0x23, "unsigned __int64", 8, Form.UNSIGNED),
    INT64(0x76, "__int64", 8, Form.SIGNED),
    UINT64(0x77, "unsigned __int64", 8, Form.UNSIGNED),
    OCT(0x14, "__int128", 16, Form.SIGNED),
    UNSIGNED_OCT(0x24, "unsigned __int128", 16, Form.UNSIGNED),
    INT128(0x78, "__int128", 16, Form.SIGNED),
    UINT128(0x79, "unsigned __int128", 16, Form.UNSIGNED),
    HALF(0x46, "__half", 2, Form.FLOATING),
    FLOAT(0x40, "float", 4, Form.FLOATING),
    PARTIAL_FLOAT(0x45, "float", 4, Form.FLOATING),
    REAL48(0x44, "__real48", 6, Form.FLOATING),
    DOUBLE(0x41, "double", 8, Form.FLOATING),
    REAL80(0x42, "long double", 10, Form.FLOATING),
    REAL128(0x43, "__float128", 16, Form.FLOATING),
    COMPLEX32(0x50, "_Complex float", 8, Form.NONE),
    COMPLEX64(0x51, "_Complex double", 16, Form.NONE),
    COMPLEX80(0x52, "_Complex long double", 20, Form.NONE),
    COMPLEX128(0x53, "_Complex __float128", 32, Form.NONE),
    BOOL(0x30, "bool", 1, Form.BOOLEAN),
    BOOL16(0x31, "__bool16", 2, Form.BOOLEAN),
    BOOL32(0x32, "__bool32", 4, Form.BOOLEAN),
    BOOL64(0x33, "__bool64", 8, Form.BOOLEAN),
    BOOL128(0x34, "__bool128", 16, Form.BOOLEAN),
    UNKNOWN(-1, "<unknown type>", 0, Form.NONE);

    /** How to show a value. */
    public enum Form {
        NONE,
        SIGNED,
        UNSIGNED,
        CHARACTER,
        BOOLEAN,
        FLOATING
    }

    /** First number of a type with a record. */
    public static final long END = 0x1000;

    /** A null pointer constant; by its bits it would be a 16-bit pointer to void. */
    public static final long NULL_POINTER = 0x103;

    /** The bits of a number that name the type itself or what it points to. */
    public static final long KIND = 0xff;

    /** Makes a 64-bit pointer to a primitive type, added to its number. */
    public static final long POINTER_64 = 0x600;

    private final int number;
    private final String title;
    private final int sizeBytes;
    private final Form form;

    PrimitiveType(int number, String title, int sizeBytes, Form form) {
        this.number = number;
        this.title = title;
        this.sizeBytes = sizeBytes;
        this.form = form;
    }

    /** The type that a number names or points to. */
    public static PrimitiveType of(long index) {
        for (PrimitiveType type : values()) {
            if (type.number == (index & KIND)) {
                return type;
            }
        }
        return UNKNOWN;
    }

    /** Bytes of the pointer that a number stands for; 0 when it is none. */
    public static int pointerBytes(long index) {
        return switch ((int) (index >>> 8 & 0xf)) {
            case 0 -> 0;
            case 1 -> 2;
            case 6 -> 8;
            case 7 -> 16;
            default -> 4;
        };
    }

    /** What stands for it where a type is named by a number. */
    public int number() {
        return number;
    }

    /** Its name in C++. */
    public String title() {
        return title;
    }

    /** Bytes of a value. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /** How to show a value. */
    public Form form() {
        return form;
    }
}
