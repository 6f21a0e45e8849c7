package oriel.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.types.TypeSystem;
import oriel.format.pdb.Pdb;
import oriel.model.Architecture;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;
import oriel.testkit.SyntheticTarget;

/** Members of virtual bases: where they lie, only the object tells. */
@NeedsCorpus
class VirtualBaseMembersTest {
    private static CxxValue member(byte[] object, String type, String name) throws IOException {
        var target = new SyntheticTarget(Architecture.X86).bytes(0x1000, object);
        var expressions = new Expressions(target, new Symbolizer(target, SymbolLocator.NONE));
        var types =
                new TypeSystem(
                        Pdb.open(
                                Bytes.open(
                                        Corpus.file(
                                                "llvm/llvm/test/tools/llvm-pdbutil/Inputs/ComplexPaddingTest.pdb"))));
        var told = new CxxType.Told(types, types.named(type).orElseThrow());
        var value = new CxxValue(told, OptionalLong.of(0x1000), 0x1000, 0);
        return new CxxOperators(new CxxTypes(expressions.context()), 4).member(value, name);
    }

    @Test
    void areWhereTheTableOfTheObjectSays() throws IOException {
        byte[] bytes = new byte[64];
        // __vbptr of the object at 0x1000: the table at 0x1030
        bytes[0] = 0x30;
        bytes[1] = 0x10;
        // its second entry: the base 16 bytes on
        bytes[0x34] = 0x10;
        bytes[4] = 7;
        bytes[0x14] = 9;
        assertThat(member(bytes, "TestIVBBase", "A").bits()).isEqualTo(7);
        CxxValue x = member(bytes, "TestIVBBase", "X");
        assertThat(x.bits()).isEqualTo(9);
        assertThat(x.va()).hasValue(0x1014);
        // By a base whose own base is virtual.
        assertThat(member(bytes, "TestIVBDerived", "X").va()).hasValue(0x1014);
        assertThatThrownBy(() -> member(bytes, "TestIVBDerived", "none"))
                .hasMessageContaining("TestIVBDerived has no member 'none'");
    }

    @Test
    void areWhereTheyUsuallyAreWhenTheTableCannotBeRead() throws IOException {
        byte[] bytes = new byte[64];
        bytes[0xc] = 9;
        assertThat(member(bytes, "TestIVBBase", "X").va()).hasValue(0x100c);
    }
}
