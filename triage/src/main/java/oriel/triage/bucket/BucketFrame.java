package oriel.triage.bucket;

import java.util.Locale;
import java.util.Optional;
import oriel.model.CodeLocation;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
import oriel.model.Symbol;
import oriel.triage.report.FrameEntry;

/**
 * A frame as a bucket sees it.
 *
 * @param key equal for the same place in every run: {@code app!level3}, {@code app@5f3c+0x12} with
 *     the build's time stamp; of a place in no module what little does not move
 * @param shown the same for people, with the file name of the module
 * @param named whether the function is known
 * @param inModule whether the frame is in a module, mapped or unloaded
 * @param noise whether it says nothing about whose mistake it is
 * @param trust how the frame was found
 */
record BucketFrame(
        String key,
        String shown,
        boolean named,
        boolean inModule,
        boolean noise,
        FrameTrust trust) {
    /** The nearest symbol of a module without sizes (exports) is not believed beyond this. */
    private static final long FAR = 0x4000;

    private static final long PAGE = 0xfff;

    static BucketFrame of(FrameEntry frame, Noise noise) {
        CodeLocation location = frame.location();
        boolean noisy = noise.covers(location);
        if (location.module().isPresent()) {
            LoadedModule module = location.module().get();
            String label = module.label().toLowerCase(Locale.ROOT);
            Optional<Symbol> symbol = location.symbol().filter(s -> believable(s, frame.pc()));
            if (symbol.isPresent()) {
                String name = FunctionNames.plain(symbol.get().name());
                String shown = module.name() + "!" + name;
                return new BucketFrame(label + "!" + name, shown, true, true, noisy, frame.trust());
            }
            // Another build has other code at the same offset.
            String build = "@" + Long.toHexString(module.timestamp());
            String offset = "+0x" + Long.toHexString(frame.pc() - module.base());
            return new BucketFrame(
                    label + build + offset,
                    module.name() + offset,
                    false,
                    true,
                    noisy,
                    frame.trust());
        }
        if (frame.unloaded().isPresent()) {
            String label = frame.label();
            return new BucketFrame(
                    label.toLowerCase(Locale.ROOT), label, false, true, false, frame.trust());
        }
        // Where a program counter went astray to is chance: the frames below tell the bug, and if
        // there are none the offset in the page is what stays, as allocations move by 64 KiB.
        String offset = "?+0x" + Long.toHexString(frame.pc() & PAGE);
        return new BucketFrame(offset, offset, false, false, false, frame.trust());
    }

    /** The same without the address, for use beside frames that are in modules. */
    BucketFrame placeless() {
        return inModule ? this : new BucketFrame("?", "?", false, false, noise, trust);
    }

    private static boolean believable(Symbol symbol, long pc) {
        return symbol.sizeBytes().isPresent() || pc - symbol.va() < FAR;
    }
}
