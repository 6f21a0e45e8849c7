package oriel.bench.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oriel.model.Architecture;

/** Another disassembler, run as a program over a file in a scratch folder. */
enum Oracle {
    /** llvm-objdump, which answers as llvm-mc does: both call the same decoder and printer. */
    LLVM("llvm-objdump-19"),
    /** GNU objdump. The one of a plain system knows x86 only. */
    GNU("objdump");

    private final String program;

    Oracle(String program) {
        this.program = program;
    }

    /** Whether the program is there. GNU objdump may know nothing but the machine it runs on. */
    boolean isPresent() {
        String question = this == LLVM ? "--version" : "--info";
        try {
            Process process =
                    start(new ProcessBuilder(program, question).redirectErrorStream(true));
            byte[] said = process.getInputStream().readAllBytes();
            boolean knows = new String(said, StandardCharsets.US_ASCII).contains("i386");
            return process.waitFor() == 0 && (this == LLVM || knows);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** In the language of programmers, whatever that of the user is. */
    private static Process start(ProcessBuilder builder) throws IOException {
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /** Name of the program. */
    String program() {
        return program;
    }

    /** Whether it knows the architecture. */
    boolean knows(Architecture architecture) {
        return architecture.isIntel() || this == LLVM && architecture == Architecture.ARM64;
    }

    /** Starts it over a block; the caller closes the listing. */
    Listing list(CodeBlock block, Syntax syntax, Path scratch) throws IOException {
        Path file = scratch.resolve(program + ".in");
        var command = new ArrayList<String>();
        command.add(program);
        if (this == LLVM) {
            Files.write(file, ElfObject.wrap(block));
            command.addAll(List.of("-d", "-z", "--no-show-raw-insn", "--no-leading-headers"));
            switch (block.architecture()) {
                case X86 -> command.add("--triple=i386");
                case X64 -> command.add("--triple=x86_64");
                default -> command.addAll(List.of("--triple=aarch64", "--mattr=+all,+v9.5a"));
            }
        } else {
            Files.write(file, block.code());
            boolean wide = block.architecture() == Architecture.X64;
            command.addAll(List.of("-D", "-b", "binary", "-w", "-z", "--no-show-raw-insn"));
            command.addAll(List.of("-m", wide ? "i386:x86-64" : "i386"));
            command.add("--adjust-vma=0x" + Long.toHexString(block.va()));
        }
        if (block.architecture().isIntel()) {
            command.addAll(List.of("-M", syntax == Syntax.INTEL ? "intel" : "att"));
        }
        command.add(file.toString());
        return new Listing(
                start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD)));
    }
}
