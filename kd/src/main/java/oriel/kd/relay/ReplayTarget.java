package oriel.kd.relay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oriel.bytes.Bytes;
import oriel.kd.packet.KdPacket;
import oriel.kd.packet.PacketType;
import oriel.kd.protocol.Api;
import oriel.kd.protocol.ManipulateReply;
import oriel.kd.protocol.ManipulateRequest;

/**
 * What a target said in a recorded conversation, put so that it can be asked again in another
 * order: a row of stops, each with the answers that were given at it. Memory that was read at one
 * stop is also known at later ones, until it was read again.
 */
final class ReplayTarget {
    private static final int PAGE = 256;

    /** The bit in the id of a target's first packet, which comes again without it after a reset. */
    private static final int SYNC = 0x800;

    /** A stop and what was answered at it. */
    private static final class Scene {
        private final KdPacket stop;
        private final List<KdPacket> before = new ArrayList<>();
        private final Map<String, byte[]> answers = new HashMap<>();
        private final Map<String, byte[]> cells = new TreeMap<>();

        Scene(KdPacket stop) {
            this.stop = stop;
        }
    }

    private final List<Scene> scenes = new ArrayList<>();
    private int at;

    ReplayTarget(Recording recording) {
        var prints = new ArrayList<KdPacket>();
        byte[] asked = {};
        KdPacket lastPrint = null;
        int lastStop = -1;
        for (Recording.Entry entry : recording.entries()) {
            KdPacket packet = entry.packet();
            boolean fromTarget = entry.direction() == Direction.B_TO_A;
            if (fromTarget && packet.type() == PacketType.STATE_CHANGE_64) {
                boolean again =
                        !scenes.isEmpty()
                                && lastStop == scenes.size()
                                && Arrays.equals(last().stop.body(), packet.body());
                if (!again) {
                    var scene = new Scene(packet);
                    scene.before.addAll(prints);
                    prints.clear();
                    scenes.add(scene);
                    lastStop = scenes.size();
                }
            } else if (fromTarget && packet.type() == PacketType.DEBUG_IO) {
                boolean again =
                        lastPrint != null
                                && (lastPrint.id() & ~SYNC) == (packet.id() & ~SYNC)
                                && Arrays.equals(lastPrint.body(), packet.body());
                if (!again) {
                    prints.add(packet);
                }
                lastPrint = packet;
            } else if (packet.type() == PacketType.STATE_MANIPULATE
                    && packet.body().length >= ManipulateRequest.HEADER) {
                if (!fromTarget) {
                    asked = packet.body();
                    lastStop = goesOn(asked) ? -1 : lastStop;
                } else if (!scenes.isEmpty()
                        && asked.length > 0
                        && api(asked) == api(packet.body())) {
                    keep(last(), asked, packet.body());
                }
            }
        }
    }

    private Scene last() {
        return scenes.get(scenes.size() - 1);
    }

    private static int api(byte[] body) {
        return ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    }

    static boolean goesOn(byte[] request) {
        int api = api(request);
        return api == Api.CONTINUE || api == Api.CONTINUE_2;
    }

    private static void keep(Scene scene, byte[] asked, byte[] answer) {
        int api = api(asked);
        scene.answers.put(key(asked), answer);
        if (api == Api.READ_VIRTUAL || api == Api.READ_PHYSICAL) {
            ManipulateReply reply = ManipulateReply.read(Bytes.of(answer, "answer"));
            long address = reply.union().u64(0);
            Bytes data = reply.data(reply.union().u32(12), (int) reply.data().size());
            for (int i = 0; i < data.size(); i++) {
                byte[] cell =
                        scene.cells.computeIfAbsent(
                                cell(api, address + i), k -> new byte[2 * PAGE]);
                int within = (int) (address + i & PAGE - 1);
                cell[within] = data.s8(i);
                cell[PAGE + within] = 1;
            }
        }
    }

    private static String cell(int api, long address) {
        return (api == Api.READ_VIRTUAL ? "v" : "p") + Long.toHexString(address & -PAGE);
    }

    /** What tells one request from another: number, processor and the fields that are set. */
    private static String key(byte[] request) {
        ByteBuffer in = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN);
        int api = in.getInt(0);
        int fields =
                switch (api) {
                    case Api.GET_CONTEXT, Api.GET_VERSION, Api.SET_CONTEXT -> 0;
                    case Api.READ_MSR, Api.RESTORE_BREAKPOINT -> 4;
                    case Api.GET_CONTEXT_EX, Api.WRITE_BREAKPOINT, Api.QUERY_MEMORY -> 8;
                    case Api.SEARCH -> 20;
                    default -> 12;
                };
        int processor = api == Api.GET_CONTEXT || api == Api.GET_CONTEXT_EX ? in.getShort(6) : 0;
        var text = new StringBuilder().append(api).append('/').append(processor).append('/');
        for (int i = 0; i < fields; i++) {
            text.append(Integer.toHexString(request[16 + i] & 0xff)).append(' ');
        }
        return text.toString();
    }

    boolean isEmpty() {
        return scenes.isEmpty();
    }

    /** The stop at which it is. */
    KdPacket stop() {
        return scenes.get(at).stop;
    }

    /** Goes on to the next stop; false after the last one. */
    boolean next() {
        if (at + 1 < scenes.size()) {
            at++;
            return true;
        }
        return false;
    }

    /** What was printed before the stop at which it is, once. */
    List<KdPacket> takePrints() {
        List<KdPacket> prints = List.copyOf(scenes.get(at).before);
        scenes.get(at).before.clear();
        return prints;
    }

    /** The body of the answer to a request. */
    byte[] answer(byte[] request) {
        int api = api(request);
        if (api == Api.READ_VIRTUAL || api == Api.READ_PHYSICAL) {
            return read(api, request);
        }
        String key = key(request);
        for (int i = at; i >= 0; i--) {
            byte[] known = scenes.get(i).answers.get(key);
            if (known != null) {
                return known;
            }
        }
        byte[] refusal = Arrays.copyOf(request, ManipulateRequest.HEADER);
        ByteBuffer out = ByteBuffer.wrap(refusal).order(ByteOrder.LITTLE_ENDIAN);
        boolean harmless =
                api == Api.SET_CONTEXT
                        || api == Api.WRITE_BREAKPOINT
                        || api == Api.RESTORE_BREAKPOINT;
        out.putInt(8, harmless ? 0 : ManipulateReply.UNSUCCESSFUL);
        if (api == Api.WRITE_BREAKPOINT) {
            out.putInt(24, 1);
        }
        return refusal;
    }

    private byte[] read(int api, byte[] request) {
        ByteBuffer in = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN);
        long address = in.getLong(16);
        int wanted = Math.min(3944, Math.max(0, in.getInt(24)));
        byte[] answer = Arrays.copyOf(request, ManipulateRequest.HEADER + wanted);
        int got = 0;
        while (got < wanted) {
            int value = known(api, address + got);
            if (value < 0) {
                break;
            }
            answer[ManipulateRequest.HEADER + got++] = (byte) value;
        }
        ByteBuffer out = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(8, got == wanted ? 0 : ManipulateReply.UNSUCCESSFUL).putInt(28, got);
        return Arrays.copyOf(answer, ManipulateRequest.HEADER + got);
    }

    private int known(int api, long address) {
        String key = cell(api, address);
        int within = (int) (address & PAGE - 1);
        for (int i = at; i >= 0; i--) {
            byte[] cell = scenes.get(i).cells.get(key);
            if (cell != null && cell[PAGE + within] != 0) {
                return cell[within] & 0xff;
            }
        }
        return -1;
    }
}
