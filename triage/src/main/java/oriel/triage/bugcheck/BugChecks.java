package oriel.triage.bugcheck;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.engine.kernel.IoObjects;
import oriel.engine.kernel.IoObjects.Driver;
import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelProcess;
import oriel.engine.kernel.KernelThread;
import oriel.engine.kernel.KernelView;
import oriel.model.BugCheck;
import oriel.model.LoadedModule;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.triage.bucket.Noise;
import oriel.triage.bugcheck.BugCheckTable.Parameter;
import oriel.triage.bugcheck.BugCheckTable.Row;
import oriel.triage.place.Places;
import oriel.triage.reason.CodeNames;
import oriel.triage.report.BugCheckEntry;
import oriel.triage.report.BugCheckParameter;
import oriel.triage.report.Fact;
import oriel.triage.report.Place;
import oriel.triage.report.StackEntry;

/** Puts the bug check of a kernel into words. For one thread. */
public final class BugChecks {
    private static final Row UNKNOWN =
            new Row("", "", false, Collections.nCopies(4, new Parameter(ParameterKind.NUMBER, "")));

    private final Target target;
    private final Places places;
    private final Noise noise;
    private final IoObjects objects;
    private final Optional<Kernel> kernel;

    /**
     * @param target that stopped
     * @param places of the target
     */
    public BugChecks(Target target, Places places) {
        this.target = target;
        this.places = places;
        this.noise = Noise.standard();
        this.objects = new IoObjects(target.memory(), target.architecture());
        this.kernel = target instanceof KernelView view ? view.kernel() : Optional.empty();
    }

    /** The name of a code; {@code 0x...} when it has none. */
    public static String name(BugCheck bugCheck) {
        return BugCheckTable.row(bugCheck.baseCode(), bugCheck.parameter(0))
                .map(Row::name)
                .orElse(hex(bugCheck.code()));
    }

    /** Whether somebody stopped the system on purpose, or it only wrote a report and went on. */
    public static boolean isOnPurpose(BugCheck bugCheck) {
        return switch ((int) bugCheck.baseCode()) {
            case 0xe2, 0xdeaddead, 0x161, 0x1c8 -> true;
            default -> {
                String name = name(bugCheck);
                yield name.contains("LIVEDUMP") || name.contains("LIVE_DUMP");
            }
        };
    }

    /** Whether the hardware itself says that it failed. */
    public static boolean isHardware(BugCheck bugCheck) {
        return switch ((int) bugCheck.baseCode()) {
            case 0x124, 0x9c, 0x80, 0x2e, 0x77, 0x7a, 0x12b, 0x111 -> true;
            default -> false;
        };
    }

    /** Whether memory of the kernel was found overwritten. */
    public static boolean isCorruption(BugCheck bugCheck) {
        return switch ((int) bugCheck.baseCode()) {
            case 0x18,
                    0x19,
                    0x1a,
                    0x4e,
                    0xc1,
                    0xc2,
                    0xc5,
                    0xc6,
                    0xd0,
                    0xdb,
                    0xde,
                    0xf7,
                    0x109,
                    0x13a,
                    0x189 ->
                    true;
            default -> false;
        };
    }

    /**
     * Code and parameters in words, and the suspect.
     *
     * @param pc of the faulting instruction; 0 when not known
     * @param stack of the thread that stopped the system
     */
    public BugCheckEntry entry(BugCheck bugCheck, long pc, List<StackEntry> stack) {
        Row row = BugCheckTable.row(bugCheck.baseCode(), bugCheck.parameter(0)).orElse(UNKNOWN);
        var parameters = new ArrayList<BugCheckParameter>();
        for (int i = 0; i < row.parameters().size(); i++) {
            Parameter parameter = row.parameters().get(i);
            long value = bugCheck.parameter(i);
            parameters.add(new BugCheckParameter(value, parameter.text(), text(parameter, value)));
        }
        return new BugCheckEntry(
                bugCheck.code(),
                row.name().isEmpty() ? hex(bugCheck.code()) : row.name(),
                row.meaning(),
                row.tellsCases() ? Long.toHexString(bugCheck.parameter(0)) : "",
                parameters,
                bugCheck.processor(),
                bugCheck.irql(),
                isHardware(bugCheck) || isOnPurpose(bugCheck) && bugCheck.blamedDriver().isEmpty()
                        ? Optional.empty()
                        : new DriverSuspects(target, places, noise).find(bugCheck, pc, stack),
                details(bugCheck));
    }

    /** The interrupt request level with its name. */
    public String irql(int level) {
        return Irql.text(level, target.architecture());
    }

    // Parameters

    private String text(Parameter parameter, long value) {
        return switch (parameter.kind()) {
            case NUMBER -> chosen(parameter.text(), value);
            case CODE, DATA -> value == 0 ? "" : place(value);
            case IRQL -> value >= 0 && value < 32 ? Irql.text(value, target.architecture()) : "";
            case STATUS -> CodeNames.status((int) value).orElse("");
            case EXCEPTION, CONTEXT, TRAP -> value == 0 ? "" : readable(value);
            case THREAD -> thread(value);
            case PROCESS -> process(value).or(() -> optional(thread(value))).orElse("");
            case IRP -> driver(objects.driverOfIrp(value), "in ");
            case DEVICE -> driver(objects.driverOfDevice(value), "of ");
            case DRIVER -> driver(objects.driver(value), "");
        };
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Of {@code 0 read, 1 write, 2 or 8 execute} the words for a value. */
    private static String chosen(String text, long value) {
        if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
            return "";
        }
        String[] parts = text.split(", ");
        if (parts.length < 2) {
            return "";
        }
        for (String part : parts) {
            String[] words = part.split(" ");
            int at = 0;
            boolean fits = false;
            while (at < words.length && (isNumber(words[at]) || words[at].equals("or"))) {
                fits |= words[at].equals(Long.toString(value));
                at++;
            }
            if (at == 0 || at == words.length) {
                return "";
            }
            if (fits) {
                return String.join(" ", List.of(words).subList(at, words.length));
            }
        }
        return "";
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }

    private String place(long value) {
        Place place = places.at(value);
        return place.content().isEmpty() ? place.text() : place.text() + ": " + place.content();
    }

    private String readable(long va) {
        boolean there = target.memory().readUpTo(va, 1).length == 1;
        return there ? "" : "not in the dump";
    }

    private String thread(long va) {
        for (TargetThread thread : target.threads()) {
            if (thread instanceof KernelThread t && t.va() == va && va != 0) {
                return "thread "
                        + t.ref().threadId()
                        + t.name().map(n -> " \"" + n + "\"").orElse("");
            }
        }
        return "";
    }

    private Optional<String> process(long va) {
        if (kernel.isEmpty() || va == 0) {
            return Optional.empty();
        }
        KernelProcess process = kernel.get().process(va);
        return process.name().isEmpty()
                ? Optional.empty()
                : Optional.of(process.name() + ", process " + process.processId());
    }

    private String driver(Optional<Driver> found, String before) {
        if (found.isEmpty()) {
            return "";
        }
        Driver driver = found.get();
        String image = target.moduleAt(driver.imageBase()).map(LoadedModule::name).orElse("");
        return before
                + driver.name()
                + (image.isEmpty() ? "" : driver.name().isEmpty() ? image : " (" + image + ")");
    }

    // What parameters point to

    private List<Fact> details(BugCheck bugCheck) {
        var facts = new ArrayList<Fact>();
        target.exception()
                .filter(e -> !isAccess(bugCheck))
                .ifPresent(
                        e -> {
                            CodeNames.Named named = CodeNames.exception(e.code());
                            facts.add(
                                    new Fact(
                                            "exception",
                                            named.name()
                                                    + " (0x"
                                                    + Integer.toHexString(e.code())
                                                    + ") at "
                                                    + places.at(e.address()).text()));
                        });
        switch ((int) bugCheck.baseCode()) {
            case 0x124 -> facts.addAll(whea(bugCheck));
            case 0x9c -> machineCheck(facts, bugCheck.parameter(2), bugCheck.parameter(3));
            case 0x9f -> {
                if (bugCheck.parameter(0) == 3) {
                    facts.addAll(request(bugCheck.parameter(3)));
                }
            }
            case 0x133 -> facts.addAll(DpcWatchdog.facts(kernel, bugCheck));
            default -> {}
        }
        return facts;
    }

    private List<Fact> whea(BugCheck bugCheck) {
        var facts = new ArrayList<Fact>();
        List<Fact> record = HardwareError.facts(target.memory(), bugCheck.parameter(1));
        facts.addAll(record);
        boolean told = record.stream().anyMatch(f -> f.name().equals("machine check"));
        if (bugCheck.parameter(0) == 0 && !told) {
            machineCheck(facts, bugCheck.parameter(2), bugCheck.parameter(3));
        }
        return facts;
    }

    /** Codes for a page fault: the exception is only another word for it. */
    public static boolean isAccess(BugCheck bugCheck) {
        return switch ((int) bugCheck.baseCode()) {
            case 0x0a, 0x50, 0xc5, 0xcc, 0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd3, 0xd4, 0xd5, 0xd6 ->
                    true;
            case 0xdb, 0xfc, 0xbe -> true;
            default -> false;
        };
    }

    private static void machineCheck(List<Fact> facts, long high, long low) {
        long status = high << 32 | low & 0xffffffffL;
        if (status < 0) {
            facts.add(new Fact("machine check", MachineCheck.error(status)));
            String flags = MachineCheck.flags(status);
            facts.add(
                    new Fact(
                            "status",
                            "0x"
                                    + Long.toHexString(status)
                                    + (flags.isEmpty() ? "" : ": " + flags)));
        }
    }

    /** The drivers that a request passes, from where it came to where it waits. */
    private List<Fact> request(long irp) {
        var facts = new ArrayList<Fact>();
        List<IoObjects.IrpLocation> locations = objects.irp(irp);
        for (int i = locations.size() - 1; i >= 0; i--) {
            IoObjects.IrpLocation location = locations.get(i);
            String driver = driver(objects.driverOfDevice(location.deviceVa()), "");
            if (!driver.isEmpty()) {
                facts.add(
                        new Fact(
                                location.current() ? "request waits in" : "request passed",
                                driver
                                        + String.format(
                                                Locale.ROOT,
                                                ", major function 0x%x, minor 0x%x",
                                                location.majorFunction(),
                                                location.minorFunction())));
            }
        }
        return facts;
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
