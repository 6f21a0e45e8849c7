package oriel.triage.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.CodeLocation;
import oriel.model.LoadedModule;
import oriel.model.MemoryRegion;
import oriel.model.SystemInfo.Platform;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.model.UnloadedModule;
import oriel.triage.report.Place;
import oriel.triage.report.PlaceKind;

/** Says what lies at addresses of one target. For one thread. */
public final class Places {
    /** Windows never maps the first 64 KiB of a process. */
    public static final long NULL_PAGE_BYTES = 0x10000;

    private static final long GUARD_REACH = 0x4000;

    /** Memory this little below a stack pointer is what calls left on the stack. */
    private static final long RED_REACH = 0x400;

    private final Target target;
    private final Architecture architecture;
    private final LongFunction<CodeLocation> locator;
    private final List<ThreadStack> stacks = new ArrayList<>();
    private final List<UnloadedModule> unloaded;
    private final boolean hasMap;

    /** A stack as far as the target knows it. */
    private record ThreadStack(long threadId, AddressRange range, long sp) {}

    /**
     * @param target whose addresses are asked for
     * @param locator names an address within a module
     */
    public Places(Target target, LongFunction<CodeLocation> locator) {
        this.target = target;
        this.architecture = target.architecture();
        this.locator = locator;
        this.unloaded = target.unloadedModules();
        this.hasMap = !target.regions().isEmpty();
        for (TargetThread thread : target.threads()) {
            AddressRange range = thread.stack();
            if (!range.isEmpty()) {
                long sp = thread.registers().sp().orElse(range.start());
                stacks.add(new ThreadStack(thread.ref().threadId(), range, sp));
            }
        }
    }

    /** Whether an address lies in the first 64 KiB. */
    public static boolean isNearNull(long va) {
        return va >= 0 && va < NULL_PAGE_BYTES;
    }

    /** What lies at an address; bits above the pointer width are ignored. */
    public Place at(long address) {
        long va = address & architecture.addressMask();
        if (isNearNull(va)) {
            String text = va == 0 ? "null" : "null page, null+0x" + Long.toHexString(va);
            return Place.bare(va, PlaceKind.NULL_PAGE, text);
        }
        if (isNonCanonical(va)) {
            return unusable(va, PlaceKind.NON_CANONICAL, "not a possible address");
        }
        Optional<LoadedModule> module = target.moduleAt(va);
        if (module.isPresent()) {
            CodeLocation location = locator.apply(va);
            return new Place(
                    va,
                    PlaceKind.IMAGE,
                    location.label(),
                    Optional.of(location),
                    target.regionAt(va),
                    StringProbe.at(target.memory(), va));
        }
        Optional<MemoryRegion> region = hasMap ? target.regionAt(va) : Optional.empty();
        Optional<Place> stack = stackAt(va, region);
        if (stack.isPresent()) {
            return stack.get();
        }
        if (region.isPresent() && region.get().state() != MemoryRegion.State.FREE) {
            return inRegion(va, region.get());
        }
        String content = StringProbe.at(target.memory(), va);
        boolean there = !content.isEmpty() || readable(va);
        if (there && unloadedAt(va).isEmpty()) {
            return new Place(
                    va,
                    PlaceKind.MEMORY,
                    "memory" + filled(va),
                    Optional.empty(),
                    Optional.empty(),
                    content);
        }
        return nothing(va);
    }

    /** The unloaded module that was at an address, the last one when several were. */
    public Optional<UnloadedModule> unloadedAt(long va) {
        for (int i = unloaded.size() - 1; i >= 0; i--) {
            if (unloaded.get(i).range().contains(va)) {
                return Optional.of(unloaded.get(i));
            }
        }
        return Optional.empty();
    }

    /** Whether an address is impossible on this architecture's processors. */
    public boolean isNonCanonical(long va) {
        if (!architecture.is64Bit()) {
            return false;
        }
        long top = va >> 47;
        return top != 0 && top != -1;
    }

    /** Whether code may lie at an address, as far as the target tells. */
    public boolean mayHoldCode(long address) {
        Place place = at(address);
        return switch (place.kind()) {
            case IMAGE, MEMORY -> true;
            case PRIVATE, MAPPED -> place.region().map(MemoryRegion::isExecutable).orElse(false);
            default -> false;
        };
    }

    private Optional<Place> stackAt(long va, Optional<MemoryRegion> region) {
        for (ThreadStack stack : stacks) {
            if (stack.range.contains(va)) {
                long distance = va - stack.sp;
                String where =
                        distance >= 0
                                ? ", sp+0x" + Long.toHexString(distance)
                                : ", sp-0x" + Long.toHexString(-distance);
                String text = "stack of thread " + stack.threadId + where;
                String content = StringProbe.at(target.memory(), va);
                return Optional.of(
                        new Place(va, PlaceKind.STACK, text, Optional.empty(), region, content));
            }
            long below = stack.range.start() - va;
            if (below > 0 && below <= RED_REACH && readable(va)) {
                String distance = Long.toHexString(stack.sp - va);
                String text = "stack of thread " + stack.threadId + ", sp-0x" + distance;
                return Optional.of(
                        new Place(va, PlaceKind.STACK, text, Optional.empty(), region, ""));
            }
            boolean guard = region.isEmpty() || region.get().isGuard();
            if (below > 0 && below <= GUARD_REACH && guard && !readable(va)) {
                String text = "just below the stack of thread " + stack.threadId;
                return Optional.of(
                        new Place(va, PlaceKind.GUARD, text, Optional.empty(), region, ""));
            }
        }
        return Optional.empty();
    }

    private boolean readable(long va) {
        return target.memory().unsigned(va, 1).isPresent();
    }

    private String filled(long va) {
        return FilledMemory.at(target.memory(), va, architecture)
                .filter(fill -> !fill.isCommonText())
                .map(fill -> ", filled with " + fill.digits() + ": " + fill.state().text())
                .orElse("");
    }

    private Place inRegion(long va, MemoryRegion region) {
        if (region.isGuard()) {
            return inRegion(va, region, PlaceKind.GUARD, "guard page");
        }
        if (region.state() == MemoryRegion.State.RESERVED) {
            return inRegion(va, region, PlaceKind.RESERVED, PlaceKind.RESERVED.text());
        }
        PlaceKind kind =
                switch (region.type()) {
                    case IMAGE -> PlaceKind.IMAGE;
                    case MAPPED -> PlaceKind.MAPPED;
                    case PRIVATE -> PlaceKind.PRIVATE;
                    case UNKNOWN -> PlaceKind.MEMORY;
                };
        String text = kind == PlaceKind.IMAGE ? "an image that is not listed" : kind.text();
        return inRegion(va, region, kind, text + ", " + rights(region) + filled(va));
    }

    private Place inRegion(long va, MemoryRegion region, PlaceKind kind, String text) {
        String content = StringProbe.at(target.memory(), va);
        return new Place(va, kind, text, Optional.empty(), Optional.of(region), content);
    }

    private Place nothing(long va) {
        Optional<UnloadedModule> was = unloadedAt(va);
        if (was.isPresent()) {
            long offset = va - was.get().range().start();
            String text = "unloaded " + was.get().name() + "+0x" + Long.toHexString(offset);
            return Place.bare(va, PlaceKind.UNLOADED_IMAGE, text);
        }
        if (isKernel(va)) {
            return unusable(va, PlaceKind.KERNEL, PlaceKind.KERNEL.text());
        }
        return hasMap
                ? unusable(va, PlaceKind.FREE, PlaceKind.FREE.text())
                : unusable(va, PlaceKind.UNKNOWN, "not in the dump");
    }

    /** An address at which nothing can be: its value may tell where it came from. */
    private Place unusable(long va, PlaceKind kind, String text) {
        Optional<FillPattern> pattern = FillPattern.near(va, architecture);
        if (pattern.isPresent()) {
            FillPattern fill = pattern.get();
            long distance = fill.distance(va, architecture);
            String offset =
                    distance == 0
                            ? ""
                            : (distance > 0 ? "+0x" : "-0x") + Long.toHexString(Math.abs(distance));
            String words = fill.digits() + offset + ": " + fill.state().text();
            return Place.bare(va, PlaceKind.FILL_PATTERN, words + ", filled by " + fill.writer());
        }
        Optional<String> chars = PointerText.of(va, architecture);
        return Place.bare(va, kind, chars.map(c -> text + ", reads as \"" + c + "\"").orElse(text));
    }

    private boolean isKernel(long va) {
        if (architecture.is64Bit()) {
            return va < 0;
        }
        Platform platform = target.system().platform();
        boolean windows = platform == Platform.WINDOWS || platform == Platform.UNKNOWN;
        boolean wow64 = target.system().machine().map(Architecture::is64Bit).orElse(false);
        return windows && !wow64 && va >= 0x80000000L;
    }

    private static String rights(MemoryRegion region) {
        var text = new StringBuilder(12);
        text.append(region.isReadable() ? 'r' : '-');
        text.append(region.isWritable() ? 'w' : '-');
        text.append(region.isExecutable() ? 'x' : '-');
        return text.toString();
    }
}
