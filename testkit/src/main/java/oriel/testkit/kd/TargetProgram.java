package oriel.testkit.kd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A scripted kernel as a program of its own, for machines and networks that tests make. Ends when
 * its input does.
 */
public final class TargetProgram {
    private TargetProgram() {}

    /** Either {@code tcp ADDRESS PORT}, where it listens, or {@code net HOST PORT KEY}. */
    public static void main(String[] args) throws IOException {
        var address =
                new InetSocketAddress(InetAddress.getByName(args[1]), Integer.parseInt(args[2]));
        ScriptedKernel kernel = KernelScene.of(true, 1);
        if (args[0].equals("net")) {
            new ScriptedNetTarget(kernel, address, args[3], 0, 1);
        } else {
            var server = new ServerSocket();
            server.bind(address);
            Thread acceptor = new Thread(() -> accept(server, kernel), "target program");
            acceptor.setDaemon(true);
            acceptor.start();
        }
        System.out.println("ready");
        System.out.flush();
        while (System.in.read() >= 0) {
            // until nobody wants it any more
        }
    }

    private static void accept(ServerSocket server, ScriptedKernel kernel) {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                new ScriptedStreamTarget(kernel, socket.getInputStream(), socket.getOutputStream())
                        .start();
            }
        } catch (IOException e) {
            // closed
        }
    }
}
