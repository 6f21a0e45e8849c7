package oriel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryTest {
    /** Sixteen bytes 80..8f at ffff0000. */
    private final Memory memory =
            (va, into, offset, length) -> {
                int got = 0;
                while (got < length && va + got - 0xffff0000L >= 0 && va + got <= 0xffff000fL) {
                    into[offset + got] = (byte) (0x80 + (va + got - 0xffff0000L));
                    got++;
                }
                return got;
            };

    @Test
    void readsUnsignedNumbersOfEveryWidth() {
        assertThat(memory.unsigned(0xffff0000L, 1)).hasValue(0x80);
        assertThat(memory.unsigned(0xffff0000L, 4)).hasValue(0x83828180L);
        assertThat(memory.pointer(0xffff0000L, Architecture.X64)).hasValue(0x8786858483828180L);
        assertThat(memory.pointer(0xffff0000L, Architecture.X86)).hasValue(0x83828180L);
        assertThat(memory.s32(0xffff0000L)).hasValue(0x83828180);
    }

    @Test
    void shortReadsAreNormalAndWholeReadsSayHowFarTheyGot() {
        assertThat(memory.readUpTo(0xffff000eL, 100)).containsExactly(0x8e, 0x8f);
        assertThat(memory.unsigned(0xffff000eL, 4)).isEmpty();
        assertThat(Memory.EMPTY.readUpTo(0, 4)).isEmpty();
        assertThatThrownBy(() -> memory.readFully(0xffff000eL, 4))
                .isInstanceOfSatisfying(
                        MemoryReadException.class,
                        e -> {
                            assertThat(e.va()).isEqualTo(0xffff000eL);
                            assertThat(e.wanted()).isEqualTo(4);
                            assertThat(e.got()).isEqualTo(2);
                        });
    }
}
