package oriel.format.msf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

class MsfTest {
    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2048, 4096, 8192, 32768, 65536})
    void readsScatteredStreamsOfEveryPageSize(int pageSize) {
        byte[] one = HandLaid.counting(5 * pageSize + 123, 1);
        byte[] two = HandLaid.counting(3 * pageSize, 7);
        Msf msf = Msf.open(Bytes.of(HandLaid.msf(pageSize, new byte[0], one, two), "hand.pdb"));

        assertThat(msf.streamCount()).isEqualTo(3);
        assertThat(msf.streamSize(0)).isZero();
        assertThat(all(msf.stream(1))).isEqualTo(one);
        assertThat(all(msf.stream(2))).isEqualTo(two);
        assertThat(msf.diagnostics()).isEmpty();
    }

    @Test
    void readsNumbersAndRecordsAcrossPages() {
        byte[] data = HandLaid.counting(4096, 3);
        MsfStream stream =
                Msf.open(Bytes.of(HandLaid.msf(512, new byte[0], data), "hand.pdb")).stream(1);
        ByteBuffer truth = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 500; at < 520; at++) {
            assertThat(stream.u16(at)).isEqualTo(truth.getShort(at) & 0xffff);
            assertThat(stream.s32(at)).isEqualTo(truth.getInt(at));
            assertThat(stream.u64(at)).isEqualTo(truth.getLong(at));
            assertThat(stream.window(at, 700).copy(0, 700))
                    .isEqualTo(Arrays.copyOfRange(data, at, at + 700));
            assertThat(stream.slice(at, 600).u16(590)).isEqualTo(truth.getShort(at + 590) & 0xffff);
        }
        assertThatThrownBy(() -> stream.u16(4095))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("hand.pdb stream 1+0xfff")
                .hasMessageContaining("stream ends at 0x1000");
    }

    @Test
    void findsZerosAcrossPages() {
        byte[] data = new byte[1200];
        Arrays.fill(data, (byte) 'x');
        data[515] = 0;
        MsfStream stream =
                Msf.open(Bytes.of(HandLaid.msf(512, new byte[0], data), "hand.pdb")).stream(1);
        assertThat(stream.zeroAt(0)).isEqualTo(515);
        assertThat(stream.zeroAt(516)).isEqualTo(1200);
        assertThat(stream.cString(510)).isEqualTo("xxxxx");
    }

    @Test
    void keepsWhatATruncatedFileStillHas() {
        byte[] one = HandLaid.counting(2048, 1);
        byte[] file = HandLaid.msf(512, new byte[0], one);
        // Pages are dealt out from the end, so the first page of the stream is cut off.
        Msf msf = Msf.open(Bytes.of(Arrays.copyOf(file, file.length - 512), "cut.pdb"));
        assertThat(msf.stream(1).u8(512)).isEqualTo(one[512] & 0xff);
        assertThatThrownBy(() -> msf.stream(1).u8(0))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("is missing");
    }

    @Test
    void refusesStreamsThatShareMorePagesThanThereAre() {
        byte[] file =
                HandLaid.msf(512, new byte[0], new byte[9 * 512], new byte[9 * 512], new byte[8]);
        ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int directory = 4 * 512;
        // Stream 3 grows to 20 pages, all of them the first page of stream 1.
        int pageOfOne = out.getInt(directory + 4 * 5);
        out.putInt(directory + 4 * 4, 20 * 512);
        out.putInt(44, out.getInt(44) + 19 * 4);
        for (int i = 0; i < 20; i++) {
            out.putInt(directory + 4 * (5 + 18 + i), pageOfOne);
        }
        Msf msf = Msf.open(Bytes.of(file, "shared.pdb"));
        assertThat(msf.diagnostics()).hasSize(1);
        assertThat(msf.diagnostics().getFirst().problem()).contains("{3}");
        assertThat(msf.streamSize(3)).isZero();
        assertThat(msf.streamSize(1)).isEqualTo(9 * 512);
    }

    @Test
    void namesOtherKinds() {
        assertThatThrownBy(
                        () ->
                                Msf.open(
                                        text(
                                                "Microsoft C/C++ program database 2.00\r\n\u001aJG\0\0")))
                .hasMessageContaining("PDB 2.00");
        assertThatThrownBy(() -> Msf.open(text("BSJB\1\0\1\0")))
                .hasMessageContaining("portable PDB");
        assertThatThrownBy(() -> Msf.open(text("MZ"))).hasMessageContaining("not a PDB");
        assertThatThrownBy(() -> Msf.open(text(""))).hasMessageContaining("not a PDB");
    }

    @Test
    void boundsADirectoryThatClaimsTooMuch() {
        byte[] file = HandLaid.msf(512, new byte[0], new byte[600]);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(44, -1);
        assertThatThrownBy(() -> Msf.open(Bytes.of(file, "lie.pdb")))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void readsFragmentsInTheFileAndInChunks() throws Exception {
        byte[] data = HandLaid.counting(3000, 5);
        byte[] plain = Arrays.copyOfRange(data, 0, 500);
        ByteBuffer directory = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        directory.putInt(0);
        directory.putInt(-1);
        // Stream 2: 500 bytes as they are at 80, then 2,500 from chunk 1 on, over all chunks.
        directory.putInt(500).putLong(80).putInt(2500).putLong(1L << 63 | 1L << 32).putInt(0);
        // Stream 3: from the middle of chunk 2 into chunk 3.
        directory.putInt(600).putLong(1L << 63 | 2L << 32 | 500).putInt(0);
        byte[] file =
                HandLaid.msfz(
                        4,
                        Arrays.copyOf(directory.array(), directory.position()),
                        new HandLaid.Chunk(0, plain, 500),
                        new HandLaid.Chunk(1, Zstd.compress(part(data, 500, 1500)), 1000),
                        new HandLaid.Chunk(2, deflate(part(data, 1500, 2500)), 1000),
                        new HandLaid.Chunk(0, part(data, 2500, 3000), 500));
        Msf msf = Msf.open(Bytes.of(file, "hand.pdz"));

        assertThat(msf.kind()).isEqualTo(ContainerKind.MSFZ);
        assertThat(msf.streamCount()).isEqualTo(4);
        assertThat(msf.streamSize(0)).isZero();
        assertThat(msf.streamSize(1)).isZero();
        assertThat(all(msf.stream(2))).isEqualTo(data);
        assertThat(all(msf.stream(3))).isEqualTo(part(data, 2000, 2600));
        ByteBuffer truth = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        for (int at : new int[] {496, 499, 1497, 2496, 2499}) {
            assertThat(msf.stream(2).s32(at)).isEqualTo(truth.getInt(at));
        }
    }

    @Test
    void refusesChunksThatClaimTooMuchOrHoldSomethingElse() {
        ByteBuffer directory = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        directory.putInt(100).putLong(1L << 63).putInt(0);
        byte[] packed = Zstd.compress(new byte[100]);
        Msf bomb =
                Msf.open(
                        Bytes.of(
                                HandLaid.msfz(
                                        1,
                                        directory.array(),
                                        new HandLaid.Chunk(1, packed, 1 << 29)),
                                "bomb.pdz"));
        assertThatThrownBy(() -> bomb.stream(0).u8(0))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("claim to hold");
        Msf wrong =
                Msf.open(
                        Bytes.of(
                                HandLaid.msfz(
                                        1, directory.array(), new HandLaid.Chunk(1, packed, 101)),
                                "wrong.pdz"));
        assertThatThrownBy(() -> wrong.stream(0).u8(0)).hasMessageContaining("instead of 101");
        Msf unknown =
                Msf.open(
                        Bytes.of(
                                HandLaid.msfz(
                                        1, directory.array(), new HandLaid.Chunk(9, packed, 100)),
                                "unknown.pdz"));
        assertThatThrownBy(() -> unknown.stream(0).u8(0)).hasMessageContaining("compression 9");
    }

    @Test
    @NeedsCorpus
    void refusesTheHostileFileOfTheCorpus() throws Exception {
        Bytes file =
                Bytes.open(Corpus.file("llvm/llvm/test/DebugInfo/PDB/Inputs/bad-block-size.pdb"));
        assertThatThrownBy(() -> Msf.open(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("bad-block-size.pdb");
    }

    private static byte[] part(byte[] data, int from, int to) {
        return Arrays.copyOfRange(data, from, to);
    }

    private static byte[] deflate(byte[] data) {
        var deflater = new Deflater(9, true);
        deflater.setInput(data);
        deflater.finish();
        var out = new ByteArrayOutputStream();
        var buffer = new byte[256];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static Bytes text(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1), "other.bin");
    }

    private static byte[] all(MsfStream stream) {
        var bytes = new byte[(int) stream.size()];
        stream.copy(0, bytes, 0, bytes.length);
        return bytes;
    }
}
