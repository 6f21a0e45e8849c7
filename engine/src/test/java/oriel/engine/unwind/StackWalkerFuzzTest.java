package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import oriel.model.Architecture;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.StackTrace;
import oriel.testkit.SyntheticTarget;

/** The first half of the input is an image as mapped, the second the stack that it runs on. */
class StackWalkerFuzzTest {
    private static final long BASE = 0x10000;
    private static final long STACK = 0x80000;

    @FuzzTest
    void everyWalkEnds(byte[] data) {
        byte[] image = Arrays.copyOf(data, Math.max(1, data.length / 2));
        byte[] stack = Arrays.copyOfRange(data, data.length / 2, data.length);
        for (Architecture architecture : Architecture.values()) {
            var target =
                    new SyntheticTarget(architecture)
                            .bytes(BASE, image)
                            .bytes(STACK, stack)
                            .module("fuzz.exe", BASE, image.length);
            RegisterSet.Builder registers = RegisterSet.builder(architecture);
            for (Register register : Registers.of(architecture)) {
                if (register.kind() == Register.Kind.GENERAL) {
                    registers.set(register, STACK);
                }
            }
            var walker = new StackWalker(target, List.of());
            for (long pc : new long[] {0, BASE, BASE + image.length / 2, STACK}) {
                RegisterSet start =
                        registers.set(Registers.programCounter(architecture), pc).build();
                registers = start.toBuilder();
                StackTrace trace = walker.walk(start);
                assertThat(trace.frames()).hasSizeBetween(1, data.length + 64);
            }
        }
    }
}
