package oriel.engine.symbols.pdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.engine.symbols.types.TypedValue;
import oriel.engine.symbols.types.ValueReader;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.StackFrame;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

@NeedsCorpus
class FrameVariablesTest {
    private static final long BASE = 0x400000;
    private static final LoadedModule MODULE =
            new LoadedModule(
                    new AddressRange(BASE, 0x100000),
                    "a.exe",
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty());

    @Test
    void tellsRegistersStackAndWhatIsGone() throws IOException {
        PdbSymbolSource pdb = open("kdlib/targetapp_test_cv_allreg_amd64/targetapp.pdb");
        long rva = pdb.named("test_cv_allreg_amd64").getFirst().rva() + 40;
        RegisterSet registers =
                RegisterSet.unknown(Architecture.X64).toBuilder()
                        .set("rdi", 0x1111)
                        .set("rsp", 0x2000)
                        .set("rip", BASE + rva)
                        .build();
        List<FrameVariable> found = variables(pdb, rva, registers);

        assertThat(found)
                .extracting(FrameVariable::name)
                .startsWith("aa", "ab", "r")
                .doesNotHaveDuplicates();
        assertThat(found)
                .filteredOn(FrameVariable::parameter)
                .extracting(FrameVariable::name)
                .containsExactly("aa", "ab");
        assertThat(found.getFirst().value().type()).isEqualTo("char *");
        assertThat(found)
                .filteredOn(v -> v.place() instanceof VariablePlace.OptimizedAway)
                .extracting(FrameVariable::name)
                .contains("le", "f", "e", "lt");
        assertThat(found)
                .filteredOn(v -> v.place() instanceof VariablePlace.Unavailable)
                .allSatisfy(
                        v ->
                                assertThat(v.value().problem().orElseThrow())
                                        .contains("which is not known"));
    }

    @Test
    void countsX86ParametersFromTheFrame() throws IOException {
        PdbSymbolSource pdb = open("sentry/windows/crash.pdb");
        RegisterSet registers =
                RegisterSet.unknown(Architecture.X86).toBuilder()
                        .set("ebp", 0x3000)
                        .set("esp", 0x2f00)
                        .set("eip", BASE + 0x2a3d)
                        .build();
        List<FrameVariable> found = variables(pdb, 0x2a3d, registers);
        assertThat(found).extracting(FrameVariable::name).contains("argc", "argv");
        // The compiler moved the frame pointer: both lie above ebp + 208, the return address.
        assertThat(found.getFirst().place()).isEqualTo(new VariablePlace.InMemory(0x30d4));
        assertThat(found.getFirst().value().text()).isEqualTo(Integer.toString((int) 0xd7d6d5d4L));
        assertThat(found.get(1).place()).isEqualTo(new VariablePlace.InMemory(0x30d8));
    }

    @Test
    void namesVariablesOfInlinedFunctions() throws IOException {
        PdbSymbolSource pdb = open("kdlib/targetapp_test_cv_allreg_i386/targetapp.pdb");
        long rva = pdb.named("test_cv_allreg_i386").getFirst().rva() + 40;
        assertThat(pdb.inlinedAt(rva))
                .singleElement()
                .satisfies(f -> assertThat(f.name()).isEqualTo("writeArray"));
        RegisterSet registers =
                RegisterSet.unknown(Architecture.X86)
                        .with(Registers.require(Architecture.X86, "esp"), 0x2000);
        assertThat(variables(pdb, rva, registers))
                .filteredOn(v -> v.inlinedFunction().equals("writeArray"))
                .extracting(FrameVariable::name)
                .contains("length");
    }

    /** A string whose length the compiler keeps in edi while its characters are on the stack. */
    @Test
    void putsValuesTogetherFromPieces() throws IOException {
        PdbSymbolSource pdb = open("kdlib/targetapp_test_cv_allreg_i386/targetapp.pdb");
        RegisterSet registers =
                RegisterSet.unknown(Architecture.X86).toBuilder()
                        .set("ebp", 0x3000)
                        .set("esp", 0x2f00)
                        .set("edi", 14)
                        .set("eip", BASE + 0x1c26)
                        .build();
        TypedValue string =
                variables(pdb, 0x1c26, registers).stream()
                        .filter(v -> v.name().equals("testGroup"))
                        .findFirst()
                        .orElseThrow()
                        .value();
        assertThat(string.problem()).isEmpty();
        TypedValue contents =
                string.parts()
                        .getFirst()
                        .part("_Mypair")
                        .orElseThrow()
                        .part("_Myval2")
                        .orElseThrow();
        assertThat(contents.part("_Mysize").orElseThrow().text()).isEqualTo("14");
        // The first bytes at ebp - 40 are counted up from d8.
        assertThat(contents.part("_Bx").orElseThrow().part("_Ptr").orElseThrow().text())
                .isEqualTo("0xdbdad9d8");
    }

    private static List<FrameVariable> variables(
            PdbSymbolSource pdb, long rva, RegisterSet registers) {
        Memory memory =
                (va, into, offset, length) -> {
                    for (int i = 0; i < length; i++) {
                        into[offset + i] = (byte) (va + i);
                    }
                    return length;
                };
        var frame =
                new StackFrame(
                        registers,
                        BASE + rva,
                        BASE + rva,
                        registers.sp().orElse(0),
                        FrameTrust.CONTEXT);
        return new FrameVariables(pdb, ValueReader.Limits.USUAL)
                .of(MODULE, frame, memory, va -> true);
    }

    private static PdbSymbolSource open(String file) throws IOException {
        return PdbSymbolSource.open(Corpus.file(file));
    }
}
