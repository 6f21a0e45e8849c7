package oriel.engine.demangle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.engine.demangle.Demangler.Level;

class DemanglerTest {
    /** Names that compilers made of a program with every construct, and how LLVM reads them. */
    @ParameterizedTest
    @ValueSource(strings = {"msvc.tsv", "itanium.tsv", "rust.tsv"})
    void readsWhatCompilersWrite(String list) throws IOException {
        String[] lines = text(list).split("\n");
        assertThat(lines).hasSizeGreaterThan(200);
        for (String line : lines) {
            String[] pair = line.split("\t");
            assertThat(Demangler.demangle(pair[0], Level.FULL)).as(pair[0]).isEqualTo(pair[1]);
            String name = Demangler.demangle(pair[0], Level.SHORT);
            assertThat(name).isNotEmpty().isNotEqualTo(pair[0]);
        }
    }

    private static String text(String list) throws IOException {
        try (InputStream in = DemanglerTest.class.getResourceAsStream(list)) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The name alone is spelled as Visual C++ spells names in PDBs, so that both are the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '"',
            value = {
                "?f@@YAXXZ ! f",
                "?push_back@?$vector@HV?$allocator@H@std@@@std@@QEAAXAEBH@Z"
                        + " ! std::vector<int,std::allocator<int> >::push_back",
                "??0?$V@H@ns@@QEAA@XZ ! ns::V<int>::V",
                "??1A@@UEAA@XZ ! A::~A",
                "??BFoo@@QEAAHXZ ! Foo::operator int",
                "??_GFoo@@UEAAPEAXI@Z ! Foo::`scalar deleting destructor'",
                "??_EFoo@@UEAAPEAXI@Z ! Foo::`vector deleting destructor'",
                "??_7A@@6BB@@C@@@ ! A::`vftable'{for `B's `C'}",
                "??_R0?AVX@ns@@@8 ! ns::X `RTTI Type Descriptor'",
                "??__Ex@@YAXXZ ! `dynamic initializer for 'x''",
                "?x@?1??f@@YAXXZ@4HA ! `f'::`2'::x",
                "?f@?A0x1234abcd@@YAXXZ ! `anonymous namespace'::f",
                "?f@A@@WBA@EAAXXZ ! [thunk]:A::f`adjustor{16}'",
                "??_C@_05CJBACGMB@hello?$AA@ ! `string'",
                "?filt$0@0@main@@ ! main$filt$0",
                "__imp_?f@@YAXXZ ! __imp_f",
                "@ILT+5(?f@@YAXXZ) ! @ILT+5(f)",
                "_name@8 ! name",
                "@name@8 ! name",
                "name@@16 ! name",
                "_ZN2ns1fEi ! ns::f",
                "__ZN2ns1fEi ! ns::f",
                "_ZNK2ns1A1gIiEEvv.cold ! ns::A::g<int>.cold",
                "_ZN3foo3bar17h05af221e174051e9E ! foo::bar",
                "_RNCNCNgCs6DXkGYLi8lr_2cc5spawn00B5_ ! cc::spawn::{closure#0}::{closure#0}"
            })
    void showsTheNameAlone(String mangled, String name) {
        assertThat(Demangler.demangle(mangled, Level.SHORT)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '"',
            value = {
                "?f@A@@QEBAXHPEBD@Z ! A::f(int,char const *) const",
                "?g@@YAXX_E ! g(void) noexcept",
                "_ZNK2ns1A1gIiEEvT_ ! ns::A::g<int>(int) const"
            })
    void showsParameters(String mangled, String shown) {
        assertThat(Demangler.demangle(mangled, Level.SIGNATURE)).isEqualTo(shown);
    }

    /** What LLVM does not read: managed types, several bases, values of classes as arguments. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '"',
            value = {
                "?f@@YAXP$AAVString@System@@@Z ! void __cdecl f(class System::String ^)",
                "?main@@$$HYMHP$01AP$AAVString@System@@@Z"
                        + " ! int __clrcall main(cli::array<class System::String ^> ^)",
                "?f@@$$hYAXXZ ! void __cdecl f(void)",
                "?f@?$A@$2UP@ns@@H00H01@@@QEAAXXZ"
                        + " ! public: void __cdecl A<struct ns::P{1, 2}>::f(void)",
                "?f@?$Dd@$BEAAKAAAAAAAAAAAA@@@QEAAXXZ ! public: void __cdecl Dd<3.25>::f(void)",
                "?f@?$NU@$7TUn@@i@02@@@QEAAXXZ ! public: void __cdecl NU<union Un{.i=3}>::f(void)",
                "?f@?$A@$MPEAH61?gp@@3UP@ns@@Ay@@@@QEAAXXZ ! public: void __cdecl A<gp.y>::f(void)",
                // Outside the lambda T_ is int *, though it is written like the lambda's auto.
                "_ZN9__gnu_cxx5__ops15_Iter_comp_iterIZ1wI2ELIiEEvPiS5_EUlRKT_RKT0_E_EclIS5_S5_EEbS6_S9_"
                        + " ! bool __gnu_cxx::__ops::_Iter_comp_iter<void w<EL<int>>(int*, int*)::'lambda'(auto const&, auto"
                        + " const&)>::operator()<int*, int*>(int*, int*)",
                "_ZGTtNSt9exceptionD1Ev ! transaction clone for std::exception::~exception()",
                "?f@@YA?A_TH@Z ! decltype(auto) __cdecl f(int)"
            })
    void readsMoreThanLlvm(String mangled, String shown) {
        assertThat(Demangler.demangle(mangled, Level.FULL)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "main",
                "?",
                "??",
                "?f",
                "?f@@",
                "?f@@YAX",
                "?9@@YAXXZ",
                "?f@@YAXXZgarbage",
                "??@abc@",
                "_Z",
                "_Zx",
                "_ZN",
                "_ZN3fooE17h",
                "_R",
                "_RNvC6_123foo3ba",
                "_foo@3",
                "symbol@@GLIBC_2.2",
                "_main",
                "__security_cookie",
                "_ZSt",
                "_RB_",
                "?A0x1@@",
                ".?A",
                "std::vector<int>",
                "??$f@@@",
                "operator@8x"
            })
    void leavesOtherNamesAlone(String name) {
        assertThat(Demangler.demangle(name, Level.FULL)).isEqualTo(name);
        assertThat(Demangler.isMangled(name)).isFalse();
    }

    /** Hashed names of very long symbols have nothing to read in them. */
    @Test
    void keepsHashes() {
        String name = "??@0123456789abcdef0123456789abcdef@";
        assertThat(Demangler.demangle(name, Level.SHORT)).isEqualTo(name);
        assertThat(Demangler.demangle("?x@?1?" + name + "@4HA", Level.SHORT))
                .isEqualTo("`" + name + "'::`2'::x");
    }

    /** Each reference doubles what is written: 30 of them would be a billion names. */
    @Test
    void refusesBombs() {
        var itanium = new StringBuilder("_Z1f1AIS_S_E");
        String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (int i = 0; i < 30; i++) {
            itanium.append("1AIS").append(digits.charAt(i)).append("_S").append(digits.charAt(i));
            itanium.append("_E");
        }
        assertSame(itanium.toString());
        assertSame("?f@@YAX" + "P6AX".repeat(5000) + "@Z");
        assertSame("_Z1f" + "P".repeat(60_000) + "i");
        assertSame("_Z1f" + "N1A".repeat(10_000));
        assertSame("_RIC1f" + "TB3_B3_".repeat(40));
        assertSame("?" + "?$A@".repeat(10_000));
        var rust = new StringBuilder("_RIC1a");
        for (int i = 0; i < 40; i++) {
            rust.append("TTpB").append(i < 10 ? digits.charAt(i) : 'a').append("_E");
        }
        assertSame(rust.append("E").toString());
    }

    private static void assertSame(String name) {
        for (Level level : Level.values()) {
            assertThat(Demangler.demangle(name, level).length()).isLessThan(4_300_000);
        }
    }

    @Test
    void namesThrownTypes() {
        assertThat(Demangler.typeName(".?AVruntime_error@std@@")).isEqualTo("std::runtime_error");
        assertThat(Demangler.typeName(".?AV?$A@H@ns@@")).isEqualTo("ns::A<int>");
        assertThat(Demangler.typeName(".?AW4E@@")).isEqualTo("E");
        assertThat(Demangler.typeName(".H")).isEqualTo("int");
        assertThat(Demangler.typeName(".PEBD")).isEqualTo("char const *");
        assertThat(Demangler.typeName(".text")).isEqualTo(".text");
    }

    @Test
    void findsNamesHoweverAskedFor() {
        String name = "?push_back@?$vector@HV?$allocator@H@std@@@std@@QEAAXAEBH@Z";
        assertThat(new NameQuery(name).matches(name)).isTrue();
        assertThat(new NameQuery("std::vector<int,std::allocator<int> >::push_back").matches(name))
                .isTrue();
        assertThat(new NameQuery("std::vector<int, std::allocator<int>>::push_back").matches(name))
                .isTrue();
        assertThat(new NameQuery("push_back").matches(name)).isFalse();
        assertThat(new NameQuery("ns::f(int)").matches("_ZN2ns1fEi")).isTrue();
        assertThat(new NameQuery("ns::f(char)").matches("_ZN2ns1fEi")).isFalse();
        assertThat(new NameQuery("ns::f").matches("_ZN2ns1fEi")).isTrue();
        assertThat(new NameQuery("f").matches("f@@16")).isTrue();
        assertThat(new NameQuery("run_std").matches("run_std@8")).isTrue();
        assertThat(new NameQuery("run_std").matches("run_std@9")).isFalse();
        assertThat(new NameQuery("run").matches("run_std@8")).isFalse();
    }
}
