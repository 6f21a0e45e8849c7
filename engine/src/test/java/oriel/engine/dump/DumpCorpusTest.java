package oriel.engine.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.bytes.FormatException;
import oriel.model.AddressRange;
import oriel.model.Annotation;
import oriel.model.Architecture;
import oriel.model.Assertion;
import oriel.model.HandleInfo;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.SystemInfo.Platform;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** Real dumps with what is known to be true of them. */
@NeedsCorpus
class DumpCorpusTest {
    private static final String BREAKPAD = "breakpad/minidumps/";
    private static final String RUST = "rust-minidump/";
    private static final String LLDB = "llvm/lldb/test/";
    private static final int ACCESS_VIOLATION = 0xc0000005;

    private static DumpTarget open(String file) throws IOException {
        return open(file, DumpOptions.DEFAULT);
    }

    private static DumpTarget open(String file, DumpOptions options) throws IOException {
        return DumpTarget.open(Corpus.file(file), options);
    }

    private static TargetException exception(DumpTarget target) {
        return target.exception().orElseThrow();
    }

    private static TargetThread crashed(DumpTarget target) {
        return target.thread(exception(target).thread().threadId()).orElseThrow();
    }

    private static void registers(RegisterSet registers, String expected) {
        for (String pair : expected.split(" ")) {
            String[] parts = pair.split("=");
            assertThat(registers.value(parts[0]))
                    .as(parts[0])
                    .hasValue(Long.parseUnsignedLong(parts[1], 16));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BREAKPAD + "minidump2.dmp", RUST + "test.dmp"})
    void windowsXp(String file) throws IOException {
        DumpTarget target = open(file);
        assertThat(target.system().platform()).isEqualTo(Platform.WINDOWS);
        assertThat(target.system().version()).isEqualTo("5.1.2600");
        assertThat(target.system().servicePack()).isEqualTo("Service Pack 2");
        assertThat(target.system().cpu()).isEqualTo("GenuineIntel family 6 model 13 stepping 8");
        assertThat(target.system().processors()).hasValue(1);
        assertThat(exception(target).code()).isEqualTo(ACCESS_VIOLATION);
        assertThat(exception(target).parameters()).containsExactly(1L, 0x45L);
        assertThat(crashed(target).ref().threadId()).isEqualTo(3060);
        registers(
                crashed(target).registers(),
                "eip=40429e esp=12fe84 ebp=12fe88 ebx=7c80abc1 esi=2 edi=a28 eax=45 ecx=12fe94"
                        + " edx=42bc58 efl=10246");
        assertThat(target.modules()).hasSize(13);
        LoadedModule kernel32 = target.moduleAt(0x7c816fd7L).orElseThrow();
        assertThat(kernel32.name()).isEqualTo("kernel32.dll");
        assertThat(kernel32.version().orElseThrow()).hasToString("5.1.2600.2945");
        assertThat(kernel32.pdb().orElseThrow().key())
                .isEqualTo("BCE8785C57B44245A669896B6A19B9542");
        assertThat(target.process().created()).contains(Instant.parse("2007-02-14T19:13:55Z"));
        assertThat(target.diagnostics()).isEmpty();
    }

    @Test
    void addressesOf32BitDumpsAreCut() throws IOException {
        DumpTarget target = open(BREAKPAD + "minidump_32bit_crash_addr.dmp");
        assertThat(exception(target).parameters()).containsExactly(1L, 0x45L);
        assertThat(exception(target).address()).isEqualTo(0x40429e);
    }

    @Test
    void threadNames() throws IOException {
        DumpTarget target = open(BREAKPAD + "thread_name_list.dmp");
        assertThat(target.thread(6564).orElseThrow().name()).contains("main thread");
        assertThat(target.thread(8820).orElseThrow().name()).contains("sleep thread");
        assertThat(crashed(target).ref().threadId()).isEqualTo(10976);
        assertThat(crashed(target).name()).contains("overflow thread");
        assertThat(target.system().version()).isEqualTo("10.0.17763");
    }

    @Test
    void fastFail() throws IOException {
        DumpTarget target = open(BREAKPAD + "tiny-exe-fastfail.dmp");
        assertThat(target.architecture()).isEqualTo(Architecture.X64);
        assertThat(exception(target).code()).isEqualTo(0xc0000409);
        assertThat(target.threads()).hasSize(4);
        assertThat(exception(target).parameters().get(0)).isEqualTo(7);
    }

    @Test
    void contextsWithXsaveAreas() throws IOException {
        DumpTarget x64 = open(BREAKPAD + "tiny-exe-with-cet-xsave.dmp");
        assertThat(x64.system().version()).isEqualTo("10.0.22000");
        assertThat(x64.threads()).hasSize(1);
        assertThat(x64.exception()).isEmpty();
        assertThat(x64.threads().get(0).registers().value("ssp")).hasValue(0xcbc83fefc8L);
        assertThat(x64.regions()).hasSize(557);

        DumpTarget x86 = open(BREAKPAD + "tiny-exe-with-cet-xsave-x86.dmp");
        assertThat(x86.system().version()).isEqualTo("10.0.22631");
        assertThat(x86.threads()).hasSize(3);
        assertThat(x86.exception()).isEmpty();
        assertThat(x86.threads().get(0).registers().pc()).isPresent();
        assertThat(x86.threads().get(0).registers().value("ssp")).isEmpty();
        assertThat(x86.annotations()).extracting(Annotation::group).contains("machine memory");
    }

    @Test
    void theProcessorsOwnAddressIsKeptForNonCanonicalAccesses() throws IOException {
        DumpTarget target = open(BREAKPAD + "write_av_non_canonical.dmp");
        assertThat(exception(target).parameters()).containsExactly(0L, -1L);
        assertThat(target.system().cpu()).isEqualTo("family 23 model 49 stepping 0");
    }

    @Test
    void stackOverflow() throws IOException {
        DumpTarget target = open(BREAKPAD + "stack_exhaustion.dmp");
        assertThat(exception(target).code()).isEqualTo(0xc00000fd);
        assertThat(crashed(target).stack().sizeBytes()).isGreaterThan(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ascii_read_av",
                "ascii_read_av_block_write",
                "ascii_read_av_clobber_write",
                "ascii_read_av_conditional",
                "ascii_read_av_then_jmp",
                "ascii_read_av_xchg_write",
                "ascii_write_av",
                "ascii_write_av_arg_to_call",
                "exec_av_on_stack",
                "null_read_av",
                "null_write_av",
                "read_av_clobber_write",
                "read_av_conditional",
                "read_av_non_null",
                "write_av_non_null"
            })
    void accessViolations(String name) throws IOException {
        DumpTarget target = open(BREAKPAD + name + ".dmp");
        assertThat(target.architecture()).isEqualTo(Architecture.X86);
        assertThat(exception(target).code()).isEqualTo(ACCESS_VIOLATION);
        long kind = name.contains("exec") ? 8 : name.contains("write_av") ? 1 : 0;
        assertThat(exception(target).parameters().get(0)).isEqualTo(kind);
        if (name.startsWith("ascii")) {
            assertThat(exception(target).parameters().get(1)).isEqualTo(0x41414141);
        }
        if (name.startsWith("null")) {
            assertThat(exception(target).parameters().get(1)).isZero();
        }
        long pc = crashed(target).registers().pc().orElseThrow();
        assertThat(pc).isEqualTo(exception(target).address());
        assertThat(target.memory().readUpTo(pc, 16)).hasSize(16);
        assertThat(target.diagnostics()).isEmpty();
    }

    @Test
    void assertion() throws IOException {
        DumpTarget target = open(RUST + "invalid-parameter.dmp");
        assertThat(target.assertion().map(Assertion::kind))
                .contains(Assertion.Kind.INVALID_PARAMETER);
        assertThat(exception(target).code()).isEqualTo(0xc000000d);
        assertThat(target.threads()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid-range.dmp", "invalid-record-count.dmp"})
    void hostileHeaders(String name) {
        assertThatThrownBy(() -> open(RUST + name))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(name + "+0x");
    }

    @Test
    void dumpsThatAreNotFromWindows() throws IOException {
        DumpTarget linux = open(RUST + "linux-mini.dmp");
        assertThat(linux.system().platform()).isEqualTo(Platform.LINUX);
        assertThat(linux.diagnostics().toString()).contains("not from Windows (linux)");
        assertThat(linux.process().commandLine()).contains("./crash");
        assertThat(linux.process().processId()).hasValue(1304);
        assertThat(linux.threads().get(0).registers().pc()).isPresent();
        assertThat(linux.modules()).hasSize(8);

        DumpTarget crashpad = open(RUST + "simple-crashpad.dmp");
        assertThat(crashpad.system().platform()).isEqualTo(Platform.MACOS);
        assertThat(crashpad.annotations()).extracting(Annotation::group).contains("crashpad");
        assertThat(open(RUST + "pipeline-inlines-macos-segv.dmp").threads()).hasSize(11);
        DumpTarget ios = open(BREAKPAD + "minidump_crashpad_annotation.dmp");
        assertThat(ios.system().platform()).isEqualTo(Platform.IOS);
        assertThat(ios.modules()).hasSize(354);
        assertThat(ios.annotations()).anyMatch(a -> a.group().startsWith("crashpad "));
    }

    @Test
    void sentry() throws IOException {
        DumpTarget target = open("sentry/symbolicator/windows.dmp");
        assertThat(target.system().version()).isEqualTo("10.0.14393");
        assertThat(crashed(target).ref().threadId()).isEqualTo(1636);
        assertThat(crashed(target).registers().pc()).hasValue(0x2a2a3d);
        assertThat(exception(target).parameters()).containsExactly(1L, 0x45L);
        assertThat(target.threads()).hasSize(4);
    }

    @Test
    void imageOfAnotherFolderCompletesTheDump() throws IOException {
        Path images = Corpus.file("sentry/windows");
        DumpTarget target =
                open(
                        "sentry/symbolicator/windows.dmp",
                        DumpOptions.DEFAULT.withImagePath(List.of(images)));
        LoadedModule crash = target.modules().get(0);
        assertThat(target.readableRanges()).noneMatch(r -> r.contains(crash.base()));
        assertThat(target.memory().readUpTo(crash.base(), 2)).containsExactly('M', 'Z');
        long pc = crashed(target).registers().pc().orElseThrow();
        byte[] fromDump = target.memory().readUpTo(pc, 16);
        AddressRange around =
                target.readableRanges().stream()
                        .filter(r -> r.contains(pc))
                        .findFirst()
                        .orElseThrow();
        assertThat(fromDump).hasSize(16);
        // Relocated code of the file continues the code of the dump.
        assertThat(target.memory().readUpTo(around.end() - 8, 16)).hasSize(16);
        assertThat(target.diagnostics()).isEmpty();
    }

    @Test
    void lldbSamples() throws IOException {
        DumpTarget sigsegv = open(LLDB + "Shell/Minidump/Windows/Sigsegv/Inputs/sigsegv.dmp");
        assertThat(sigsegv.threads()).hasSize(1);
        assertThat(sigsegv.modules()).hasSize(4);
        assertThat(exception(sigsegv).code()).isEqualTo(ACCESS_VIOLATION);
        assertThat(exception(sigsegv).address()).isEqualTo(0x7ff7a13110d9L);

        DumpTarget noHeap =
                open(LLDB + "API/functionalities/postmortem/minidump/fizzbuzz_no_heap.dmp");
        assertThat(noHeap.process().processId()).hasValue(4440);
        assertThat(noHeap.threads()).hasSize(1);
        assertThat(exception(noHeap).code()).isEqualTo(ACCESS_VIOLATION);
        assertThat(crashed(noHeap).registers().pc()).hasValue(0x164d14);

        DumpTarget regions =
                open("llvm/lldb/unittests/Process/minidump/Inputs/regions-memlist64.dmp");
        assertThat(regions.readableRanges()).hasSize(2);
    }

    @Test
    void wow64() throws IOException {
        String file = LLDB + "API/functionalities/postmortem/wow64_minidump/fizzbuzz_wow64.dmp";
        DumpTarget target = open(file);
        assertThat(target.architecture()).isEqualTo(Architecture.X86);
        assertThat(target.system().machine()).contains(Architecture.X64);
        assertThat(target.process().processId()).hasValue(7836);
        assertThat(target.process().commandLine()).contains("fizzbuzz");
        assertThat(target.exception()).isEmpty();
        TargetThread thread = target.threads().get(0);
        registers(
                thread.registers(),
                "eax=0 ebx=37f608 ecx=e61578 edx=8 edi=0 esi=2 ebp=37f654 esp=37f5b8 eip=77ce01fd"
                        + " efl=246");
        assertThat(thread.stack()).isEqualTo(AddressRange.between(0x37f5b8, 0x380000));
        assertThat(target.moduleAt(0x77ce01fdL).orElseThrow().path())
                .isEqualTo("C:\\Windows\\SysWOW64\\ntdll.dll");
        assertThat(target.modules()).noneMatch(m -> m.name().startsWith("wow64"));
        var ranges = target.readableRanges();
        assertThat(ranges.get(0).start()).isEqualTo(0x10000);
        assertThat(ranges)
                .anyMatch(r -> r.contains(new AddressRange(0x40000, 4096)))
                .anyMatch(r -> r.contains(new AddressRange(0x77c12000, 8192)));
        assertThat(ranges.get(ranges.size() - 1)).isEqualTo(new AddressRange(0x7ffe0000, 4096));
        assertThat(target.regions()).hasSize(168);

        DumpTarget wide = open(file, DumpOptions.DEFAULT.withNativeSide(true));
        assertThat(wide.architecture()).isEqualTo(Architecture.X64);
        assertThat(wide.threads().get(0).registers().pc()).hasValue(0x75542e09);
        assertThat(wide.modules())
                .extracting(LoadedModule::name)
                .containsExactly("ntdll.dll", "wow64.dll", "wow64win.dll", "wow64cpu.dll");
    }

    @Test
    void kdlibSamples() throws IOException {
        DumpTarget amd64 =
                open("kdlib/targetapp_test_cv_allreg_amd64/targetapp_test_cv_allreg_amd64.dmp");
        assertThat(exception(amd64).code()).isEqualTo(0x80000003);
        DumpTarget i386 =
                open("kdlib/targetapp_test_cv_allreg_i386/targetapp_test_cv_allreg_i386.dmp");
        assertThat(exception(i386).code()).isEqualTo(0x80000003);

        DumpTarget rich = open("kdlib/targetapp_minidump/target_minidump.dmp");
        assertThat(rich.regions()).isNotEmpty();
        assertThat(rich.handles()).hasSize(43);
        assertThat(rich.handles()).extracting(HandleInfo::typeName).contains("File", "Event");
        assertThat(rich.annotations()).extracting(Annotation::group).contains("token", "memory");
        assertThat(rich.streams())
                .extracting(DumpStream::title)
                .contains("tokens", "memory region list", "handles", "process memory counters");
        assertThat(rich.diagnostics()).isEmpty();
    }
}
