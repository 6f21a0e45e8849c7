package oriel.kd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import oriel.kd.KdSession.Exceptions;
import oriel.kd.net.KdnetKey;
import oriel.kd.packet.Crlf;
import oriel.kd.transport.Endpoint;
import oriel.kd.transport.KdnetTransport;
import oriel.kd.transport.Transport;
import oriel.testkit.kd.ScriptedKernel;
import oriel.testkit.kd.TargetProgram;

/** Targets on another machine, as far as one kernel can be two: another network, by a cable. */
class NetworkNamespaceTest {
    private static final long CODE = ScriptedKernel.BASE + 0x1000;
    private static final String NAME = "oriel" + ProcessHandle.current().pid() % 100_000;
    private static final String HERE = address(1);
    private static final String THERE = address(2);
    private static final String KEY = "1.2.3.4";

    @BeforeAll
    static void lay() throws IOException {
        boolean tool = Files.isExecutable(Path.of("/usr/sbin/ip"));
        assumeTrue(tool, "ip is not installed (Debian: iproute2)");
        assumeTrue(ip("netns", "add", NAME), "no network namespaces may be made here");
        boolean cable =
                ip("link", "add", NAME + "a", "type", "veth", "peer", "name", NAME + "b")
                        && ip("link", "set", NAME + "b", "netns", NAME)
                        && ip("addr", "add", HERE + "/30", "dev", NAME + "a")
                        && ip("link", "set", NAME + "a", "up")
                        && ip("-n", NAME, "addr", "add", THERE + "/30", "dev", NAME + "b")
                        && ip("-n", NAME, "link", "set", NAME + "b", "up");
        assumeTrue(cable, "no virtual cable can be laid here");
        assumeTrue(
                ip("netns", "exec", NAME, "/bin/true"),
                "nothing can be started in another network here");
    }

    @AfterAll
    static void remove() throws IOException {
        if (Files.isExecutable(Path.of("/usr/sbin/ip"))) {
            ip("link", "del", NAME + "a");
            ip("netns", "del", NAME);
        }
    }

    /** Of four addresses that no other process has, in the network for tests of networks. */
    private static String address(int number) {
        int at = (int) (ProcessHandle.current().pid() % 0x8000) * 4 + number;
        return "198." + (18 + (at >> 16)) + "." + (at >> 8 & 0xff) + "." + (at & 0xff);
    }

    private static boolean ip(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("/usr/sbin/ip"));
        command.addAll(List.of(arguments));
        Process ip =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return ip.waitFor(60, TimeUnit.SECONDS) && ip.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A target in the other network, which ends with its input. */
    private static Process target(String... arguments) throws IOException {
        String path = System.getProperty("java.class.path", "");
        var command =
                new ArrayList<>(
                        List.of(
                                "/usr/sbin/ip",
                                "netns",
                                "exec",
                                NAME,
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("surefire.test.class.path", path),
                                TargetProgram.class.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("ready");
        return process;
    }

    private static void end(Process process) throws IOException {
        process.getOutputStream().close();
        process.destroy();
        process.onExit().join();
    }

    private static void debug(Transport line, boolean pulled) throws IOException {
        try (var session = new KdSession(new KdConnection(line, Crlf.AUTO, KdEvents.NONE))) {
            KdStop stop = session.attach(Duration.ofSeconds(120));
            assertThat(stop.pc()).isEqualTo(ScriptedKernel.BREAK_VA);
            session.runner().addBreakpoint("", OptionalLong.of(CODE + 4));
            assertThat(session.runner().run(Exceptions.HANDLED, 0).stop().pc()).isEqualTo(CODE + 4);
            if (pulled) {
                // The cable out and in again: what was on it is lost.
                assertThat(ip("link", "set", NAME + "a", "down")).isTrue();
                assertThat(ip("link", "set", NAME + "a", "up")).isTrue();
            }
            RunEnd again = session.runner().run(Exceptions.HANDLED, 0);
            assertThat(again.breakpoint()).isPresent();
            assertThat(again.stop().memory().unsigned(ScriptedKernel.BASE, 2)).hasValue(0x5a4d);
        }
    }

    @Test
    void overTcp() throws IOException {
        Process target = target("tcp", THERE, "4555");
        try {
            debug(Endpoint.parse("tcp:" + THERE + ":4555").open(), true);
        } finally {
            end(target);
        }
    }

    @Test
    void overKdnet() throws IOException {
        var line = new KdnetTransport(0, KdnetKey.parse(KEY), new SecureRandom()::nextBytes);
        Process target = target("net", HERE, Integer.toString(line.port()), KEY);
        try {
            debug(line, true);
        } finally {
            end(target);
        }
    }
}
