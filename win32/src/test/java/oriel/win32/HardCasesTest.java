package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.driver.DriverException;
import oriel.model.Architecture;
import oriel.model.HandleInfo;
import oriel.model.LoadedModule;
import oriel.model.MemoryRegion;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Ntdll;

/** Processes that end, change, refuse, or are larger than one would think. */
@Timeout(600)
@NeedsWindows
class HardCasesTest {
    private static final Duration SOON = Duration.ofSeconds(240);

    @Test
    void aProcessMayEndBetweenListingAndOpening() {
        long processId;
        String program = Debuggee.onDriveC("live", "x64").toString();
        var start = ProcessStart.of(List.of(program, "wait")).console(ProcessStart.Console.NONE);
        try (ProcessStart.Started started = start.start()) {
            processId = started.process().processId();
            assertThat(SystemSnapshot.take().process(processId)).isPresent();
            started.process().kill(1);
            assertThat(started.process().await(SOON)).isTrue();
            assertThatThrownBy(() -> LiveTarget.open(processId, false))
                    .isInstanceOf(DriverException.class)
                    .hasMessageContaining("has ended");
        }
        while (SystemSnapshot.take().process(processId).isPresent()) {
            Thread.onSpinWait();
        }
        // Wine keeps what has ended for a moment.
        assertThatThrownBy(() -> LiveTarget.open(processId, false))
                .isInstanceOf(DriverException.class)
                .hasMessageMatching(".*(There is no such process|has ended).*");
    }

    @Test
    void aProcessMayEndWhileItIsOpen() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            process.kill(3);
            assertThat(process.await(SOON)).isTrue();
            assertThat(process.memory().readUpTo(live.told("text"), 16).length).isLessThan(17);
            assertThat(process.modules()).isNotNull();
            assertThat(process.threads()).isEmpty();
            assertThatThrownBy(() -> process.memory().write(live.told("text"), new byte[1]))
                    .isInstanceOf(DriverException.class);
            assertThatThrownBy(() -> RemoteCode.call(process, live.told("text"), 0, SOON))
                    .isInstanceOf(DriverException.class);
            assertThat(process.exitCode()).hasValue(3);
        }
    }

    @Test
    void aRefusalSaysWhatWouldHelp() {
        assertThat(Failures.of("OpenProcess 4", 5))
                .hasMessageContaining("OpenProcess 4")
                .hasMessageContaining("(error 5)")
                .hasMessageContaining("administrator")
                .hasMessageContaining("debug privilege")
                .hasMessageContaining("protected processes");
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId(), Access.LIMITED)) {
            assertThat(process.imagePath()).endsWithIgnoringCase("live-x64.exe");
            assertThat(process.memory().readUpTo(live.told("text"), 4)).isEmpty();
            assertThatThrownBy(() -> process.kill(1))
                    .isInstanceOfSatisfying(
                            DriverException.class, e -> assertThat(e.code()).isEqualTo(5));
            assertThat(live.isAlive()).isTrue();
        }
    }

    @Test
    void librariesOfTheOtherWidthAreRefused() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            Path wrong = Debuggee.onDriveC("probe", "x86");
            assertThatThrownBy(() -> RemoteCode.inject(process, wrong, SOON))
                    .isInstanceOf(DriverException.class)
                    .hasMessageContaining("X64");
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void namesMayBeOfAnyScript() throws IOException {
        String name = "\u0436\u0443\u043a-\u65e5\u672c-\u05d0\u05d1-\u00e9\ud83d\udc1e.exe";
        Path program = Path.of("C:\\oriel").resolve(name);
        Files.copy(Debuggee.onDriveC("live", "x64"), program, StandardCopyOption.REPLACE_EXISTING);
        var start = ProcessStart.of(List.of(program.toString(), "wait", "\u0e44\u0e17\u0e22"));
        try (ProcessStart.Started started = start.console(ProcessStart.Console.NONE).start()) {
            WindowsProcess process = started.process();
            try {
                while (process.modules().size() < 3) {
                    Thread.onSpinWait();
                }
                assertThat(SystemSnapshot.take().named("\u0416\u0423\u041a-*"))
                        .extracting(ProcessEntry::name)
                        .containsExactly(name);
                assertThat(process.imagePath()).endsWith(name);
                assertThat(process.block().commandLine().orElseThrow())
                        .endsWith("\u0e44\u0e17\u0e22");
                LoadedModule module = process.modules().get(0);
                assertThat(module.name()).isEqualTo(name);
                assertThat(process.memory().mappedFile(module.base()).orElseThrow()).endsWith(name);
            } finally {
                process.kill(0);
                process.await(SOON);
            }
        }
        Files.deleteIfExists(program);
    }

    @Test
    void regionsMayChangeWhileTheyAreRead() throws InterruptedException {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            ProcessMemory memory = process.memory();
            long place = memory.allocate(0x20_0000_0000L, 0x40000, Protection.READ_WRITE);
            var stop = new AtomicBoolean();
            var changer =
                    new Thread(
                            () -> {
                                while (!stop.get()) {
                                    memory.decommit(place + 0x10000, 0x10000);
                                    memory.protect(place, 0x1000, Protection.NO_ACCESS);
                                    memory.commit(place + 0x10000, 0x10000, Protection.READ_WRITE);
                                    memory.protect(place, 0x1000, Protection.READ_WRITE);
                                }
                            });
            changer.start();
            try {
                for (int i = 0; i < 100; i++) {
                    int got = memory.readUpTo(place, 0x40000).length;
                    assertThat(got & 0xfff).isZero();
                    assertThat(memory.map()).isNotEmpty();
                    assertThat(memory.readUpTo(place + 0x20000, 0x20000)).hasSize(0x20000);
                }
            } finally {
                stop.set(true);
                changer.join();
            }
        }
    }

    @Test
    void aFailureChangesNothing() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            ProcessMemory memory = process.memory();
            // Windows has threads of its own in each process.
            List<Long> threads = process.threads().stream().map(ThreadEntry::threadId).toList();
            long at = memory.allocate(0x20_0000_0000L, 0x10000, Protection.READ_WRITE);
            memory.protect(at + 0xf000, 0x1000, Protection.READ_ONLY);
            assertThatThrownBy(() -> memory.overwrite(at + 0xfff0, new byte[0x20]))
                    .isInstanceOf(DriverException.class);
            assertThat(memory.query(at + 0xf000).orElseThrow().protection())
                    .isEqualTo(Protection.READ_ONLY);
            memory.free(at);
            RemoteCode.run(process, new byte[] {(byte) 0xc3}, 0, SOON);
            assertThatThrownBy(() -> RemoteCode.inject(process, Path.of("C:\\none.dll"), SOON))
                    .isInstanceOf(DriverException.class);
            assertThat(memory.map())
                    .noneMatch(
                            r ->
                                    r.type() == MemoryRegion.Type.PRIVATE
                                            && r.protection() == Protection.EXECUTE_READ_WRITE);
            assertThat(process.threads())
                    .extracting(ThreadEntry::threadId)
                    .isNotEmpty()
                    .isSubsetOf(threads);
        }
    }

    @Test
    void tenThousandModulesAreListed() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            ProcessMemory memory = process.memory();
            int count = 10_000;
            long at = memory.allocate(0, 0x2000 + count * 0x80L, Protection.READ_WRITE);
            // A PEB whose Ldr is 0x100 behind it; names at 0x200; entries from 0x1000 on.
            var all = ByteBuffer.allocate(0x1000 + count * 0x80).order(ByteOrder.LITTLE_ENDIAN);
            all.putLong(0x18, at + 0x100);
            all.putLong(0x110, at + 0x1000);
            byte[] name = "C:\\many.dll".getBytes(StandardCharsets.UTF_16LE);
            all.position(0x200).put(name);
            for (int i = 0; i < count; i++) {
                int entry = 0x1000 + i * 0x80;
                all.putLong(entry, i + 1 < count ? at + entry + 0x80 : at + 0x110);
                all.putLong(entry + 0x30, 0x30_0000_0000L + i * 0x10000L);
                all.putInt(entry + 0x40, 0x1000);
                all.putShort(entry + 0x48, (short) name.length);
                all.putLong(entry + 0x50, at + 0x200);
            }
            memory.write(at, all.array());
            List<LoadedModule> modules =
                    LoaderList.read(memory, Architecture.X64, OptionalLong.of(at));
            assertThat(modules).hasSize(count);
            assertThat(modules.get(count - 1).base()).isEqualTo(0x30_0000_0000L + 0x270f_0000L);
            assertThat(modules.get(count - 1).name()).isEqualTo("many.dll");
            // A list that never comes back to its head ends all the same.
            memory.writeNumber(at + 0x1000 + (count - 1) * 0x80L, at + 0x1000, 8);
            assertThat(LoaderList.read(memory, Architecture.X64, OptionalLong.of(at)))
                    .hasSize(count);
        }
    }

    @Test
    void aHundredThousandHandlesAreListed() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            int count = 100_000;
            var copy = new long[1];
            long own = Kernel32.OpenProcess(0x1000, false, Kernel32.GetCurrentProcessId());
            for (int i = 0; i < count; i++) {
                int status = Ntdll.NtDuplicateObject(-1, own, process.handle(), copy, 0, 0, 2);
                assertThat(status).isNotNegative();
            }
            List<HandleInfo> handles = process.handles();
            assertThat(handles).hasSizeGreaterThan(count);
            assertThat(handles.stream().filter(h -> h.typeName().equals("Process")).count())
                    .isGreaterThanOrEqualTo(count);
            Kernel32.CloseHandle(own);
        }
    }
}
