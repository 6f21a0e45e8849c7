package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** Functions of ole32, mapped directly. All return an HRESULT, negative when they failed. */
public final class Ole32 {
    static {
        Native.register(Ole32.class, "ole32");
    }

    private Ole32() {}

    public static native int CoInitializeEx(@Nullable Pointer reserved, int model);

    public static native void CoUninitialize();

    public static native int CoCreateInstance(
            Pointer classId, @Nullable Pointer outer, int context, Pointer id, long[] result);
}
