package oriel.app.cli;

import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;

/** A PE file or a file of plain bytes, seen as a target that has memory but never ran. */
final class ImageTarget implements Target {
    private final Architecture architecture;
    private final Memory memory;
    private final List<AddressRange> ranges;
    private final List<LoadedModule> modules;

    private ImageTarget(
            Architecture architecture,
            Memory memory,
            List<AddressRange> ranges,
            List<LoadedModule> modules) {
        this.architecture = architecture;
        this.memory = memory;
        this.ranges = ranges;
        this.modules = modules;
    }

    /** A PE file as it would lie at its preferred address, not relocated. */
    static ImageTarget ofImage(PeImage image, Bytes file) {
        Architecture architecture =
                image.architecture()
                        .orElseThrow(
                                () ->
                                        file.error(
                                                4,
                                                "machine 0x"
                                                        + Integer.toHexString(
                                                                image.coffHeader().machine())
                                                        + " is not supported"));
        long base = image.optionalHeader().imageBase();
        var range = new AddressRange(base, image.optionalHeader().imageSizeBytes());
        var module =
                new LoadedModule(
                        range,
                        file.source(),
                        image.coffHeader().timestamp(),
                        image.optionalHeader().checksum(),
                        Optional.empty(),
                        image.pdb());
        Memory memory = (va, into, offset, length) -> image.read(va - base, into, offset, length);
        return new ImageTarget(architecture, memory, List.of(range), List.of(module));
    }

    /** Plain bytes at an address. */
    static ImageTarget ofBytes(Bytes bytes, Architecture architecture, long base) {
        Memory memory =
                (va, into, offset, length) -> {
                    long at = va - base;
                    if (at < 0 || at >= bytes.size()) {
                        return 0;
                    }
                    int got = (int) Math.min(length, bytes.size() - at);
                    bytes.copy(at, into, offset, got);
                    return got;
                };
        return new ImageTarget(
                architecture, memory, List.of(new AddressRange(base, bytes.size())), List.of());
    }

    /** Where the code of a PE file is worth looking at: its entry point, else its first code. */
    static long startOf(PeImage image) {
        long base = image.optionalHeader().imageBase();
        long entry = image.optionalHeader().entryPointRva();
        if (entry != 0) {
            return base + entry;
        }
        for (Section section : image.sections()) {
            if (section.isExecutable()) {
                return base + section.rva();
            }
        }
        return base;
    }

    @Override
    public Architecture architecture() {
        return architecture;
    }

    @Override
    public Memory memory() {
        return memory;
    }

    @Override
    public List<AddressRange> readableRanges() {
        return ranges;
    }

    @Override
    public List<? extends TargetThread> threads() {
        return List.of();
    }

    @Override
    public List<LoadedModule> modules() {
        return modules;
    }

    @Override
    public Optional<TargetException> exception() {
        return Optional.empty();
    }
}
