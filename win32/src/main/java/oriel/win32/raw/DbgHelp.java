package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The functions of dbghelp that are needed, mapped directly. Not safe for several threads. */
public final class DbgHelp {
    static {
        Native.register(DbgHelp.class, "dbghelp");
    }

    private DbgHelp() {}

    public static native boolean MiniDumpWriteDump(
            long process,
            int processId,
            long file,
            int type,
            @Nullable Pointer exception,
            @Nullable Pointer userStreams,
            @Nullable Pointer callback);
}
