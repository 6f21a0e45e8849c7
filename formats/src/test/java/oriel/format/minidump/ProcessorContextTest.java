package oriel.format.minidump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.testkit.ByteWriter;
import oriel.testkit.MinidumpBuilder;

class ProcessorContextTest {
    private static Optional<RegisterSet> read(byte[] context, Architecture architecture) {
        return ProcessorContext.read(Bytes.of(context, "context"), architecture, XstateLayout.NONE)
                .map(ProcessorContext::registers);
    }

    @Test
    void x64() {
        byte[] context = MinidumpBuilder.x64Context(0x1400010aaL, 0x12f000, 5);
        ByteWriter.put64(context, 0x1a0 + 15 * 16 + 8, 77);
        ByteWriter.put64(context, 0x120 + 16, 88);
        RegisterSet registers = read(context, Architecture.X64).orElseThrow();
        assertThat(registers.pc()).hasValue(0x1400010aaL);
        assertThat(registers.sp()).hasValue(0x12f000);
        assertThat(registers.value("rbx")).hasValue(5);
        assertThat(registers.value("cs")).hasValue(0x33);
        assertThat(registers.value("efl")).hasValue(0x246);
        assertThat(registers.high(Registers.require(Architecture.X64, "xmm15"))).hasValue(77);
        assertThat(registers.value("st1")).hasValue(88);
        assertThat(registers.value("dr7")).isEmpty();
        assertThat(registers.value("ssp")).isEmpty();
    }

    @Test
    void flagsSayWhatIsKnown() {
        byte[] context = MinidumpBuilder.x64Context(1, 2, 3);
        ByteWriter.put32(context, 0x30, 0x100001);
        RegisterSet registers = read(context, Architecture.X64).orElseThrow();
        assertThat(registers.pc()).hasValue(1);
        assertThat(registers.value("rbx")).isEmpty();
        ByteWriter.put32(context, 0x30, 0x1f);
        assertThat(read(context, Architecture.X64)).isEmpty();
    }

    @Test
    void x86() {
        byte[] context = MinidumpBuilder.x86Context(0x401000, 0x12ff00, 9);
        ByteWriter.put32(context, 204 + 160 + 7 * 16, 33);
        RegisterSet registers = read(context, Architecture.X86).orElseThrow();
        assertThat(registers.pc()).hasValue(0x401000);
        assertThat(registers.value("ebx")).hasValue(9);
        assertThat(registers.value("xmm7")).hasValue(33);
        assertThat(read(Arrays.copyOf(context, 200), Architecture.X86)).isEmpty();
    }

    @Test
    void arm64OfWindowsAndOfOldBreakpad() {
        var windows = new ByteWriter().u32(0x40000f).u32(0x60000000);
        for (int i = 0; i < 33; i++) {
            windows.u64(100 + i);
        }
        windows.zeros(31 * 16).u64(1).u64(2).u32(3).u32(4).zeros(15 * 8);
        RegisterSet registers = read(windows.toBytes(), Architecture.ARM64).orElseThrow();
        assertThat(registers.value("x28")).hasValue(128);
        assertThat(registers.value("lr")).hasValue(130);
        assertThat(registers.sp()).hasValue(131);
        assertThat(registers.pc()).hasValue(132);
        assertThat(registers.value("cpsr")).hasValue(0x60000000);
        assertThat(registers.high(Registers.require(Architecture.ARM64, "v31"))).hasValue(2);
        assertThat(registers.value("fpcr")).hasValue(3);

        var old = new ByteWriter().u64(0x80000006L);
        for (int i = 0; i < 33; i++) {
            old.u64(200 + i);
        }
        old.u32(7).u32(8).u32(9).zeros(32 * 16);
        RegisterSet breakpad = read(old.toBytes(), Architecture.ARM64).orElseThrow();
        assertThat(breakpad.value("fp")).hasValue(229);
        assertThat(breakpad.pc()).hasValue(232);
        assertThat(breakpad.value("fpsr")).hasValue(8);
        assertThat(read(Arrays.copyOf(old.toBytes(), 700), Architecture.ARM64)).isEmpty();
    }

    @Test
    void armOfWindowsAndOfBreakpad() {
        for (long flags : new long[] {0x200007, 0x40000006L}) {
            var in = new ByteWriter().u32(flags);
            for (int i = 0; i < 17; i++) {
                in.u32(300 + i);
            }
            in.zeros(8).u64(55).zeros(41 * 8);
            RegisterSet registers = read(in.toBytes(), Architecture.ARM).orElseThrow();
            assertThat(registers.value("r10")).hasValue(310);
            assertThat(registers.value("fp")).hasValue(311);
            assertThat(registers.value("r12")).hasValue(312);
            assertThat(registers.sp()).hasValue(313);
            assertThat(registers.pc()).hasValue(315);
            assertThat(registers.value("cpsr")).hasValue(316);
            assertThat(registers.value("d0")).hasValue(55);
        }
    }

    @Test
    void shadowStackPointerOfCompactedAndPlainXsaveAreas() {
        for (boolean compacted : new boolean[] {true, false}) {
            var layout = new ByteWriter().u32(528).u32(0).u64(0x807);
            for (int i = 0; i < 64; i++) {
                layout.u32(i == 2 ? 576 : i == 11 ? 2500 : 0).u32(i == 2 ? 256 : i == 11 ? 16 : 0);
            }
            byte[] context = MinidumpBuilder.x64Context(1, 2, 3);
            ByteWriter.put32(context, 0x30, 0x10004f);
            int size = compacted ? 64 + 256 + 16 : 2500 - 512 + 16;
            var in = new ByteWriter().bytes(context);
            in.u32(-1232).u32(1232 + 24 + size).u32(-1232).u32(1232).u32(24).u32(size);
            in.u64(0x804).u64(compacted ? 0x8000000000000804L : 0).zeros(48);
            in.u64(0x1122334455667788L).zeros(size - 64 - 8 - 16).u64(1).u64(0xcbc83fefc8L);
            ProcessorContext read =
                    ProcessorContext.read(
                                    Bytes.of(in.toBytes(), "context"),
                                    Architecture.X64,
                                    XstateLayout.read(Bytes.of(layout.toBytes(), "layout")))
                            .orElseThrow();
            assertThat(read.registers().value("ssp")).hasValue(0xcbc83fefc8L);
            assertThat(read.upperVectors().size()).isEqualTo(256);
            assertThat(read.upperVectors().u64(0)).isEqualTo(0x1122334455667788L);
        }
    }
}
