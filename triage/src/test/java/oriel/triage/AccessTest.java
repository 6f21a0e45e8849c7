package oriel.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import oriel.testkit.StackBuilder;
import oriel.triage.report.Confidence;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Exploitability;
import oriel.triage.report.Finding;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.MemoryAccess.Kind;
import oriel.triage.report.PlaceKind;

class AccessTest {
    private static final int AV = 0xc0000005;

    @Test
    void reportsAWriteInTheNullPage() {
        // mov dword ptr [rax+8],1
        CrashReport report =
                Scenery.x64()
                        .code("c7 40 08 01 00 00 00 c3")
                        .register("rax", 0)
                        .raise(AV, 1L, 8L)
                        .report();
        MemoryAccess access = report.access().orElseThrow();
        assertThat(access.kind()).isEqualTo(Kind.WRITE);
        assertThat(access.place().va()).isEqualTo(8);
        assertThat(access.place().kind()).isEqualTo(PlaceKind.NULL_PAGE);
        assertThat(access.sizeBytes()).isEqualTo(OptionalInt.of(4));
        assertThat(access.operand()).isEqualTo("dword ptr [rax+8]");
        assertThat(report.reason().orElseThrow().summary())
                .startsWith("STATUS_ACCESS_VIOLATION: write of 4 bytes at 0x8");
        assertThat(report.rating().orElseThrow().rule()).isEqualTo("WriteAVNearNull");
        assertThat(report.rating().orElseThrow().level()).isEqualTo(Exploitability.NOT_LIKELY);
    }

    @Test
    void worksOutANonCanonicalAddress() {
        // mov rdx,qword ptr [rcx+10h]
        CrashReport report =
                Scenery.x64()
                        .code("48 8b 51 10 c3")
                        .register("rcx", 0xddddddddddddddddL)
                        .raise(AV, 0L, -1L)
                        .report();
        MemoryAccess access = report.access().orElseThrow();
        assertThat(access.origin()).isEqualTo(MemoryAccess.Origin.WORKED_OUT);
        assertThat(access.place().va()).isEqualTo(0xddddddddddddddedL);
        assertThat(access.place().kind()).isEqualTo(PlaceKind.FILL_PATTERN);
        assertThat(kinds(report)).contains("use-after-free");
    }

    @Test
    void saysWriteWhereTheProcessorSaidRead() {
        // mov qword ptr [rax],rdx: a general protection fault is always reported as a read
        CrashReport report =
                Scenery.x64()
                        .code("48 89 10 c3")
                        .register("rax", 0x4141414141414141L)
                        .register("rdx", 0)
                        .raise(AV, 0L, -1L)
                        .report();
        assertThat(report.access().orElseThrow().kind()).isEqualTo(Kind.WRITE);
        assertThat(report.rating().orElseThrow().rule()).isEqualTo("WriteAVTextPointer");
        assertThat(report.rating().orElseThrow().level()).isEqualTo(Exploitability.EXPLOITABLE);
    }

    @Test
    void findsTheTargetOfABranchToNowhere() {
        // call qword ptr [rsi], with freed memory behind rsi
        Scenery scene =
                Scenery.x64()
                        .code("ff 16 c3")
                        .register("rsi", 0x20000000)
                        .bytes(0x20000000, word(0xddddddddddddddddL))
                        .raise(AV, 0L, -1L);
        MemoryAccess access = scene.report().access().orElseThrow();
        assertThat(access.kind()).isEqualTo(Kind.EXECUTE);
        assertThat(access.place().va()).isEqualTo(0xddddddddddddddddL);
        // ret to the same
        MemoryAccess ret =
                Scenery.x64()
                        .code("c3")
                        .stack(word(0x4242424242424242L))
                        .raise(AV, 0L, -1L)
                        .report()
                        .access()
                        .orElseThrow();
        assertThat(ret.kind()).isEqualTo(Kind.EXECUTE);
        assertThat(ret.place().va()).isEqualTo(0x4242424242424242L);
    }

    @Test
    void explainsAMisalignedVectorAccess() {
        // movaps xmm0,xmmword ptr [rax]
        CrashReport report =
                Scenery.x64()
                        .code("0f 28 00 c3")
                        .register("rax", 0x20000004)
                        .bytes(0x20000000, new byte[64])
                        .raise(AV, 0L, -1L)
                        .report();
        assertThat(report.access().orElseThrow().place().va()).isEqualTo(0x20000004);
        assertThat(kinds(report)).contains("misaligned-access");
    }

    @Test
    void cutsAddressesOf32BitProgramsToTheirWidth() {
        // mov eax,dword ptr [ecx-4]
        CrashReport report =
                Scenery.x86()
                        .code("8b 41 fc c3")
                        .register("ecx", 0xfeeefeeeL)
                        .raise(AV, 0L, 0xfffffffffeeefeeaL)
                        .report();
        MemoryAccess access = report.access().orElseThrow();
        assertThat(access.place().va()).isEqualTo(0xfeeefeeaL);
        assertThat(access.operand()).isEqualTo("dword ptr [ecx-4]");
        assertThat(kinds(report)).contains("use-after-free");
    }

    @Test
    void treatsAReadOfTheProgramCounterAsExecution() {
        CrashReport report =
                Scenery.x86().register("eip", 0x61616161).raise(AV, 0L, 0x61616161L).report();
        assertThat(report.access().orElseThrow().kind()).isEqualTo(Kind.EXECUTE);
        assertThat(report.rating().orElseThrow().rule()).isEqualTo("ReadAVonIP");
        assertThat(kinds(report)).contains("wild-program-counter");
    }

    @Test
    void followsTheValueThatCouldNotBeRead() {
        // mov rax,[rcx] / call rax
        assertThat(ruleOfRead("48 8b 01 ff d0")).isEqualTo("TaintedDataControlsCodeFlow");
        // mov rax,[rcx] / mov rdx,[rax+8] / jmp rdx
        assertThat(ruleOfRead("48 8b 01 48 8b 50 08 ff e2"))
                .isEqualTo("TaintedDataControlsCodeFlow");
        // mov rax,[rcx] / mov [rax],edx
        assertThat(ruleOfRead("48 8b 01 89 10 c3")).isEqualTo("TaintedDataControlsWriteAddress");
        // mov rcx,[rcx] / rep movsb
        assertThat(ruleOfRead("48 8b 09 f3 a4 c3")).isEqualTo("TaintedDataControlsBlockWrite");
        // mov eax,[rcx] / test eax,eax / je +2 / xor eax,eax / ret
        assertThat(ruleOfRead("8b 01 85 c0 74 02 31 c0 c3")).isEqualTo("TaintedDataControlsBranch");
        // mov rax,[rcx] / ret
        assertThat(ruleOfRead("48 8b 01 c3")).isEqualTo("TaintedDataReturnedFromFunction");
        // mov rcx,[rcx] / call +0
        assertThat(ruleOfRead("48 8b 09 e8 00 00 00 00")).isEqualTo("TaintedDataPassedToFunction");
        // mov rax,[rcx] / xor eax,eax / ret: the value is thrown away
        assertThat(ruleOfRead("48 8b 01 31 c0 c3")).isEqualTo("ReadAV");
    }

    @Test
    void tellsBlockMovesByWholeMnemonics() {
        // rep movsb from [rsi]
        assertThat(
                        Scenery.x64()
                                .code("f3 a4 c3")
                                .register("rsi", 0x30000000)
                                .register("rdi", 0x20000000)
                                .register("rcx", 0x100)
                                .bytes(0x20000000, new byte[256])
                                .raise(AV, 0L, 0x30000000L)
                                .report()
                                .rating()
                                .orElseThrow()
                                .rule())
                .isEqualTo("ReadAVonBlockMove");
        // movss xmm0,[rcx] and movsx eax,byte ptr [rcx] / xor eax,eax / ret are none
        assertThat(ruleOfRead("f3 0f 10 01 31 c0 c3")).isEqualTo("ReadAV");
        assertThat(ruleOfRead("0f be 01 31 c0 c3")).isEqualTo("ReadAV");
    }

    @Test
    void ratesReadsOfBranchTargets() {
        // call qword ptr [rax+18h]
        CrashReport wild =
                Scenery.x64()
                        .code("ff 50 18")
                        .register("rax", 0x30000000)
                        .raise(AV, 0L, 0x30000018L)
                        .report();
        assertThat(wild.rating().orElseThrow().rule()).isEqualTo("ReadAVonControlFlow");
        assertThat(wild.rating().orElseThrow().level()).isEqualTo(Exploitability.EXPLOITABLE);
        CrashReport nullObject =
                Scenery.x64().code("ff 50 18").register("rax", 0).raise(AV, 0L, 0x18L).report();
        assertThat(nullObject.rating().orElseThrow().level()).isEqualTo(Exploitability.PROBABLE);
    }

    @Test
    void findsAFlippedBit() {
        // mov eax,[rcx]: rcx is rdi with bit 60 set
        CrashReport report =
                Scenery.x64()
                        .code("8b 01 c3")
                        .register("rcx", 0x1000000020000000L)
                        .register("rdi", 0x20000000)
                        .bytes(0x20000000, new byte[16])
                        .raise(AV, 0L, -1L)
                        .report();
        Finding flip = finding(report, "bit-flip");
        assertThat(flip.text()).contains("bit 60").contains("rdi");
        assertThat(flip.confidence()).isEqualTo(Confidence.MEDIUM);
    }

    @Test
    void findsAStackPivotByTheEnvironmentBlock() {
        long teb = 0x7ffde000L;
        byte[] block =
                new StackBuilder(teb, 8)
                        .word(0)
                        .word(0x5000000000L)
                        .word(0x4fffff0000L)
                        .fill(3, 0)
                        .word(teb)
                        .fill(8, 0)
                        .build();
        CrashReport report =
                Scenery.x64()
                        .teb(teb)
                        .bytes(teb, block)
                        .code("8b 01 c3")
                        .register("rcx", 0)
                        .register("rsp", 0x20000000)
                        .raise(AV, 0L, 0L)
                        .report();
        assertThat(report.rating().orElseThrow().rule()).isEqualTo("StackPointerCorruption");
        assertThat(kinds(report)).contains("stack-pivot");
    }

    @Test
    void showsTheCodeAroundTheProgramCounter() {
        CrashReport report =
                Scenery.x64().code("8b 01 c3").register("rcx", 0).raise(AV, 0L, 0L).report();
        var lines = report.code().orElseThrow().lines();
        assertThat(lines.get(0).current()).isTrue();
        assertThat(lines.get(0).text()).isEqualTo("mov     eax,dword ptr [rcx]");
        assertThat(lines.get(1).text()).isEqualTo("ret");
    }

    private static String ruleOfRead(String code) {
        return Scenery.x64()
                .code(code + " 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90")
                .register("rcx", 0x30000000)
                .raise(AV, 0L, 0x30000000L)
                .report()
                .rating()
                .orElseThrow()
                .rule();
    }

    private static byte[] word(long value) {
        return new StackBuilder(0, 8).word(value).fill(4, 0).build();
    }

    private static java.util.List<String> kinds(CrashReport report) {
        return report.findings().stream().map(Finding::kind).toList();
    }

    private static Finding finding(CrashReport report, String kind) {
        return report.findings().stream()
                .filter(f -> f.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
