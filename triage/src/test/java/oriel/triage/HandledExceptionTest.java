package oriel.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.testkit.ByteWriter;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;
import oriel.testkit.SyntheticTarget;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Finding;

/** Dumps without an exception, made while a thread was handling one. */
class HandledExceptionTest {
    private static final long STACK = 0x120000;
    private static final int RECORD = 0x100;
    private static final int CONTEXT = 0x180;

    /** A stack of 32 bits: pointers at 0x40, the record and the context further up. */
    private static byte[] stack(long raisedAt, long pc, int flags) {
        byte[] context =
                new ByteWriter().u32(flags).padTo(0xb8).u32(pc).u32(0x23).padTo(0x2cc).toBytes();
        byte[] record =
                new ByteWriter().u32(0xc0000005L).u32(0).u32(0).u32(raisedAt).u32(2).toBytes();
        return new ByteWriter()
                .padTo(0x40)
                .u32(STACK + RECORD)
                .u32(STACK + CONTEXT)
                .padTo(RECORD)
                .bytes(record)
                .u32(1)
                .u32(0x1234)
                .padTo(CONTEXT)
                .bytes(context)
                .toBytes();
    }

    private static List<Finding> findings(byte[] stack, long sp) {
        RegisterSet registers =
                RegisterSet.builder(Architecture.X86).set("eip", 0x77001000).set("esp", sp).build();
        SyntheticTarget target =
                new SyntheticTarget(Architecture.X86)
                        .module("C:\\app.exe", 0x400000, 0x10000)
                        .module("C:\\Windows\\SysWOW64\\ntdll.dll", 0x77000000, 0x10000)
                        .bytes(STACK, stack)
                        .thread(registers, new AddressRange(STACK, stack.length));
        CrashReport report = Analyzer.analyze(target, Scenery.unnamed(target));
        assertThat(report.crashed()).isFalse();
        return report.findings();
    }

    @Test
    void isFoundByItsPointersOnTheStack() {
        List<Finding> found = findings(stack(0x401234, 0x401234, 0x1007f), STACK + 8);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).kind()).isEqualTo("exception-being-handled");
        assertThat(found.get(0).text())
                .contains("STATUS_ACCESS_VIOLATION (write of 0x1234)")
                .contains("raised at app+0x1234")
                .contains("exception record 120100, context 120180");
    }

    @Test
    void leftoversAreNot() {
        byte[] otherPlace = stack(0x401234, 0x401238, 0x1007f);
        assertThat(findings(otherPlace, STACK)).isEmpty();
        byte[] noContext = stack(0x401234, 0x401234, 0x20001);
        assertThat(findings(noContext, STACK)).isEmpty();
        byte[] belowTheStackPointer = stack(0x401234, 0x401234, 0x1007f);
        assertThat(findings(belowTheStackPointer, STACK + 0x80)).isEmpty();
    }

    @Test
    @NeedsCorpus
    void isFoundInARealDumpOfAnErrorReporter() throws IOException {
        String file =
                "llvm/lldb/test/API/functionalities/postmortem/wow64_minidump/fizzbuzz_wow64.dmp";
        DumpTarget target = DumpTarget.open(Corpus.file(file), DumpOptions.DEFAULT);
        var symbolizer = new Symbolizer(target, SymbolLocator.NONE);
        List<Finding> found = Analyzer.analyze(target, symbolizer).findings();
        assertThat(found)
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .contains("thread 13456 is handling STATUS_ACCESS_VIOLATION (read of 0x0)")
                .contains("raised at fizzbuzz+0x115a");
    }
}
