package oriel.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {
    private static final byte[] EIGHT = {
        (byte) 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, (byte) 0xf1
    };
    private final Bytes bytes = Bytes.of(EIGHT, "x.dmp");

    @Test
    void readsLittleEndianNumbers() {
        assertThat(bytes.u8(0)).isEqualTo(0x88);
        assertThat(bytes.s8(0)).isEqualTo((byte) 0x88);
        assertThat(bytes.u16(0)).isEqualTo(0x7788);
        assertThat(bytes.s16(6)).isEqualTo((short) 0xf122);
        assertThat(bytes.u32(4)).isEqualTo(0xf1223344L);
        assertThat(bytes.s32(4)).isEqualTo(0xf1223344);
        assertThat(bytes.u64(0)).isEqualTo(0xf122334455667788L);
    }

    @Test
    void readsLittleEndianWhateverTheOrderOfTheBuffer() {
        ByteBuffer big = ByteBuffer.wrap(EIGHT).order(ByteOrder.BIG_ENDIAN).position(3);
        assertThat(Bytes.of(big, "b").u32(0)).isEqualTo(0x55667788L);
    }

    @ParameterizedTest
    @CsvSource({"8,1", "7,2", "5,4", "1,8", "-1,1", "9223372036854775807,8", "-9,8"})
    void refusesToReadOutside(long offset, int width) {
        assertThatThrownBy(
                        () -> {
                            switch (width) {
                                case 1 -> bytes.u8(offset);
                                case 2 -> bytes.u16(offset);
                                case 4 -> bytes.u32(offset);
                                default -> bytes.u64(offset);
                            }
                        })
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("x.dmp+0x")
                .hasMessageContaining(width + " bytes wanted, window ends at 0x8");
    }

    @Test
    void slicesCountFromTheirOwnStartAndReportFromTheStartOfTheSource() {
        Bytes slice = bytes.slice(2, 4).from(1);
        assertThat(slice.size()).isEqualTo(3);
        assertThat(slice.u16(0)).isEqualTo(0x4455);
        assertThatThrownBy(() -> slice.u32(0))
                .isInstanceOfSatisfying(
                        FormatException.class,
                        e -> {
                            assertThat(e.offset()).isEqualTo(3);
                            assertThat(e.source()).isEqualTo("x.dmp");
                        });
        assertThatThrownBy(() -> bytes.slice(2, 7)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> bytes.slice(1, Long.MAX_VALUE))
                .isInstanceOf(FormatException.class);
        assertThat(bytes.slice(8, 0).size()).isZero();
    }

    @Test
    void checksCountsAgainstTheBytesLeft() {
        assertThat(bytes.checkedCount(2, 3, 2)).isEqualTo(2);
        assertThatThrownBy(() -> bytes.checkedCount(0xffffffffL, 48, 4))
                .hasMessage("x.dmp+0x4: count 4294967295 of 48-byte records does not fit");
        assertThatThrownBy(() -> bytes.checkedCount(-1, 1, 0))
                .hasMessageContaining("18446744073709551615");
        assertThatThrownBy(() -> bytes.checkedCount(1, 1, 9)).isInstanceOf(FormatException.class);
    }

    @Test
    void readsTextUpToItsEnd() {
        Bytes text = Bytes.of("ab\0cdé".getBytes(StandardCharsets.UTF_8), "t");
        assertThat(text.cString(0, 100)).isEqualTo("ab");
        assertThat(text.cString(3, 100)).isEqualTo("cdé");
        assertThat(text.cString(0, 1)).isEqualTo("a");
        assertThat(text.cString(0, Integer.MAX_VALUE)).isEqualTo("ab");
        Bytes wide = Bytes.of("żółw".getBytes(StandardCharsets.UTF_16LE), "w");
        assertThat(wide.utf16(0, 7)).isEqualTo("żół");
    }

    @Test
    void mapsLargeFilesAcrossTheBordersOfPieces(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("big.bin");
        long border = 1L << 30;
        byte[] pattern = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.SPARSE))) {
            for (long at : new long[] {border, 2 * border, 5 * border}) {
                channel.write(ByteBuffer.wrap(pattern), at - 8);
            }
        }
        Bytes big = Bytes.open(file);
        assertThat(big.size()).isEqualTo(5 * border + 8);
        for (long at : new long[] {border, 2 * border, 5 * border}) {
            assertThat(big.u64(at - 4)).isEqualTo(0x0c0b0a0908070605L);
            assertThat(big.u32(at - 1)).isEqualTo(0x0b0a0908L);
            assertThat(big.copy(at - 8, 16)).isEqualTo(pattern);
            assertThat(big.slice(at - 2, 4).u16(1)).isEqualTo(0x0908);
        }
        assertThatThrownBy(() -> big.u64(5 * border + 1)).isInstanceOf(FormatException.class);
    }

    @Test
    void opensSmallFilesAndRefusesFolders(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.dmp"));
        assertThat(Bytes.open(empty).size()).isZero();
        assertThatThrownBy(() -> Bytes.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a directory");
    }
}
