package oriel.engine.symbols.pdb;

import oriel.bytes.FormatException;
import oriel.format.pdb.Pdb;
import oriel.format.pdb.TypeRecord;

/** Names of functions by their number in the id stream, for inlined functions. */
final class FunctionIds {
    private final Pdb pdb;

    FunctionIds(Pdb pdb) {
        this.pdb = pdb;
    }

    /** Name with class or namespace. */
    String name(long id) {
        try {
            if (pdb.ids().contains(id)) {
                return name(TypeRecord.read(pdb.ids().record(id)), id);
            }
        } catch (FormatException e) {
            pdb.report("function id 0x" + Long.toHexString(id), e.getMessage());
        }
        return unknown(id);
    }

    private String name(TypeRecord record, long id) {
        return switch (record) {
            case TypeRecord.FunctionId f -> qualified(scope(f.scopeId()), f.name());
            case TypeRecord.MemberFunctionId f -> qualified(className(f.classType()), f.name());
            default -> unknown(id);
        };
    }

    private String scope(long id) {
        if (id == 0 || !pdb.ids().contains(id)) {
            return "";
        }
        return TypeRecord.read(pdb.ids().record(id)) instanceof TypeRecord.StringId s
                ? s.text()
                : "";
    }

    private String className(long type) {
        if (!pdb.types().contains(type)) {
            return "";
        }
        return TypeRecord.read(pdb.types().record(type)) instanceof TypeRecord.UserDefined u
                ? u.name()
                : "";
    }

    private static String qualified(String scope, String name) {
        return scope.isEmpty() ? name : scope + "::" + name;
    }

    private static String unknown(long id) {
        return "function id 0x" + Long.toHexString(id);
    }
}
