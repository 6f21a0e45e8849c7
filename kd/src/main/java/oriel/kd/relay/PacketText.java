package oriel.kd.relay;

import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.kd.packet.KdPacket;
import oriel.kd.packet.PacketType;
import oriel.kd.protocol.Api;
import oriel.kd.protocol.DebugIo;
import oriel.kd.protocol.FileIo;
import oriel.kd.protocol.ManipulateReply;
import oriel.kd.protocol.StateChange;
import oriel.kd.protocol.StateChange.CommandEvent;
import oriel.kd.protocol.StateChange.ExceptionEvent;
import oriel.kd.protocol.StateChange.OtherEvent;
import oriel.kd.protocol.StateChange.SymbolsEvent;
import oriel.kd.protocol.TargetVersion;

/** Packets in one line of words each. */
public final class PacketText {
    private PacketText() {}

    /**
     * A packet in words.
     *
     * @param fromTarget whether the target sent it, which tells answers from requests
     */
    public static String of(KdPacket packet, boolean fromTarget) {
        String id = " #" + hex(packet.id() & 0xffffffffL);
        if (packet.isControl() || packet.type() == PacketType.UNUSED) {
            return PacketType.name(packet.type()) + id;
        }
        Bytes body = Bytes.of(packet.body(), PacketType.name(packet.type()));
        String words;
        try {
            words =
                    switch (packet.type()) {
                        case PacketType.STATE_MANIPULATE ->
                                fromTarget ? reply(body) : request(body);
                        case PacketType.STATE_CHANGE_64 -> stop(StateChange.read(body));
                        case PacketType.DEBUG_IO -> print(DebugIo.read(body), fromTarget);
                        case PacketType.FILE_IO -> file(body, fromTarget);
                        default -> PacketType.name(packet.type()) + ", " + body.size() + " bytes";
                    };
        } catch (FormatException e) {
            words = PacketType.name(packet.type()) + ", broken: " + e.problem();
        }
        return words + id;
    }

    private static String hex(long value) {
        return Long.toHexString(value);
    }

    private static String request(Bytes body) {
        int api = body.s32(0);
        Bytes union = body.slice(16, 40);
        String fields =
                switch (api) {
                    case Api.READ_VIRTUAL,
                            Api.WRITE_VIRTUAL,
                            Api.READ_PHYSICAL,
                            Api.WRITE_PHYSICAL,
                            Api.READ_CONTROL_SPACE,
                            Api.WRITE_CONTROL_SPACE,
                            Api.READ_IO,
                            Api.WRITE_IO ->
                            " " + hex(union.u64(0)) + " +" + hex(union.u32(8));
                    case Api.WRITE_BREAKPOINT, Api.QUERY_MEMORY -> " " + hex(union.u64(0));
                    case Api.RESTORE_BREAKPOINT -> " handle " + union.u32(0);
                    case Api.CONTINUE -> " status " + hex(union.u32(0));
                    case Api.CONTINUE_2 ->
                            " status "
                                    + hex(union.u32(0))
                                    + (union.u32(4) == 1 ? ", one instruction" : "");
                    case Api.READ_MSR, Api.WRITE_MSR -> " " + hex(union.u32(0));
                    case Api.GET_CONTEXT_EX, Api.SET_CONTEXT_EX ->
                            " " + hex(union.u32(0)) + " +" + hex(union.u32(4));
                    case Api.SEARCH -> " " + hex(union.u64(0)) + " +" + hex(union.u64(8));
                    default -> "";
                };
        return Api.name(api) + fields + " on cpu " + body.u16(6);
    }

    private static String reply(Bytes body) {
        ManipulateReply reply = ManipulateReply.read(body);
        String fields =
                switch (reply.api()) {
                    case Api.READ_VIRTUAL, Api.READ_PHYSICAL, Api.READ_CONTROL_SPACE ->
                            " " + hex(reply.union().u64(0)) + ", " + reply.data().size() + " bytes";
                    case Api.WRITE_BREAKPOINT -> " handle " + reply.union().u32(8);
                    case Api.GET_VERSION -> {
                        TargetVersion version = TargetVersion.read(reply.union());
                        yield " "
                                + version.product()
                                + " "
                                + version.build()
                                + " "
                                + version.machineName()
                                + ", kernel base "
                                + hex(version.kernelBase());
                    }
                    default ->
                            reply.data().size() == 0 ? "" : ", " + reply.data().size() + " bytes";
                };
        String status = reply.status() == 0 ? "" : ", status " + hex(reply.status() & 0xffffffffL);
        return Api.name(reply.api()) + " answered" + fields + status;
    }

    private static String stop(StateChange change) {
        String why =
                switch (change.event()) {
                    case ExceptionEvent e ->
                            "exception "
                                    + hex(e.code() & 0xffffffffL)
                                    + (e.firstChance() ? "" : ", second chance");
                    case SymbolsEvent e ->
                            (e.unload() ? "unloads " : "loads ")
                                    + printable(e.path())
                                    + " at "
                                    + hex(e.baseVa());
                    case CommandEvent e -> "command " + printable(e.command());
                    case OtherEvent e -> "state " + hex(e.state());
                };
        return "stop: "
                + why
                + ", pc "
                + hex(change.pc())
                + ", cpu "
                + change.processor()
                + " of "
                + change.processors();
    }

    private static String print(DebugIo io, boolean fromTarget) {
        return switch (io) {
            case DebugIo.Print print -> "print \"" + printable(print.text()) + "\"";
            case DebugIo.Prompt prompt ->
                    (fromTarget ? "asks \"" : "answers \"") + printable(prompt.text()) + "\"";
            case DebugIo.Other other -> "debug I/O " + hex(other.api());
        };
    }

    private static String file(Bytes body, boolean fromTarget) {
        FileIo io = FileIo.read(body);
        if (!fromTarget) {
            return "file answer, status " + hex(body.u32(4));
        }
        return switch (io) {
            case FileIo.Create create -> "opens file " + printable(create.path());
            case FileIo.Read read ->
                    "reads file "
                            + hex(read.handle())
                            + " at "
                            + hex(read.offset())
                            + " +"
                            + hex(read.length());
            case FileIo.Write write -> "writes file " + hex(write.handle());
            case FileIo.Close close -> "closes file " + hex(close.handle());
            case FileIo.Other other -> "file I/O " + hex(other.api());
        };
    }

    /** Text in which nothing can steer a terminal. */
    private static String printable(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else {
                out.append(c >= ' ' && c < 0x7f || c >= 0xa0 ? c : '.');
            }
        }
        return out.toString();
    }
}
