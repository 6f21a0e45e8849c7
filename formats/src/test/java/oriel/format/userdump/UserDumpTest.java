package oriel.format.userdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.bytes.Bytes;
import oriel.model.Diagnostic;
import oriel.testkit.ByteWriter;
import oriel.testkit.MinidumpBuilder;
import oriel.testkit.UserDumpBuilder;

class UserDumpTest {
    private static final int X64 = 0x8664;
    private static final int X86 = 0x14c;

    private final List<Diagnostic> problems = new ArrayList<>();

    private UserDump open(byte[] file) {
        return UserDump.of(Bytes.of(file, "user.dmp"), problems::add);
    }

    private List<UserDumpRegion> regions(UserDump dump) {
        var regions = new ArrayList<UserDumpRegion>();
        dump.forEachRegion(regions::add);
        return regions;
    }

    private static UserDumpBuilder builder(boolean is64) {
        byte[] context =
                is64
                        ? MinidumpBuilder.x64Context(0x401234, 0x12f000, 1)
                        : MinidumpBuilder.x86Context(0x401234, 0x12f000, 1);
        return new UserDumpBuilder(is64, is64 ? X64 : X86)
                .thread(11, 0x7ffde000, context)
                .thread(12, 0x7ffdd000, context)
                .module(0x400000, 0x5000, "C:\\app.exe")
                .module(0x77000000, 0x100000, "C:\\Windows\\ntdll.dll")
                .exception(4711, 12, 0xc0000005L, 0x401234, 1, 8);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void threadsModulesAndEvent(boolean is64) {
        UserDump dump = open(builder(is64).region(0x10000, 4, 4, new byte[] {1, 2, 3, 4}).build());
        assertThat(dump.header().is64()).isEqualTo(is64);
        assertThat(dump.header().machine()).isEqualTo(is64 ? X64 : X86);
        List<UserDumpThread> threads = dump.threads(is64 ? 1232 : 716);
        assertThat(threads).extracting(UserDumpThread::threadId).containsExactly(11L, 12L);
        assertThat(threads.get(1).tebVa()).isEqualTo(0x7ffdd000);
        assertThat(threads.get(1).priority()).isEqualTo(9);
        assertThat(threads.get(1).context().size()).isEqualTo(is64 ? 1232 : 716);
        assertThat(dump.modules())
                .containsExactly(
                        new UserDumpModule(0x400000, 0x5000, "C:\\app.exe"),
                        new UserDumpModule(0x77000000, 0x100000, "C:\\Windows\\ntdll.dll"));
        UserDumpEvent event = dump.event().orElseThrow();
        assertThat(event.processId()).isEqualTo(4711);
        assertThat(event.threadId()).isEqualTo(12);
        UserDumpEvent.Exception exception = event.exception().orElseThrow();
        assertThat(exception.code()).isEqualTo(0xc0000005);
        assertThat(exception.address()).isEqualTo(0x401234);
        assertThat(exception.parameters()).containsExactly(1L, 8L);
        assertThat(exception.firstChance()).isFalse();
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void regionsFollowEachOther(boolean is64) {
        byte[] file =
                builder(is64)
                        .region(0x10000, 4, 2, new byte[] {1, 2})
                        .region(0x20000, 4, 3, new byte[] {3, 4, 5})
                        .build();
        List<UserDumpRegion> regions = regions(open(file));
        assertThat(regions).hasSize(2);
        assertThat(file[(int) regions.get(1).fileOffset()]).isEqualTo((byte) 3);
        assertThat(regions.get(1).va()).isEqualTo(0x20000);
        assertThat(regions.get(1).protection()).isEqualTo(4);
        assertThat(regions.get(1).state()).isEqualTo(0x1000);
    }

    @Test
    void guardPagesAreLeftOutWhenTheVersionOrTheSizeSaysSo() {
        for (boolean told : new boolean[] {true, false}) {
            UserDumpBuilder builder =
                    builder(true)
                            .region(0x10000, 0x104, 0x1000, new byte[0])
                            .region(0x11000, 4, 2, new byte[] {7, 8});
            byte[] file = told ? builder.version(true).build() : builder.build();
            List<UserDumpRegion> regions = regions(open(file));
            assertThat(regions.get(0).fileOffset()).isEqualTo(-1);
            assertThat(file[(int) regions.get(1).fileOffset()]).isEqualTo((byte) 7);
        }
        byte[] whole =
                builder(true)
                        .region(0x10000, 0x104, 1, new byte[] {9})
                        .region(0x11000, 4, 2, new byte[] {7, 8})
                        .build();
        assertThat(whole[(int) regions(open(whole)).get(0).fileOffset()]).isEqualTo((byte) 9);
    }

    @Test
    void countsThatLieCostNothingAndAreTold() {
        byte[] file = builder(true).region(0x10000, 4, 1, new byte[] {1}).build();
        for (int at : new int[] {20, 24, 28}) {
            ByteWriter.put32(file, at, 0xffffffffL);
        }
        UserDump dump = open(file);
        assertThat(dump.threads(1232)).hasSizeLessThan(100);
        dump.modules();
        regions(dump);
        assertThat(problems).extracting(Diagnostic::subject).contains("threads", "memory regions");
    }

    @Test
    void otherBytesAreRefused() {
        assertThatThrownBy(() -> open(new byte[200]))
                .hasMessage("user.dmp+0x0: not a full user dump");
    }
}
