package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.driver.DriverException;
import oriel.model.AddressRange;
import oriel.model.MemoryReadException;
import oriel.model.MemoryRegion;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;

@Timeout(600)
@NeedsWindows
class ProcessMemoryTest {
    private static @Nullable Debuggee live;
    private static @Nullable WindowsProcess process;

    @BeforeAll
    static void start() {
        live = Debuggee.start("wait");
        process = WindowsProcess.open(live.processId());
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            process.close();
        }
        if (live != null) {
            live.close();
        }
    }

    private static ProcessMemory memory() {
        return java.util.Objects.requireNonNull(process).memory();
    }

    private static long told(String name) {
        return java.util.Objects.requireNonNull(live).told(name);
    }

    @Test
    void readsNumbersAndTexts() {
        assertThat(memory().unsigned(told("number"), 4)).hasValue(0x01020304);
        assertThat(memory().text(told("text"), false, 100)).hasValue("ORIEL-LIVE-TEXT");
        assertThat(memory().text(told("wide"), true, 100)).hasValue("ORIEL-LIVE-WIDE");
        assertThat(memory().text(told("heap"), false, 5)).hasValue("ORIEL");
        assertThat(memory().text(0x10, false, 5)).isEmpty();
    }

    @Test
    void readsUpToAHoleAndNoFurther() {
        // Wine lets others read what is free near other memory, so this must be far from all.
        long at = memory().allocate(0x10_0000_0000L, 0x10000, Protection.READ_WRITE);
        long end = at + 0x10000;
        memory().write(end - 8, new byte[] {9, 10, 11, 12, 13, 14, 15, 16});
        assertThat(memory().readUpTo(end - 8, 64)).containsExactly(9, 10, 11, 12, 13, 14, 15, 16);
        assertThat(memory().readUpTo(at, 0x20000)).hasSize(0x10000);
        assertThatThrownBy(() -> memory().readFully(end - 8, 64))
                .isInstanceOf(MemoryReadException.class);
        assertThat(memory().isReadable(new AddressRange(at, 0x10000))).isTrue();
        assertThat(memory().isReadable(new AddressRange(at, 0x10001))).isFalse();
        memory().decommit(at, 0x1000);
        assertThat(memory().isReadable(new AddressRange(at, 0x10000))).isFalse();
        memory().free(at);
        assertThat(memory().readUpTo(at, 16)).isEmpty();
        assertThat(memory().readUpTo(0x10, 16)).isEmpty();
        assertThat(memory().readUpTo(0xffff_8000_0000_0000L, 16)).isEmpty();
    }

    @Test
    void leavesGuardPagesAlone() {
        long at = memory().allocate(0, 0x2000, Protection.READ_WRITE);
        memory().protect(at + 0x1000, 0x1000, Protection.READ_WRITE | Protection.GUARD);
        memory().readUpTo(at, 0x2000);
        MemoryRegion guard = memory().query(at + 0x1000).orElseThrow();
        assertThat(guard.isGuard()).isTrue();
        memory().free(at);
    }

    @Test
    void writesWherePagesAllowAndOverwritesWhereNot() {
        long at = memory().allocate(0, 0x3000, Protection.READ_WRITE);
        memory().protect(at + 0x1000, 0x1000, Protection.READ_ONLY);
        byte[] data = new byte[0x2000];
        new Random(1).nextBytes(data);
        assertThatThrownBy(() -> memory().write(0x10, data)).isInstanceOf(DriverException.class);
        memory().overwrite(at + 0x800, data);
        assertThat(memory().readFully(at + 0x800, data.length)).isEqualTo(data);
        assertThat(memory().query(at + 0x1000).orElseThrow().protection())
                .isEqualTo(Protection.READ_ONLY);
        memory().free(at);
    }

    @Test
    void overwritesCode() {
        long code = java.util.Objects.requireNonNull(process).modules().get(0).base() + 0x1000;
        byte[] before = memory().readFully(code, 4);
        int protection = memory().query(code).orElseThrow().protection();
        memory().overwrite(code, new byte[] {(byte) 0xcc});
        assertThat(memory().readFully(code, 1)).containsExactly((byte) 0xcc);
        memory().overwrite(code, before);
        assertThat(memory().query(code).orElseThrow().protection()).isEqualTo(protection);
    }

    @Test
    void mapsTheWholeAddressSpace() {
        List<MemoryRegion> map = memory().map();
        for (int i = 1; i < map.size(); i++) {
            assertThat(map.get(i).range().start()).isEqualTo(map.get(i - 1).range().end());
        }
        long base = java.util.Objects.requireNonNull(process).modules().get(0).base();
        MemoryRegion image = memory().query(base).orElseThrow();
        assertThat(image.type()).isEqualTo(MemoryRegion.Type.IMAGE);
        assertThat(memory().mappedFile(base).orElseThrow())
                .endsWithIgnoringCase("oriel\\live-x64.exe");
        assertThat(memory().isExecutable(new AddressRange(base + 0x1000, 16))).isTrue();
    }

    @Test
    void takesBackWhatChanged() {
        long at = memory().allocate(0, 0x3000, Protection.READ_WRITE);
        memory().write(at, "before".getBytes(StandardCharsets.US_ASCII));
        memory().protect(at + 0x2000, 0x1000, Protection.READ_ONLY);
        MemorySnapshot snapshot = MemorySnapshot.take(memory(), new AddressRange(at, 0x3000));
        memory().write(at, "after!".getBytes(StandardCharsets.US_ASCII));
        memory().overwrite(at + 0x2000, new byte[] {1});
        memory().protect(at, 0x1000, Protection.EXECUTE_READ);
        assertThat(snapshot.changes(memory())).hasSize(2);
        snapshot.restore(memory());
        assertThat(memory().text(at, false, 10)).hasValue("before");
        assertThat(memory().readFully(at + 0x2000, 1)).containsExactly((byte) 0);
        assertThat(memory().query(at).orElseThrow().protection()).isEqualTo(Protection.READ_WRITE);
        assertThat(memory().query(at + 0x2000).orElseThrow().protection())
                .isEqualTo(Protection.READ_ONLY);
        assertThat(snapshot.changes(memory())).isEmpty();
        memory().free(at);
        assertThat(snapshot.restore(memory())).isEmpty();
        assertThat(memory().text(at, false, 10)).hasValue("before");
        memory().free(at);
    }
}
