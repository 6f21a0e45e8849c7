package oriel.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import oriel.engine.symbols.pdb.FunctionType;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** Declarations of functions as PDBs of real programs tell them. */
class SymbolSignatureTest {
    private static Map<String, String> declarations(PdbSymbolSource pdb) {
        var all = new TreeMap<String, String>();
        pdb.forEach(
                symbol ->
                        FunctionType.at(pdb, symbol.rva())
                                .map(f -> SymbolSignature.of(f, symbol.name(), f.types()))
                                .ifPresent(s -> all.put(s.name(), text(s))));
        return all;
    }

    private static String text(Signature signature) {
        var text = new StringBuilder(signature.result() + " " + signature.convention());
        for (Signature.Parameter each : signature.parameters()) {
            text.append(", ").append(each.type()).append(' ').append(each.name());
            if (!each.names().type().isEmpty()) {
                text.append(" of ").append(each.names().type()).append(each.names().values());
            }
        }
        return text.toString();
    }

    @Test
    void ofOurOwnProgram() throws IOException {
        PdbSymbolSource pdb =
                PdbSymbolSource.open(Corpus.projectRoot().resolve("examples/throw-x64.pdb"));
        assertThat(declarations(pdb)).containsEntry("level3", "VOID STACK, STRING animal");
    }

    @Test
    @NeedsCorpus
    void ofALargerProgram() throws IOException {
        PdbSymbolSource pdb =
                PdbSymbolSource.open(
                        Corpus.file("kdlib/targetapp_test_cv_allreg_i386/targetapp.pdb"));
        Map<String, String> found = declarations(pdb);
        assertThat(found)
                .hasSizeGreaterThan(100)
                .containsEntry("CdeclFunc", "VOID STACK, INT32 a, FLOAT b")
                .containsEntry("LocalStaticFunc", "DOUBLE STACK, INT32 a, FLOAT b")
                .containsEntry(
                        "__scrt_initialize_crt",
                        "UINT8 STACK, INT32 module_type of __scrt_module_type[Named[name=dll,"
                                + " value=0], Named[name=exe, value=1]]")
                .containsEntry(
                        "?virtMethod1@classProBase1@@UAEHM@Z",
                        "INT32 THISCALL, POINTER this, FLOAT a");
    }
}
