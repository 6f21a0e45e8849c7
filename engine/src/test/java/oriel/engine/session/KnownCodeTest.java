package oriel.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.MemoryRegion;
import oriel.model.RegisterSet;
import oriel.testkit.SyntheticTarget;

/** Code is read once only while it cannot change. */
class KnownCodeTest {
    private static final long VA = 0x401000;
    private static final int EXECUTE_READ = 0x20;
    private static final int EXECUTE_READ_WRITE = 0x40;

    private final byte[] bytes = new byte[0x1000];

    private KnownCode code(int protection, int threads) {
        SyntheticTarget target =
                new SyntheticTarget(Architecture.X64)
                        .bytes(VA, bytes)
                        .region(
                                new MemoryRegion(
                                        new AddressRange(VA, bytes.length),
                                        OptionalLong.of(VA),
                                        MemoryRegion.State.COMMITTED,
                                        protection,
                                        protection,
                                        MemoryRegion.Type.IMAGE));
        for (int i = 0; i < threads; i++) {
            target.thread(RegisterSet.unknown(Architecture.X64), AddressRange.EMPTY);
        }
        return new KnownCode(target);
    }

    private int firstAfterChange(KnownCode code) {
        bytes[0] = 1;
        code.read(VA, 4);
        bytes[0] = 2;
        return code.read(VA, 4)[0];
    }

    @Test
    void keepsCodeWhileALoneThreadSteps() {
        KnownCode code = code(EXECUTE_READ, 1);
        code.ran(true);
        assertThat(firstAfterChange(code)).isEqualTo(1);
        code.ran(true);
        assertThat(code.read(VA, 4)[0]).isEqualTo((byte) 1);
        code.ran(false);
        assertThat(code.read(VA, 4)[0]).isEqualTo((byte) 2);
    }

    @Test
    void readsAnewWhatTheProgramOrTheDebuggerMayHaveWritten() {
        KnownCode writable = code(EXECUTE_READ_WRITE, 1);
        writable.ran(true);
        assertThat(firstAfterChange(writable)).isEqualTo(2);
        KnownCode shared = code(EXECUTE_READ, 2);
        shared.ran(true);
        assertThat(firstAfterChange(shared)).isEqualTo(2);
        KnownCode running = code(EXECUTE_READ, 1);
        running.ran(false);
        assertThat(firstAfterChange(running)).isEqualTo(2);
        KnownCode written = code(EXECUTE_READ, 1);
        written.ran(true);
        bytes[0] = 1;
        written.read(VA, 4);
        bytes[0] = 2;
        written.forget();
        assertThat(written.read(VA, 4)[0]).isEqualTo((byte) 2);
    }

    @Test
    void readsOverTheEndOfAPage() {
        KnownCode code = code(EXECUTE_READ, 1);
        code.ran(true);
        assertThat(code.read(VA + 0xff8, 15)).hasSize(8);
    }
}
