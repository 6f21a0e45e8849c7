package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.engine.session.Signature.Convention;
import oriel.engine.session.Signature.Parameter;
import oriel.model.Architecture;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/**
 * Where the arguments of a call are when its first instruction is about to be executed: the x64
 * convention of Windows (registers by position, then the stack behind 32 bytes for the callee) and
 * the conventions of x86.
 */
final class CallArguments {
    private static final String[] GENERAL = {"rcx", "rdx", "r8", "r9"};
    private static final String[] FAST = {"ecx", "edx"};
    private static final int ARM64_REGISTERS = 8;

    /** One argument: in a register, or on the stack when there is no register. */
    record Place(Parameter parameter, Optional<Register> register, long va) {}

    private CallArguments() {}

    static List<Place> places(Signature signature, Architecture architecture, long sp) {
        return switch (architecture) {
            case X64 -> wide(signature, sp);
            case ARM64 -> arm64(signature, sp);
            case X86, ARM -> narrow(signature, architecture, sp);
        };
    }

    /** The arguments at the first instruction of a function, cut to their types. */
    static List<Long> values(Signature signature, Stop stop) {
        var values = new ArrayList<Long>();
        for (Place place : places(signature, stop.architecture(), stop.sp())) {
            values.add(read(place, stop));
        }
        return values;
    }

    /** The first argument at the first instruction of a function, as unsigned 32 bits. */
    static long first(Stop stop) {
        Parameter parameter = new Parameter("", ValueType.UINT32, ValueNames.NONE);
        var one =
                new Signature(
                        "", ValueType.VOID, ValueNames.NONE, List.of(parameter), Convention.STACK);
        return read(places(one, stop.architecture(), stop.sp()).get(0), stop);
    }

    /** Where an undeclared argument is: as if there were as many more of a pointer's width. */
    static Place variadic(Signature signature, Architecture architecture, long sp, int index) {
        var parameters = new ArrayList<>(signature.parameters());
        for (int i = 0; i <= index; i++) {
            parameters.add(new Parameter("", ValueType.POINTER, ValueNames.NONE));
        }
        var all =
                new Signature(
                        signature.name(),
                        signature.result(),
                        signature.resultNames(),
                        parameters,
                        signature.convention());
        return places(all, architecture, sp).get(parameters.size() - 1);
    }

    private static List<Place> wide(Signature signature, long sp) {
        var places = new ArrayList<Place>();
        List<Parameter> parameters = signature.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            String name = parameter.type().isFloating() ? "xmm" + i : i < 4 ? GENERAL[i] : "";
            Optional<Register> register =
                    i < 4
                            ? Optional.of(Registers.require(Architecture.X64, name))
                            : Optional.empty();
            places.add(new Place(parameter, register, sp + 8 + 8L * i));
        }
        return places;
    }

    /** Eight general and eight vector registers, each kind counted by itself; then the stack. */
    private static List<Place> arm64(Signature signature, long sp) {
        var places = new ArrayList<Place>();
        int general = 0;
        int vectors = 0;
        long va = sp;
        for (Parameter parameter : signature.parameters()) {
            boolean floating = parameter.type().isFloating();
            int used = floating ? vectors++ : general++;
            if (used < ARM64_REGISTERS) {
                String name = (floating ? "v" : "x") + used;
                Register register = Registers.require(Architecture.ARM64, name);
                places.add(new Place(parameter, Optional.of(register), 0));
            } else {
                places.add(new Place(parameter, Optional.empty(), va));
                va += 8;
            }
        }
        return places;
    }

    private static List<Place> narrow(Signature signature, Architecture architecture, long sp) {
        var places = new ArrayList<Place>();
        int free =
                architecture != Architecture.X86
                        ? 0
                        : switch (signature.convention()) {
                            case STACK -> 0;
                            case FASTCALL -> 2;
                            case THISCALL -> 1;
                        };
        int most = free;
        long va = sp + 4;
        for (Parameter parameter : signature.parameters()) {
            int size = parameter.type().sizeBytes(4);
            boolean fits = free > 0 && size <= 4 && !parameter.type().isFloating();
            if (fits) {
                Register register = Registers.require(architecture, FAST[most - free]);
                places.add(new Place(parameter, Optional.of(register), 0));
                free--;
            } else {
                places.add(new Place(parameter, Optional.empty(), va));
                va += Math.max(4, size);
            }
        }
        return places;
    }

    static long read(Place place, Stop stop) {
        ValueType type = place.parameter().type();
        int pointerSize = stop.architecture().pointerSize();
        long raw =
                place.register().isPresent()
                        ? stop.registers().value(place.register().get()).orElse(0)
                        : stop.memory()
                                .unsigned(place.va(), Math.max(4, type.sizeBytes(pointerSize)))
                                .orElse(0);
        return type.cut(raw, pointerSize);
    }

    static void write(Place place, Stop stop, long value) {
        if (place.register().isPresent()) {
            stop.setRegister(place.register().get().name(), value);
        } else {
            int pointerSize = stop.architecture().pointerSize();
            int size = Math.max(4, place.parameter().type().sizeBytes(pointerSize));
            stop.writeNumber(place.va(), value, size);
        }
    }

    /** What a function has returned, just behind the call. */
    static long result(ValueType type, Stop stop) {
        RegisterSet registers = stop.registers();
        Architecture architecture = stop.architecture();
        if (type.isFloating() && architecture == Architecture.X86) {
            return floatTop(type, registers);
        }
        long low = registers.value(resultRegister(type, architecture)).orElse(0);
        boolean pair = isPair(type, architecture);
        long raw = pair ? low | registers.value("edx").orElse(0) << 32 : low;
        return type.cut(raw, architecture.pointerSize());
    }

    private static String resultRegister(ValueType type, Architecture architecture) {
        return switch (architecture) {
            case X64 -> type.isFloating() ? "xmm0" : "rax";
            case ARM64 -> type.isFloating() ? "v0" : "x0";
            case X86 -> "eax";
            case ARM -> "r0";
        };
    }

    private static boolean isPair(ValueType type, Architecture architecture) {
        return architecture == Architecture.X86 && type.sizeBytes(4) == 8;
    }

    /** The top of the x87 stack, turned from 80 bits into those of the type. */
    private static long floatTop(ValueType type, RegisterSet registers) {
        Register top = Registers.require(Architecture.X86, "st0");
        long mantissa = registers.value(top).orElse(0);
        int upper = (int) registers.high(top).orElse(0);
        int exponent = (upper & 0x7fff) - 16383 - 63;
        double unsigned = (mantissa >>> 1) * 2.0 + (mantissa & 1);
        double value = mantissa == 0 ? 0 : Math.scalb(unsigned, exponent);
        double signed = (upper & 0x8000) != 0 ? -value : value;
        return type == ValueType.FLOAT
                ? Float.floatToRawIntBits((float) signed) & 0xffffffffL
                : Double.doubleToRawLongBits(signed);
    }

    /** Changes what a function has returned; floating-point results of x86 cannot be changed. */
    static void setResult(ValueType type, Stop stop, long value) {
        Architecture architecture = stop.architecture();
        if (type.isFloating() && architecture == Architecture.X86) {
            throw new IllegalArgumentException(
                    "a floating-point result of a 32-bit program cannot be changed");
        }
        stop.setRegister(resultRegister(type, architecture), value);
        if (isPair(type, architecture)) {
            stop.setRegister("edx", value >>> 32);
        }
    }

    /** A value as people read it. */
    static String text(ValueType type, ValueNames names, long value, Stop stop) {
        String name = names.text(value);
        if (type == ValueType.STATUS) {
            return "0x" + Long.toHexString(value) + (name.isEmpty() ? "" : " " + name);
        }
        return name.isEmpty() ? text(type, value, stop) : name;
    }

    private static String text(ValueType type, long value, Stop stop) {
        return switch (type) {
            case VOID -> "";
            case INT8, INT16, INT32, INT64 -> Long.toString(value);
            case UINT8, UINT16, UINT32, UINT64, SIZE, STATUS -> "0x" + Long.toHexString(value);
            case BOOL -> value == 0 ? "FALSE" : value == 1 ? "TRUE" : Long.toString(value);
            case FLOAT -> Float.toString(Float.intBitsToFloat((int) value));
            case DOUBLE -> Double.toString(Double.longBitsToDouble(value));
            case POINTER -> value == 0 ? "NULL" : "0x" + Long.toHexString(value);
            case ANY -> ProbableText.of(value, stop);
            case STRING -> quoted(value, stop.text(value), value == 0);
            case WIDE_STRING -> quoted(value, stop.wideText(value), value == 0);
            case COUNTED_STRING -> counted(value, stop);
            case OBJECT_ATTRIBUTES -> {
                // After Length, RootDirectory and their padding.
                int pointer = stop.architecture().pointerSize();
                long name =
                        stop.memory().pointer(value + 2L * pointer, stop.architecture()).orElse(0);
                yield value == 0 || name == 0
                        ? text(ValueType.POINTER, value, stop)
                        : counted(name, stop);
            }
        };
    }

    private static String counted(long va, Stop stop) {
        return va == 0
                ? "NULL"
                : "\"" + TargetText.counted(stop.memory(), va, stop.architecture()) + "\"";
    }

    private static String quoted(long va, String text, boolean isNull) {
        if (isNull) {
            return "NULL";
        }
        return text.isEmpty() ? "0x" + Long.toHexString(va) + " \"\"" : "\"" + text + "\"";
    }
}
