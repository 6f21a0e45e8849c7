package oriel.model;

/** A four-part file version, as in VS_FIXEDFILEINFO. Each part has 16 bits. */
public record ModuleVersion(int major, int minor, int build, int revision) {
    /** From the two 32-bit halves of VS_FIXEDFILEINFO (dwFileVersionMS, dwFileVersionLS). */
    public static ModuleVersion of(long ms, long ls) {
        return new ModuleVersion(
                (int) (ms >>> 16 & 0xffff),
                (int) (ms & 0xffff),
                (int) (ls >>> 16 & 0xffff),
                (int) (ls & 0xffff));
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + build + "." + revision;
    }
}
