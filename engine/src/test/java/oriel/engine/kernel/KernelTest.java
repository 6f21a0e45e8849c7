package oriel.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import oriel.engine.kernel.KnownOffset.Origin;
import oriel.engine.paging.PageTables;
import oriel.engine.paging.PagingMode;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.PhysicalMemory;
import oriel.testkit.KernelOffsets;
import oriel.testkit.KernelScenario;
import oriel.testkit.PagedImage;
import oriel.testkit.PagedImage.Tables;
import oriel.testkit.SyntheticImage;
import oriel.testkit.SyntheticKernel;

class KernelTest {
    private final KernelScenario scenario = new KernelScenario(Tables.X64);
    private final SyntheticKernel system = scenario.kernel();
    private final PagedImage image = system.memory();

    private static PhysicalMemory physical(PagedImage image) {
        return (pa, into, offset, length) -> {
            byte[] page = image.pages().get(pa >>> 12);
            int at = (int) (pa & 0xfff);
            int part = Math.min(length, 4096 - at);
            if (page == null) {
                return 0;
            }
            System.arraycopy(page, at, into, offset, part);
            return part;
        };
    }

    private KernelAccess access() {
        PhysicalMemory physical = physical(image);
        Memory memory = new PageTables(PagingMode.X64, physical, image.kernelRoot());
        return KernelAccess.of(Architecture.X64, memory)
                .withAddresses(
                        system.kernelBase(),
                        system.debuggerDataVa(),
                        system.modulesHead(),
                        system.processesHead())
                .withPhysical(physical, PagingMode.X64, image.kernelRoot())
                .withVersion(KernelScenario.BUILD, 2);
    }

    private Kernel open() {
        return Kernel.open(access(), Kernel.NO_SYMBOLS);
    }

    @Test
    void tablesOfTheKernel() {
        Kernel kernel = open();
        assertThat(kernel.base()).hasValue(system.kernelBase());
        assertThat(kernel.modules())
                .extracting(LoadedModule::name)
                .containsExactly("ntoskrnl.exe", "mydrv.sys");
        assertThat(kernel.kernelModule().orElseThrow().pdb()).isPresent();
        assertThat(kernel.buildLab()).contains("19041.1.synthetic.vb_release.191206-1406");
        assertThat(kernel.bugCheckData())
                .containsExactly(0xd1L, 0x10L, 2L, 0L, KernelScenario.DRIVER + 0x1004);
        assertThat(kernel.debugPrints()).contains("mydrv: loaded\nmydrv: about to read\n");
        assertThat(kernel.processors()).hasSize(2);
        assertThat(kernel.processors().get(0).irql()).hasValue(2);
        assertThat(kernel.processors().get(0).currentThreadVa())
                .isEqualTo(scenario.crashingThread());
        assertThat(kernel.diagnostics()).isEmpty();
    }

    @Test
    void processesAndThreads() {
        Kernel kernel = open();
        assertThat(kernel.processes())
                .extracting(KernelProcess::name)
                .containsExactly("System", "smss.exe", "app.exe");
        KernelProcess app = kernel.processes().get(2);
        assertThat(app.processId()).isEqualTo(0x5f8);
        assertThat(app.parentId()).hasValue(0x1a4);
        assertThat(app.created()).isPresent();
        assertThat(kernel.threads(kernel.processes().get(0)))
                .extracting(t -> t.ref().threadId())
                .containsExactly(0x3cL, 0x40L);
        KernelThread running = kernel.threads(app).get(0);
        assertThat(running.processor()).isEqualTo(OptionalInt.of(1));
        assertThat(running.registers().pc()).hasValue(KernelScenario.PROGRAM + 0x1010);
        assertThat(running.stateText()).contains("running");
        KernelThread waiting = kernel.threads(kernel.processes().get(1)).get(0);
        assertThat(waiting.stateText()).contains("waiting");
        assertThat(waiting.registers().pc()).hasValue(system.kernelBase() + 0x1a10);
        assertThat(kernel.currentThreads()).hasSize(2);
    }

    @Test
    void theUserHalfOfAProcess() {
        Kernel kernel = open();
        KernelProcess app = kernel.processes().get(2);
        assertThat(kernel.userModules(app))
                .extracting(LoadedModule::path)
                .containsExactly("C:\\app\\app.exe", "C:\\app\\ntdll.dll");
        Memory space = kernel.memoryOf(app).orElseThrow();
        assertThat(space.readUpTo(0x20000, 4)).isEqualTo(new byte[] {'o', 'n', 'l', 'y'});
        assertThat(kernel.access().memory().readUpTo(0x20000, 4)).isEmpty();
    }

    // Layouts

    @Test
    void offsetsOfAKnownBuildAreConfirmed() {
        KernelLayout layout = open().layout();
        assertThat(layout.offset(KernelField.PROCESS_LINKS))
                .contains(new KnownOffset(0x448, Origin.TABLE));
        assertThat(layout.offset(KernelField.THREAD_ID))
                .contains(new KnownOffset(0x478, Origin.TABLE));
        assertThat(layout.offset(KernelField.THREAD_TEB))
                .contains(new KnownOffset(0xf0, Origin.DEBUGGER_DATA));
    }

    @Test
    void offsetsOfAnUnknownBuildAreRecovered() {
        var other = new KernelScenario(Tables.X64, KernelOffsets.unknown64());
        PhysicalMemory physical = physical(other.kernel().memory());
        long root = other.kernel().memory().kernelRoot();
        Kernel kernel =
                Kernel.open(
                        KernelAccess.of(
                                        Architecture.X64,
                                        new PageTables(PagingMode.X64, physical, root))
                                .withAddresses(
                                        0,
                                        other.kernel().debuggerDataVa(),
                                        other.kernel().modulesHead(),
                                        0)
                                .withPhysical(physical, PagingMode.X64, root)
                                // The table's row of this build does not hold here.
                                .withVersion(KernelScenario.BUILD, 2),
                        Kernel.NO_SYMBOLS);
        assertThat(kernel.processes())
                .extracting(KernelProcess::name)
                .containsExactly("System", "smss.exe", "app.exe");
        assertThat(kernel.layout().offset(KernelField.PROCESS_LINKS))
                .contains(new KnownOffset(0x350, Origin.RECOVERED));
        assertThat(kernel.layout().offset(KernelField.PROCESS_NAME))
                .contains(new KnownOffset(0x4d8, Origin.RECOVERED));
        assertThat(kernel.layout().offset(KernelField.PROCESS_THREADS))
                .contains(new KnownOffset(0x38, Origin.RECOVERED));
        assertThat(kernel.layout().offset(KernelField.THREAD_LINKS))
                .contains(new KnownOffset(0x318, Origin.RECOVERED));
        assertThat(kernel.layout().offset(KernelField.THREAD_ID))
                .contains(new KnownOffset(0x498, Origin.RECOVERED));
        assertThat(kernel.threads(kernel.processes().get(0))).hasSize(2);
    }

    /** Addresses and offsets as a PDB would tell them. */
    private record Symbols(Map<String, Long> names) implements KernelSymbols {
        @Override
        public OptionalLong address(String name) {
            Long va = names.get(name);
            return va == null ? OptionalLong.empty() : OptionalLong.of(va);
        }

        @Override
        public OptionalLong offset(String type, String member) {
            return address(type + "." + member);
        }
    }

    @Test
    void symbolsCountMoreThanTheTable() {
        var symbols = new Symbols(Map.of("_EPROCESS.ActiveProcessLinks", 0x448L));
        Kernel kernel = Kernel.open(access(), module -> symbols);
        assertThat(kernel.layout().offset(KernelField.PROCESS_LINKS))
                .contains(new KnownOffset(0x448, Origin.SYMBOLS));
    }

    @Test
    void buildsOfArm64HaveRowsOfTheirOwn() {
        assertThat(BuildTable.row(Architecture.ARM64, 19045))
                .containsEntry(KernelField.PROCESS_LINKS, 0x400)
                .containsEntry(KernelField.THREAD_ID, 0x498);
        assertThat(BuildTable.row(Architecture.ARM64, 26100))
                .containsEntry(KernelField.PROCESS_NAME, 0x328);
        assertThat(BuildTable.row(Architecture.ARM64, 17134)).isEmpty();
    }

    // The debugger data block

    @Test
    void anEncodedBlockIsDecodedWithKeysFromSymbols() {
        long keys = system.allocate(0x100);
        long never = 0x123456789abcdef7L;
        long always = 0x0fedcba987654321L;
        image.put(keys, 8, never).put(keys + 8, 8, always);
        long block = system.debuggerDataVa();
        Memory plain = access().memory();
        for (int at = 0; at < 0x400; at += 8) {
            long word = plain.unsigned(block + at, 8).orElseThrow();
            long mixed = Long.reverseBytes(word ^ always) ^ (keys + 16);
            image.put(block + at, 8, Long.rotateRight(mixed, (int) (never & 63)) ^ never);
        }
        Kernel without = open();
        assertThat(without.debuggerData()).isEmpty();
        assertThat(without.diagnostics().toString()).contains("is encoded").contains("KiWaitNever");

        var symbols =
                new Symbols(
                        Map.of(
                                "KiWaitNever",
                                keys,
                                "KiWaitAlways",
                                keys + 8,
                                "KdpDataBlockEncoded",
                                keys + 16));
        Kernel kernel = Kernel.open(access(), module -> symbols);
        assertThat(kernel.debuggerData().orElseThrow().form()).isEqualTo(DebuggerData.Form.DECODED);
        assertThat(kernel.buildLab()).contains("19041.1.synthetic.vb_release.191206-1406");
    }

    @Test
    void theBlockIsFoundInTheImage() {
        Kernel kernel =
                Kernel.open(
                        KernelAccess.of(Architecture.X64, access().memory())
                                .withAddresses(system.kernelBase(), 0, 0, 0)
                                .withVersion(KernelScenario.BUILD, 2),
                        Kernel.NO_SYMBOLS);
        assertThat(kernel.debuggerData().orElseThrow().va()).isEqualTo(system.debuggerDataVa());
        assertThat(kernel.modules()).hasSize(2);
        assertThat(kernel.processes()).hasSize(3);
    }

    // Lies

    @Test
    void listsThatNeverEnd() {
        long first =
                access().memory().pointer(system.processesHead(), Architecture.X64).orElseThrow();
        // System points back to itself, smss.exe nowhere.
        long second = access().memory().pointer(first, Architecture.X64).orElseThrow();
        image.put(second, 8, second);
        long module =
                access().memory().pointer(system.modulesHead(), Architecture.X64).orElseThrow();
        image.put(module, 8, 0x1000);
        Kernel kernel = open();
        assertThat(kernel.processes()).hasSizeLessThan(4);
        assertThat(kernel.modules()).extracting(LoadedModule::name).contains("ntoskrnl.exe");
        assertThat(kernel.diagnostics().toString()).contains("circle").contains("breaks off");
    }

    @Test
    void memoryThatIsAllTheSame() {
        for (int fill : new int[] {0, 0x41, 0xff}) {
            Memory memory =
                    (va, into, offset, length) -> {
                        java.util.Arrays.fill(into, offset, offset + length, (byte) fill);
                        return length;
                    };
            Kernel kernel =
                    Kernel.open(
                            KernelAccess.of(Architecture.X64, memory)
                                    .withAddresses(-0x10000L, -0x8000L, -0x7000L, -0x6000L)
                                    .withVersion(19041, 8),
                            Kernel.NO_SYMBOLS);
            assertThat(kernel.processes()).isEmpty();
            assertThat(kernel.modules()).isEmpty();
            assertThat(kernel.processors()).isEmpty();
        }
    }

    @Test
    void clock() {
        long shared = 0xfffff78000000000L;
        image.put(shared + 0x08, 8, 36_000_000_000L).put(shared + 0x14, 8, KernelScenario.STOPPED);
        image.put(shared + 0x26c, 4, 10).put(shared + 0x270, 4, 0).put(shared + 0x260, 4, 19041);
        Kernel kernel = open();
        assertThat(kernel.uptime()).contains(Duration.ofHours(1));
        assertThat(kernel.time().map(Object::toString)).contains("2026-03-01T06:00:00Z");
        assertThat(kernel.version()).contains("10.0.19041");
    }

    @Test
    void whatPointsToADriver() {
        long driver = system.allocate(0x200);
        long device = system.allocate(0x200);
        long irp = system.allocate(0x200);
        image.put(driver, 2, 4).put(driver + 0x18, 8, KernelScenario.DRIVER);
        image.put(driver + 0x38, 2, 26).put(driver + 0x40, 8, driver + 0x100);
        byte[] name = "\\Driver\\mydrv".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        image.put(driver + 0x100, name);
        image.put(device, 2, 3).put(device + 8, 8, driver);
        image.put(irp, 2, 6).put(irp + 0x42, 1, 2).put(irp + 0x43, 1, 2);
        image.put(irp + 0xd0 + 0x48, 1, 0x16).put(irp + 0xd0 + 0x48 + 1, 1, 2);
        image.put(irp + 0xd0 + 0x48 + 0x28, 8, device);
        var objects = new IoObjects(access().memory(), Architecture.X64);
        Optional<IoObjects.Driver> found = objects.driverOfIrp(irp);
        assertThat(found).contains(new IoObjects.Driver("\\Driver\\mydrv", KernelScenario.DRIVER));
        assertThat(objects.driverOfIrp(device)).isEmpty();
        assertThat(objects.driverOfDevice(0)).isEmpty();
    }

    @Test
    void whatIsInObjectsOfTheIoManager() {
        long driver = system.allocate(0x200);
        long device = system.allocate(0x200);
        long second = system.allocate(0x200);
        long irp = system.allocate(0x200);
        image.put(driver, 2, 4).put(driver + 0x18, 8, KernelScenario.DRIVER);
        image.put(driver + 8, 8, device).put(driver + 0x20, 4, 0x8000).put(driver + 0x68, 8, 77);
        image.put(driver + 0x70 + 8 * 0xe, 8, KernelScenario.DRIVER + 0x1000);
        image.put(device, 2, 3).put(device + 8, 8, driver).put(device + 0x10, 8, second);
        image.put(device + 0x18, 8, second).put(device + 0x30, 4, 0x40).put(device + 0x48, 4, 0x22);
        image.put(device + 0x4c, 1, 3).put(device + 4, 4, 5).put(device + 0x40, 8, 0x1234);
        // A list that runs in a circle.
        image.put(second, 2, 3).put(second + 8, 8, driver).put(second + 0x10, 8, device);
        image.put(irp, 2, 6).put(irp + 0x42, 1, 3).put(irp + 0x43, 1, 2).put(irp + 0x10, 4, 0x60);
        image.put(irp + 0x30, 4, 0xc00000bbL).put(irp + 0x38, 8, 9).put(irp + 0x40, 1, 1);
        image.put(irp + 0x41, 1, 1).put(irp + 0x98, 8, 0x77).put(irp + 0x68, 8, 0x88);
        long place = irp + 0xd0 + 0x48;
        image.put(place, 1, 0xe).put(place + 3, 1, 1).put(place + 8, 8, 0x100);
        image.put(place + 0x18, 8, 0x222000).put(place + 0x28, 8, device).put(place + 0x38, 8, 66);
        var details = new IoDetails(access().memory(), Architecture.X64);
        IoDetails.Irp found = details.irp(irp).orElseThrow();
        assertThat(found.status()).isEqualTo(0xc00000bb);
        assertThat(found.information()).isEqualTo(9);
        assertThat(found.userMode() && found.pending() && !found.cancelled()).isTrue();
        assertThat(found.threadVa()).isEqualTo(0x77);
        assertThat(found.cancelRoutineVa()).isEqualTo(0x88);
        assertThat(found.locations()).hasSize(3);
        IoDetails.Location here = found.locations().get(1);
        assertThat(here.current()).isTrue();
        assertThat(here.majorFunction()).isEqualTo(0xe);
        assertThat(here.arguments()).containsExactly(0x100L, 0L, 0x222000L, 0L);
        assertThat(here.deviceVa()).isEqualTo(device);
        assertThat(here.completionVa()).isEqualTo(66);
        IoDetails.Driver of = details.driver(driver).orElseThrow();
        assertThat(of.devices()).containsExactly(device, second);
        assertThat(of.imageSizeBytes()).isEqualTo(0x8000);
        assertThat(of.unloadVa()).isEqualTo(77);
        assertThat(of.handlers()).hasSize(28);
        assertThat(of.handlers().get(0xe)).isEqualTo(KernelScenario.DRIVER + 0x1000);
        IoDetails.Device one = details.device(device).orElseThrow();
        assertThat(one.attachedVa()).isEqualTo(second);
        assertThat(one.references()).isEqualTo(5);
        assertThat(one.stackSize()).isEqualTo(3);
        assertThat(one.deviceType()).isEqualTo(0x22);
        assertThat(one.extensionVa()).isEqualTo(0x1234);
        assertThat(details.device(irp)).isEmpty();
        assertThat(details.irp(0x1000)).isEmpty();
        assertThat(details.driver(device)).isEmpty();
    }

    /** Where a Windows 10 has headers of objects, as its PDB would tell. */
    private static KernelSymbols objectSymbols(long table, boolean cookie) {
        Map<String, Long> offsets =
                Map.of(
                        "_OBJECT_HEADER.Body", 0x30L,
                        "_OBJECT_HEADER.TypeIndex", 0x18L,
                        "_OBJECT_HEADER.InfoMask", 0x1aL,
                        "_OBJECT_TYPE.Name", 0x10L);
        Map<String, Long> addresses =
                Map.of(
                        "ObTypeIndexTable", table,
                        "ObpInfoMaskToOffset", table + 0x100,
                        "ObHeaderCookie", table + 0x140);
        return new KernelSymbols() {
            @Override
            public OptionalLong address(String name) {
                Long va = name.equals("ObHeaderCookie") && !cookie ? null : addresses.get(name);
                return va == null ? OptionalLong.empty() : OptionalLong.of(va);
            }

            @Override
            public OptionalLong offset(String type, String member) {
                Long at = offsets.get(type + "." + member);
                return at == null ? OptionalLong.empty() : OptionalLong.of(at);
            }
        };
    }

    private long text(long va, String text) {
        long buffer = system.allocate(2 * text.length());
        image.put(buffer, text.getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
        image.put(va, 2, 2L * text.length()).put(va + 8, 8, buffer);
        return va;
    }

    @Test
    void whatTheObjectManagerKnowsOfAnObject() {
        long table = system.allocate(0x200);
        long type = system.allocate(0x100);
        text(type + 0x10, "Device");
        long block = system.allocate(0x200);
        long header = block + 0x40;
        image.put(table + 8 * 5, 8, type).put(table + 0x102, 1, 0x20).put(table + 0x103, 1, 0x40);
        image.put(table + 0x140, 1, 0x5a);
        image.put(header, 8, 3).put(header + 8, 8, 1).put(header + 0x1a, 1, 2);
        image.put(header - 0x20, 8, 0xabc);
        text(header - 0x18, "Harddisk0");
        for (boolean cookie : new boolean[] {true, false}) {
            image.put(header + 0x18, 1, cookie ? 5 ^ 0x5a ^ (header >>> 8 & 0xff) : 5);
            var objects =
                    new KernelObjects(
                            access().memory(), Architecture.X64, objectSymbols(table, cookie));
            assertThat(objects.isPossible()).isTrue();
            assertThat(objects.object(header + 0x30))
                    .contains(
                            new KernelObjects.KernelObject(
                                    header, 3, 1, type, "Device", "Harddisk0", 0xabc));
            assertThat(objects.object(table + 0x30)).isEmpty();
            assertThat(objects.object(0x1000)).isEmpty();
        }
        var none = new KernelObjects(access().memory(), Architecture.X64, KernelSymbols.NONE);
        assertThat(none.isPossible()).isFalse();
        assertThat(none.object(header + 0x30)).isEmpty();
    }

    // 32 bits

    @Test
    void a32BitKernel() {
        var x86 = new SyntheticKernel(Tables.PAE, 0x14c, KernelOffsets.x86());
        x86.driver(
                new SyntheticImage(0x14c, "ntkrnlpa.exe", 0x10000, 5),
                x86.kernelBase(),
                "\\SystemRoot\\system32\\ntkrnlpa.exe");
        PagedImage pages = x86.memory();
        long process = x86.process(4, 0, "System", pages.kernelRoot(), KernelScenario.STOPPED);
        x86.thread(process, 8, x86.kernelBase() + 0x1000);
        x86.thread(process, 12, x86.kernelBase() + 0x1000);
        PhysicalMemory physical = physical(pages);
        var memory = new PageTables(PagingMode.PAE, physical, pages.kernelRoot());
        Kernel kernel =
                Kernel.open(
                        KernelAccess.of(Architecture.X86, memory)
                                .withAddresses(0, x86.debuggerDataVa(), x86.modulesHead(), 0)
                                .withPhysical(physical, PagingMode.PAE, pages.kernelRoot())
                                .withVersion(7601, 1),
                        Kernel.NO_SYMBOLS);
        assertThat(kernel.modules()).extracting(LoadedModule::name).contains("ntkrnlpa.exe");
        assertThat(kernel.processes()).extracting(KernelProcess::name).containsExactly("System");
        assertThat(kernel.layout().offset(KernelField.PROCESS_LINKS))
                .contains(new KnownOffset(0xb8, Origin.TABLE));
        assertThat(kernel.threads(kernel.processes().get(0)))
                .extracting(t -> t.ref().threadId())
                .containsExactly(8L, 12L);
    }
}
