package oriel.kd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.UnaryOperator;
import oriel.kd.packet.Crlf;
import oriel.kd.transport.Endpoint;
import oriel.testkit.kd.ScriptedKernel;
import oriel.testkit.kd.ScriptedStreamTarget;

/** A session and a scripted target at the two ends of a TCP connection. */
final class TestLine implements AutoCloseable {
    final ScriptedStreamTarget target;
    final KdSession session;

    TestLine(ScriptedKernel kernel) {
        this(kernel, KdEvents.NONE, t -> t);
    }

    TestLine(
            ScriptedKernel kernel,
            KdEvents events,
            UnaryOperator<ScriptedStreamTarget> preparation) {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint end = Endpoint.parse("tcp:127.0.0.1:" + server.getLocalPort());
            var connection = new KdConnection(end.open(), Crlf.AUTO, events);
            Socket socket = server.accept();
            socket.setTcpNoDelay(true);
            target =
                    preparation.apply(
                            new ScriptedStreamTarget(
                                    kernel, socket.getInputStream(), socket.getOutputStream()));
            target.start();
            session = new KdSession(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        session.close();
        target.close();
    }
}
