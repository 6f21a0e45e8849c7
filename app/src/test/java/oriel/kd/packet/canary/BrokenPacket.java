package oriel.kd.packet.canary;

import java.net.Socket;
import oriel.format.pe.PeImage;

/** Breaks the rules for the kernel debugger protocol. Only the layer tests use it. */
final class BrokenPacket {
    private BrokenPacket() {}

    /** Knows a format and does I/O. */
    static boolean isOpen(PeImage image, Socket socket) {
        return image.sections().isEmpty() && socket.isConnected();
    }
}
