package oriel.triage.bucket;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import oriel.model.FrameTrust;
import oriel.triage.report.Bucket;
import oriel.triage.report.BugCheckEntry;
import oriel.triage.report.Confidence;
import oriel.triage.report.CrashReason;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.RecursionEntry;
import oriel.triage.report.StackEntry;

/**
 * Makes buckets. The signature is a hash of what happened and of the first few frames that are not
 * noise: function names where they are known, else offsets in modules, never addresses. A crash
 * without a single frame in a module is told by what little is known and says so.
 */
public final class Signatures {
    /** Version of these rules; raised with every change that changes signatures. */
    public static final int VERSION = 1;

    private static final int FRAMES = 4;
    private static final int STACK_OVERFLOW = 0xc00000fd;
    private static final String DOUBLE_FAULT = "bugcheck 7f:8";

    private final Noise noise;

    /** Buckets that skip the frames of a list. */
    public Signatures(Noise noise) {
        this.noise = noise;
    }

    /**
     * The bucket of a crash.
     *
     * @param reason why it stopped
     * @param access the memory access that failed
     * @param stack of the crashing thread, innermost first; may be empty
     * @param program file name of the program; may be empty
     */
    public Bucket bucket(
            CrashReason reason,
            Optional<MemoryAccess> access,
            List<StackEntry> stack,
            String program) {
        return bucket(
                CrashKind.of(reason, access), reason.code() == STACK_OVERFLOW, stack, program);
    }

    /**
     * The bucket of a bug check.
     *
     * @param exception behind it; empty when there was none
     * @param access the memory access that failed
     * @param stack of the thread that stopped the system, innermost first; may be empty
     */
    public Bucket bucket(
            BugCheckEntry bugCheck,
            Optional<CrashReason> exception,
            Optional<MemoryAccess> access,
            List<StackEntry> stack) {
        CrashKind kind = CrashKind.of(bugCheck, exception, access);
        // Most double faults are a kernel stack that ran out.
        boolean overflow =
                kind.key().startsWith(DOUBLE_FAULT)
                        || exception.isPresent() && exception.get().code() == STACK_OVERFLOW;
        return bucket(kind, overflow, stack, "");
    }

    private Bucket bucket(
            CrashKind kind, boolean overflow, List<StackEntry> stack, String program) {
        List<BucketFrame> all = frames(stack);
        List<BucketFrame> chosen = overflow ? recursion(stack) : List.of();
        if (chosen.isEmpty()) {
            chosen = chosen(all);
        }
        var parts = new ArrayList<String>();
        parts.add(kind.key());
        boolean lost = chosen.stream().noneMatch(BucketFrame::inModule);
        if (!lost) {
            chosen = chosen.stream().map(BucketFrame::placeless).toList();
        }
        for (BucketFrame frame : chosen) {
            parts.add(frame.key());
        }
        if (lost) {
            parts.add("program " + program);
        }
        Confidence confidence = confidence(chosen);
        return new Bucket(
                VERSION,
                "v" + VERSION + "-" + StableHash.digits(String.join("\n", parts), 16),
                humanId(kind, chosen, program),
                parts,
                confidence,
                note(chosen));
    }

    /** Whose mistake it is, as far as the frames tell: the index of the first that is not noise. */
    public Optional<FrameEntry> blamed(List<StackEntry> stack) {
        FrameEntry scanned = null;
        for (FrameEntry frame : flat(stack)) {
            boolean candidate =
                    !noise.covers(frame.location())
                            && (frame.location().module().isPresent()
                                    || frame.unloaded().isPresent());
            if (candidate && frame.trust() != FrameTrust.SCAN) {
                return Optional.of(frame);
            }
            if (candidate && scanned == null) {
                scanned = frame;
            }
        }
        return Optional.ofNullable(scanned);
    }

    private List<BucketFrame> frames(List<StackEntry> stack) {
        var frames = new ArrayList<BucketFrame>();
        for (FrameEntry frame : flat(stack)) {
            frames.add(BucketFrame.of(frame, noise));
        }
        return frames;
    }

    /** Every round of a recursion but the first is left out. */
    private static List<FrameEntry> flat(List<StackEntry> stack) {
        var frames = new ArrayList<FrameEntry>();
        for (StackEntry entry : stack) {
            frames.addAll(entry.shown());
        }
        return frames;
    }

    /**
     * Of an endless recursion the functions that take part, in alphabetical order: where in the
     * round the stack ended is chance.
     */
    private List<BucketFrame> recursion(List<StackEntry> stack) {
        for (StackEntry entry : stack) {
            if (entry instanceof RecursionEntry recursion) {
                var byKey = new TreeSet<BucketFrame>((a, b) -> a.key().compareTo(b.key()));
                for (FrameEntry frame : recursion.cycle()) {
                    byKey.add(BucketFrame.of(frame, noise));
                }
                return List.copyOf(byKey);
            }
        }
        return List.of();
    }

    private static List<BucketFrame> chosen(List<BucketFrame> all) {
        List<BucketFrame> good = pick(all, false, false);
        if (good.isEmpty()) {
            good = pick(all, false, true);
        }
        if (good.stream().noneMatch(BucketFrame::inModule)) {
            List<BucketFrame> system = pick(all, true, false);
            if (system.stream().anyMatch(BucketFrame::inModule)) {
                return system;
            }
        }
        return good;
    }

    /** The first few different frames. */
    private static List<BucketFrame> pick(List<BucketFrame> all, boolean noisy, boolean scanned) {
        var chosen = new ArrayList<BucketFrame>();
        var keys = new HashSet<String>();
        for (BucketFrame frame : all) {
            boolean wanted =
                    (noisy || !frame.noise()) && (scanned || frame.trust() != FrameTrust.SCAN);
            if (wanted && keys.add(frame.key())) {
                chosen.add(frame);
            }
            if (chosen.size() == FRAMES) {
                break;
            }
        }
        return List.copyOf(chosen);
    }

    private static Confidence confidence(List<BucketFrame> chosen) {
        if (chosen.isEmpty() || chosen.stream().noneMatch(BucketFrame::inModule)) {
            return Confidence.LOW;
        }
        boolean ownFrame = chosen.stream().anyMatch(f -> !f.noise() && f.inModule());
        boolean scanned = chosen.stream().anyMatch(f -> f.trust() == FrameTrust.SCAN);
        if (!ownFrame || scanned) {
            return Confidence.LOW;
        }
        boolean named = chosen.stream().allMatch(BucketFrame::named);
        return named && chosen.get(0).inModule() ? Confidence.HIGH : Confidence.MEDIUM;
    }

    private static String note(List<BucketFrame> chosen) {
        if (chosen.isEmpty()) {
            return "no frames: told by the exception and the program only";
        }
        if (chosen.stream().noneMatch(BucketFrame::inModule)) {
            return "no frame is in a module: told by the exception and the program";
        }
        if (chosen.stream().allMatch(BucketFrame::noise)) {
            return "only frames of the system: may mix bugs";
        }
        if (chosen.stream().anyMatch(f -> f.trust() == FrameTrust.SCAN)) {
            return "frames were found by scanning the stack: may split a bug";
        }
        if (!chosen.stream().allMatch(BucketFrame::named)) {
            return "functions without names are told by module and offset: equal for the same"
                    + " build only";
        }
        return "";
    }

    private static String humanId(CrashKind kind, List<BucketFrame> chosen, String program) {
        var id = new StringBuilder(kind.shown());
        if (!chosen.isEmpty()) {
            id.append(' ').append(StableHash.digits(chosen.get(0).key(), 3));
        }
        if (chosen.size() > 1) {
            id.append('.').append(StableHash.digits(chosen.get(1).key(), 3));
        }
        if (chosen.isEmpty()) {
            return program.isEmpty() ? id.toString() : id.append(' ').append(program).toString();
        }
        // Where a program counter went astray to says little: the caller is what people look for.
        String place =
                chosen.stream()
                        .filter(BucketFrame::inModule)
                        .findFirst()
                        .orElse(chosen.get(0))
                        .shown();
        boolean ofProgram = place.startsWith(program + "!") || place.startsWith(program + "+");
        id.append(' ');
        if (!program.isEmpty() && !ofProgram) {
            id.append(program).append('!');
        }
        return id.append(place).toString();
    }
}
