package oriel.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.Symbolizer;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.TargetThread;

/**
 * Addresses as users write them: {@code 7ff6c0f21033}, {@code 0x1000}, {@code app+0x1c}, {@code
 * ntdll!NtClose+14}, {@code rsp}, {@code rip-10}. Numbers are hexadecimal, with or without {@code
 * 0x}, and may have a backtick in the middle.
 */
final class AddressExpression {
    private final Target target;
    private final Symbolizer symbolizer;

    AddressExpression(Target target, Symbolizer symbolizer) {
        this.target = target;
        this.symbolizer = symbolizer;
    }

    /**
     * The address that an expression names.
     *
     * @throws UsageException saying what is not known
     */
    long evaluate(String expression) {
        String text = expression.strip();
        OptionalLong whole = term(text);
        if (whole.isPresent()) {
            return whole.getAsLong() & target.architecture().addressMask();
        }
        // The last sign splits: names of modules may have signs of their own, offsets do not.
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        if (sign > 0 && sign < text.length() - 1) {
            OptionalLong offset = number(text.substring(sign + 1).strip());
            if (offset.isPresent()) {
                long base = evaluate(text.substring(0, sign));
                long distance = offset.getAsLong();
                long sum = text.charAt(sign) == '+' ? base + distance : base - distance;
                return sum & target.architecture().addressMask();
            }
        }
        throw new UsageException(
                "'" + text + "' is not an address, register, module or symbol of this target");
    }

    private OptionalLong term(String text) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong register = register(text.startsWith("$") ? text.substring(1) : text);
        if (register.isPresent()) {
            return register;
        }
        OptionalLong number = number(text);
        if (number.isPresent()) {
            return number;
        }
        int bang = text.indexOf('!');
        if (bang >= 0) {
            return symbol(text.substring(0, bang), text.substring(bang + 1));
        }
        for (LoadedModule module : target.modules()) {
            if (module.label().equalsIgnoreCase(text) || module.name().equalsIgnoreCase(text)) {
                return OptionalLong.of(module.base());
            }
        }
        return OptionalLong.empty();
    }

    /** A register of the thread that crashed, or else of the first thread. */
    private OptionalLong register(String name) {
        Optional<? extends TargetThread> thread =
                target.exception().flatMap(e -> target.thread(e.thread().threadId()));
        List<? extends TargetThread> threads = target.threads();
        RegisterSet registers =
                thread.isPresent()
                        ? thread.get().registers()
                        : threads.isEmpty()
                                ? RegisterSet.unknown(target.architecture())
                                : threads.get(0).registers();
        return registers.value(name.toLowerCase(Locale.ROOT));
    }

    private OptionalLong symbol(String label, String name) {
        for (LoadedModule module : target.modules()) {
            boolean wanted =
                    label.isEmpty()
                            || module.label().equalsIgnoreCase(label)
                            || module.name().equalsIgnoreCase(label);
            if (!wanted) {
                continue;
            }
            for (SymbolSource source : symbolizer.sources(module)) {
                List<RvaSymbol> found = source.named(name);
                if (!found.isEmpty()) {
                    return OptionalLong.of(module.base() + found.get(0).rva());
                }
            }
        }
        return OptionalLong.empty();
    }

    /** A hexadecimal number of at most 64 bits. */
    static OptionalLong number(String text) {
        String digits = text.replace("`", "");
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            digits = digits.substring(2);
        }
        if (digits.isEmpty() || digits.length() > 16) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), 16);
            if (digit < 0) {
                return OptionalLong.empty();
            }
            value = value << 4 | digit;
        }
        return OptionalLong.of(value);
    }
}
