package oriel.engine.symbols.pdb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.symbols.types.TypeFinder;
import oriel.engine.symbols.types.TypePrinter;
import oriel.engine.symbols.types.TypeSystem;
import oriel.engine.symbols.types.ValueReader;
import oriel.engine.unwind.UnwindSource;
import oriel.format.pdb.InjectedSource;
import oriel.format.pdb.Pdb;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.model.StackFrame;
import oriel.testkit.ByteWriter;
import oriel.testkit.Corpus;

/**
 * A good PDB in which words are replaced, or that is cut short: each 7 bytes of input say where
 * (u24) and by what (u32). Types then contain themselves, streams lie over each other, scopes run
 * in circles.
 */
class PdbDamageFuzzTest {
    private static final int PATCH = 7;
    private static final int MOST_PATCHES = 64;
    private static final byte[] X86 = example("crash-x86.pdb");
    private static final byte[] X64 = example("throw-x64.pdb");
    private static final Memory ONES =
            (va, into, offset, length) -> {
                Arrays.fill(into, offset, offset + length, (byte) 1);
                return length;
            };

    private static byte[] example(String name) {
        Path file = Corpus.projectRoot().resolve("examples").resolve(name);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void aDamagedPdbAnswersOrIsRefused(byte[] data) {
        byte[] file = X86.clone();
        for (int at = 0; at + PATCH <= data.length && at < MOST_PATCHES * PATCH; at += PATCH) {
            Bytes patch = Bytes.of(data, "patch").slice(at, PATCH);
            int where = patch.u16(0) | patch.u8(2) << 16;
            ByteWriter.put32(file, where % (file.length - 4), patch.u32(3));
        }
        askEverything(file, Architecture.X86);
    }

    @Test
    void damagedInManyWays() {
        var random = new SplittableRandom(11);
        for (int round = 0; round < 150; round++) {
            boolean x86 = round % 2 == 0;
            byte[] file = (x86 ? X86 : X64).clone();
            int words = 1 + random.nextInt(40);
            for (int i = 0; i < words; i++) {
                // Small numbers lead to other records, large ones to nowhere.
                long value = random.nextBoolean() ? random.nextInt(0x2000) : random.nextInt();
                ByteWriter.put32(file, random.nextInt(file.length - 4), value);
            }
            if (round % 5 == 0) {
                file = Arrays.copyOf(file, random.nextInt(file.length));
            }
            askEverything(file, x86 ? Architecture.X86 : Architecture.X64);
        }
    }

    private static void askEverything(byte[] file, Architecture architecture) {
        PdbSymbolSource source;
        try {
            source = PdbSymbolSource.of(Pdb.open(Bytes.of(file, "fuzz.pdb")), "fuzz.pdb");
        } catch (FormatException refused) {
            return;
        }
        source.forEach(symbol -> source.named(symbol.name()));
        for (long rva = 0x1000; rva < 0x1400; rva += 8) {
            source.symbolAt(rva);
            source.lineAt(rva);
            source.inlinedAt(rva);
            source.parameterBytes(rva);
        }
        source.variable("sink");
        source.sourceIndex().address("crash.c");
        variables(source, architecture);
        types(source.pdb(), architecture);
        try {
            source.writeFrames(new StringBuilder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        source.pdb().diagnostics();
    }

    private static void variables(PdbSymbolSource source, Architecture architecture) {
        boolean x86 = architecture == Architecture.X86;
        var module =
                new LoadedModule(
                        new AddressRange(0x400000, 0x10000),
                        "app.exe",
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty());
        LongPredicate isCode = va -> va >>> 16 == 0x40;
        var variables = new FrameVariables(source, ValueReader.Limits.USUAL);
        for (long rva = 0x1000; rva < 0x1400; rva += 64) {
            RegisterSet registers =
                    RegisterSet.builder(architecture)
                            .set(x86 ? "eip" : "rip", 0x400000 + rva)
                            .set(x86 ? "esp" : "rsp", 0x8000)
                            .set(x86 ? "ebp" : "rbp", 0x9000)
                            .build();
            long va = 0x400000 + rva;
            var frame = new StackFrame(registers, va, va, 0x8000, FrameTrust.CONTEXT);
            variables.of(module, frame, ONES, isCode);
            source.callerOf(new UnwindSource.Frame(module, rva, registers, ONES, 0), isCode);
        }
    }

    private static void types(Pdb pdb, Architecture architecture) {
        var types = new TypeSystem(pdb);
        var reader = new ValueReader(types, ONES, architecture, new ValueReader.Limits(2, 8, 256));
        var printer = new TypePrinter(types);
        new TypeFinder(types)
                .forEach(
                        name -> true,
                        (index, type) -> {
                            printer.print(index);
                            reader.read(index, 0x1000, "v").print();
                        });
        for (InjectedSource injected : List.copyOf(InjectedSource.read(pdb))) {
            injected.contents(pdb);
        }
    }
}
