package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.driver.DriverException;
import oriel.model.AddressRange;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;

/** The parts of Windows beside processes and their memory. */
@Timeout(600)
@NeedsWindows
class SystemPartsTest {
    @Test
    void findsAndChangesWindows() {
        try (Debuggee live = Debuggee.start("window");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            live.waitFor("window=");
            assumeFalse(live.told("window") == 0, "no windows can be shown here");
            DesktopWindow window =
                    process.windows().stream()
                            .filter(w -> w.className().equals("OrielLive"))
                            .findFirst()
                            .orElseThrow();
            assertThat(window).isEqualTo(new DesktopWindow(live.told("window")));
            assertThat(window.text()).isEqualTo("Oriel window");
            assertThat(window.processId()).isEqualTo(live.processId());
            assertThat(window.threadId()).isEqualTo(live.told("thread"));
            assertThat(window.area()).hasValue(new WindowArea(10, 20, 300, 200));
            assertThat(window.isVisible()).isTrue();
            assertThat(window.isChild()).isFalse();
            assertThat(window.parent()).isEmpty();
            DesktopWindow button = window.children().get(0);
            assertThat(button.className()).isEqualToIgnoringCase("Button");
            assertThat(button.text()).isEqualTo("Press");
            assertThat(button.isChild()).isTrue();
            assertThat(button.parent()).hasValue(window);
            assertThat(button.root()).hasValue(window);
            assertThat(window.childAt(6, 6, true)).hasValue(button);
            int[] corner = window.toScreen(0, 0);
            assertThat(window.toClient(corner[0], corner[1])).containsExactly(0, 0);
            window.text("N\u00e4me \u65e5");
            assertThat(TopLevelWindows.find("OrielLive", "N\u00e4me \u65e5")).hasValue(window);
            window.move(new WindowArea(5, 6, 210, 120));
            assertThat(window.area()).hasValue(new WindowArea(5, 6, 210, 120));
            assertThat(window.restoredArea()).isEqualTo(window.area());
            var other = new WindowArea(7, 8, 220, 130);
            if (SystemFacts.isWine()) {
                // Wine places only windows of the calling process.
                assertThatThrownBy(() -> window.restoredArea(other))
                        .isInstanceOf(DriverException.class);
            } else {
                window.restoredArea(other);
                assertThat(window.area()).hasValue(other);
            }
            window.move(new WindowArea(5, 6, 210, 120));
            // WM_USER + 7 adds its parameters.
            assertThat(window.send(0x407, 30, 12, Duration.ofSeconds(240))).hasValue(42);
            button.enable(false);
            assertThat(button.isEnabled()).isFalse();
            assertThat(window.clientArea().orElseThrow().width()).isBetween(1, 210);
            assertThat(button.style() & 0x4000_0000).as("WS_CHILD").isNotZero();
            assertThat(window.extendedStyle()).isNotNegative();
            assertThat(TopLevelWindows.desktop()).isPresent();
            assertThat(TopLevelWindows.foreground().map(DesktopWindow::isValid).orElse(true))
                    .isTrue();
            assertThat(TopLevelWindows.shell().map(DesktopWindow::isValid).orElse(true)).isTrue();
            assertThat(TopLevelWindows.at(10, 12).map(DesktopWindow::isValid).orElse(true))
                    .isTrue();
            window.show(DesktopWindow.Showing.MINIMIZED);
            waitUntil(window::isMinimized);
            window.show(DesktopWindow.Showing.MAXIMIZED);
            waitUntil(window::isMaximized);
            window.show(DesktopWindow.Showing.HIDDEN);
            waitUntil(() -> !window.isVisible());
            // WM_NULL
            window.post(0, 0, 0);
            window.close();
            assertThat(live.exitCode()).isEqualTo(5);
            assertThat(window.isValid()).isFalse();
            assertThat(window.area()).isEmpty();
        }
    }

    private static void waitUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void findsFilesAsLibrariesAreFound() {
        assertThat(SearchPath.find("kernel32", ".dll").orElseThrow())
                .endsWithIgnoringCase("\\system32\\kernel32.dll");
        assertThat(SearchPath.find("no such library", ".dll")).isEmpty();
    }

    @Test
    void startsProgramsWithLessTrust() {
        String program = Debuggee.onDriveC("live", "x64").toString();
        for (ProcessStart.Trust trust : ProcessStart.Trust.values()) {
            var start = ProcessStart.of(List.of(program, "exit", "12")).trust(trust);
            if (SystemFacts.isWine() && trust != ProcessStart.Trust.FULL) {
                // Wine computes tokens that are none.
                assertThatThrownBy(start::start).isInstanceOf(DriverException.class);
                continue;
            }
            try (ProcessStart.Started started = start.console(ProcessStart.Console.NONE).start()) {
                assertThat(started.process().await(Duration.ofSeconds(240))).isTrue();
                assertThat(started.process().exitCode()).hasValue(12);
            }
        }
    }

    @Test
    void hasWindowsWriteADump() throws IOException {
        Path file = Files.createTempFile("oriel", ".dmp");
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            SystemDump.write(process, file, SystemDump.NORMAL);
            assertThat(Files.readAllBytes(file)).startsWith('M', 'D', 'M', 'P');
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void servicesThatDoNotRunCannotBePaused() {
        ServiceEntry service = WindowsServices.find("StiSvc").orElse(null);
        assumeFalse(service == null || service.processId() != 0, "no idle service to try");
        assertThatThrownBy(
                        () ->
                                WindowsServices.pause(
                                        service.name(), Duration.ofSeconds(240), state -> {}))
                .isInstanceOf(DriverException.class);
    }

    @Test
    void listsServices() {
        List<ServiceEntry> services = WindowsServices.list();
        assertThat(services).isNotEmpty();
        ServiceEntry first = services.get(0);
        assertThat(WindowsServices.find(first.displayName())).isPresent();
        assertThat(WindowsServices.find(first.name().toUpperCase(java.util.Locale.ROOT)))
                .hasValueSatisfying(s -> assertThat(s.name()).isEqualTo(first.name()));
        assertThat(WindowsServices.listWithDrivers()).hasSizeGreaterThanOrEqualTo(services.size());
        assertThatThrownBy(
                        () ->
                                WindowsServices.start(
                                        "NoSuchService", List.of(), Duration.ofSeconds(1), s -> {}))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.code()).isEqualTo(1060));
    }

    @Test
    void startsAndStopsAService() {
        // Any service that needs nothing does.
        ServiceEntry service = WindowsServices.find("StiSvc").orElse(null);
        assumeFalse(service == null || service.processId() != 0, "no idle service to try");
        var states = new ArrayList<ServiceEntry.State>();
        ServiceEntry running =
                WindowsServices.start(
                        service.displayName(),
                        List.of("a", "b"),
                        Duration.ofSeconds(240),
                        states::add);
        assertThat(running.state()).isEqualTo(ServiceEntry.State.RUNNING);
        assertThat(states).endsWith(ServiceEntry.State.RUNNING);
        ServiceEntry stopped =
                WindowsServices.stop(service.name(), Duration.ofSeconds(240), states::add);
        assertThat(stopped.state()).isEqualTo(ServiceEntry.State.STOPPED);
    }

    @Test
    void putsPrivilegesInForce() {
        assertThat(Privileges.held()).isNotEmpty();
        if (Privileges.enable(Privileges.DEBUG)) {
            assertThat(Privileges.held()).contains(new Privileges.Held(Privileges.DEBUG, true));
            Privileges.disable(Privileges.DEBUG);
            assertThat(Privileges.held()).contains(new Privileges.Held(Privileges.DEBUG, false));
        }
        assertThatThrownBy(() -> Privileges.enable("SeNothing"))
                .isInstanceOf(DriverException.class);
        assertThat(Privileges.isElevated()).isIn(true, false);
    }

    @Test
    void sharesAtoms() {
        int atom = GlobalAtoms.add("OrielAtom");
        assertThat(GlobalAtoms.list()).contains(new GlobalAtoms.Atom(atom, "OrielAtom"));
        GlobalAtoms.remove(atom);
        assertThat(GlobalAtoms.text(atom)).isEmpty();
    }

    @Test
    void readsVersions() {
        FileVersion version = FileVersion.of("C:\\windows\\system32\\kernel32.dll").orElseThrow();
        assertThat(version.kindWords()).isEqualTo("dynamic link library");
        assertThat(version.file()).matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
        assertThat(version.strings()).containsKey("FileDescription");
        assertThat(FileVersion.of("C:\\oriel\\nothing.dll")).isEmpty();
    }

    @Test
    void listsHeaps() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            List<ProcessHeap> heaps = process.heaps();
            assertThat(heaps).anyMatch(ProcessHeap::isDefault);
            long text = live.told("heap");
            assertThat(heaps).anyMatch(h -> h.regions().stream().anyMatch(r -> r.contains(text)));
            assertThat(heaps.get(0).committedBytes()).isPositive();
            assertThat(blockOf(process, text).range().sizeBytes()).isGreaterThanOrEqualTo(64);
        }
    }

    @Test
    @NeedsWindows(with32Bit = true)
    void listsHeapsOf32BitPrograms() {
        try (Debuggee live = Debuggee.start32("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            assertThat(blockOf(process, live.told("heap")).range().sizeBytes())
                    .isGreaterThanOrEqualTo(64);
        }
    }

    /** The block of the first heap that begins at an address and is in use. */
    private static HeapBlock blockOf(WindowsProcess process, long va) {
        List<HeapBlock> blocks = process.heaps().get(0).blocks(process);
        assertThat(blocks).hasSizeGreaterThan(10);
        return blocks.stream()
                .filter(b -> b.isUsed() && b.range().start() == va)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void listsDriversAndPolicies() {
        // Wine loads drivers into programs, so that the kernel has none.
        assertThat(DeviceDrivers.list()).allMatch(d -> !d.path().isEmpty());
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            assertThat(process.mitigations().values()).allMatch(bits -> bits >= 0);
            assertThat(process.handles()).anyMatch(h -> h.typeName().equals("Thread"));
        }
    }

    @Test
    void followsWaitsWhereTheSystemDoes() {
        try (Debuggee live = Debuggee.start("wait")) {
            WaitChain chain = WaitChain.of(live.told("thread"));
            assertThat(chain.nodes().get(0).threadId()).isEqualTo(live.told("thread"));
            assertThat(chain.isDeadlock()).isFalse();
        } catch (DriverException e) {
            assertThat(e.call()).contains("ThreadWaitChain");
        }
    }

    @Test
    void waitsAreTakenApart() {
        // Thread 12 of process 10 is blocked; it wants a mutex that thread 16 of process 14 has.
        try (var answer = new Memory(3 * 280)) {
            answer.clear();
            answer.write(0, new int[] {8, 3, 10, 12}, 0, 4);
            answer.write(280, new int[] {3, 8}, 0, 2);
            answer.setWideString(288, "Global\\m\u00fctex");
            answer.write(560, new int[] {8, 2, 14, 16}, 0, 4);
            assertThat(WaitChain.nodes(answer, 3))
                    .containsExactly(
                            new WaitChain.Node(WaitChain.Kind.THREAD, 3, 10, 12, ""),
                            new WaitChain.Node(WaitChain.Kind.MUTEX, 8, 0, 0, "Global\\m\u00fctex"),
                            new WaitChain.Node(WaitChain.Kind.THREAD, 2, 14, 16, ""));
        }
    }

    @Test
    @NeedsWindows(with32Bit = true)
    void readsHandlersOf32BitThreads() {
        try (Debuggee live = Debuggee.start32("wait");
                WindowsProcess process = WindowsProcess.open(live.processId());
                WindowsThread thread = WindowsThread.open(process, live.told("thread"))) {
            List<SehChain.Handler> chain = thread.exceptionHandlers();
            assertThat(chain).isNotEmpty();
            assertThat(chain).allMatch(h -> thread.stack().contains(h.recordVa()));
            assertThat(chain)
                    .allMatch(
                            h -> process.memory().isExecutable(new AddressRange(h.handlerVa(), 1)));
            assertThat(process.heaps()).anyMatch(ProcessHeap::isDefault);
        }
    }

    @Test
    void startsProgramsThroughTheShell() {
        String program = Debuggee.onDriveC("live", "x64").toString();
        try (WindowsProcess process = ShellStart.elevated(program, List.of("exit", "11"))) {
            assertThat(process.await(Duration.ofSeconds(240))).isTrue();
            assertThat(process.exitCode()).hasValue(11);
        }
        assertThatThrownBy(() -> ShellStart.elevated("C:\\oriel\\nothing.exe", List.of()))
                .isInstanceOf(DriverException.class);
        // Wine has no packaged apps, and nobody has this one.
        assertThatThrownBy(
                        () ->
                                ShellStart.packagedApp(
                                        "Oriel.Nothing_0!App",
                                        "",
                                        ShellStart.AppOption.NO_ERROR_DIALOG))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.code()).isNegative());
    }

    @Test
    void endsProcessesInEveryWay() {
        for (Termination.Way way : Termination.Way.values()) {
            try (Debuggee live = Debuggee.start("wait");
                    WindowsProcess process = WindowsProcess.open(live.processId())) {
                assertThat(Termination.end(process, List.of(way), 9, Duration.ofSeconds(240)))
                        .isEqualTo(way);
                if (way != Termination.Way.DEBUGGER) {
                    assertThat(process.exitCode()).hasValue(9);
                }
            }
        }
        assertThat(Arrays.asList(Termination.Way.values())).hasSize(3);
    }
}
