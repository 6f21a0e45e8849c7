package oriel.app.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.app.render.Page;
import oriel.app.render.RegisterText;
import oriel.engine.disasm.CodeRegister;
import oriel.model.Architecture;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/** The command that shows and changes registers. */
final class RegisterCommands implements CommandGroup {
    /** Bits of efl that have names of their own. */
    private static final List<String> FLAGS =
            List.of("cf", "", "pf", "", "af", "", "zf", "sf", "tf", "if", "df", "of");

    /** Bits of WinDbg's register masks; segments are shown with the integers. */
    private static final long INTEGERS = 0xb;

    private static final long FLOATS = 4;
    private static final long DEBUGGING = 0x20;
    private static final long VECTORS = 0xc0;

    private final ConsoleContext context;
    private final Page page;
    private final CodeCommands code;
    private long mask = INTEGERS;

    RegisterCommands(ConsoleContext context, CodeCommands code) {
        this.context = context;
        this.page = context.page();
        this.code = code;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "r [REGISTER[=VALUE], ...], register",
                        "show or change registers, parts of them, flags, $t0 to $t19"),
                new HelpEntry("rF, rX, rd", "floating-point, vector and debug registers"),
                new HelpEntry(
                        "rM MASK, rm [MASK]",
                        "kinds by a mask: 2 integers, 4 floats, 20 debug, 40 vectors; what r shows"));
    }

    @Override
    public boolean run(CommandLine command) {
        switch (command.name()) {
            case "r", "register" -> registers(command.rest());
            case "rf" -> kinds(Register.Kind.FLOATING_POINT, Register.Kind.CONTROL);
            case "rx" -> kinds(Register.Kind.VECTOR, Register.Kind.VECTOR);
            case "rm" -> mask(command.rest(), command.word().equals("rM"));
            case "rd" -> kinds(Register.Kind.DEBUG, Register.Kind.DEBUG);
            default -> {
                return false;
            }
        }
        return true;
    }

    private RegisterSet set() {
        return context.thread().registers();
    }

    private void registers(String rest) {
        if (rest.isEmpty()) {
            if (set().pc().isEmpty()) {
                throw new ConsoleException("the registers are not known");
            }
            show(mask);
            code.at(set().pc().getAsLong());
            return;
        }
        var arguments = new CommandArguments(context, rest);
        while (!arguments.isEmpty()) {
            one(arguments);
            arguments.take(',');
        }
    }

    /** {@code rM MASK} shows kinds of registers once, {@code rm MASK} has r show them. */
    private void mask(String rest, boolean once) {
        long wanted = rest.isEmpty() ? mask : context.expressions().value(rest);
        if (once) {
            show(wanted);
            return;
        }
        mask = wanted;
        page.text("Register output mask is ").hex(mask, 1).line(":");
        row(INTEGERS, "Integer state");
        row(FLOATS, "Floating-point state");
        row(DEBUGGING, "Debug registers");
        row(VECTORS, "Vector registers");
    }

    private void row(long bits, String words) {
        if ((mask & bits) != 0) {
            page.to(4).hex(mask & bits, 4).text(" - ").line(words);
        }
    }

    private void show(long wanted) {
        if ((wanted & INTEGERS) != 0) {
            new RegisterText(page).all(set());
        }
        if ((wanted & FLOATS) != 0) {
            kinds(Register.Kind.FLOATING_POINT, Register.Kind.CONTROL);
        }
        if ((wanted & DEBUGGING) != 0) {
            kinds(Register.Kind.DEBUG, Register.Kind.DEBUG);
        }
        if ((wanted & VECTORS) != 0) {
            kinds(Register.Kind.VECTOR, Register.Kind.VECTOR);
        }
    }

    private void one(CommandArguments arguments) {
        while (arguments.take('@')) {
            // It may stand before the name.
        }
        boolean pseudo = arguments.take('$');
        String name = arguments.name().toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            throw new ConsoleException("'" + arguments.rest() + "' is no register");
        }
        if (arguments.take('=')) {
            assign(pseudo ? "$" + name : name, arguments.isEmpty() ? 0 : arguments.value());
        } else {
            show(pseudo ? "$" + name : name);
        }
    }

    private void show(String name) {
        Architecture architecture = context.architecture();
        Optional<Register> register = Registers.named(architecture, name);
        if (register.isPresent()) {
            new RegisterText(page).one(set(), register.get());
            return;
        }
        long value = context.expressions().value("@" + name);
        page.line(name + "=" + Long.toHexString(value));
    }

    /** Changes a register, a part of one, a flag, or a variable that begins with $. */
    void assign(String name, long value) {
        if (name.startsWith("$")) {
            if (!context.assign(name.substring(1), value) && !assignPseudo(name, value)) {
                throw new ConsoleException(name + " cannot be changed");
            }
            return;
        }
        Architecture architecture = context.architecture();
        Optional<Register> whole = Registers.named(architecture, name);
        if (whole.isPresent()) {
            write(whole.get(), value);
            return;
        }
        int flag = architecture.isIntel() ? FLAGS.indexOf(name) : -1;
        if (flag >= 0 && !name.isEmpty()) {
            Register flags = Registers.require(architecture, "efl");
            long before = set().value(flags).orElse(0);
            write(flags, value != 0 ? before | 1L << flag : before & ~(1L << flag));
            return;
        }
        Optional<CodeRegister> part =
                architecture.isIntel() ? CodeRegister.ofIntel(name) : Optional.empty();
        Optional<Register> holder = part.flatMap(p -> p.in(architecture));
        if (holder.isEmpty()) {
            throw new ConsoleException("there is no register '" + name + "'");
        }
        CodeRegister of = part.orElseThrow();
        long mask = (of.bits() >= 64 ? -1 : (1L << of.bits()) - 1) << of.shift();
        long before = set().value(holder.get()).orElse(0);
        write(holder.get(), before & ~mask | value << of.shift() & mask);
    }

    /** {@code $ip}, {@code $csp} and {@code $retreg} stand for registers. */
    private boolean assignPseudo(String name, long value) {
        Architecture architecture = context.architecture();
        Optional<Register> register =
                switch (name) {
                    case "$ip" -> Optional.of(Registers.programCounter(architecture));
                    case "$csp" -> Optional.of(Registers.stackPointer(architecture));
                    case "$retreg" ->
                            Registers.named(
                                    architecture,
                                    switch (architecture) {
                                        case X86 -> "eax";
                                        case X64 -> "rax";
                                        case ARM -> "r0";
                                        case ARM64 -> "x0";
                                    });
                    default -> Optional.empty();
                };
        register.ifPresent(r -> write(r, value));
        return register.isPresent();
    }

    private void write(Register register, long value) {
        if (context.hasChosenRegisters()) {
            throw new ConsoleException("these are registers of another time; .cxr goes back");
        }
        context.on()
                .write(RegisterSet.builder(context.architecture()).set(register, value).build());
        if (register.kind() == Register.Kind.PROGRAM_COUNTER) {
            context.reset();
        }
    }

    private void kinds(Register.Kind first, Register.Kind second) {
        var text = new RegisterText(page);
        RegisterSet registers = set();
        for (Register register : Registers.of(context.architecture())) {
            boolean wanted = register.kind() == first || register.kind() == second;
            if (wanted && registers.has(register)) {
                text.one(registers, register);
            }
        }
    }
}
