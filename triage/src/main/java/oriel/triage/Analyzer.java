package oriel.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.unwind.StackWalker;
import oriel.model.AddressRange;
import oriel.model.BugCheck;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.SystemInfo.Platform;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.triage.bucket.Noise;
import oriel.triage.bucket.Signatures;
import oriel.triage.bugcheck.BugChecks;
import oriel.triage.code.AccessFinder;
import oriel.triage.code.CodeLister;
import oriel.triage.code.FaultingCode;
import oriel.triage.code.TaintTracker;
import oriel.triage.code.TaintUse;
import oriel.triage.finding.Findings;
import oriel.triage.finding.Scene;
import oriel.triage.place.Places;
import oriel.triage.rating.BugCheckRules;
import oriel.triage.rating.CrashFacts;
import oriel.triage.rating.RatingRules;
import oriel.triage.reason.Reasons;
import oriel.triage.report.Bucket;
import oriel.triage.report.BugCheckEntry;
import oriel.triage.report.BugCheckParameter;
import oriel.triage.report.CodeListing;
import oriel.triage.report.CrashReason;
import oriel.triage.report.CrashReport;
import oriel.triage.report.FaultLocation;
import oriel.triage.report.Finding;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.HandleSummary;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.ModuleEntry;
import oriel.triage.report.Place;
import oriel.triage.report.Rating;
import oriel.triage.report.RegisterValue;
import oriel.triage.report.SourceFile;
import oriel.triage.report.SourceListing;
import oriel.triage.report.StackEntry;
import oriel.triage.report.StackSection;

/**
 * Judges a target. A pure function: it reads nothing but the target and its symbols, prints nothing
 * and never throws because of what is in them. A section that cannot be worked out is empty, and a
 * diagnostic says why.
 */
public final class Analyzer {
    private final Target target;
    private final Guarded guarded = new Guarded();
    private final Names names;
    private final Places places;
    private final StackWalker walker;
    private final Stacks stacks;

    private final Sources sources;

    private Analyzer(Target target, Symbolizer symbolizer, AnalyzerOptions options) {
        this.target = target;
        this.names = new Names(symbolizer, guarded);
        this.places = new Places(target, names::locate);
        this.walker = new StackWalker(target, List.of(symbolizer.unwindSource()));
        this.stacks = new Stacks(target, walker, names, places, guarded, options.allVariables());
        this.sources = new Sources(names, options.source());
    }

    /**
     * The report on a target.
     *
     * @param target what to judge; must stay as it is meanwhile
     * @param symbolizer names its addresses
     */
    public static CrashReport analyze(Target target, Symbolizer symbolizer) {
        return analyze(target, symbolizer, AnalyzerOptions.DEFAULT);
    }

    /**
     * The report on a target, with more than the usual.
     *
     * @param target what to judge; must stay as it is meanwhile
     * @param symbolizer names its addresses
     * @param options what else to find out
     */
    public static CrashReport analyze(
            Target target, Symbolizer symbolizer, AnalyzerOptions options) {
        var analyzer = new Analyzer(target, symbolizer, options);
        if (symbolizer.mayWait()) {
            analyzer.guarded.section(
                    "symbols",
                    target,
                    () -> {
                        symbolizer.preload(AppearingModules.of(target));
                        return target;
                    });
        }
        return analyzer.report();
    }

    /** What the sections on the exception share. */
    private record Crash(
            TargetException exception,
            Optional<? extends TargetThread> thread,
            RegisterSet registers,
            AddressRange stackBounds,
            Optional<FaultingCode> code,
            Optional<MemoryAccess> access) {}

    private CrashReport report() {
        Optional<BugCheck> bugCheck = target.bugCheck();
        Optional<TargetException> exception =
                target.exception().or(() -> bugCheck.map(Analyzer::stop));
        Optional<Crash> crash = exception.map(this::crash);
        Optional<? extends TargetThread> thread = crash.flatMap(Crash::thread);
        List<StackSection> sections =
                guarded.section("stacks", List.of(), () -> stacks.sections(thread));
        List<StackEntry> stack =
                sections.isEmpty() || !sections.get(0).crashed()
                        ? List.of()
                        : sections.get(0).entries();
        Optional<CrashReason> raised =
                crash.filter(c -> target.exception().isPresent())
                        .flatMap(
                                c ->
                                        guarded.section(
                                                "reason",
                                                Optional.empty(),
                                                () -> Optional.of(reason(c, stack))));
        Optional<BugCheckEntry> stop =
                bugCheck.flatMap(
                        b ->
                                guarded.section(
                                        "bug check",
                                        Optional.empty(),
                                        () ->
                                                Optional.of(
                                                        new BugChecks(target, places)
                                                                .entry(b, pc(crash), stack))));
        Optional<CrashReason> reason = stop.map(s -> reason(s, crash, raised)).or(() -> raised);
        Optional<Scene> scene = crash.map(this::scene);
        List<ModuleEntry> modules =
                guarded.section("modules", List.of(), () -> new ModuleMarks(target).entries(names));
        Optional<HandleSummary> handles =
                guarded.section(
                        "handles", Optional.empty(), () -> HandleCounts.of(target.handles()));
        Rating rating =
                guarded.section(
                        "rating",
                        RatingRules.unrated(),
                        () -> rating(bugCheck, crash.map(c -> facts(c, scene))));
        List<Finding> findings =
                guarded.section(
                        "findings",
                        List.of(),
                        () -> Findings.of(target, places, scene, sections, stacks::functionsOf));
        Optional<FaultLocation> where = crash.flatMap(c -> where(c, stack));
        List<SourceListing> source =
                guarded.section("source", List.of(), () -> sources.listings(stack, where));
        List<SourceFile> sourceFiles =
                guarded.section("source files", List.of(), () -> sources.files(sections));
        return new CrashReport(
                target.architecture(),
                stop,
                reason,
                crash.flatMap(Crash::access),
                where,
                crash.map(this::registers).orElse(List.of()),
                scene.flatMap(this::code),
                source,
                sourceFiles,
                sections,
                target.process(),
                target.system(),
                handles,
                modules,
                target.unloadedModules(),
                Optional.of(rating),
                findings,
                stop.isPresent()
                        ? bucket(stop.get(), raised, crash.flatMap(Crash::access), stack)
                        : crash.flatMap(c -> bucket(c, reason, stack)),
                target.annotations(),
                diagnostics());
    }

    /** A bug check without an exception behind it. */
    private static TargetException stop(BugCheck bugCheck) {
        return new TargetException(
                bugCheck.thread(),
                (int) bugCheck.code(),
                0,
                0,
                OptionalLong.empty(),
                bugCheck.parameters());
    }

    private static long pc(Optional<Crash> crash) {
        return crash.isPresent() ? crash.get().registers().pc().orElse(0) : 0;
    }

    private Rating rating(Optional<BugCheck> bugCheck, Optional<CrashFacts> facts) {
        return bugCheck.isPresent()
                ? BugCheckRules.rate(
                        bugCheck.get(), facts.filter(f -> target.exception().isPresent()))
                : RatingRules.rate(facts);
    }

    /** A bug check as the reason, with the words of the exception behind it. */
    private CrashReason reason(
            BugCheckEntry stop, Optional<Crash> crash, Optional<CrashReason> raised) {
        Optional<MemoryAccess> access = crash.flatMap(Crash::access);
        String why =
                target.bugCheck().filter(BugChecks::isAccess).isPresent() && access.isPresent()
                        ? Reasons.text(access.get())
                        : raised.map(CrashReason::summary).orElse(stop.meaning());
        String irql =
                stop.irql().isPresent() && stop.irql().getAsInt() > 1
                        ? ", at IRQL " + new BugChecks(target, places).irql(stop.irql().getAsInt())
                        : "";
        return new CrashReason(
                (int) stop.code(),
                stop.name(),
                stop.meaning(),
                stop.name() + (why.isEmpty() ? "" : ": " + why) + irql,
                pc(crash),
                false,
                stop.parameters().stream().map(BugCheckParameter::value).toList(),
                raised.map(CrashReason::details).orElse(List.of()));
    }

    private Optional<Bucket> bucket(
            BugCheckEntry stop,
            Optional<CrashReason> raised,
            Optional<MemoryAccess> access,
            List<StackEntry> stack) {
        return guarded.section(
                "bucket",
                Optional.empty(),
                () ->
                        Optional.of(
                                new Signatures(Noise.standard())
                                        .bucket(stop, raised, access, stack)));
    }

    private Crash crash(TargetException exception) {
        Optional<? extends TargetThread> thread = target.thread(exception.thread().threadId());
        if (thread.isEmpty()) {
            String id = Long.toString(exception.thread().threadId());
            guarded.add("exception", "raised by thread " + id + ", which is not in the target");
        }
        RegisterSet registers =
                thread.isPresent()
                        ? thread.get().registers()
                        : RegisterSet.unknown(target.architecture());
        Optional<ThreadEnvironment> environment =
                thread.map(t -> ThreadEnvironment.of(t, target.memory(), target.architecture()));
        long tebVa = environment.map(ThreadEnvironment::va).orElse(0L);
        Optional<FaultingCode> code =
                guarded.section(
                        "faulting instruction",
                        Optional.empty(),
                        () -> FaultingCode.at(target.memory(), registers, tebVa));
        Optional<MemoryAccess> access =
                isWindows()
                        ? guarded.section(
                                "access",
                                Optional.empty(),
                                () ->
                                        new AccessFinder(target.memory(), places)
                                                .find(
                                                        exception,
                                                        target.architecture().addressMask(),
                                                        code))
                        : Optional.empty();
        AddressRange bounds = environment.map(ThreadEnvironment::stack).orElse(AddressRange.EMPTY);
        return new Crash(exception, thread, registers, bounds, code, access);
    }

    private boolean isWindows() {
        Platform platform = target.system().platform();
        return platform == Platform.WINDOWS || platform == Platform.UNKNOWN;
    }

    private CrashReason reason(Crash crash, List<StackEntry> stack) {
        var functions = new ArrayList<String>();
        for (StackEntry entry : stack) {
            entry.shown().forEach(frame -> addName(functions, frame));
        }
        return new Reasons(target, names::locate)
                .reason(crash.exception(), crash.access(), functions);
    }

    private static void addName(List<String> functions, FrameEntry frame) {
        frame.location().symbol().ifPresent(symbol -> functions.add(symbol.name()));
    }

    private Scene scene(Crash crash) {
        return new Scene(
                target,
                crash.exception(),
                crash.registers(),
                crash.access(),
                crash.code(),
                crash.stackBounds(),
                places);
    }

    private CrashFacts facts(Crash crash, Optional<Scene> scene) {
        Optional<Place> pc =
                crash.registers().pc().isPresent()
                        ? Optional.of(places.at(crash.registers().pc().getAsLong()))
                        : Optional.empty();
        boolean read =
                crash.access().isPresent() && crash.access().get().kind() == MemoryAccess.Kind.READ;
        Optional<TaintUse> taint =
                read
                        ? crash.code().flatMap(code -> TaintTracker.follow(code, target.memory()))
                        : Optional.empty();
        return new CrashFacts(
                crash.exception(),
                target.system().platform(),
                crash.access(),
                pc,
                crash.code(),
                scene.map(Scene::stackPointerAstray).orElse(false),
                scene.flatMap(Findings::pointerText),
                taint);
    }

    private Optional<FaultLocation> where(Crash crash, List<StackEntry> stack) {
        return guarded.section(
                "where",
                Optional.empty(),
                () -> FaultLocator.locate(crash.exception(), crash.registers(), stack, names));
    }

    private List<RegisterValue> registers(Crash crash) {
        return guarded.section(
                "registers", List.of(), () -> RegisterValues.of(crash.registers(), places));
    }

    private Optional<CodeListing> code(Scene crash) {
        if (crash.registers().pc().isEmpty()) {
            return Optional.empty();
        }
        long pc = crash.registers().pc().getAsLong();
        return guarded.section(
                "code",
                Optional.empty(),
                () ->
                        new CodeLister(
                                        target.memory(),
                                        crash.registers().architecture(),
                                        names::locate)
                                .around(pc, places.mayHoldCode(pc) && !crash.failedFetch()));
    }

    private Optional<Bucket> bucket(
            Crash crash, Optional<CrashReason> reason, List<StackEntry> stack) {
        if (reason.isEmpty()) {
            return Optional.empty();
        }
        String program = ModuleMarks.mainModule(target).map(LoadedModule::name).orElse("");
        return guarded.section(
                "bucket",
                Optional.empty(),
                () ->
                        Optional.of(
                                new Signatures(Noise.standard())
                                        .bucket(reason.get(), crash.access(), stack, program)));
    }

    /** The emulator of x64 code is one of the program's modules. */
    private boolean isEmulatedOnArm() {
        for (LoadedModule module : target.modules()) {
            if (module.label().toLowerCase(Locale.ROOT).startsWith("xtajit64")) {
                return true;
            }
        }
        return false;
    }

    private List<Diagnostic> diagnostics() {
        var all = new ArrayList<Diagnostic>(target.diagnostics());
        all.addAll(walker.diagnostics());
        all.addAll(guarded.diagnostics());
        if (isEmulatedOnArm()) {
            all.add(
                    new Diagnostic(
                            "stacks",
                            "an x64 program on ARM64: callers of ARM64EC code in the system's"
                                    + " modules are guessed"));
        }
        return all;
    }
}
