package oriel.engine.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.model.AddressRange;

@Timeout(300)
class MemoryPipeTest {
    private static final int MEGABYTE = 1 << 20;
    private static final List<AddressRange> LARGE =
            List.of(new AddressRange(0x10000, 20L * MEGABYTE));

    @TempDir Path folder;

    /** Every byte tells its address. */
    private static void fill(long va, ByteBuffer into) {
        for (long at = va; into.hasRemaining(); at++) {
            into.put((byte) (at * 31 >>> 3));
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(
                folder.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Test
    void writesRangesOfAnySizeOneAfterAnother() throws IOException {
        List<AddressRange> ranges =
                List.of(
                        new AddressRange(0x1000, 5),
                        new AddressRange(0xffff_8000_0000_0000L, 6L * MEGABYTE + 1),
                        new AddressRange(0x7000_0000L, MEGABYTE - 6),
                        new AddressRange(0x9000_0000L, 3L * MEGABYTE));
        var told = new ArrayList<Long>();
        try (FileChannel channel = open()) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            new MemoryPipe(channel).pass(ranges, MemoryPipeTest::fill, told::add);
        }
        ByteBuffer expected = ByteBuffer.allocate(3 + 10 * MEGABYTE).put(new byte[] {1, 2, 3});
        for (AddressRange range : ranges) {
            expected.limit(expected.position() + (int) range.sizeBytes());
            fill(range.start(), expected);
        }
        assertThat(Files.readAllBytes(folder.resolve("file"))).isEqualTo(expected.array());
        assertThat(told).isSorted().endsWith(10L * MEGABYTE);
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheReading() throws IOException {
        FileChannel channel = open();
        channel.close();
        var told = new ArrayList<Long>();
        var pipe = new MemoryPipe(channel);
        assertThatThrownBy(() -> pipe.pass(LARGE, MemoryPipeTest::fill, told::add))
                .isInstanceOf(ClosedChannelException.class);
        assertThat(told).doesNotContain(20L * MEGABYTE);
    }

    @Test
    void whatTheReaderThrowsIsThrown() throws IOException {
        try (FileChannel channel = open()) {
            var pipe = new MemoryPipe(channel);
            assertThatThrownBy(
                            () ->
                                    pipe.pass(
                                            LARGE,
                                            (va, into) -> {
                                                throw new IllegalStateException("gone");
                                            },
                                            done -> {}))
                    .hasMessage("gone");
        }
    }

    @Test
    void anInterruptEndsIt() throws IOException {
        try (FileChannel channel = open()) {
            var pipe = new MemoryPipe(channel);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pipe.pass(LARGE, MemoryPipeTest::fill, done -> {}))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
