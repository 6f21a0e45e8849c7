package oriel.kd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.kd.protocol.StateChange.ExceptionEvent;
import oriel.kd.protocol.StateChange.OtherEvent;
import oriel.kd.protocol.StateChange.SymbolsEvent;
import oriel.model.Architecture;
import oriel.testkit.ByteWriter;

/** Bodies as targets send them that do not keep to the sizes and values of others. */
class OddTargetsTest {
    private static ByteWriter stop(int state) {
        return new ByteWriter()
                .u32(state)
                .u16(0x17)
                .u16(1)
                .u32(2)
                .u32(0)
                .u64(0xffffffff89345080L)
                .u64(0xffffffff80001000L);
    }

    private static Bytes bytes(ByteWriter writer) {
        return Bytes.of(writer.toBytes(), "packet");
    }

    @Test
    void readsAStopWithoutTheEndOfTheControlReport() {
        ByteWriter out = stop(0x3030).u32(0x80000003).u32(0).u64(0).u64(0x80001000L).u32(1).u32(0);
        out.u64(7).padTo(184).u32(1).padTo(192).u32(0xffff0ff0L).u32(0x455);
        StateChange change = StateChange.read(bytes(out));
        assertThat(change.pc()).isEqualTo(0xffffffff80001000L);
        assertThat(change.processors()).isEqualTo(2);
        assertThat(change.dr7(Architecture.X86)).isEqualTo(0x455);
        assertThat(change.event())
                .isInstanceOfSatisfying(
                        ExceptionEvent.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ExceptionEvent.BREAKPOINT);
                            assertThat(e.firstChance()).isTrue();
                            assertThat(e.parameters()).containsExactly(7L);
                        });
    }

    @Test
    void findsThePathOfAnImageBehindAStopOfAnySize() {
        for (int size : new int[] {232, 240, 256}) {
            ByteWriter out = stop(0x3031).u32(6).u32(0).u64(0x80800000L).u64(-1).u32(9).u32(0x2000);
            out.u8(0).padTo(size).cString("a.sys");
            StateChange change = StateChange.read(bytes(out));
            assertThat(change.event())
                    .isInstanceOfSatisfying(
                            SymbolsEvent.class,
                            e -> {
                                assertThat(e.path()).isEqualTo("a.sys");
                                assertThat(e.sizeBytes()).isEqualTo(0x2000);
                                assertThat(e.unload()).isFalse();
                            });
        }
    }

    @Test
    void keepsKindsOfStopsThatNobodyDocumented() {
        StateChange change = StateChange.read(bytes(stop(0x30ff).padTo(244)));
        assertThat(change.event()).isEqualTo(new OtherEvent(0x30ff));
        assertThatThrownBy(() -> StateChange.read(bytes(new ByteWriter().zeros(20))))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void readsAnswersThatAreShortAndThoseThatDoNotCount() {
        var shortOne = new ByteWriter().u32(0x3135).u16(0).u16(0).u32(0xc0000001L).u32(0).u32(4);
        ManipulateReply reply = ManipulateReply.read(bytes(shortOne));
        assertThat(reply.isSuccess()).isFalse();
        assertThat(reply.union().u32(0)).isEqualTo(4);
        assertThat(reply.data().size()).isZero();
        var read = new ByteWriter().u32(0x3130).u16(0).u16(0).u32(0).padTo(56).u32(0x01020304);
        ManipulateReply counted = ManipulateReply.read(bytes(read));
        assertThat(counted.data(0, 4).u32(0)).isEqualTo(0x01020304);
        assertThat(counted.data(1000, 4).size()).isEqualTo(4);
        assertThat(counted.data(1000, 1000).size()).isEqualTo(4);
    }

    @Test
    void takesWarningsForSuccessAndErrorsForFailure() {
        var warning = new ByteWriter().u32(0x3130).u16(0).u16(0).u32(0x80000005L).padTo(56);
        assertThat(ManipulateReply.read(bytes(warning)).isSuccess()).isTrue();
        var error = new ByteWriter().u32(0x3130).u16(0).u16(0).u32(0xc0000005L).padTo(56);
        assertThat(ManipulateReply.read(bytes(error)).isSuccess()).isFalse();
    }

    @Test
    void takesTheArchitectureFromTheWidthOfPointersWhenNothingElseTells() {
        for (boolean wide : new boolean[] {true, false}) {
            var out = new ByteWriter().u16(0xf).u16(3790).u8(6).u8(0).u16(wide ? 4 : 0).zeros(32);
            TargetVersion version = TargetVersion.read(bytes(out));
            assertThat(version.architecture()).contains(wide ? Architecture.X64 : Architecture.X86);
            assertThat(version.product()).isEqualTo("Windows Server 2003");
        }
    }
}
