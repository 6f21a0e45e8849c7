package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** {@code oriel symbols types} and {@code type}. */
class TypeQueryTest {
    private static final String CRASH = Outcome.example("crash-x64.dmp");
    private static final String PDB = Outcome.example("crash-x64.pdb");

    private static String found(String... args) {
        Outcome outcome = Outcome.of(args);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        return outcome.out();
    }

    @Test
    void listsTypes() {
        assertThat(found("symbols", "types", PDB, "_exception*"))
                .isEqualTo(
                        """
                                16  struct  _EXCEPTION_REGISTRATION_RECORD
                               152  struct  _EXCEPTION_RECORD
                        """);
        assertThat(found("symbols", "types", PDB, "/^A.*l$/")).contains("struct  Animal");
        assertThat(found("symbols", "types", CRASH, "crash-x64!Animal"))
                .isEqualTo("        16  struct  crash-x64!Animal\n");
        assertThat(Outcome.of("symbols", "types", PDB, "nothing").code())
                .isEqualTo(ExitCode.NOTHING);
    }

    @Test
    void laysOutATypeAndAVariable() {
        assertThat(found("symbols", "type", PDB, "struct Animal"))
                .isEqualTo(
                        """
                        struct Animal  // 16 bytes, 4 of padding
                           +0x000 void (*speak)(Animal *)
                           +0x008 long legs
                           +0x00c // 4 of padding
                        """);
        assertThat(found("symbols", "type", PDB, "sink")).endsWith("  volatile long sink\n");
    }

    @Test
    void readsAValue() {
        String block = found("symbols", "type", CRASH, "_NT_TIB", "@$teb", "--depth", "1");
        assertThat(block)
                .contains("   +0x008 StackBase : void * = 0x7ff")
                .contains("      -> _NT_TIB @ 0x")
                .contains("         +0x030 Self : _NT_TIB * = 0x");
        assertThat(found("symbols", "type", CRASH, "unsigned int", "@rsp", "--count", "2"))
                .startsWith("[0] : unsigned int @ 0x")
                .contains("\n[1] : unsigned int @ 0x");
        // The block points to itself: a list of one element.
        assertThat(found("symbols", "type", CRASH, "_NT_TIB", "@$teb", "--list", "Self"))
                .startsWith("[0] : _NT_TIB @ 0x")
                .doesNotContain("[1]");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(Outcome.of("symbols", "type", PDB, "Nothing").err())
                .contains("no type or variable is named Nothing");
        assertThat(Outcome.of("symbols", "type", PDB, "Animal", "0x1000").err())
                .contains("needs a dump or an image");
        assertThat(Outcome.of("symbols", "type", CRASH, "ntdll!_PEB").err())
                .contains("module ntdll has no PDB");
        assertThat(Outcome.of("symbols", "type", CRASH, "_NT_TIB", "@rsp", "--list", "x").err())
                .contains("there is no member x");
    }

    @Test
    @NeedsCorpus
    void findsTypesWithinFunctionsAndTypedefs() {
        String file =
                Corpus.file("llvm/llvm/test/tools/llvm-pdbutil/Inputs/ClassLayoutTest.pdb")
                        .toString();
        assertThat(found("symbols", "type", file, "BitFieldTest::A"))
                .contains("   +0x000 int Bits22 : 22  // from bit 10\n")
                .contains("   +0x004 int Offset0x04\n");
        assertThat(found("symbols", "type", file, "Typedef")).isEqualTo("int\n");
    }
}
