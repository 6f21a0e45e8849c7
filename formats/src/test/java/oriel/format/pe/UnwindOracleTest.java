package oriel.format.pe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** Unwind data of whole images against {@code llvm-readobj --unwind}, code by code. */
@NeedsCorpus
class UnwindOracleTest {
    private static final String[] GPR = {
        "RAX", "RCX", "RDX", "RBX", "RSP", "RBP", "RSI", "RDI", "R8", "R9", "R10", "R11", "R12",
        "R13", "R14", "R15"
    };

    @Test
    void readsX64AsAnIndependentReader() throws Exception {
        assumeTrue(ReadobjNode.isInstalled(), "llvm-readobj-19 is not installed");
        int functions = 0;
        for (String name :
                List.of(
                        "sentry/windows/CrashWithException.exe",
                        "sentry/windows/hello-dwarf.exe",
                        "breakpad/pdb/dump_syms_regtest64.exe",
                        "llvm/llvm/test/tools/llvm-symbolizer/pdb/Inputs/missing_pdb.exe")) {
            functions += compareX64(Corpus.file(name));
        }
        assertThat(functions).isGreaterThan(300);
    }

    private static int compareX64(Path file) throws Exception {
        PeImage image = PeImage.of(Bytes.open(file));
        List<ReadobjNode> theirs = ReadobjNode.run(file, "--unwind").all("RuntimeFunction");
        FunctionTable functions = image.functions().orElseThrow();
        int used = 0;
        int at = 0;
        for (ReadobjNode node : theirs) {
            if (at == functions.size()) {
                break; // it goes on to the end of the section
            }
            FunctionEntry entry = functions.entry(at++).orElseThrow();
            if (entry.unwindData() == 0) {
                continue; // room that the linker keeps for the next incremental link
            }
            used++;
            String what = file.getFileName() + " " + Long.toHexString(entry.beginRva());
            X64UnwindInfo info = X64UnwindInfo.read(image::read, entry.unwindData());
            ReadobjNode data = node.all("UnwindInfo").get(0);
            assertThat((long) info.version()).as(what).isEqualTo(data.number("Version"));
            assertThat((long) info.prologSizeBytes()).as(what).isEqualTo(data.number("PrologSize"));
            List<String> expected = data.all("UnwindCodes").get(0).lines;
            List<String> ours = info.codes().stream().map(c -> text(info, c)).toList();
            assertThat(ours).as(what).isEqualTo(expected);
            assertThat(info.handlerRva().isPresent()).as(what).isEqualTo(data.has("Handler"));
            assertThat(info.chained().isPresent())
                    .as(what)
                    .isEqualTo(!data.all("Chained").isEmpty());
        }
        return used;
    }

    private static String text(X64UnwindInfo info, X64UnwindCode code) {
        String reg = GPR[code.register()];
        String size = " size=" + code.valueBytes();
        String offset =
                ", offset=0x" + Long.toHexString(code.valueBytes()).toUpperCase(Locale.ROOT);
        String rest =
                switch (code.kind()) {
                    case PUSH_NONVOL -> "PUSH_NONVOL reg=" + reg;
                    case ALLOC_LARGE -> "ALLOC_LARGE" + size;
                    case ALLOC_SMALL -> "ALLOC_SMALL" + size;
                    case SET_FPREG ->
                            "SET_FPREG reg="
                                    + GPR[info.frameRegister()]
                                    + String.format(", offset=0x%X", info.frameOffsetBytes());
                    case SAVE_NONVOL -> "SAVE_NONVOL reg=" + reg + offset;
                    case SAVE_NONVOL_FAR -> "SAVE_NONVOL_FAR reg=" + reg + offset;
                    case SAVE_XMM128 -> "SAVE_XMM128 reg=XMM" + code.register() + offset;
                    case SAVE_XMM128_FAR -> "SAVE_XMM128_FAR reg=XMM" + code.register() + offset;
                    case PUSH_MACHFRAME ->
                            "PUSH_MACHFRAME errcode=" + (code.register() == 1 ? "yes" : "no");
                    case EPILOG, SPARE -> code.kind().toString();
                };
        return String.format("0x%02X: %s", code.prologOffset(), rest);
    }

    @Test
    void readsArm64AsAnIndependentReader() throws Exception {
        assumeTrue(ReadobjNode.isInstalled(), "llvm-readobj-19 is not installed");
        Path file = Corpus.file("sentry/windows/arm64/test.exe");
        PeImage image = PeImage.of(Bytes.open(file));
        FunctionTable functions = image.functions().orElseThrow();
        long base = image.optionalHeader().imageBase();
        int packed = 0;
        int full = 0;
        for (ReadobjNode node : ReadobjNode.run(file, "--unwind").all("RuntimeFunction")) {
            FunctionEntry entry = functions.find(node.number("Function") - base).orElseThrow();
            String what = Long.toHexString(entry.beginRva());
            Arm64UnwindInfo info = Arm64UnwindInfo.read(image::read, entry);
            long length = entry.endRva() - entry.beginRva();
            boolean isFull = !node.all("ExceptionData").isEmpty();
            ReadobjNode data = isFull ? node.all("ExceptionData").get(0) : node;
            assertThat(length).as(what).isEqualTo(data.number("FunctionLength"));
            assertThat(texts(info.prolog(), true))
                    .as(what)
                    .isEqualTo(theirs(data.all("Prologue").get(0)));
            if (isFull) {
                full++;
                compareEpilogs(what, info, data, length);
            } else {
                packed++;
            }
        }
        assertThat(packed).isGreaterThan(300);
        assertThat(full).isGreaterThan(100);
    }

    private static void compareEpilogs(
            String what, Arm64UnwindInfo info, ReadobjNode data, long length) {
        List<ReadobjNode> scopes = data.all("EpilogueScope");
        boolean atEnd = data.text("EpiloguePacked").equals("Yes");
        assertThat(info.epilogs()).as(what).hasSize(atEnd ? 1 : scopes.size());
        for (int i = 0; i < scopes.size(); i++) {
            Arm64UnwindInfo.Epilog epilog = info.epilogs().get(i);
            assertThat(epilog.startBytes())
                    .as(what)
                    .isEqualTo(scopes.get(i).number("StartOffset") * 4);
            assertThat(texts(epilog.codes(), false))
                    .as(what)
                    .isEqualTo(theirs(scopes.get(i).all("Opcodes").get(0)));
        }
        if (atEnd && !data.all("Epilogue").isEmpty()) { // it shows none that is the prologue again
            Arm64UnwindInfo.Epilog epilog = info.epilogs().get(0);
            assertThat(epilog.startBytes() + epilog.sizeBytes()).as(what).isEqualTo(length);
            assertThat(texts(epilog.codes(), false))
                    .as(what)
                    .isEqualTo(theirs(data.all("Epilogue").get(0)));
        }
    }

    private static List<String> theirs(ReadobjNode node) {
        var list = new ArrayList<String>();
        for (String line : node.lines) {
            String text = line.substring(line.indexOf(';') + 1).strip();
            // packed data is written with other names of the same registers
            list.add(
                    text.replace(" ,", ",")
                            .replace(", lr", ", x30")
                            .replace("x29, sp", "fp, sp")
                            .replace("sub sp, sp,", "sub sp,"));
        }
        return list;
    }

    private static List<String> texts(List<Arm64UnwindCode> codes, boolean prolog) {
        return codes.stream().map(c -> text(c, prolog)).toList();
    }

    private static String text(Arm64UnwindCode code, boolean prolog) {
        return switch (code.kind()) {
            case ALLOC -> (prolog ? "sub" : "add") + " sp, #" + code.valueBytes();
            case SAVE_X -> save(code, "x", prolog);
            case SAVE_D -> save(code, "d", prolog);
            case SAVE_Q -> save(code, "q", prolog);
            case SET_FP -> prolog ? "mov fp, sp" : "mov sp, fp";
            case ADD_FP -> (prolog ? "add fp, sp, #" : "sub sp, fp, #") + code.valueBytes();
            case CLEAR_UNWOUND_TO_CALL -> "clear unwound to call";
            case END_C -> "end_c";
            case PAC_SIGN_LR -> prolog ? "pacibsp" : "autibsp";
            default -> code.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String save(Arm64UnwindCode code, String bank, boolean prolog) {
        boolean pair = code.second() >= 0;
        String verb = (prolog ? "st" : "ld") + (pair ? "p" : "r");
        String regs = bank + code.first() + (pair ? ", " + bank + code.second() : "");
        String place =
                code.movesStack()
                        ? (prolog
                                ? "[sp, #-" + code.valueBytes() + "]!"
                                : "[sp], #" + code.valueBytes())
                        : "[sp, #" + code.valueBytes() + "]";
        return verb + " " + regs + ", " + place;
    }
}
