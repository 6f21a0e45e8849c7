package oriel.triage;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.Symbolizer;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.MemoryRegion;
import oriel.model.RegisterSet;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;
import oriel.testkit.SyntheticTarget;
import oriel.triage.report.CrashReport;

/** A program of one module that crashed in its code, laid out by a test, with a small stack. */
final class Scenery {
    final long base;
    final long stackVa;
    final SyntheticTarget target;
    private final Architecture architecture;
    private final RegisterSet.Builder registers;
    private final List<RvaSymbol> symbols = new ArrayList<>();
    private OptionalLong tebVa = OptionalLong.empty();
    private byte[] stack = new byte[0x100];

    private Scenery(Architecture architecture, long base, long stackVa) {
        this.architecture = architecture;
        this.base = base;
        this.stackVa = stackVa;
        this.target = new SyntheticTarget(architecture);
        this.registers = RegisterSet.builder(architecture);
        target.module("C:\\app\\app.exe", base, 0x10000);
        registers.set(architecture == Architecture.X64 ? "rip" : "eip", base + 0x1000);
        registers.set(architecture == Architecture.X64 ? "rsp" : "esp", stackVa);
    }

    static Scenery x64() {
        return new Scenery(Architecture.X64, 0x7ff600000000L, 0x5000000000L);
    }

    static Scenery x64(long shift) {
        return new Scenery(Architecture.X64, 0x7ff600000000L + shift, 0x5000000000L + shift * 3);
    }

    static Scenery x86() {
        return new Scenery(Architecture.X86, 0x400000, 0x120000);
    }

    /** Bytes at the program counter, app+0x1000. */
    Scenery code(String hex) {
        target.bytes(base + 0x1000, HexFormat.of().parseHex(hex.replace(" ", "")));
        return this;
    }

    Scenery register(String name, long value) {
        registers.set(name, value);
        return this;
    }

    Scenery stack(byte[] bytes) {
        stack = bytes;
        return this;
    }

    Scenery bytes(long va, byte[] bytes) {
        target.bytes(va, bytes);
        return this;
    }

    Scenery region(long va, long size, MemoryRegion.State state, int protection) {
        target.region(MemoryFindingsTest.region(va, size, state, protection));
        return this;
    }

    Scenery module(String path, long va) {
        target.module(path, va, 0x10000);
        return this;
    }

    /** Knows no names. */
    static Symbolizer unnamed(SyntheticTarget target) {
        return new Symbolizer(target, (module, memory) -> List.of());
    }

    Scenery teb(long va) {
        tebVa = OptionalLong.of(va);
        return this;
    }

    Scenery function(long rva, long size, String name) {
        symbols.add(new RvaSymbol(rva, size, name, true));
        return this;
    }

    Scenery raise(int code, Long... parameters) {
        RegisterSet set = registers.build();
        target.bytes(stackVa, stack);
        target.thread(new Crashed(set, new AddressRange(stackVa, stack.length), tebVa));
        target.exception(
                new TargetException(
                        new ThreadRef(1, 7),
                        code,
                        0,
                        set.pc().orElse(0),
                        OptionalLong.empty(),
                        List.of(parameters)));
        return this;
    }

    CrashReport report() {
        return Analyzer.analyze(
                target,
                new Symbolizer(
                        target,
                        (module, memory) ->
                                module.name().equals("app.exe")
                                        ? List.of(new Listed(symbols))
                                        : List.of()));
    }

    private record Crashed(RegisterSet registers, AddressRange stack, OptionalLong tebVa)
            implements TargetThread {
        @Override
        public ThreadRef ref() {
            return new ThreadRef(1, 7);
        }
    }

    /** Symbols from a list. */
    private record Listed(List<RvaSymbol> symbols) implements SymbolSource {
        @Override
        public String description() {
            return "listed by the test";
        }

        @Override
        public Quality quality() {
            return Quality.FULL;
        }

        @Override
        public Optional<RvaSymbol> symbolAt(long rva) {
            return symbols.stream()
                    .filter(s -> rva >= s.rva() && rva < s.rva() + s.sizeBytes())
                    .findFirst();
        }

        @Override
        public List<RvaSymbol> named(String name) {
            return symbols.stream().filter(s -> s.name().equals(name)).toList();
        }

        @Override
        public void forEach(java.util.function.Consumer<RvaSymbol> sink) {
            symbols.forEach(sink);
        }
    }
}
