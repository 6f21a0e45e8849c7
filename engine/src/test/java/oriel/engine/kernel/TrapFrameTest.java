package oriel.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.testkit.ByteWriter;

class TrapFrameTest {
    private static final long STACK = 0xffff8a0000020000L;
    private static final long PC = 0xfffff80013001004L;

    private final byte[] bytes = new byte[0x1000];

    private TrapFrame frames(Architecture architecture, long base) {
        Memory memory =
                (va, into, offset, length) -> {
                    long at = va - base;
                    if (at < 0 || at >= bytes.length) {
                        return 0;
                    }
                    int part = (int) Math.min(length, bytes.length - at);
                    System.arraycopy(bytes, (int) at, into, offset, part);
                    return part;
                };
        return new TrapFrame(new KernelMemory(memory, architecture));
    }

    @Test
    void ofArm64() {
        AddressRange stack = new AddressRange(STACK, bytes.length);
        ByteWriter.put64(bytes, 0x400 + 0x98, STACK + 0x700);
        ByteWriter.put64(bytes, 0x400 + 0xa0, 0x1111);
        ByteWriter.put64(bytes, 0x400 + 0xa0 + 8 * 18, 0x1818);
        ByteWriter.put64(bytes, 0x400 + 0x138, PC + 0x100);
        ByteWriter.put64(bytes, 0x400 + 0x148, PC);
        // The same address once more, where there is no frame around it.
        ByteWriter.put64(bytes, 0x200, PC);
        RegisterSet found = frames(Architecture.ARM64, STACK).find(stack, PC).orElseThrow();
        assertThat(found.pc()).hasValue(PC);
        assertThat(found.sp()).hasValue(STACK + 0x700);
        assertThat(found.value("x0")).hasValue(0x1111);
        assertThat(found.value("x18")).hasValue(0x1818);
        assertThat(found.value("x19")).isEmpty();
        assertThat(frames(Architecture.ARM64, STACK).find(stack, PC + 4)).isEmpty();
    }

    @Test
    void ofX64NeedsTheSegmentsOfAMachineFrame() {
        AddressRange stack = new AddressRange(STACK, bytes.length);
        ByteWriter.put64(bytes, 0x400 + 0x168, PC);
        ByteWriter.put64(bytes, 0x400 + 0x180, STACK + 0x700);
        assertThat(frames(Architecture.X64, STACK).find(stack, PC)).isEmpty();
        ByteWriter.put64(bytes, 0x400 + 0x170, 0x10);
        ByteWriter.put64(bytes, 0x400 + 0x188, 0x18);
        ByteWriter.put64(bytes, 0x400 + 0x38, 0xc);
        RegisterSet found = frames(Architecture.X64, STACK).find(stack, PC).orElseThrow();
        assertThat(found.value("rcx")).hasValue(0xc);
        assertThat(found.value("rbx")).as("not in every frame").isEmpty();
    }

    @Test
    void ofX86HasNoStackPointerWithoutAChangeOfPrivilege() {
        long base = 0x88010000L;
        ByteWriter.put32(bytes, 0x400 + 0x44, 0xa);
        ByteWriter.put32(bytes, 0x400 + 0x68, 0x82801000L);
        ByteWriter.put32(bytes, 0x400 + 0x6c, 8);
        RegisterSet found = frames(Architecture.X86, base).at(base + 0x400).orElseThrow();
        assertThat(found.value("eax")).hasValue(0xa);
        assertThat(found.sp()).hasValue(base + 0x400 + 0x74);
        ByteWriter.put32(bytes, 0x400 + 0x6c, 0x33);
        assertThat(frames(Architecture.X86, base).at(base + 0x400)).isEmpty();
    }
}
