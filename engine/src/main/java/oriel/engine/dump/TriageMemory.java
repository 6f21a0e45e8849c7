package oriel.engine.dump;

import java.util.OptionalLong;
import oriel.bytes.Bytes;
import oriel.engine.kernel.DebuggerData;
import oriel.format.kdump.KernelDump;
import oriel.format.kdump.TriageBlock;
import oriel.format.kdump.TriageDump;
import oriel.model.Architecture;

/**
 * Puts the pieces of a small dump where they lay in virtual memory. Stack, pages and data blocks
 * say where; the thread and the process are found by way of the processor's block.
 */
final class TriageMemory {
    private final KernelDump dump;
    private final TriageDump triage;
    private final Architecture architecture;
    private final SparseMemory.Builder builder;

    TriageMemory(KernelDump dump, TriageDump triage, Architecture architecture) {
        this.dump = dump;
        this.triage = triage;
        this.architecture = architecture;
        this.builder = SparseMemory.builder(dump.file());
    }

    SparseMemory build() {
        triage.stack().ifPresent(this::add);
        triage.dataBlocks().forEach(this::add);
        triage.dataPage().ifPresent(this::add);
        long va = dump.header().debuggerDataVa();
        triage.debuggerData(va)
                .ifPresent(
                        block -> {
                            add(block);
                            structures(block);
                        });
        return builder.build();
    }

    private void add(TriageBlock block) {
        builder.add(block.va(), block.sizeBytes(), block.fileOffset());
    }

    /** Thread and process, whose sizes and links the debugger data block tells. */
    private void structures(TriageBlock block) {
        DebuggerData.of(
                        dump.file().copy(block.fileOffset(), length(block)),
                        block.va(),
                        architecture)
                .ifPresent(
                        data -> {
                            OptionalLong thread =
                                    pointer(
                                            triage.prcb(),
                                            data.offset(DebuggerData.Offset.PRCB_CURRENT_THREAD)
                                                    .orElse(-1));
                            if (thread.isEmpty() || thread.getAsLong() == 0) {
                                return;
                            }
                            add(
                                    thread.getAsLong(),
                                    triage.thread(),
                                    data.offset(DebuggerData.Offset.THREAD_SIZE).orElse(0));
                            OptionalLong process =
                                    pointer(
                                            triage.thread(),
                                            data.offset(DebuggerData.Offset.THREAD_APC_PROCESS)
                                                    .orElse(-1));
                            if (process.isPresent() && process.getAsLong() != 0) {
                                add(
                                        process.getAsLong(),
                                        triage.process(),
                                        data.offset(DebuggerData.Offset.PROCESS_SIZE).orElse(0));
                            }
                        });
    }

    private static int length(TriageBlock block) {
        return (int) Math.min(block.sizeBytes(), 0x1000);
    }

    private void add(long va, Bytes bytes, int size) {
        if (bytes.size() > 0 && size > 0) {
            builder.add(va, Math.min(size, bytes.size()), bytes.sourceOffset(0));
        }
    }

    private OptionalLong pointer(Bytes structure, int offset) {
        int width = architecture.pointerSize();
        if (offset < 0 || !structure.contains(offset, width)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(width == 8 ? structure.u64(offset) : structure.u32(offset));
    }
}
