package oriel.engine.symbols.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks on names, within one process. */
class StoreLocksTest {
    @TempDir Path folder;

    @Test
    void oneHolderForEachName() throws Exception {
        var locks = new StoreLocks(folder.resolve("locks"));
        var others = new StoreLocks(folder.resolve("locks"));
        try (Closeable first = locks.tryLock("app.pdb").orElseThrow();
                Closeable second = locks.tryLock("other.pdb").orElseThrow()) {
            assertThat(first).isNotSameAs(second);
            assertThat(locks.tryLock("app.pdb")).isEmpty();
            assertThat(others.tryLock("app.pdb")).isEmpty();
        }
        try (Closeable again = others.tryLock("app.pdb").orElseThrow()) {
            assertThat(again).isNotNull();
            assertThat(locks.tryLock("app.pdb")).isEmpty();
        }
        locks.tryLock("app.pdb").orElseThrow().close();
    }

    @Test
    void aLockThatFailedIsNotHeld() throws Exception {
        Path there = Files.writeString(folder.resolve("locks"), "a file");
        var locks = new StoreLocks(there);
        assertThatThrownBy(() -> locks.tryLock("app.pdb")).isInstanceOf(IOException.class);
        Files.delete(there);
        locks.tryLock("app.pdb").orElseThrow().close();
    }
}
