package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.bytes.Bytes;
import oriel.driver.DriverException;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;

/** Segment registers of threads, and the registers of the processor model. */
@Timeout(600)
class SegmentsTest {
    private static Bytes bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Bytes.of(bytes, "test");
    }

    @Test
    void descriptorsAreTakenApart() {
        // One page of data at 7ffdf000, as fs of a 32-bit thread on 32-bit Windows.
        assertThat(SegmentDescriptor.read(bytes(0xff, 0x0f, 0x00, 0xf0, 0xfd, 0xf3, 0x40, 0x7f)))
                .isEqualTo(new SegmentDescriptor(0x7ffdf000L, 0xfff, 0x13, 3, true, true))
                .matches(SegmentDescriptor::isWritableData)
                .matches(d -> !d.isCode());
        // 32-bit code of all addresses; the limit is in pages.
        assertThat(SegmentDescriptor.read(bytes(0xff, 0xff, 0x00, 0x00, 0x00, 0xfb, 0xcf, 0x00)))
                .isEqualTo(new SegmentDescriptor(0, 0xffffffffL, 0x1b, 3, true, true))
                .matches(SegmentDescriptor::isCode)
                .matches(d -> !d.isWritableData());
        // A task state segment of the system, not present.
        assertThat(SegmentDescriptor.read(bytes(0xab, 0x20, 0x00, 0x80, 0x04, 0x09, 0x00, 0x80)))
                .isEqualTo(new SegmentDescriptor(0x80048000L, 0x20ab, 0x09, 0, false, false))
                .matches(d -> !d.isCode() && !d.isWritableData());
    }

    @Test
    @NeedsWindows(with32Bit = true)
    void segmentsOf32BitThreadsAreFound() {
        try (Debuggee live = Debuggee.start32("wait");
                WindowsProcess process = WindowsProcess.open(live.processId());
                WindowsThread thread = WindowsThread.open(process, live.told("thread"));
                Suspension held = process.suspend()) {
            int code = (int) thread.registers().value("cs").orElseThrow();
            try {
                SegmentDescriptor segment = thread.segment(code);
                assertThat(segment).matches(SegmentDescriptor::isCode);
                assertThat(segment.lastOffset()).isEqualTo(0xffffffffL);
            } catch (DriverException e) {
                // Wine 10 has the call for 32-bit debuggers only.
                assertThat(SystemFacts.isWine()).isTrue();
                assertThat(e).hasMessageContaining("Wow64GetThreadSelectorEntry 0x");
            }
            assertThat(thread.segmentBase("cs")).isZero();
            assertThat(thread.segmentBase("ds")).isZero();
            assertThat(thread.segmentBase("fs")).isEqualTo(thread.tebVa());
            // The block's own address, read through the segment.
            assertThat(process.memory().unsigned(thread.segmentBase("fs") + 0x18, 4))
                    .hasValue(thread.tebVa());
            assertThatThrownBy(() -> thread.segment(0x7f8))
                    .isInstanceOf(DriverException.class)
                    .hasMessageContaining("Wow64GetThreadSelectorEntry 0x7f8");
            assertThatThrownBy(() -> thread.segmentBase("eax"))
                    .isInstanceOf(IllegalArgumentException.class);
            held.close();
        }
    }

    @Test
    @NeedsWindows
    void segmentsOf64BitThreadsAreFlat() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId());
                WindowsThread thread = WindowsThread.open(process, live.told("thread"))) {
            assertThat(thread.segmentBase("ds")).isZero();
            assertThat(process.memory().unsigned(thread.segmentBase("gs") + 0x30, 8))
                    .hasValue(thread.tebVa());
            assertThatThrownBy(() -> thread.segment(0x2b))
                    .isInstanceOfSatisfying(
                            DriverException.class, e -> assertThat(e.code()).isEqualTo(50));
        }
    }
}
