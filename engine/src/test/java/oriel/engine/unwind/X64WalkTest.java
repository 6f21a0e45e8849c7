package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.StackEnd;
import oriel.model.StackTrace;
import oriel.testkit.StackBuilder;
import oriel.testkit.SyntheticTarget;

/** Functions, unwind data and stacks laid out by hand from Microsoft's description of the ABI. */
class X64WalkTest {
    private static final long BASE = 0x140000000L;
    private static final long STACK = 0x10000;
    private static final long CALLER = BASE + 0x1105;

    /**
     * 1000: push rbx; push rdi; sub rsp,28h; mov [rsp+20h],rsi (5 bytes); nop (where rsi comes
     * back); add rsp,28h; pop rdi; pop rbx; ret
     */
    private static final String BODY = "53 57 4883ec28 4889742420 90 4883c428 5f 5b c3";

    @Test
    void undoesExactlyTheStepsOfThePrologueThatWereDone() {
        // offsets of the ends: push 1, push 2, sub 6, save 11
        String unwind =
                "01 0b 05 00" // version 1, prologue 11 bytes, 5 slots
                        + "0b64 0400" // save rsi at 4*8
                        + "0642" // alloc 28h
                        + "0270" // push rdi
                        + "0130"; // push rbx
        int[] atEntry = {0, 1, 2, 6, 11, 12, 16, 17, 18};
        // sp relative to its value at entry
        int[] depth = {0, 8, 16, 56, 56, 56, 16, 8, 0};
        for (int i = 0; i < atEntry.length; i++) {
            var stack = new StackBuilder(STACK, 8);
            boolean saved = atEntry[i] >= 11;
            stack.fill(4, 0xdead).word(saved ? 0x51 : 0xdead).word(0x71).word(0x31).word(CALLER);
            stack.fill(8, 0);
            long entrySp = STACK + 7 * 8;
            // registers as they are there: saved ones have been overwritten since
            boolean rdiGone = depth[i] >= 16;
            boolean rbxGone = depth[i] >= 8;
            RegisterSet registers =
                    RegisterSet.builder(Architecture.X64)
                            .set("rip", BASE + 0x1000 + atEntry[i])
                            .set("rsp", entrySp - depth[i])
                            .set("rbx", rbxGone ? 0xbad : 0x31)
                            .set("rdi", rdiGone ? 0xbad : 0x71)
                            .set("rsi", atEntry[i] == 11 ? 0xbad : 0x51)
                            .set("rax", 1)
                            .build();
            StackTrace trace = walk(with(target(BODY, unwind), stack), registers);
            RegisterSet caller = trace.frames().get(1).registers();
            String where = "offset " + atEntry[i];
            assertThat(trace.frames().get(1).trust()).as(where).isEqualTo(FrameTrust.UNWIND_INFO);
            assertThat(caller.pc()).as(where).hasValue(CALLER);
            assertThat(caller.sp()).as(where).hasValue(entrySp + 8);
            assertThat(caller.value("rbx")).as(where).hasValue(0x31);
            assertThat(caller.value("rdi")).as(where).hasValue(0x71);
            assertThat(caller.value("rsi")).as(where).hasValue(0x51);
            assertThat(caller.value("rax")).as("volatile").isEmpty();
            assertThat(trace.end().kind()).isEqualTo(StackEnd.Kind.NO_CALLER);
        }
    }

    @Test
    void followsAFrameRegisterOverADynamicAllocation() {
        // push rbp; sub rsp,20h; lea rbp,[rsp+10h]; (alloca) ... lea rsp,[rbp+10h]; pop rbp; ret
        String code = "55 4883ec20 488d6c2410 90 488d6510 5d c3";
        String unwind = "01 0a 03 15" + "0a03" + "0532" + "0150";
        var stack = new StackBuilder(STACK, 8);
        stack.fill(100, 0xdead);
        stack.label("frame").fill(4, 0xdead).word(0x55).word(CALLER).fill(8, 0);
        RegisterSet registers =
                RegisterSet.builder(Architecture.X64)
                        .set("rip", BASE + 0x100a)
                        .set("rsp", STACK)
                        .set("rbp", stack.address("frame") + 0x10)
                        .build();
        SyntheticTarget target = with(target(code, unwind), stack);
        for (int at : new int[] {0xa, 0xb}) {
            StackTrace trace = walk(target, registers.with("rip", BASE + 0x1000 + at));
            RegisterSet caller = trace.frames().get(1).registers();
            assertThat(caller.pc()).hasValue(CALLER);
            assertThat(caller.sp()).hasValue(stack.address("frame") + 6 * 8);
            assertThat(caller.value("rbp")).hasValue(0x55);
        }
    }

    @Test
    void takesTheInterruptedCodeFromAMachineFrame() {
        // a handler with an error code, 28h bytes allocated
        String unwind = "01 04 02 00" + "0442" + "001a";
        var stack = new StackBuilder(STACK, 8);
        stack.fill(5, 0xdead).word(0xe); // locals, error code
        stack.word(BASE + 0x1103).word(0x33).word(0x202).addressOf("interrupted").word(0x2b);
        stack.fill(3, 0xdead);
        stack.label("interrupted").word(BASE + 0x1205).fill(8, 0);
        RegisterSet registers =
                RegisterSet.builder(Architecture.X64)
                        .set("rip", BASE + 0x1004)
                        .set("rsp", STACK)
                        .build();
        StackTrace trace = walk(with(target("4883ec28 90", unwind), stack), registers);
        assertThat(trace.frames().get(1).pc()).isEqualTo(BASE + 0x1103);
        assertThat(trace.frames().get(1).lookupVa()).isEqualTo(BASE + 0x1103);
        assertThat(trace.frames().get(1).sp()).isEqualTo(stack.address("interrupted"));
        // 1103 is in no function, so it is a leaf that was interrupted
        assertThat(trace.frames().get(2).pc()).isEqualTo(BASE + 0x1205);
        assertThat(trace.frames().get(2).trust()).isEqualTo(FrameTrust.LEAF);
    }

    @Test
    void restoresVectorRegistersAndLargeAllocations() {
        // xmm6 saved at 20h, 90000h bytes allocated by the 32-bit form
        String unwind = "01 10 05 00" + "1068 0200" + "0811 0000 0900";
        var stack = new StackBuilder(STACK, 8);
        stack.fill(4, 0).word(0x1122334455667788L).word(0x99).fill(0x90000 / 8 - 6, 0);
        stack.word(CALLER).fill(8, 0);
        RegisterSet registers =
                RegisterSet.builder(Architecture.X64)
                        .set("rip", BASE + 0x1010)
                        .set("rsp", STACK)
                        .build();
        StackTrace trace = walk(with(target("90".repeat(64), unwind), stack), registers);
        RegisterSet caller = trace.frames().get(1).registers();
        assertThat(caller.pc()).hasValue(CALLER);
        Register xmm6 = Registers.require(Architecture.X64, "xmm6");
        assertThat(caller.value(xmm6)).hasValue(0x1122334455667788L);
        assertThat(caller.high(xmm6)).hasValue(0x99);
    }

    @Test
    void isCompleteAtANullReturnAddress() {
        var stack = new StackBuilder(STACK, 8).fill(5, 0xdead).word(0).fill(8, 0xdead);
        RegisterSet registers =
                RegisterSet.builder(Architecture.X64)
                        .set("rip", BASE + 0x1004)
                        .set("rsp", STACK)
                        .build();
        StackTrace trace = walk(with(target("4883ec28 90", "01 04 01 00 0442"), stack), registers);
        assertThat(trace.frames()).hasSize(1);
        assertThat(trace.end()).isEqualTo(StackEnd.COMPLETE);
    }

    @Test
    void endsWhenUnwindDataIsChainedInACircle() {
        // flag 4, no codes, chained to itself
        String unwind = "21 00 00 00" + "00100000 20100000 00300000";
        var stack = new StackBuilder(STACK, 8).fill(4, 0xdead).word(CALLER).fill(8, 0);
        RegisterSet registers =
                RegisterSet.builder(Architecture.X64)
                        .set("rip", BASE + 0x1004)
                        .set("rsp", STACK)
                        .build();
        StackTrace trace = walk(with(target("90".repeat(16), unwind), stack), registers);
        assertThat(trace.frames()).hasSize(2);
        assertThat(trace.frames().get(1).pc()).isEqualTo(CALLER);
        assertThat(trace.frames().get(1).trust()).isEqualTo(FrameTrust.SCAN);
        assertThat(trace.end().kind()).isEqualTo(StackEnd.Kind.NO_CALLER);
    }

    @Test
    void takesTheCallerOfACallThroughNullFromTheTopOfTheStack() {
        var stack = new StackBuilder(STACK, 8).word(CALLER).fill(8, 0);
        for (long bad : new long[] {0, 0x10, 0xdeadbeefdeadbeefL}) {
            RegisterSet registers =
                    RegisterSet.builder(Architecture.X64)
                            .set("rip", bad)
                            .set("rsp", STACK)
                            .set("rbx", 7)
                            .build();
            StackTrace trace = walk(with(target("c3", "01000000"), stack), registers);
            assertThat(trace.frames()).hasSize(2);
            assertThat(trace.frames().get(1).pc()).isEqualTo(CALLER);
            assertThat(trace.frames().get(1).trust()).isEqualTo(FrameTrust.LEAF);
            assertThat(trace.frames().get(1).registers().value("rbx")).hasValue(7);
        }
    }

    @Test
    void tellsWhenTheStackIsNotThere() {
        RegisterSet registers =
                RegisterSet.builder(Architecture.X64)
                        .set("rip", BASE + 0x1004)
                        .set("rsp", 0x7777_0000)
                        .build();
        StackTrace trace = walk(target("90".repeat(8), "01000000"), registers);
        assertThat(trace.frames()).hasSize(1);
        assertThat(trace.end().kind()).isEqualTo(StackEnd.Kind.STACK_UNREADABLE);
        assertThat(
                        walk(target("90", "01000000"), RegisterSet.unknown(Architecture.X64))
                                .end()
                                .kind())
                .isEqualTo(StackEnd.Kind.NO_CONTEXT);
    }

    @Test
    void walksADeepRecursion() {
        // 1000: sub rsp,28h; call 1000 (return address 1009)
        String unwind = "01 04 01 00" + "0442";
        var stack = new StackBuilder(STACK, 8);
        int depth = 20_000;
        for (int i = 0; i < depth; i++) {
            stack.fill(5, 0).word(BASE + 0x1009);
        }
        stack.fill(5, 0).word(CALLER).fill(8, 0);
        RegisterSet registers =
                RegisterSet.builder(Architecture.X64)
                        .set("rip", BASE + 0x1004)
                        .set("rsp", STACK)
                        .build();
        StackTrace trace = walk(with(target("4883ec28 e8f7ffffff 90", unwind), stack), registers);
        assertThat(trace.frames()).hasSize(depth + 2);
        List<Long> keys = trace.frames().stream().map(f -> f.pc()).toList();
        assertThat(FrameFolding.fold(keys, 8))
                .containsExactly(
                        new FrameFolding.Run(0, 1, 1),
                        new FrameFolding.Run(1, 1, depth),
                        new FrameFolding.Run(depth + 1, 1, 1));
    }

    /**
     * A module with one function at 1000, and a caller without unwind data that calls it at 1100.
     */
    private static SyntheticTarget target(String code, String unwind) {
        byte[] text = bytes(code);
        var image = new byte[0x4000];
        System.arraycopy(text, 0, image, 0x1000, text.length);
        // 1100: call 1000, so that 1105 is a return address; 1200: call 1000
        System.arraycopy(bytes("e8fbfeffff"), 0, image, 0x1100, 5);
        System.arraycopy(bytes("e8fbfdffff"), 0, image, 0x1200, 5);
        byte[] header =
                bytes(
                        "4d5a"
                                + "00".repeat(0x3a)
                                + "40000000" // MZ, e_lfanew 40
                                + "50450000" // PE
                                + "6486 0100 00000000 00000000 00000000 f000 2200"
                                + "0b02 0000 00000000 00000000 00000000 00000000 00100000"
                                + "0000004001000000 00100000 00020000"
                                + "0600 0000 0000 0000 0600 0000 00000000"
                                + "00400000 00020000 00000000 0300 0000"
                                + "00".repeat(32)
                                + "00000000 10000000"
                                + "00".repeat(24) // exports, imports, resources
                                + "00200000 0c000000" // exception directory: one entry
                                + "00".repeat(96));
        System.arraycopy(header, 0, image, 0, header.length);
        byte[] section =
                bytes(
                        "2e74657874000000 00100000 00100000 00100000 00020000"
                                + "00".repeat(12)
                                + "20000060");
        System.arraycopy(section, 0, image, 0x40 + 24 + 0xf0, section.length);
        int end = 0x1000 + text.length;
        byte[] entry = bytes("00100000 00000000 00300000");
        entry[4] = (byte) end;
        entry[5] = (byte) (end >> 8);
        System.arraycopy(entry, 0, image, 0x2000, entry.length);
        byte[] info = bytes(unwind);
        System.arraycopy(info, 0, image, 0x3000, info.length);
        return new SyntheticTarget(Architecture.X64)
                .module("test.exe", BASE, image.length)
                .bytes(BASE, image);
    }

    private static SyntheticTarget with(SyntheticTarget target, StackBuilder stack) {
        return target.bytes(STACK, stack.build());
    }

    private static StackTrace walk(SyntheticTarget target, RegisterSet registers) {
        return new StackWalker(target, List.of()).walk(registers);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
