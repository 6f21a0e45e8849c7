package oriel.format.minidump;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/**
 * The processor's XSAVE area behind a CONTEXT: CONTEXT_EX tells where it is, its header which
 * features it holds, and the layout in the miscellaneous info stream where they are.
 */
final class XsaveArea {
    private static final int CONTEXT_EX_SIZE = 24;
    private static final int LEGACY = 512;
    private static final int HEADER = 64;
    private static final int AVX = 2;
    private static final int CET_USER = 11;

    /** IA32_U_CET, then IA32_PL3_SSP. */
    private static final int SHADOW_STACK_POINTER = 8;

    private final Bytes area;
    private final XstateLayout layout;

    private XsaveArea(Bytes area, XstateLayout layout) {
        this.area = area;
        this.layout = layout;
    }

    /** The area behind a context of a given size; without features when there is none. */
    static XsaveArea behind(Bytes context, int contextSize, XstateLayout layout) {
        Bytes none = context.slice(0, 0);
        if (!context.contains(contextSize, CONTEXT_EX_SIZE)) {
            return new XsaveArea(none, layout);
        }
        long offset = contextSize + (long) context.s32(contextSize + 16L);
        long size = context.u32(contextSize + 20L);
        return new XsaveArea(
                size >= HEADER && context.contains(offset, size)
                        ? context.slice(offset, size)
                        : none,
                layout);
    }

    /** The bytes of a feature, when the area holds it. */
    Optional<Bytes> feature(int number) {
        if (area.size() < HEADER || (area.u64(0) >>> number & 1) == 0) {
            return Optional.empty();
        }
        Optional<XstateLayout.Feature> place = layout.feature(number);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        long compaction = area.u64(8);
        long offset =
                compaction < 0 ? compacted(number, compaction) : place.get().offset() - LEGACY;
        return area.contains(offset, place.get().sizeBytes())
                ? Optional.of(area.slice(offset, place.get().sizeBytes()))
                : Optional.empty();
    }

    /** The AVX state, or what is given when it was not in use. */
    Bytes upperVectors(Bytes otherwise) {
        return feature(AVX).orElse(otherwise);
    }

    /** The registers with ssp, when CET is on and its state was saved. */
    RegisterSet withShadowStackPointer(RegisterSet registers) {
        Optional<Bytes> cet = feature(CET_USER);
        if (cet.isEmpty() || cet.get().size() < SHADOW_STACK_POINTER + 8) {
            return registers;
        }
        return registers.with(
                Registers.require(registers.architecture(), "ssp"),
                cet.get().u64(SHADOW_STACK_POINTER));
    }

    /**
     * In the compacted form features follow each other without gaps. Those that ask for alignment
     * (AMX tiles, by CPUID) come after CET, so their 64 bytes do not matter up to it.
     */
    private long compacted(int number, long compaction) {
        long offset = HEADER;
        for (int i = 2; i < number; i++) {
            if ((compaction >>> i & 1) != 0) {
                offset += layout.feature(i).map(XstateLayout.Feature::sizeBytes).orElse(0L);
            }
        }
        return offset;
    }
}
