package oriel.engine.symbols;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.unwind.UnwindSource;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/** Finds the caller of a frame by the rules of STACK CFI records. */
final class CallFrameRules {
    private static final List<String> SAVED_X86 = List.of("ebx", "ebp", "esi", "edi");
    private static final List<String> SAVED_X64 =
            List.of("rbx", "rbp", "rsi", "rdi", "r12", "r13", "r14", "r15");
    private static final List<String> SAVED_ARM =
            List.of("r4", "r5", "r6", "r7", "r8", "r9", "r10", "fp");
    private static final List<String> SAVED_ARM64 =
            List.of("x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28", "fp");

    private final Map<String, String> expressions = new LinkedHashMap<>();

    /**
     * @param rules as in the records, oldest first: {@code .cfa: $rsp 8 + .ra: .cfa 8 - ^}
     */
    CallFrameRules(List<String> rules) {
        for (String rule : rules) {
            String name = "";
            var expression = new StringBuilder();
            for (String word : PostfixProgram.words(rule)) {
                if (word.length() > 1 && word.endsWith(":")) {
                    put(name, expression);
                    name = word.substring(0, word.length() - 1);
                } else {
                    expression.append(word).append(' ');
                }
            }
            put(name, expression);
        }
    }

    /** The caller, or empty when the rules give no stack pointer and return address. */
    Optional<UnwindSource.Caller> callerOf(UnwindSource.Frame frame, int parameterBytes) {
        RegisterSet registers = frame.registers();
        Architecture architecture = registers.architecture();
        var evaluator = new PostfixProgram(frame.memory(), architecture);
        for (Register register : Registers.of(architecture)) {
            OptionalLong value = registers.value(register);
            if (value.isPresent() && register.bits() <= 64) {
                for (String name : names(register)) {
                    evaluator.define(name, value.getAsLong());
                }
            }
        }
        OptionalLong cfa = evaluator.evaluate(expressions.getOrDefault(".cfa", ""));
        if (cfa.isEmpty()) {
            return Optional.empty();
        }
        evaluator.define(".cfa", cfa.getAsLong());
        OptionalLong ra = evaluator.evaluate(expressions.getOrDefault(".ra", ""));
        if (ra.isEmpty()) {
            return Optional.empty();
        }
        evaluator.define(".ra", ra.getAsLong());
        RegisterSet.Builder caller = RegisterSet.builder(architecture);
        for (String name : saved(architecture)) {
            Register register = Registers.require(architecture, name);
            OptionalLong value = recovered(register, registers, evaluator);
            value.ifPresent(v -> caller.set(register, v));
        }
        Register sp = Registers.stackPointer(architecture);
        caller.set(sp, ruled(sp, evaluator).orElse(cfa.getAsLong()));
        caller.set(Registers.programCounter(architecture), ra.getAsLong());
        return Optional.of(
                new UnwindSource.Caller(caller.build(), FrameTrust.UNWIND_INFO, parameterBytes));
    }

    /** A register without a rule still has the value it has in the callee. */
    private OptionalLong recovered(
            Register register, RegisterSet registers, PostfixProgram evaluator) {
        for (String name : names(register)) {
            if (expressions.containsKey(name)) {
                return ruled(register, evaluator);
            }
        }
        return registers.value(register);
    }

    private OptionalLong ruled(Register register, PostfixProgram evaluator) {
        for (String name : names(register)) {
            String expression = expressions.get(name);
            if (expression != null) {
                return evaluator.evaluate(expression);
            }
        }
        return OptionalLong.empty();
    }

    private void put(String name, StringBuilder expression) {
        if (!name.isEmpty()) {
            expressions.put(name, expression.toString());
        }
        expression.setLength(0);
    }

    private static List<String> saved(Architecture architecture) {
        return switch (architecture) {
            case X86 -> SAVED_X86;
            case X64 -> SAVED_X64;
            case ARM -> SAVED_ARM;
            case ARM64 -> SAVED_ARM64;
        };
    }

    /** How symbol files call a register: with a dollar on x86 and x64, by number on ARM. */
    private static List<String> names(Register register) {
        if (register.architecture().isIntel()) {
            return List.of("$" + register.name());
        }
        boolean wide = register.architecture() == Architecture.ARM64;
        return switch (register.name()) {
            case "fp" -> wide ? List.of("fp", "x29") : List.of("fp", "r11");
            case "lr" -> wide ? List.of("lr", "x30") : List.of("lr", "r14");
            case "sp" -> wide ? List.of("sp", "x31") : List.of("sp", "r13");
            case "pc" -> wide ? List.of("pc") : List.of("pc", "r15");
            default -> List.of(register.name());
        };
    }
}
