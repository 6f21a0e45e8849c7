package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.RegisterSet;
import oriel.model.StackEnd;
import oriel.model.StackFrame;
import oriel.model.StackTrace;
import oriel.testkit.StackBuilder;
import oriel.testkit.SyntheticTarget;

class X86WalkTest {
    private static final long BASE = 0x400000;
    private static final long STACK = 0x10000;

    /** Return addresses: 1105 and 1205 follow calls, 1300 does not. */
    private static final long FIRST = BASE + 0x1105;

    private static final long SECOND = BASE + 0x1205;
    private static final long NO_CALL = BASE + 0x1300;

    @Test
    void followsFramePointersToTheEnd() {
        var stack = new StackBuilder(STACK, 4);
        stack.word(1).word(2).label("a").addressOf("b").word(FIRST);
        stack.fill(3, 7).label("b").addressOf("c").word(SECOND);
        stack.label("c").word(0).word(0);
        StackTrace trace = walk(stack, "90", registers().set("ebp", STACK + 8).build());
        assertThat(pcs(trace)).containsExactly(BASE + 0x1000, FIRST, SECOND);
        assertThat(trace.frames().get(1).trust()).isEqualTo(FrameTrust.FRAME_POINTER);
        assertThat(trace.frames().get(1).lookupVa()).isEqualTo(FIRST - 1);
        assertThat(trace.frames().get(1).sp()).isEqualTo(STACK + 16);
        assertThat(trace.end()).isEqualTo(StackEnd.COMPLETE);
    }

    @Test
    void doesNotSkipTheCallerAtAReturnOrAtTheFirstInstructions() {
        for (String code : new String[] {"c3", "c20000", "558bec", "5589e5", "8bff558bec"}) {
            var stack = new StackBuilder(STACK, 4);
            stack.word(FIRST).label("a").word(0).word(SECOND).fill(8, 0);
            StackTrace trace = walk(stack, code, registers().set("ebp", STACK + 4).build());
            assertThat(pcs(trace)).as(code).containsExactly(BASE + 0x1000, FIRST, SECOND);
            assertThat(trace.frames().get(1).trust()).as(code).isEqualTo(FrameTrust.LEAF);
        }
    }

    @Test
    void removesTheParametersThatAReturnRemoves() {
        var stack = new StackBuilder(STACK, 4).word(FIRST).fill(16, 0);
        StackTrace trace = walk(stack, "c20c00", registers().set("ebx", 5).build());
        assertThat(trace.frames().get(1).sp()).isEqualTo(STACK + 4 + 12);
        assertThat(trace.frames().get(1).registers().value("ebx")).hasValue(5);
    }

    @Test
    void scansForAddressesBehindCallsOnly() {
        var stack = new StackBuilder(STACK, 4);
        stack.word(NO_CALL).word(0x1234).word(STACK).fill(100, NO_CALL).word(FIRST).fill(8, 0);
        StackTrace trace = walk(stack, "90", registers().build());
        assertThat(pcs(trace)).containsExactly(BASE + 0x1000, FIRST);
        assertThat(trace.frames().get(1).trust()).isEqualTo(FrameTrust.SCAN);
        assertThat(trace.end().kind()).isEqualTo(StackEnd.Kind.NO_CALLER);
    }

    @Test
    void survivesFramePointersThatRunInACircle() {
        var stack = new StackBuilder(STACK, 4);
        stack.label("a").addressOf("b").word(FIRST).label("b").addressOf("a").word(SECOND);
        stack.fill(4, 0);
        StackTrace trace = walk(stack, "90", registers().set("ebp", STACK).build());
        assertThat(trace.frames().size()).isLessThan(5);
    }

    @Test
    void asksOtherSourcesFirst() {
        var stack = new StackBuilder(STACK, 4).fill(64, 0);
        UnwindSource source =
                frame -> {
                    assertThat(frame.module().name()).isEqualTo("test.exe");
                    if (frame.rva() != 0x1000) {
                        assertThat(frame.rva()).isEqualTo(0x1104);
                        assertThat(frame.calleeParameterBytes()).isEqualTo(8);
                        return Optional.empty();
                    }
                    return Optional.of(
                            new UnwindSource.Caller(
                                    RegisterSet.builder(Architecture.X86)
                                            .set("eip", FIRST)
                                            .set("esp", STACK + 32)
                                            .build(),
                                    FrameTrust.UNWIND_INFO,
                                    8));
                };
        StackTrace trace =
                new StackWalker(target(stack, "90"), List.of(source)).walk(registers().build());
        assertThat(pcs(trace)).containsExactly(BASE + 0x1000, FIRST);
    }

    @Test
    void isCompleteAtTheTopOfAKnownStack() {
        var stack = new StackBuilder(STACK, 4).fill(16, 0);
        SyntheticTarget target =
                target(stack, "90").thread(registers().build(), new AddressRange(STACK, 64));
        StackTrace trace = new StackWalker(target, List.of()).walk(target.threads().get(0));
        assertThat(trace.end().kind()).isEqualTo(StackEnd.Kind.COMPLETE);
        assertThat(trace.end().detail()).isEqualTo("top of the stack");
    }

    private static RegisterSet.Builder registers() {
        return RegisterSet.builder(Architecture.X86).set("eip", BASE + 0x1000).set("esp", STACK);
    }

    private static StackTrace walk(StackBuilder stack, String code, RegisterSet registers) {
        return new StackWalker(target(stack, code), List.of()).walk(registers);
    }

    private static SyntheticTarget target(StackBuilder stack, String code) {
        var image = new byte[0x2000];
        put(image, 0x1000, code);
        put(image, 0x1100, "e8fbfeffff");
        put(image, 0x1200, "e8fbfdffff");
        return new SyntheticTarget(Architecture.X86)
                .module("test.exe", BASE, image.length)
                .bytes(BASE, image)
                .bytes(STACK, stack.build());
    }

    private static void put(byte[] image, int at, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        System.arraycopy(bytes, 0, image, at, bytes.length);
    }

    private static List<Long> pcs(StackTrace trace) {
        return trace.frames().stream().map(StackFrame::pc).toList();
    }
}
