package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;

@Timeout(600)
class SystemSnapshotTest {
    @Test
    void patternsMatchNamesOfPrograms() {
        assertThat(SystemSnapshot.matches("notepad", "Notepad.exe")).isTrue();
        assertThat(SystemSnapshot.matches("NOTEPAD.EXE", "notepad.exe")).isTrue();
        assertThat(SystemSnapshot.matches("note*", "notepad.exe")).isTrue();
        assertThat(SystemSnapshot.matches("*pad", "notepad.exe")).isTrue();
        assertThat(SystemSnapshot.matches("n?tepad", "notepad.exe")).isTrue();
        assertThat(SystemSnapshot.matches("*a*a*", "banana.exe")).isTrue();
        assertThat(SystemSnapshot.matches("note", "notepad.exe")).isFalse();
        assertThat(SystemSnapshot.matches("", "notepad.exe")).isFalse();
        assertThat(SystemSnapshot.matches("?", "System")).isFalse();
    }

    @Test
    @NeedsWindows
    void listsProcessesAndTheirThreads() {
        try (Debuggee live = Debuggee.start("threads", "3")) {
            SystemSnapshot snapshot = SystemSnapshot.take();
            ProcessEntry entry = snapshot.process(live.processId()).orElseThrow();
            assertThat(entry.name()).isEqualToIgnoringCase("live-x64.exe");
            assertThat(entry.parentId()).isEqualTo(ProcessHandle.current().pid());
            assertThat(entry.threads()).hasSizeGreaterThanOrEqualTo(4);
            assertThat(entry.threads())
                    .extracting(ThreadEntry::threadId)
                    .contains(live.told("thread"));
            assertThat(entry.created()).isPresent();
            assertThat(snapshot.named("live-x??"))
                    .extracting(ProcessEntry::processId)
                    .contains(live.processId());
            assertThat(snapshot.processOfThread(live.told("thread"))).contains(entry);
            assertThat(snapshot.processOfThread(3)).isEmpty();
        }
    }
}
