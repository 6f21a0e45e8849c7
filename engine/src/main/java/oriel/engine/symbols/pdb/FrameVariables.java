package oriel.engine.symbols.pdb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;
import oriel.bytes.FormatException;
import oriel.engine.symbols.types.TypeNames;
import oriel.engine.symbols.types.TypeSystem;
import oriel.engine.symbols.types.TypedValue;
import oriel.engine.symbols.types.ValueReader;
import oriel.engine.unwind.UnwindSource;
import oriel.format.pdb.SymbolCursor;
import oriel.format.pdb.SymbolKind;
import oriel.format.pdb.SymbolRecord;
import oriel.format.pdb.TypeRecord;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.StackFrame;

/**
 * Parameters and local variables of a stack frame, with their values ({@code dv} of WinDbg): those
 * of the function and of the functions inlined where the program is, in scopes that hold the place.
 * Safe for any thread.
 */
public final class FrameVariables {
    private final PdbSymbolSource source;
    private final TypeSystem types;
    private final ValueReader.Limits limits;

    /**
     * @param source symbols of the module that holds the frames
     * @param limits how much of each value to read
     */
    public FrameVariables(PdbSymbolSource source, ValueReader.Limits limits) {
        this.source = source;
        this.types = new TypeSystem(source.pdb());
        this.limits = limits;
    }

    /**
     * The variables of a frame, parameters and variables in the order of the symbols; empty when
     * the function is not known. Values of registers lie at addresses of no meaning.
     *
     * @param isCode whether an address of the target can be that of an instruction
     */
    public List<FrameVariable> of(
            LoadedModule module, StackFrame frame, Memory memory, LongPredicate isCode) {
        long rva = frame.lookupVa() - module.base();
        Optional<Procedure> procedure = source.procedureAtRva(rva);
        if (procedure.isEmpty()) {
            return List.of();
        }
        try {
            var unwound = new UnwindSource.Frame(module, rva, frame.registers(), memory, 0);
            OptionalLong virtual = source.virtualFrame(unwound, isCode);
            var places = new VariablePlaces(frame.registers(), virtual);
            return new Walk(procedure.get(), source.place(rva), places, memory, module.base())
                    .all();
        } catch (FormatException e) {
            source.pdb().report("variables", e);
            return List.of();
        }
    }

    /** One walk over the records of a procedure. */
    private final class Walk {
        private final Procedure procedure;
        private final long place;
        private final VariablePlaces places;
        private final Memory memory;
        private final long base;
        private final List<FrameVariable> found = new ArrayList<>();
        private final Deque<Scope> scopes = new ArrayDeque<>();
        private final Set<String> told = new HashSet<>();
        private int parametersLeft;

        Walk(Procedure procedure, long place, VariablePlaces places, Memory memory, long base) {
            this.base = base;
            this.procedure = procedure;
            this.place = place;
            this.places = places;
            this.memory = memory;
        }

        List<FrameVariable> all() {
            SymbolCursor at = procedure.module().within(procedure);
            parametersLeft = parameterCount(at);
            scopes.push(new Scope(procedure.scopeEnd(), ""));
            boolean more = at.next();
            while (more && at.offset() < procedure.scopeEnd()) {
                while (scopes.size() > 1 && at.offset() >= scopes.element().end()) {
                    scopes.pop();
                }
                more = SymbolKind.opens(at.kind()) ? enter(at) : record(at);
            }
            return List.copyOf(found);
        }

        /** Records of the older kind do not tell parameters apart, but list them first. */
        private int parameterCount(SymbolCursor at) {
            if (at.kind() == SymbolKind.THUNK32) {
                return 0;
            }
            TypeRecord type = types.record(at.u32(28));
            if (type instanceof TypeRecord.MemberFunction f) {
                return arguments(f.argumentList()) + (f.thisType() != 0 ? 1 : 0);
            }
            return type instanceof TypeRecord.Procedure f ? arguments(f.argumentList()) : 0;
        }

        private int arguments(long list) {
            return types.record(list) instanceof TypeRecord.ArgumentList a ? a.types().size() : 0;
        }

        /** Goes into a scope that holds the place, past one that does not. */
        private boolean enter(SymbolCursor at) {
            long end = at.u32(8);
            boolean inside;
            String function = scopes.element().function();
            if (at.kind() == SymbolKind.INLINESITE || at.kind() == SymbolKind.INLINESITE2) {
                Optional<InlineChain.Site> site =
                        InlineChain.site(procedure.module(), at, place - procedure.place());
                inside = site.isPresent();
                function =
                        site.map(s -> source.functionName(procedure.module(), s.functionId()))
                                .orElse("");
            } else {
                inside = at.kind() == SymbolKind.BLOCK32 && holds(at);
            }
            if (inside) {
                scopes.push(new Scope(end, function));
            } else {
                at.skipTo(end);
            }
            return at.next();
        }

        private boolean holds(SymbolCursor block) {
            long start = ImageAddresses.place(block.u16(20), block.u32(16));
            return place >= start && place - start < block.u32(12);
        }

        private boolean record(SymbolCursor at) {
            SymbolRecord record = SymbolRecord.read(at.record());
            if (record instanceof SymbolRecord.Local local) {
                return local(local, at);
            }
            if (record instanceof SymbolRecord.Frame frame) {
                places.frame(frame);
            } else if (record instanceof SymbolRecord.RegisterRelative r) {
                boolean parameter = scopes.size() == 1 && parametersLeft-- > 0;
                addOlder(
                        r.name(), r.type(), parameter, places.atRegister(r.register(), r.offset()));
            } else if (record instanceof SymbolRecord.FrameRelative r) {
                // Parameters lie above the saved frame pointer and the return address.
                addOlder(r.name(), r.type(), r.offset() > 0, places.atFramePointer(r.offset()));
            } else if (record instanceof SymbolRecord.InRegister r) {
                addOlder(r.name(), r.type(), false, places.inRegister(r.register()));
            } else if (record instanceof SymbolRecord.Data data && !data.thread()) {
                add(data.name(), data.type(), false, global(data.section(), data.offset()));
            }
            return at.next();
        }

        /** Reads the places that follow a variable. */
        private boolean local(SymbolRecord.Local local, SymbolCursor at) {
            Optional<VariablePlace> whole = Optional.empty();
            var pieces = new ArrayList<VariablePlace.Piece>();
            boolean more = at.next();
            while (more && SymbolRecord.read(at.record()) instanceof SymbolRecord.Live live) {
                if (live.range()
                        .contains(ImageAddresses.section(place), ImageAddresses.offset(place))) {
                    Optional<VariablePlace> found = place(local, live, pieces);
                    whole = whole.isPresent() ? whole : found;
                }
                more = at.next();
            }
            told.add(local.name());
            add(local.name(), local.type(), local.isParameter(), places.combined(pieces, whole));
            return more;
        }

        private Optional<VariablePlace> place(
                SymbolRecord.Local local,
                SymbolRecord.Live live,
                List<VariablePlace.Piece> pieces) {
            return switch (live) {
                case SymbolRecord.LiveInRegister r -> Optional.of(places.inRegister(r.register()));
                case SymbolRecord.LiveInFrame f ->
                        Optional.of(places.inFrame(f.offset(), local.isParameter()));
                case SymbolRecord.LivePartInRegister r -> {
                    pieces.add(
                            new VariablePlace.Piece(
                                    r.parentOffset(), places.inRegister(r.register())));
                    yield Optional.empty();
                }
                case SymbolRecord.LiveAtRegister r -> {
                    VariablePlace at = places.atRegister(r.register(), r.offset());
                    if (r.indirect() && at instanceof VariablePlace.InMemory m) {
                        at = through(m.va(), r.parentOffset());
                    } else if (r.part()) {
                        pieces.add(new VariablePlace.Piece(r.parentOffset(), at));
                        yield Optional.empty();
                    }
                    yield Optional.of(at);
                }
                case SymbolRecord.LiveByProgram p ->
                        Optional.of(new VariablePlace.Unavailable("told by a program"));
            };
        }

        private VariablePlace through(long va, int offset) {
            OptionalLong target = memory.unsigned(va, places.architecture().pointerSize());
            return target.isPresent()
                    ? new VariablePlace.InMemory(target.getAsLong() + offset)
                    : new VariablePlace.Unavailable("its address is not readable");
        }

        private VariablePlace global(int section, long offset) {
            long rva = source.rvaOf(ImageAddresses.place(section, offset));
            return rva < 0
                    ? new VariablePlace.Unavailable("static, in a section that is not there")
                    : new VariablePlace.InMemory(base + rva);
        }

        /** Compilers that tell places by ranges of code write the older records as well. */
        private void addOlder(String name, long type, boolean parameter, VariablePlace at) {
            if (!told.contains(name)) {
                add(name, type, parameter, at);
            }
        }

        private void add(String name, long type, boolean parameter, VariablePlace at) {
            found.add(
                    new FrameVariable(
                            name,
                            type,
                            parameter,
                            scopes.element().function(),
                            at,
                            value(name, type, at)));
        }

        private TypedValue value(String name, long type, VariablePlace at) {
            return switch (at) {
                case VariablePlace.InMemory m -> reader(memory).read(type, m.va(), name);
                case VariablePlace.InRegister r -> fromRegister(name, type, r);
                case VariablePlace.InPieces p ->
                        reader(pieces(p, type)).read(type, PieceMemory.VA, name);
                case VariablePlace.OptimizedAway o -> none(name, type, "optimised away");
                case VariablePlace.Unavailable u -> none(name, type, u.reason());
            };
        }

        private TypedValue fromRegister(String name, long type, VariablePlace.InRegister r) {
            var piece = new VariablePlace.Piece(0, r);
            var inPieces = new VariablePlace.InPieces(List.of(piece), Optional.empty());
            return reader(pieces(inPieces, type)).read(type, PieceMemory.VA, name);
        }

        private PieceMemory pieces(VariablePlace.InPieces places, long type) {
            return new PieceMemory(places, types.sizeBytes(type), memory);
        }

        private ValueReader reader(Memory from) {
            return new ValueReader(types, from, places.architecture(), limits);
        }

        private TypedValue none(String name, long type, String reason) {
            return new TypedValue(
                    name, new TypeNames(types).of(type), 0, "", List.of(), Optional.of(reason));
        }
    }

    private record Scope(long end, String function) {}
}
