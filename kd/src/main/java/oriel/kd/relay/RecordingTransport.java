package oriel.kd.relay;

import java.io.IOException;
import java.util.Arrays;
import oriel.kd.packet.Framing;
import oriel.kd.packet.LinkTiming;
import oriel.kd.transport.Transport;

/** A line whose traffic is recorded, decrypted where it was encrypted. */
public final class RecordingTransport implements Transport {
    private final Transport line;
    private final Recorder recorder;
    private final long start = System.nanoTime();

    /** Records what goes over a line; closes both. */
    public RecordingTransport(Transport line, Recorder recorder) {
        this.line = line;
        this.recorder = recorder;
    }

    @Override
    public String name() {
        return line.name();
    }

    @Override
    public int read(byte[] into, long timeoutNanos) throws IOException {
        int got = line.read(into, timeoutNanos);
        if (got > 0) {
            recorder.record(Direction.B_TO_A, System.nanoTime() - start, Arrays.copyOf(into, got));
        }
        return got;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        recorder.record(
                Direction.A_TO_B,
                System.nanoTime() - start,
                Arrays.copyOfRange(bytes, offset, offset + length));
        line.write(bytes, offset, length);
    }

    @Override
    public Framing framing() {
        return line.framing();
    }

    @Override
    public int generation() {
        return line.generation();
    }

    @Override
    public boolean isConnected() {
        return line.isConnected();
    }

    @Override
    public LinkTiming timing() {
        return line.timing();
    }

    @Override
    public int readAhead() {
        return line.readAhead();
    }

    @Override
    public String trouble() {
        return line.trouble();
    }

    @Override
    public void close() throws IOException {
        line.close();
        recorder.close();
    }
}
