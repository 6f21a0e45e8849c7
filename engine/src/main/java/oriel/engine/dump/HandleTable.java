package oriel.engine.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.format.minidump.HandleEntry;
import oriel.format.minidump.HandleEntry.ObjectInfo;
import oriel.format.minidump.Minidump;
import oriel.model.Architecture;
import oriel.model.HandleInfo;
import oriel.model.ThreadRef;

/** The handles of a minidump, with their names read. */
final class HandleTable {
    private HandleTable() {}

    static List<HandleInfo> of(Minidump dump, Architecture writer) {
        var handles = new ArrayList<HandleInfo>();
        for (HandleEntry entry : dump.handles()) {
            handles.add(
                    new HandleInfo(
                            entry.handle(),
                            dump.string(entry.typeNameOffset(), "handles"),
                            dump.string(entry.objectNameOffset(), "handles"),
                            entry.attributes(),
                            entry.grantedAccess(),
                            entry.handleCount(),
                            entry.pointerCount(),
                            owner(entry, dump, writer)));
        }
        return List.copyOf(handles);
    }

    /**
     * MUTANT_OWNER_INFORMATION is a CLIENT_ID: process and thread id, a pointer each. In
     * THREAD_BASIC_INFORMATION two pointers stand before it.
     */
    private static Optional<ThreadRef> owner(
            HandleEntry entry, Minidump dump, Architecture writer) {
        int width = writer.pointerSize();
        for (ObjectInfo info : entry.objectInfo(dump.file())) {
            if (info.type() == ObjectInfo.MUTANT_OWNER) {
                return client(info.data(), 0, width);
            }
            if (info.type() == ObjectInfo.THREAD) {
                return client(info.data(), 2 * width, width);
            }
        }
        return Optional.empty();
    }

    private static Optional<ThreadRef> client(Bytes data, int at, int width) {
        long thread = data.contains(at, 2L * width) ? data.u32(at + width) : 0;
        return thread == 0 ? Optional.empty() : Optional.of(new ThreadRef(data.u32(at), thread));
    }
}
