package oriel.engine.session;

import java.util.Locale;
import java.util.Set;

/** How an argument or a result of a function is to be read. */
public enum ValueType {
    VOID(0),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    BOOL(4),
    FLOAT(4),
    DOUBLE(8),
    /** As wide as an address of the program. */
    POINTER(0),
    /** A number as wide as an address. */
    SIZE(0),
    /** Of no known type, as wide as an address: text where it leads to some, else a number. */
    ANY(0),
    /** Address of text of one byte a character. */
    STRING(0),
    /** Address of UTF-16 text. */
    WIDE_STRING(0),
    /** Address of a UNICODE_STRING. */
    COUNTED_STRING(0),
    /** Address of OBJECT_ATTRIBUTES, of which the name is told. */
    OBJECT_ATTRIBUTES(0),
    /** NTSTATUS and HRESULT. */
    STATUS(4);

    private static final Set<String> NARROW = Set.of("LPSTR", "LPCSTR", "PSTR", "PCSTR", "string");
    private static final Set<String> WIDE =
            Set.of("LPWSTR", "LPCWSTR", "PWSTR", "PCWSTR", "wstring");

    private final int sizeBytes;

    ValueType(int sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    /** Bytes it takes in a program with pointers of a width. */
    int sizeBytes(int pointerSize) {
        return sizeBytes == 0 && this != VOID ? pointerSize : sizeBytes;
    }

    boolean isFloating() {
        return this == FLOAT || this == DOUBLE;
    }

    private boolean isSigned() {
        return this == INT8 || this == INT16 || this == INT32 || this == INT64;
    }

    /** The value in a register or stack slot, cut to the type and extended by its sign. */
    long cut(long raw, int pointerSize) {
        int unused = 64 - 8 * sizeBytes(pointerSize);
        if (unused == 64 || unused == 0) {
            return raw;
        }
        return isSigned() ? raw << unused >> unused : raw << unused >>> unused;
    }

    /** The type that C calls so; what is not known is taken for a pointer. */
    static ValueType named(String text) {
        String type = text.replaceAll("\\b(const|volatile|struct|union|enum|_In_|_Out_)\\b", "");
        type = type.replaceAll("\\s+", " ").strip();
        String packed = type.replace(" ", "");
        if (NARROW.contains(packed) || packed.equals("char*")) {
            return STRING;
        }
        if (WIDE.contains(packed) || packed.equals("wchar_t*") || packed.equals("WCHAR*")) {
            return WIDE_STRING;
        }
        if (packed.equals("UNICODE_STRING*") || packed.equals("PUNICODE_STRING")) {
            return COUNTED_STRING;
        }
        if (packed.equals("OBJECT_ATTRIBUTES*") || packed.equals("POBJECT_ATTRIBUTES")) {
            return OBJECT_ATTRIBUTES;
        }
        return packed.endsWith("*") ? POINTER : plain(type);
    }

    private static ValueType plain(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "void" -> VOID;
            case "char", "signed char", "i8", "int8_t" -> INT8;
            case "unsigned char", "byte", "u8", "uint8_t", "boolean", "uchar" -> UINT8;
            case "short", "i16", "int16_t" -> INT16;
            case "unsigned short", "word", "u16", "uint16_t", "ushort", "wchar_t", "wchar" ->
                    UINT16;
            case "int", "long", "i32", "int32_t", "int32", "long int" -> INT32;
            case "hresult", "ntstatus" -> STATUS;
            case "unsigned",
                    "unsigned int",
                    "unsigned long",
                    "dword",
                    "uint",
                    "ulong",
                    "u32",
                    "uint32_t",
                    "uint32",
                    "access_mask" ->
                    UINT32;
            case "bool", "win_bool" -> BOOL;
            case "long long", "i64", "int64_t", "int64", "__int64", "longlong" -> INT64;
            case "unsigned long long", "u64", "uint64_t", "uint64", "ulonglong", "dword64" ->
                    UINT64;
            case "size_t", "ulong_ptr", "uintptr_t", "dword_ptr", "uint_ptr" -> SIZE;
            case "float" -> FLOAT;
            case "double" -> DOUBLE;
            default -> POINTER;
        };
    }
}
