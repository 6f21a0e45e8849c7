package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.app.kernel.SceneServer;
import oriel.testkit.PdbBuilder;
import oriel.testkit.kd.KernelKind;
import oriel.testkit.kd.KernelScene;

/** Kernels that were started without debugger: their debugger data block is encoded. */
class EncodedKernelTest {
    private static final String COMMANDS = "vertarget; lm; !process 0 0; !dbgprint; q";

    @TempDir Path store;

    private Outcome talk(String... more) {
        try (var server =
                new SceneServer(KernelScene.encoded(KernelKind.WINDOWS_10_X64, 1), 0, t -> t)) {
            var args = new java.util.ArrayList<String>();
            args.addAll(java.util.List.of("kernel", "--tcp", server.address(), "--timeout", "120"));
            args.addAll(java.util.List.of(more));
            args.addAll(java.util.List.of("--exec", COMMANDS));
            return Outcome.of(args.toArray(String[]::new));
        }
    }

    @Test
    void decodesTheBlockWithTheKeysThatThePdbNames() throws IOException {
        byte[] pdb =
                new PdbBuilder(0x11223344, 1)
                        .named("KiWaitNever", KernelScene.KEYS_RVA)
                        .named("KiWaitAlways", KernelScene.KEYS_RVA + 8)
                        .named("KdpDataBlockEncoded", KernelScene.KEYS_RVA + 16)
                        .build();
        Path file = store.resolve("ntoskrnl.pdb/112233440000000000000000000000001/ntoskrnl.pdb");
        Files.createDirectories(file.getParent());
        Files.write(file, pdb);
        Outcome outcome = talk("--symbols", store.toString());
        assertThat(outcome.out())
                .contains("encoded, decoded with keys from symbols")
                .contains("19041.1.amd64fre.vb_release.191206-1406")
                .contains("Image: System")
                .contains("Image: program.exe")
                .contains("driver: second line");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void goesWithoutTheBlockWhereNothingNamesTheKeys() {
        Outcome outcome = talk();
        // Drivers by the list that the version tells, processes by the first of them.
        assertThat(outcome.out())
                .contains("hal.dll")
                .contains("Image: System")
                .contains("DirBase: 00000000002aa000  Image: program.exe")
                .contains("is encoded")
                .contains("KiWaitNever")
                .contains("which was not found");
    }
}
