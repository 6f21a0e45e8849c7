package oriel.win32;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import oriel.driver.DriverException;
import oriel.driver.RefusedTrap;
import oriel.driver.Trap;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.MemoryRegion;

/** Puts traps into a process and takes them out, page by page. */
final class TrapWriter {
    private static final long TEB_SIZE = 0x2000;
    private static final int PAGE = ProcessMemory.PAGE;

    /** int3; brk #0xf000, which Windows uses for breakpoints of ARM64. */
    private static final byte[] INTEL = {(byte) 0xcc};

    private static final byte[] ARM64 = {0, 0, 0x3e, (byte) 0xd4};

    private final DebuggedProcess process;
    private final byte[] trap;

    TrapWriter(DebuggedProcess process) {
        this.process = process;
        this.trap = process.architecture().isIntel() ? INTEL : ARM64;
    }

    List<RefusedTrap> arm(List<? extends Trap> traps) {
        var refused = new ArrayList<RefusedTrap>();
        var code = new TreeMap<Long, List<Trap.Code>>();
        for (Trap each : traps) {
            switch (each) {
                case Trap.Page page -> close(page).ifPresent(refused::add);
                case Trap.Code one -> {
                    process.trapped(one.va());
                    code.computeIfAbsent(one.va() & -PAGE, p -> new ArrayList<>()).add(one);
                }
            }
        }
        for (List<Trap.Code> page : code.values()) {
            refused.addAll(armPage(page));
        }
        return refused;
    }

    private List<RefusedTrap> armPage(List<Trap.Code> traps) {
        try {
            if (traps.size() == 1) {
                process.process().memory().overwrite(traps.get(0).va(), trap);
                return List.of();
            }
            Span span = Span.of(traps, trap.length);
            byte[] bytes = process.process().memory().readFully(span.start, span.length);
            for (Trap.Code each : traps) {
                System.arraycopy(trap, 0, bytes, (int) (each.va() - span.start), trap.length);
            }
            process.process().memory().overwrite(span.start, bytes);
            return List.of();
        } catch (DriverException | oriel.model.MemoryReadException e) {
            var refused = new ArrayList<RefusedTrap>();
            for (Trap.Code each : traps) {
                refused.add(new RefusedTrap(each, String.valueOf(e.getMessage())));
            }
            return refused;
        }
    }

    void disarm(List<? extends Trap> traps) {
        var code = new TreeMap<Long, List<Trap.Code>>();
        for (Trap each : traps) {
            switch (each) {
                case Trap.Page page -> open(page);
                case Trap.Code one ->
                        code.computeIfAbsent(one.va() & -PAGE, p -> new ArrayList<>()).add(one);
            }
        }
        for (List<Trap.Code> page : code.values()) {
            disarmPage(page);
        }
    }

    private void disarmPage(List<Trap.Code> traps) {
        Span span = Span.of(traps, trap.length);
        byte[] bytes = process.process().memory().readUpTo(span.start, span.length);
        boolean any = false;
        for (Trap.Code each : traps) {
            int at = (int) (each.va() - span.start);
            if (at + trap.length > bytes.length || !holdsTrap(bytes, at)) {
                continue;
            }
            any = true;
            for (int i = 0; i < trap.length; i++) {
                bytes[at + i] = (byte) (each.original() >>> i * 8);
            }
        }
        if (any) {
            try {
                process.process().memory().overwrite(span.start, bytes);
            } catch (DriverException e) {
                // The module was unmapped or the process has ended: the trap is gone with it.
                return;
            }
        }
    }

    private boolean holdsTrap(byte[] bytes, int at) {
        for (int i = 0; i < trap.length; i++) {
            if (bytes[at + i] != trap[i]) {
                return false;
            }
        }
        return true;
    }

    private Optional<RefusedTrap> close(Trap.Page page) {
        ProcessMemory memory = process.process().memory();
        Optional<MemoryRegion> region = memory.query(page.va());
        int now = region.map(MemoryRegion::protection).orElse(0);
        String problem = "";
        if (region.isEmpty() || region.get().state() != MemoryRegion.State.COMMITTED) {
            problem = "there is no memory at 0x" + Long.toHexString(page.va());
        } else if ((now & Protection.GUARD) != 0) {
            problem = "the page is a guard page of the program";
        } else if (isStack(page.va())) {
            problem =
                    "the page belongs to a stack, which the system writes itself: it ends programs"
                            + " whose stack it cannot write. Watch up to eight bytes with a debug"
                            + " register (watch, ba)";
        } else {
            try {
                int closed =
                        page.writesOnly()
                                ? withoutWriting(now)
                                : now & ~0xff | Protection.NO_ACCESS;
                if (closed != now) {
                    memory.protect(page.va(), page.sizeBytes(), closed);
                }
                process.closed(page.va(), new ClosedPage(now, closed));
            } catch (DriverException e) {
                problem = String.valueOf(e.getMessage());
            }
        }
        return problem.isEmpty() ? Optional.empty() : Optional.of(new RefusedTrap(page, problem));
    }

    /**
     * A protection (PAGE_READWRITE and so on) by which pages may be read and executed as before.
     */
    private static int withoutWriting(int protection) {
        return switch (protection & 0xff) {
            case Protection.READ_WRITE, Protection.WRITE_COPY ->
                    protection & ~0xff | Protection.READ_ONLY;
            case Protection.EXECUTE_READ_WRITE, Protection.EXECUTE_WRITE_COPY ->
                    protection & ~0xff | Protection.EXECUTE_READ;
            default -> protection;
        };
    }

    /** Whether a thread has its stack there: NtTib.StackBase and DeallocationStack of its TEB. */
    private boolean isStack(long va) {
        boolean wide = process.architecture() != Architecture.X86;
        ProcessMemory memory = process.process().memory();
        int width = wide ? 8 : 4;
        for (DebuggedThread thread : process.threads()) {
            // The 32-bit TEB of a thread on a 64-bit system lies behind the other.
            for (long teb : new long[] {thread.tebVa(), thread.tebVa() + TEB_SIZE}) {
                long self = memory.unsigned(teb + 6L * width, width).orElse(0);
                long top = memory.unsigned(teb + width, width).orElse(0);
                long bottom = memory.unsigned(teb + (wide ? 0x1478 : 0xe0c), width).orElse(0);
                if (self == teb
                        && AddressRange.compare(va, bottom) >= 0
                        && AddressRange.compare(va, top) < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private void open(Trap.Page page) {
        Optional<ClosedPage> closed = process.opened(page.va());
        ProcessMemory memory = process.process().memory();
        int now = memory.query(page.va()).map(MemoryRegion::protection).orElse(0);
        // The program may have changed it meanwhile, or another page may lie there.
        if (closed.isPresent() && closed.get().closed() == now && closed.get().before() != now) {
            try {
                memory.protect(page.va(), page.sizeBytes(), closed.get().before());
            } catch (DriverException e) {
                // Gone meanwhile, with its protection.
                return;
            }
        }
    }

    /** From the first trap to the end of the last. */
    private record Span(long start, int length) {
        static Span of(List<Trap.Code> traps, int trapSize) {
            long first = traps.get(0).va();
            long last = first;
            for (Trap.Code each : traps) {
                first = Long.compareUnsigned(each.va(), first) < 0 ? each.va() : first;
                last = Long.compareUnsigned(each.va(), last) > 0 ? each.va() : last;
            }
            return new Span(first, (int) (last - first) + trapSize);
        }
    }
}
