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

    /** MUTANT_OWNER_INFORMATION is a CLIENT_ID: process and thread id, a pointer each. */
    private static Optional<ThreadRef> owner(
            HandleEntry entry, Minidump dump, Architecture writer) {
        for (ObjectInfo info : entry.objectInfo(dump.file())) {
            Bytes data = info.data();
            int width = writer.pointerSize();
            if (info.type() == ObjectInfo.MUTANT_OWNER && data.size() >= 2L * width) {
                long thread = data.u32(width);
                return thread == 0
                        ? Optional.empty()
                        : Optional.of(new ThreadRef(data.u32(0), thread));
            }
        }
        return Optional.empty();
    }
}
