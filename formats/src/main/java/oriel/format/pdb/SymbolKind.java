package oriel.format.pdb;

/** Numbers of symbol records, named as in {@code cvinfo.h} of microsoft-pdb without the S_. */
public final class SymbolKind {
    public static final int END = 0x0006;
    public static final int FRAMEPROC = 0x1012;
    public static final int ANNOTATION = 0x1019;
    public static final int OBJNAME = 0x1101;
    public static final int THUNK32 = 0x1102;
    public static final int BLOCK32 = 0x1103;
    public static final int WITH32 = 0x1104;
    public static final int LABEL32 = 0x1105;
    public static final int REGISTER = 0x1106;
    public static final int CONSTANT = 0x1107;
    public static final int UDT = 0x1108;
    public static final int COBOLUDT = 0x1109;
    public static final int MANYREG = 0x110a;
    public static final int BPREL32 = 0x110b;
    public static final int LDATA32 = 0x110c;
    public static final int GDATA32 = 0x110d;
    public static final int PUB32 = 0x110e;
    public static final int LPROC32 = 0x110f;
    public static final int GPROC32 = 0x1110;
    public static final int REGREL32 = 0x1111;
    public static final int LTHREAD32 = 0x1112;
    public static final int GTHREAD32 = 0x1113;
    public static final int COMPILE2 = 0x1116;
    public static final int MANYREG2 = 0x1117;
    public static final int LMANDATA = 0x111c;
    public static final int GMANDATA = 0x111d;
    public static final int UNAMESPACE = 0x1124;
    public static final int PROCREF = 0x1125;
    public static final int DATAREF = 0x1126;
    public static final int LPROCREF = 0x1127;
    public static final int ANNOTATIONREF = 0x1128;
    public static final int TOKENREF = 0x1129;
    public static final int GMANPROC = 0x112a;
    public static final int LMANPROC = 0x112b;
    public static final int TRAMPOLINE = 0x112c;
    public static final int MANCONSTANT = 0x112d;
    public static final int SEPCODE = 0x1132;
    public static final int SECTION = 0x1136;
    public static final int COFFGROUP = 0x1137;
    public static final int EXPORT = 0x1138;
    public static final int CALLSITEINFO = 0x1139;
    public static final int FRAMECOOKIE = 0x113a;
    public static final int DISCARDED = 0x113b;
    public static final int COMPILE3 = 0x113c;
    public static final int ENVBLOCK = 0x113d;
    public static final int LOCAL = 0x113e;
    public static final int DEFRANGE = 0x113f;
    public static final int DEFRANGE_SUBFIELD = 0x1140;
    public static final int DEFRANGE_REGISTER = 0x1141;
    public static final int DEFRANGE_FRAMEPOINTER_REL = 0x1142;
    public static final int DEFRANGE_SUBFIELD_REGISTER = 0x1143;
    public static final int DEFRANGE_FRAMEPOINTER_REL_FULL_SCOPE = 0x1144;
    public static final int DEFRANGE_REGISTER_REL = 0x1145;
    public static final int LPROC32_ID = 0x1146;
    public static final int GPROC32_ID = 0x1147;
    public static final int BUILDINFO = 0x114c;
    public static final int INLINESITE = 0x114d;
    public static final int INLINESITE_END = 0x114e;
    public static final int PROC_ID_END = 0x114f;
    public static final int FILESTATIC = 0x1153;
    public static final int LPROC32_DPC = 0x1155;
    public static final int LPROC32_DPC_ID = 0x1156;
    public static final int ARMSWITCHTABLE = 0x1159;
    public static final int CALLEES = 0x115a;
    public static final int CALLERS = 0x115b;
    public static final int POGODATA = 0x115c;
    public static final int INLINESITE2 = 0x115d;
    public static final int HEAPALLOCSITE = 0x115e;
    public static final int MOD_TYPEREF = 0x115f;
    public static final int REF_MINIPDB = 0x1160;
    public static final int PDBMAP = 0x1161;
    public static final int FASTLINK = 0x1167;
    public static final int INLINEES = 0x1168;
    public static final int DEFRANGE_REGISTER_REL_INDIR = 0x1177;

    /** Records before this one have names with a length byte instead of a terminating zero. */
    static final int FIRST_WITH_ZERO_TERMINATED_NAMES = 0x1100;

    /** Forms of Visual C++ 4 and before. */
    static final int LDATA32_16T = 0x0201;

    static final int GDATA32_16T = 0x0202;
    static final int PUB32_16T = 0x0203;
    static final int LPROC32_16T = 0x0204;
    static final int GPROC32_16T = 0x0205;
    static final int THUNK32_ST = 0x0206;
    static final int LABEL32_ST = 0x0209;

    /** Forms of Visual C++ 6, as far as they have the layout of the later ones. */
    static final int BPREL32_ST = 0x1006;

    static final int LDATA32_ST = 0x1007;
    static final int GDATA32_ST = 0x1008;
    static final int PUB32_ST = 0x1009;
    static final int LPROC32_ST = 0x100a;
    static final int GPROC32_ST = 0x100b;

    private SymbolKind() {}

    /** Whether this is the record of a native procedure. */
    public static boolean isProcedure(int kind) {
        return switch (kind) {
            case LPROC32, GPROC32, LPROC32_ID, GPROC32_ID, LPROC32_DPC, LPROC32_DPC_ID -> true;
            case LPROC32_ST, GPROC32_ST -> true;
            default -> false;
        };
    }

    /** Whether this is variable at a fixed place in a section. */
    public static boolean isData(int kind) {
        return kind == LDATA32 || kind == GDATA32 || kind == LDATA32_ST || kind == GDATA32_ST;
    }

    /** Whether this opens a scope that a record of {@link #closes} ends. */
    public static boolean opens(int kind) {
        return switch (kind) {
            case BLOCK32, THUNK32, SEPCODE, WITH32, INLINESITE, INLINESITE2, GMANPROC, LMANPROC ->
                    true;
            default -> isProcedure(kind);
        };
    }

    /** Whether this ends the innermost scope. */
    public static boolean closes(int kind) {
        return kind == END || kind == INLINESITE_END || kind == PROC_ID_END;
    }
}
