package oriel.engine.symbols.pdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.bytes.FormatException;
import oriel.engine.symbols.types.TypeSystem;
import oriel.format.pdb.PrimitiveType;
import oriel.format.pdb.SymbolCursor;
import oriel.format.pdb.SymbolKind;
import oriel.format.pdb.SymbolRecord;
import oriel.format.pdb.TypeRecord;

/**
 * What a function takes and returns, as its PDB tells it.
 *
 * @param types in which the numbers of types are
 * @param returnType what it returns
 * @param convention how arguments are passed on x86, {@code CV_call_e}
 * @param parameters in order; of members {@code this} is the first; where the caller says where the
 *     result is to lie, that has no name
 */
public record FunctionType(
        TypeSystem types, long returnType, int convention, List<Parameter> parameters) {
    /** CV_funcattr_t.cxxreturnudt: an object of C++ is returned. */
    private static final int RETURNS_OBJECT = 1;

    /** A pointer to anything. */
    private static final long ADDRESS = PrimitiveType.VOID.number() + PrimitiveType.POINTER_64;

    /** Copies the parameters. */
    public FunctionType {
        parameters = List.copyOf(parameters);
    }

    /**
     * One parameter.
     *
     * @param name empty when it is not told
     */
    public record Parameter(String name, long type) {}

    /** The function at an address; empty when the PDB does not tell its type. */
    public static Optional<FunctionType> at(PdbSymbolSource source, long rva) {
        try {
            return source.procedureAtRva(rva).flatMap(procedure -> of(source, procedure));
        } catch (FormatException e) {
            source.pdb().report("function types", e);
            return Optional.empty();
        }
    }

    private static Optional<FunctionType> of(PdbSymbolSource source, Procedure procedure) {
        var types = new TypeSystem(source.pdb());
        SymbolCursor at = procedure.module().within(procedure);
        if (at.kind() == SymbolKind.THUNK32) {
            return Optional.empty();
        }
        TypeRecord type = types.record(at.u32(28));
        var kinds = new ArrayList<Long>();
        long returns;
        int convention;
        int attributes;
        if (type instanceof TypeRecord.MemberFunction member) {
            if (member.thisType() != 0) {
                kinds.add(member.thisType());
            }
            kinds.addAll(arguments(types, member.argumentList()));
            returns = member.returnType();
            convention = member.callingConvention();
            attributes = member.attributes();
        } else if (type instanceof TypeRecord.Procedure function) {
            kinds.addAll(arguments(types, function.argumentList()));
            returns = function.returnType();
            convention = function.callingConvention();
            attributes = function.attributes();
        } else {
            return Optional.empty();
        }
        List<String> names = names(procedure, at, kinds.size());
        var parameters = new ArrayList<Parameter>();
        for (int i = 0; i < kinds.size(); i++) {
            parameters.add(new Parameter(names.isEmpty() ? "" : names.get(i), kinds.get(i)));
        }
        if ((attributes & RETURNS_OBJECT) != 0 || isTooLarge(types, returns)) {
            // The caller passes where the result is to lie, behind this.
            int place = type instanceof TypeRecord.MemberFunction m && m.thisType() != 0 ? 1 : 0;
            parameters.add(place, new Parameter("", ADDRESS));
            returns = ADDRESS;
        }
        return Optional.of(new FunctionType(types, returns, convention, parameters));
    }

    private static boolean isTooLarge(TypeSystem types, long returns) {
        long plain = types.plain(returns);
        boolean structure =
                plain >= PrimitiveType.END
                        && (types.record(plain) instanceof TypeRecord.ClassType
                                || types.record(plain) instanceof TypeRecord.Union);
        long size = types.sizeBytes(plain);
        return structure && (size > 8 || Long.bitCount(size) != 1);
    }

    /** A last argument of no type stands for an ellipsis. */
    private static List<Long> arguments(TypeSystem types, long list) {
        if (!(types.record(list) instanceof TypeRecord.ArgumentList all)) {
            return List.of();
        }
        int count = all.types().size();
        boolean ellipsis = count > 0 && all.types().get(count - 1) == 0;
        return all.types().subList(0, ellipsis ? count - 1 : count);
    }

    /** Names of the parameters; empty when there are not as many, so that none is wrong. */
    private static List<String> names(Procedure procedure, SymbolCursor at, int count) {
        var told = new ArrayList<String>();
        var older = new ArrayList<String>();
        boolean more = at.next();
        while (more && at.offset() < procedure.scopeEnd()) {
            if (SymbolKind.opens(at.kind())) {
                at.skipTo(at.u32(8));
            } else {
                SymbolRecord record = SymbolRecord.read(at.record());
                if (record instanceof SymbolRecord.Local local && local.isParameter()) {
                    told.add(local.name());
                } else if (record instanceof SymbolRecord.RegisterRelative relative) {
                    older.add(relative.name());
                } else if (record instanceof SymbolRecord.FrameRelative frame
                        && frame.offset() > 0) {
                    older.add(frame.name());
                }
            }
            more = at.next();
        }
        if (told.size() == count) {
            return told;
        }
        // Records of the older kind list the parameters first.
        return told.isEmpty() && older.size() >= count ? older.subList(0, count) : List.of();
    }
}
