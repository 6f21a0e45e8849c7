package oriel.engine.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.Symbolizer;
import oriel.model.Architecture;
import oriel.model.LineSink;
import oriel.testkit.ByteWriter;
import oriel.testkit.SyntheticTarget;

/** A process like that of the guide: kernel32 at 7c800000 with two exports, and others. */
final class Kernel32 {
    static final long BASE = 0x7c800000L;
    static final long CREATE_FILE = 0x7c801a28L;
    static final long NTDLL = 0x7c910000L;

    private Kernel32() {}

    static SyntheticTarget target() {
        var target = new SyntheticTarget(Architecture.X86);
        target.module("C:\\calc.exe", 0x1000000, 0x1f000);
        target.module("C:\\WINDOWS\\system32\\kernel32.dll", BASE, 0xf6000);
        target.module("C:\\WINDOWS\\system32\\ntdll.dll", NTDLL, 0xaf000);
        target.bytes(BASE, image("kernel32.dll", 1, 0xf6000, 0x1a28, "CreateFileA", "HeapAlloc"));
        target.bytes(NTDLL, image("ntdll.dll", 15, 0xaf000, 0x9000, "RtlAllocateHeap", "#"));
        return target;
    }

    /**
     * A mapped image with two exports: the first by its name, the second forwarded to ntdll, or by
     * number only when its name is #.
     */
    private static byte[] image(
            String dll, int ordinalBase, int size, int first, String name, String second) {
        boolean forwards = !second.equals("#");
        var header = new ByteWriter();
        header.u16(0x5a4d).zeros(0x3a).u32(0x40);
        header.u32(0x4550).u16(0x14c).u16(1).u32(0).u32(0).u32(0).u16(0xe0).u16(0x2102);
        header.u16(0x10b).u16(0).u32(0).u32(0).u32(0);
        header.u32(forwards ? 0xb64e : 0).u32(0x1000).u32(0x1000).u32(0x7c800000L);
        header.u32(0x1000).u32(0x200).zeros(8).zeros(8).u32(size).u32(0x400).u32(0);
        header.u16(3).u16(0).zeros(16).u32(0).u32(16);
        header.u32(0x600).u32(0x200).zeros(15 * 8);
        header.zeros(8).u32(0x1000).u32(0x1000).u32(0x1000).u32(0x400).zeros(12).u32(0x60000020);
        header.padTo(0x600);
        // Export directory at 600: name at 660, functions 640, names 648, ordinals 650.
        header.u32(0).u32(0).u32(0).u32(0x660).u32(ordinalBase).u32(2).u32(forwards ? 2 : 1);
        header.u32(0x640).u32(0x648).u32(0x650).zeros(0x640 - 0x628);
        header.u32(first).u32(forwards ? 0x6c0 : 0x206ee);
        header.u32(0x680).u32(0x6a0).u16(0).u16(1).zeros(0x660 - 0x654);
        text(header, dll, 0x680);
        text(header, name, 0x6a0);
        text(header, second, 0x6c0);
        text(header, "NTDLL.RtlAllocateHeap", 0x800);
        return header.toBytes();
    }

    private static void text(ByteWriter into, String text, int upTo) {
        into.cString(text).padTo(upTo);
    }

    /** No symbols anywhere: only what the images export. */
    static Labels exportsOnly() {
        SyntheticTarget target = target();
        return new Labels(target, new Symbolizer(target, (module, memory) -> List.of()));
    }

    /** Debug symbols for kernel32, at another place than the exports. */
    static Labels withSymbols() {
        SyntheticTarget target = target();
        return new Labels(target, symbolizer(target));
    }

    static Symbolizer symbolizer(SyntheticTarget target) {
        return new Symbolizer(
                target,
                (module, memory) ->
                        module.label().equals("kernel32") ? List.of(new Names()) : List.of());
    }

    private static final class Names implements SymbolSource {
        private final List<RvaSymbol> all =
                List.of(
                        new RvaSymbol(0x2000, 0x10, "CreateFileA", true),
                        new RvaSymbol(0x3000, 0x10, "BasepInit", true),
                        new RvaSymbol(0x4000, 0x10, "Shape<int,char>::operator+", true),
                        new RvaSymbol(0x5000, 0x10, "Shape::area", true));

        @Override
        public String description() {
            return "names";
        }

        @Override
        public Quality quality() {
            return Quality.FULL;
        }

        @Override
        public Optional<RvaSymbol> symbolAt(long rva) {
            return all.stream().filter(s -> rva - s.rva() >= 0 && rva - s.rva() < 16).findFirst();
        }

        @Override
        public List<RvaSymbol> named(String name) {
            var found = new ArrayList<RvaSymbol>();
            forEach(
                    s -> {
                        if (s.name().equals(name)) {
                            found.add(s);
                        }
                    });
            return found;
        }

        /** Line 12 has no code; the code of an inlined line 11 comes twice. */
        @Override
        public void forEachLine(Predicate<String> wanted, LineSink sink) {
            if (wanted.test("c:\\win\\src\\base.c")) {
                sink.accept(11, 0x3008);
                sink.accept(10, 0x3000);
                sink.accept(11, 0x3004);
                sink.accept(13, 0x4000);
                sink.accept(11, 0x7fff_0000L);
            }
        }

        @Override
        public void forEach(Consumer<RvaSymbol> sink) {
            all.forEach(sink);
        }
    }
}
