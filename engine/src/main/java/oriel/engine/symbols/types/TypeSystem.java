package oriel.engine.symbols.types;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import oriel.bytes.FormatException;
import oriel.format.msf.MsfStream;
import oriel.format.pdb.Dbi;
import oriel.format.pdb.Field;
import oriel.format.pdb.GlobalHash;
import oriel.format.pdb.Pdb;
import oriel.format.pdb.PrimitiveType;
import oriel.format.pdb.TypeRecord;
import oriel.format.pdb.TypeStream;

/**
 * The types of one PDB. A type is named by its number; records are read when they are asked for.
 * Broken or missing ones are {@link TypeRecord.Unknown}. Types may refer to themselves in circles,
 * so that whatever follows them counts its steps. Safe for any thread.
 */
public final class TypeSystem {
    /** How many records may stand between a type and its size, name or members. */
    static final int DEPTH = 64;

    /** A field list continued without end is broken. */
    private static final int CONTINUATIONS = 4096;

    private final Pdb pdb;

    /**
     * @param pdb whose types are read
     */
    public TypeSystem(Pdb pdb) {
        this.pdb = pdb;
    }

    /** Names of global symbols, in which those of {@code typedef} are. */
    GlobalHash globals() {
        return pdb.globals();
    }

    /** The records of global symbols. */
    MsfStream symbols() {
        return pdb.dbi().flatMap(Dbi::symbolRecords).orElseGet(() -> pdb.msf().stream(-1));
    }

    /** The record of a number from 0x1000 on. */
    public TypeRecord record(long index) {
        try {
            if (pdb.types().contains(index)) {
                return TypeRecord.read(pdb.types().record(index));
            }
        } catch (FormatException e) {
            pdb.report("type 0x" + Long.toHexString(index), e);
        }
        return new TypeRecord.Unknown(0, oriel.bytes.Bytes.of(new byte[2], "missing type"));
    }

    /** The structure, union or enumeration of a name, its definition where there is one. */
    public OptionalLong named(String name) {
        OptionalLong forward = OptionalLong.empty();
        for (long candidate : pdb.types().candidates(name)) {
            if (record(candidate) instanceof TypeRecord.UserDefined type
                    && (type.name().equals(name) || type.uniqueName().equals(name))) {
                if (!type.isForwardReference()) {
                    return OptionalLong.of(candidate);
                }
                forward = OptionalLong.of(candidate);
            }
        }
        return forward;
    }

    /** The definition of a forward reference; any other type is its own. */
    public long definition(long index) {
        if (index >= PrimitiveType.END
                && record(index) instanceof TypeRecord.UserDefined type
                && type.isForwardReference()) {
            // Types within a function are filed under their decorated name.
            String key =
                    type.isScoped() && !type.uniqueName().isEmpty()
                            ? type.uniqueName()
                            : type.name();
            return named(key).orElse(index);
        }
        return index;
    }

    /** A type without {@code const}, {@code volatile}, aliases and forward references. */
    public long plain(long index) {
        long at = index;
        for (int i = 0; i < DEPTH && at >= PrimitiveType.END; i++) {
            TypeRecord record = record(at);
            if (record instanceof TypeRecord.Modifier m) {
                at = m.type();
            } else if (record instanceof TypeRecord.Alias a) {
                at = a.type();
            } else {
                return definition(at);
            }
        }
        return at;
    }

    /** Bytes of a value; 0 when there are none or they are not known. */
    public long sizeBytes(long index) {
        long at = plain(index);
        if (at < PrimitiveType.END) {
            if (at == PrimitiveType.NULL_POINTER) {
                return 8;
            }
            int pointer = PrimitiveType.pointerBytes(at);
            return pointer != 0 ? pointer : PrimitiveType.of(at).sizeBytes();
        }
        return switch (record(at)) {
            case TypeRecord.Pointer p -> p.sizeBytes();
            case TypeRecord.ClassType c -> c.sizeBytes();
            case TypeRecord.Union u -> u.sizeBytes();
            case TypeRecord.Array a -> a.sizeBytes();
            case TypeRecord.Enumeration e -> primitiveSize(plain(e.underlyingType()));
            case TypeRecord.BitField b -> primitiveSize(plain(b.type()));
            default -> 0;
        };
    }

    /** Members of a structure, union or enumeration, with those of continued lists. */
    public List<Field> fields(long index) {
        if (!(record(definition(index)) instanceof TypeRecord.UserDefined type)) {
            return List.of();
        }
        var found = new ArrayList<Field>();
        long list = type.fieldList();
        for (int i = 0; i < CONTINUATIONS && list >= PrimitiveType.END; i++) {
            long next = 0;
            if (record(list) instanceof TypeRecord.FieldList fields) {
                for (Field field : Field.readList(fields.fields())) {
                    if (field instanceof Field.Continuation more) {
                        // Lists are written before the one that continues with them.
                        next = more.type() < list ? more.type() : 0;
                    } else {
                        found.add(field);
                    }
                }
            }
            list = next;
        }
        return List.copyOf(found);
    }

    /** Takes all structures, unions and enumerations that are defined. */
    public void forEachDefinition(TypeFinder.Sink sink) {
        TypeStream types = pdb.types();
        try {
            types.forEach(
                    (index, kind, record) -> {
                        if (TypeRecord.read(record) instanceof TypeRecord.UserDefined type
                                && !type.isForwardReference()) {
                            sink.type(index, type);
                        }
                    });
        } catch (FormatException e) {
            pdb.report("types", e);
        }
    }

    private static long primitiveSize(long index) {
        return index < PrimitiveType.END ? PrimitiveType.of(index).sizeBytes() : 0;
    }
}
