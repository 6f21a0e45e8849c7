package oriel.engine.dump;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import oriel.model.LoadedModule;
import oriel.model.Memory;

/**
 * The memory of a dump, with the bytes of images that the dump lacks taken from their files. What
 * is in the dump always counts more. Safe for any thread.
 */
final class FilledMemory implements Memory {
    private final DumpMemory dump;
    private final ModuleTable modules;
    private final ImageFinder finder;
    private final ConcurrentHashMap<LoadedModule, Optional<RelocatedImage>> images =
            new ConcurrentHashMap<>();

    FilledMemory(DumpMemory dump, ModuleTable modules, ImageFinder finder) {
        this.dump = dump;
        this.modules = modules;
        this.finder = finder;
    }

    @Override
    public int read(long va, byte[] into, int offset, int length) {
        int done = 0;
        while (done < length) {
            int got = dump.read(va + done, into, offset + done, length - done);
            if (got == 0) {
                got = fill(va + done, into, offset + done, length - done);
            }
            if (got == 0) {
                break;
            }
            done += got;
        }
        return done;
    }

    private int fill(long va, byte[] into, int offset, int length) {
        Optional<LoadedModule> module = modules.at(va);
        if (module.isEmpty()) {
            return 0;
        }
        Optional<RelocatedImage> image =
                images.computeIfAbsent(
                        module.get(),
                        m -> finder.find(m).map(file -> new RelocatedImage(file, m.base())));
        int gap = dump.gap(va, length);
        return image.isEmpty() ? 0 : image.get().read(va - module.get().base(), into, offset, gap);
    }

    /** Whether the file of a module was found; looks for it if that was not done before. */
    boolean hasImage(LoadedModule module) {
        return finder.find(module).isPresent();
    }

    /** All modules. */
    List<LoadedModule> modules() {
        return modules.list();
    }
}
