package oriel.triage.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import oriel.model.Architecture;
import oriel.model.CodeLocation;
import oriel.model.TargetException;

/**
 * The type of a C++ object in flight, from the throw information that the Visual C++ runtime puts
 * into the parameters of exception 0xe06d7363: a magic number, the object, a {@code _ThrowInfo},
 * and on 64-bit targets the base of the image, to which the structures are then relative.
 *
 * <p>Layouts ({@code ehdata.h} of the Visual C++ runtime): {@code _ThrowInfo} {attributes,
 * pmfnUnwind, pForwardCompat, pCatchableTypeArray}, the array {count, types...}, {@code
 * _CatchableType} {properties, pType, ...}, {@code TypeDescriptor} {vtable, spare, name...}: all
 * 32-bit numbers but for vtable and spare, which are pointers.
 *
 * <p>Type descriptors lie in writable data, which small dumps lack: then the symbol at their
 * address names the type.
 *
 * @param names readable where possible: the thrown type, then its bases
 * @param objectVa address of the object thrown; 0 for a rethrow
 */
record ThrownType(List<String> names, long objectVa) {
    /** Magic numbers of EH_MAGIC_NUMBER1 to 3, and of code with pure functions. */
    private static final long MAGIC_LOW = 0x19930520L;

    private static final long MAGIC_HIGH = 0x19930522L;
    private static final long MAGIC_PURE = 0x01994000L;
    private static final int MAX_TYPES = 32;
    private static final int MAX_NAME = 1024;

    ThrownType {
        names = List.copyOf(names);
    }

    /** What was thrown; empty when the parameters or the memory do not tell. */
    static Optional<ThrownType> of(
            TargetException exception,
            TargetText text,
            Architecture architecture,
            LongFunction<CodeLocation> locator) {
        List<Long> parameters = exception.parameters();
        boolean relative = architecture.is64Bit();
        if (parameters.size() < (relative ? 4 : 3) || !isMagic(parameters.get(0))) {
            return Optional.empty();
        }
        long base = relative ? parameters.get(3) : 0;
        long throwInfo = parameters.get(2);
        if (throwInfo == 0) {
            return Optional.of(new ThrownType(List.of(), parameters.get(1)));
        }
        OptionalLong array = text.u32(throwInfo + 12);
        if (array.isEmpty() || array.getAsLong() == 0) {
            return Optional.empty();
        }
        long arrayVa = base + array.getAsLong();
        long count = Math.min(text.u32(arrayVa).orElse(0), MAX_TYPES);
        int nameOffset = architecture.pointerSize() * 2;
        var names = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            OptionalLong catchable = text.u32(arrayVa + 4 + i * 4L);
            if (catchable.isEmpty()) {
                break;
            }
            OptionalLong descriptor = text.u32(base + catchable.getAsLong() + 4);
            if (descriptor.isEmpty()) {
                break;
            }
            long descriptorVa = base + descriptor.getAsLong();
            text.ascii(descriptorVa + nameOffset, MAX_NAME)
                    .map(TypeNames::readable)
                    .or(() -> TypeNames.ofSymbol(locator.apply(descriptorVa)))
                    .ifPresent(names::add);
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new ThrownType(names, parameters.get(1)));
    }

    private static boolean isMagic(long number) {
        return number >= MAGIC_LOW && number <= MAGIC_HIGH || number == MAGIC_PURE;
    }
}
