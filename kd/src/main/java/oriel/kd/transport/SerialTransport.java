package oriel.kd.transport;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import oriel.kd.packet.LinkTiming;

/** A serial port: 8 data bits, no parity, one stop bit, no flow control. */
final class SerialTransport implements Transport {
    private static final int POLL_MILLIS = 20;

    private final SerialPort port;
    private final int baud;

    SerialTransport(String device, int baud) throws IOException {
        this.baud = baud;
        try {
            port = SerialPort.getCommPort(device);
        } catch (SerialPortInvalidPortException e) {
            throw new IOException("serial:" + device + ": there is no such port", e);
        }
        port.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
        port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, POLL_MILLIS, 0);
        if (!port.openPort()) {
            throw new IOException(
                    "serial:"
                            + device
                            + ": cannot be opened (error "
                            + port.getLastErrorCode()
                            + "): is it in use, or are you not of its group?");
        }
    }

    @Override
    public String name() {
        return "serial:" + port.getSystemPortPath() + "," + baud;
    }

    @Override
    public int read(byte[] into, long timeoutNanos) throws IOException {
        long until = System.nanoTime() + timeoutNanos;
        do {
            if (timeoutNanos == 0 && port.bytesAvailable() == 0) {
                return 0;
            }
            int got = port.readBytes(into, into.length);
            if (got != 0) {
                return got;
            }
        } while (System.nanoTime() - until < 0);
        return 0;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int part = port.writeBytes(bytes, length - done, offset + done);
            if (part <= 0) {
                throw new IOException(
                        name() + ": cannot be written (error " + port.getLastErrorCode() + ")");
            }
            done += part;
        }
    }

    @Override
    public LinkTiming timing() {
        return LinkTiming.ofBaud(baud);
    }

    @Override
    public int readAhead() {
        return 256;
    }

    @Override
    public void close() {
        port.closePort();
    }
}
