package oriel.engine.code;

import java.util.OptionalLong;
import oriel.model.Memory;

/**
 * What is known of a register without running the code: a constant, plus a multiple of something
 * that is not constant.
 *
 * @param constant what is certain
 * @param term what is not; {@link Nothing} for a plain constant
 * @param multiplier of the term
 */
record CodeValue(long constant, Term term, long multiplier) {
    /** The part of a value that varies. */
    sealed interface Term {}

    /** There is no such part. */
    enum Nothing implements Term {
        NOTHING
    }

    /** Any number; the same object stands for the same number. */
    static final class Variable implements Term {}

    /** What lies in memory at an address. */
    record Entry(CodeValue address, int bytes, boolean signed) implements Term {}

    static CodeValue of(long constant) {
        return new CodeValue(constant, Nothing.NOTHING, 0);
    }

    static CodeValue unknown() {
        return new CodeValue(0, new Variable(), 1);
    }

    boolean isConstant() {
        return term == Nothing.NOTHING;
    }

    CodeValue plus(CodeValue other) {
        if (isConstant()) {
            return new CodeValue(constant + other.constant, other.term, other.multiplier);
        }
        return other.isConstant()
                ? new CodeValue(constant + other.constant, term, multiplier)
                : unknown();
    }

    CodeValue times(long factor) {
        return new CodeValue(constant * factor, term, multiplier * factor);
    }

    /** What is loaded from this address; only tables, whose address varies, are of interest. */
    CodeValue loaded(int bytes, boolean signed) {
        return isConstant() ? unknown() : new CodeValue(0, new Entry(this, bytes, signed), 1);
    }

    /** After sign extension from 32 bits, which matters to what was loaded without a sign. */
    CodeValue signExtended() {
        boolean plain = constant == 0 && multiplier == 1;
        return plain && term instanceof Entry entry && entry.bytes() == 4
                ? new CodeValue(0, new Entry(entry.address(), 4, true), 1)
                : this;
    }

    /** The number, when a variable has a value; empty when others matter or memory is missing. */
    OptionalLong at(Variable variable, long value, Memory memory) {
        return switch (term) {
            case Nothing nothing -> OptionalLong.of(constant);
            case Variable own ->
                    own == variable
                            ? OptionalLong.of(constant + multiplier * value)
                            : OptionalLong.empty();
            case Entry entry -> {
                OptionalLong va = entry.address().at(variable, value, memory);
                OptionalLong loaded =
                        va.isEmpty() ? va : memory.unsigned(va.getAsLong(), entry.bytes());
                if (loaded.isEmpty()) {
                    yield loaded;
                }
                int unused = entry.signed() ? 64 - entry.bytes() * 8 : 0;
                long number = loaded.getAsLong() << unused >> unused;
                yield OptionalLong.of(constant + multiplier * number);
            }
        };
    }

    /** How deep entries are nested: a chain of loads is not a table. */
    int depth() {
        return term instanceof Entry entry ? 1 + entry.address().depth() : 0;
    }
}
