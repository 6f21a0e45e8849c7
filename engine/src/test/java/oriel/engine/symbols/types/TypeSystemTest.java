package oriel.engine.symbols.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.format.pdb.Pdb;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

@NeedsCorpus
class TypeSystemTest {
    @Test
    void printsAStructureAsDtDoes() throws IOException {
        assertThat(print("kdlib/targetapp_test_cv_allreg_amd64/targetapp.pdb", "structTest"))
                .isEqualTo(
                        """
                        struct structTest  // 24 bytes, 1 of padding
                           +0x000 unsigned long m_field0
                           +0x004 unsigned __int64 m_field1
                           +0x00c bool m_field2
                           +0x00d // 1 of padding
                           +0x00e unsigned short m_field3
                           +0x010 structTest *m_field4
                        """);
    }

    @Test
    void printsBasesMethodsAndEnumerations() throws IOException {
        String file = "kdlib/targetapp_test_cv_allreg_amd64/targetapp.pdb";
        assertThat(print(file, "classChild"))
                .startsWith("class classChild  // 64 bytes\n   +0x000 : classBase1\n")
                .contains("   +0x03c enumType m_enumField\n")
                .contains("static const int m_staticConst\n")
                .contains("virtual int virtMethod1(int)\n")
                .contains("          classChild(const classChild &)\n")
                .contains("static char staticMethod(int, int)\n");
        assertThat(print(file, "enumType"))
                .isEqualTo("enum enumType : int\n   ONE = 1\n   TWO = 2\n   THREE = 3\n");
        assertThat(print(file, "unionTest"))
                .contains("+0x000 long m_value\n   +0x000 double m_doubleValue\n");
    }

    @Test
    void findsPadding() throws IOException {
        TypeSystem types = types("llvm/llvm/test/tools/llvm-pdbutil/Inputs/SimplePaddingTest.pdb");
        Layout fields = layout(types, "SimplePadFields1");
        assertThat(fields.sizeBytes()).isEqualTo(4);
        assertThat(fields.paddingBytes()).isEqualTo(1);
        assertThat(fields.slots()).extracting(Layout.Slot::offset).containsExactly(0L, 1L, 2L, 3L);
        assertThat(fields.slots().getLast().kind()).isEqualTo(Layout.Kind.PADDING);
        assertThat(layout(types, "SimplePadNoPadding").paddingBytes()).isZero();
        assertThat(layout(types, "SimplePadMultiVTables").slots())
                .extracting(Layout.Slot::offset)
                .containsExactly(0L, 4L, 8L);
    }

    @Test
    void everyTypeOfTheCorpusCanBePrinted() throws IOException {
        for (String name :
                new String[] {
                    "every-array",
                    "every-class",
                    "every-enum",
                    "every-function",
                    "every-pointer",
                    "every-type"
                }) {
            TypeSystem types = types("llvm/llvm/test/DebugInfo/PDB/Inputs/" + name + ".pdb");
            var count = new AtomicInteger();
            types.forEachDefinition(
                    (index, type) -> {
                        count.incrementAndGet();
                        assertThat(new TypePrinter(types).print(index))
                                .doesNotContain("<type")
                                .doesNotContain("\0")
                                .endsWith("\n");
                    });
            assertThat(count.get()).as(name).isPositive();
        }
    }

    @Test
    void readsAStructureOutOfMemory() throws IOException {
        TypeSystem types = types("kdlib/targetapp_test_cv_allreg_amd64/targetapp.pdb");
        ByteBuffer object = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        object.putInt(0, 1234).putLong(4, -1).put(12, (byte) 1).putShort(14, (short) 65535);
        object.putLong(16, 0x1000);
        Memory memory = at(0x1000, object.array());
        var reader =
                new ValueReader(
                        types, memory, Architecture.X64, new ValueReader.Limits(3, 10, 100));
        long type = types.named("structTest").orElseThrow();
        TypedValue value = reader.read(type, 0x1000, "s");

        assertThat(value.part("m_field0").orElseThrow().text()).isEqualTo("1234");
        assertThat(value.part("m_field1").orElseThrow().text()).isEqualTo("18446744073709551615");
        assertThat(value.part("m_field2").orElseThrow().text()).isEqualTo("true");
        assertThat(value.part("m_field3").orElseThrow().text()).isEqualTo("65535");
        TypedValue pointer = value.part("m_field4").orElseThrow();
        assertThat(pointer.text()).isEqualTo("0x1000");
        // The object points to itself: three levels are followed, as asked for, and no more.
        TypedValue third = pointer.parts().getFirst().part("m_field4").orElseThrow();
        assertThat(third.parts().getFirst().part("m_field4").orElseThrow().parts()).hasSize(1);
        assertThat(reader.readList(type, 0x1000, "m_field4")).hasSize(1);
        assertThat(reader.read(type, 0x5000, "gone").print()).contains("not readable");
    }

    @Test
    void namesMemberPointersAndFunctions() throws IOException {
        TypeSystem types = types("llvm/llvm/test/DebugInfo/PDB/Inputs/every-pointer.pdb");
        var names = new TypeNames(types);
        var all = new StringBuilder();
        for (long i = 0x1000; i < 0x1100; i++) {
            all.append(names.of(i)).append('\n');
        }
        assertThat(all.toString()).contains("::*").contains("(*)(").contains("&&");
    }

    private static Memory at(long base, byte[] bytes) {
        return (va, into, offset, length) -> {
            if (va < base || va >= base + bytes.length) {
                return 0;
            }
            int count = (int) Math.min(length, base + bytes.length - va);
            System.arraycopy(bytes, (int) (va - base), into, offset, count);
            return count;
        };
    }

    private static Layout layout(TypeSystem types, String name) {
        return Layout.of(types, types.named(name).orElseThrow());
    }

    private static String print(String file, String name) throws IOException {
        TypeSystem types = types(file);
        return new TypePrinter(types).print(types.named(name).orElseThrow());
    }

    private static TypeSystem types(String file) throws IOException {
        return new TypeSystem(Pdb.open(Bytes.open(Corpus.file(file))));
    }
}
