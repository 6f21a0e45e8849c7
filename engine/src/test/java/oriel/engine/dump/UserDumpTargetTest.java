package oriel.engine.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.bytes.Bytes;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.TargetThread;
import oriel.testkit.ByteWriter;
import oriel.testkit.Corpus;
import oriel.testkit.MinidumpBuilder;
import oriel.testkit.UserDumpBuilder;

class UserDumpTargetTest {
    private static DumpTarget of(UserDumpBuilder builder) {
        return DumpTarget.of(Bytes.of(builder.build(), "user.dmp"), DumpOptions.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProcessAsATarget(boolean is64) throws IOException {
        int pointer = is64 ? 8 : 4;
        byte[] image =
                Arrays.copyOf(
                        Files.readAllBytes(
                                Corpus.projectRoot()
                                        .resolve("examples")
                                        .resolve(is64 ? "crash-x64.exe" : "crash-x86.exe")),
                        0x400);
        var teb = new ByteWriter().zeros(pointer);
        for (long value : new long[] {0x12f100, 0x12e000}) {
            teb.bytes(Arrays.copyOf(new ByteWriter().u64(value).toBytes(), pointer));
        }
        DumpTarget target =
                of(
                        new UserDumpBuilder(is64, is64 ? 0x8664 : 0x14c)
                                .thread(
                                        12,
                                        0x7000,
                                        is64
                                                ? MinidumpBuilder.x64Context(0x401234, 0x12f000, 3)
                                                : MinidumpBuilder.x86Context(0x401234, 0x12f000, 3))
                                .module(0x400000, 0x7000, "C:\\app.exe")
                                .exception(4711, 12, 0xc0000005L, 0x401234, 1, 8)
                                .region(0x7000, 4, teb.at(), teb.toBytes())
                                .region(0x12f000, 4, 0x100, new byte[0x100])
                                .region(0x400000, 2, image.length, image));
        assertThat(target.format()).contains(is64 ? "USERDU64" : "USERDUMP");
        assertThat(target.architecture()).isEqualTo(is64 ? Architecture.X64 : Architecture.X86);
        TargetThread thread = target.threads().get(0);
        assertThat(thread.registers().pc()).hasValue(0x401234);
        assertThat(thread.stack()).isEqualTo(new AddressRange(0x12f000, 0x100));
        assertThat(target.memory().readUpTo(0x400000, 2)).containsExactly('M', 'Z');
        LoadedModule module = target.modules().get(0);
        assertThat(module.path()).isEqualTo("C:\\app.exe");
        assertThat(module.timestamp()).isNotZero();
        assertThat(target.regions()).hasSize(3);
        assertThat(target.regionAt(0x12f050).orElseThrow().isWritable()).isTrue();
        assertThat(target.exception().orElseThrow().thread().processId()).isEqualTo(4711);
        assertThat(target.exception().orElseThrow().code()).isEqualTo(0xc0000005);
        assertThat(target.process().processId()).hasValue(4711);
        assertThat(target.streams()).extracting(DumpStream::title).contains("memory", "modules");
    }

    @Test
    void aThreadWithoutAContextIsTold() {
        DumpTarget target = of(new UserDumpBuilder(true, 0x8664).thread(5, 0, new byte[1232]));
        assertThat(target.threads().get(0).registers().pc()).isEmpty();
        assertThat(target.diagnostics().toString()).contains("thread 5: has no context");
    }

    @Test
    void aWow64ProcessShowsTheProgramsSide() {
        byte[] narrow = MinidumpBuilder.x86Context(0x77001234, 0x37f5b8, 5);
        var teb = new byte[0x1490];
        ByteWriter.put64(teb, 0, 0x9000);
        ByteWriter.put64(teb, 0x1488, 0x8000);
        byte[] area = new ByteWriter().u32(0x14c0000).bytes(narrow).toBytes();
        UserDumpBuilder builder =
                new UserDumpBuilder(true, 0x8664)
                        .thread(1, 0x5000, MinidumpBuilder.x64Context(0x70001000, 0x37f000, 6))
                        .module(0x400000, 0x1000, "C:\\app.exe")
                        .module(0x70000000, 0x10000, "C:\\Windows\\System32\\wow64.dll")
                        .module(0x77000000, 0x10000, "C:\\Windows\\SysWOW64\\ntdll.dll")
                        .exception(4711, 1, 0xc0000005L, 0x77001234, 1, 8)
                        .region(0x5000, 4, teb.length, teb)
                        .region(0x8000, 4, area.length, area);
        DumpTarget target = of(builder);
        assertThat(target.isWow64()).isTrue();
        assertThat(target.architecture()).isEqualTo(Architecture.X86);
        assertThat(target.system().machine()).contains(Architecture.X64);
        assertThat(target.modules())
                .extracting(LoadedModule::base)
                .containsExactly(0x400000L, 0x77000000L);
        TargetThread thread = target.threads().get(0);
        assertThat(thread.registers().pc()).hasValue(0x77001234);
        assertThat(thread.registers().value("ebx")).hasValue(5);
        assertThat(thread.nativeRegisters().orElseThrow().pc()).hasValue(0x70001000);
        assertThat(thread.tebVa()).hasValue(0x9000);

        DumpTarget wide =
                DumpTarget.of(
                        Bytes.of(builder.build(), "user.dmp"),
                        DumpOptions.DEFAULT.withNativeSide(true));
        assertThat(wide.architecture()).isEqualTo(Architecture.X64);
        assertThat(wide.modules()).extracting(LoadedModule::base).containsExactly(0x70000000L);
    }
}
