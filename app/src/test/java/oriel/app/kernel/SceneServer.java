package oriel.app.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import oriel.testkit.kd.ScriptedKernel;
import oriel.testkit.kd.ScriptedStreamTarget;

/** A scripted kernel behind a TCP port, for one debugger after the other. */
public final class SceneServer implements AutoCloseable {
    private final ServerSocket server;
    private final CopyOnWriteArrayList<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<ScriptedStreamTarget> targets = new CopyOnWriteArrayList<>();
    private final Thread acceptor;

    /**
     * Listens on a port of the loopback device.
     *
     * @param port 0 for any
     */
    public SceneServer(
            ScriptedKernel kernel, int port, UnaryOperator<ScriptedStreamTarget> preparation) {
        try {
            server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor = new Thread(() -> accept(kernel, preparation), "scene server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void accept(ScriptedKernel kernel, UnaryOperator<ScriptedStreamTarget> preparation) {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                // A kernel is for one thread: what the debugger before this one sent is done first.
                targets.forEach(ScriptedStreamTarget::awaitEnd);
                socket.setTcpNoDelay(true);
                var target =
                        preparation.apply(
                                new ScriptedStreamTarget(
                                        kernel, socket.getInputStream(), socket.getOutputStream()));
                target.start();
                targets.add(target);
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** Where it listens, as --tcp takes it. */
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Ends it; nothing touches the kernel afterwards. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket each : sockets) {
                each.close();
            }
            acceptor.join();
            targets.forEach(ScriptedStreamTarget::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
