package oriel.format.minidump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.PdbId;
import oriel.model.RegisterSet;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** minidump2.dmp against what Breakpad's minidump_dump says of it, field by field. */
@NeedsCorpus
class MinidumpCorpusTest {
    private static final String FOLDER = "breakpad/minidumps/";

    private final List<Diagnostic> problems = new ArrayList<>();
    private final List<Map<String, String>> expected = new ArrayList<>();
    private final Minidump dump;

    MinidumpCorpusTest() throws IOException {
        dump = Minidump.of(Bytes.open(Corpus.file(FOLDER + "minidump2.dmp")), problems::add);
        for (String line : Files.readAllLines(Corpus.file(FOLDER + "minidump2.dump.out"))) {
            int equals = line.indexOf(" = ");
            if (!line.startsWith(" ") && !line.isEmpty()) {
                var section = new LinkedHashMap<String, String>();
                section.put("", line);
                expected.add(section);
            } else if (equals > 0) {
                expected.get(expected.size() - 1)
                        .put(line.substring(0, equals).strip(), line.substring(equals + 3).strip());
            }
        }
    }

    private List<Map<String, String>> sections(String name) {
        return expected.stream().filter(s -> name.equals(s.get(""))).toList();
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static void same(Map<String, String> section, String key, String value) {
        assertThat(value).as(section.get("") + " " + key).isEqualTo(section.get(key));
    }

    private static void same(Map<String, String> section, String key, long value) {
        String want = section.getOrDefault(key, "");
        same(section, key, want.startsWith("0x") ? hex(value) + date(want) : Long.toString(value));
    }

    /** minidump_dump writes some numbers as a date, too. */
    private static String date(String want) {
        int blank = want.indexOf(' ');
        return blank < 0 ? "" : want.substring(blank);
    }

    @Test
    void headerAndDirectory() {
        Map<String, String> header = sections("MDRawHeader").get(0);
        same(header, "stream_count", dump.header().streamCount());
        same(header, "stream_directory_rva", dump.header().directoryOffset());
        same(header, "checksum", dump.header().checksum());
        same(header, "time_date_stamp", dump.header().timestamp());
        same(header, "flags", dump.header().flags());
        List<Map<String, String>> entries = sections("MDRawDirectory");
        assertThat(dump.streams()).hasSameSizeAs(entries);
        for (int i = 0; i < entries.size(); i++) {
            StreamEntry entry = dump.streams().get(i);
            same(entries.get(i), "stream_type", entry.number());
            same(entries.get(i), "location.data_size", entry.location().sizeBytes());
            same(entries.get(i), "location.rva", entry.location().fileOffset());
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void threadsAndContexts() {
        List<Map<String, String>> threads = sections("MDRawThread");
        List<Map<String, String>> contexts = sections("MDRawContextX86");
        assertThat(dump.threads()).hasSameSizeAs(threads);
        for (int i = 0; i < threads.size(); i++) {
            ThreadEntry thread = dump.threads().get(i);
            Map<String, String> want = threads.get(i);
            same(want, "thread_id", thread.threadId());
            same(want, "suspend_count", thread.suspendCount());
            same(want, "priority_class", thread.priorityClass());
            same(want, "priority", thread.priority());
            same(want, "teb", thread.tebVa());
            same(want, "stack.start_of_memory_range", thread.stackVa());
            same(want, "stack.memory.data_size", thread.stack().sizeBytes());
            same(want, "stack.memory.rva", thread.stack().fileOffset());
            same(want, "thread_context.data_size", thread.context().sizeBytes());
            same(want, "thread_context.rva", thread.context().fileOffset());
            context(contexts.get(i), thread.context());
        }
        context(contexts.get(2), dump.exception().orElseThrow().context());
    }

    private void context(Map<String, String> want, Location location) {
        ProcessorContext context =
                ProcessorContext.read(location.in(dump.file()), Architecture.X86, XstateLayout.NONE)
                        .orElseThrow();
        same(want, "context_flags", context.flags());
        RegisterSet registers = context.registers();
        for (String name :
                List.of(
                        "dr0", "dr1", "dr2", "dr3", "dr6", "dr7", "gs", "fs", "es", "ds", "edi",
                        "esi", "ebx", "edx", "ecx", "eax", "ebp", "eip", "cs", "esp", "ss")) {
            same(want, name, registers.value(name).orElseThrow());
        }
        same(want, "eflags", registers.value("efl").orElseThrow());
        assertThat(want.get("float_save.control_word"))
                .endsWith(Long.toHexString(registers.value("fpcw").orElseThrow()));
    }

    @Test
    void exception() {
        Map<String, String> want = sections("MDException").get(0);
        ExceptionEntry exception = dump.exception().orElseThrow();
        same(want, "thread_id", exception.threadId());
        same(want, "exception_record.exception_code", exception.code() & 0xffffffffL);
        same(want, "exception_record.exception_flags", exception.flags());
        same(want, "exception_record.exception_record", exception.nestedVa());
        same(want, "exception_record.exception_address", exception.address());
        same(want, "exception_record.number_parameters", exception.parameters().size());
        for (int i = 0; i < exception.parameters().size(); i++) {
            String key =
                    String.format(Locale.ROOT, "exception_record.exception_information[%2d]", i);
            same(want, key, exception.parameters().get(i));
        }
    }

    @Test
    void modules() {
        List<Map<String, String>> modules = sections("MDRawModule");
        assertThat(dump.modules()).hasSameSizeAs(modules);
        for (int i = 0; i < modules.size(); i++) {
            Map<String, String> want = modules.get(i);
            ModuleEntry module = dump.modules().get(i);
            same(want, "base_of_image", module.range().start());
            same(want, "size_of_image", module.range().sizeBytes());
            same(want, "checksum", module.checksum());
            same(want, "time_date_stamp", module.timestamp());
            same(want, "module_name_rva", module.nameOffset());
            same(want, "cv_record.data_size", module.codeView().sizeBytes());
            same(want, "cv_record.rva", module.codeView().fileOffset());
            same(want, "misc_record.data_size", module.misc().sizeBytes());
            same(want, "(code_file)", '"' + dump.string(module.nameOffset()) + '"');
            PdbId pdb = module.pdb(dump.file()).orElseThrow();
            same(want, "(cv_record).age", pdb.age());
            same(want, "(cv_record).pdb_file_name", '"' + pdb.fileName() + '"');
            same(want, "(debug_identifier)", '"' + pdb.key() + '"');
            Optional<FixedFileInfo> version = module.version();
            same(want, "(version)", '"' + version.map(v -> v.file().toString()).orElse("") + '"');
            if (version.isPresent()) {
                same(want, "version_info.file_flags_mask", version.get().flagsMask());
                same(want, "version_info.file_flags", version.get().flags());
                same(want, "version_info.file_os", version.get().os());
                same(want, "version_info.file_type", version.get().type());
                same(want, "version_info.file_subtype", version.get().subtype());
            }
        }
    }

    @Test
    void memory() {
        List<MemoryRange> ranges = dump.memory();
        List<Map<String, String>> want = sections("MDRawMemoryDescriptor");
        assertThat(ranges).hasSize(3);
        for (int i = 0; i < want.size(); i++) {
            same(want.get(i), "start_of_memory_range", ranges.get(i).va());
            same(want.get(i), "memory.data_size", ranges.get(i).sizeBytes());
            same(want.get(i), "memory.rva", ranges.get(i).fileOffset());
        }
    }

    @Test
    void systemMiscAndBreakpadInfo() {
        Map<String, String> system = sections("MDRawSystemInfo").get(0);
        SystemInfoEntry info = dump.systemInfo().orElseThrow();
        same(system, "processor_level", info.processorLevel());
        same(system, "processor_revision", info.processorRevision());
        same(system, "number_of_processors", info.processorCount());
        same(system, "product_type", info.productType());
        same(system, "major_version", info.majorVersion());
        same(system, "minor_version", info.minorVersion());
        same(system, "build_number", info.buildNumber());
        same(system, "platform_id", info.platformId());
        same(system, "csd_version_rva", info.csdVersionOffset());
        same(system, "suite_mask", info.suiteMask());
        same(system, "(csd_version)", '"' + dump.string(info.csdVersionOffset()) + '"');
        same(system, "(cpu_vendor)", '"' + info.cpuVendor() + '"');
        same(system, "cpu.x86_cpu_info.version_information", info.cpuSignature());
        same(system, "cpu.x86_cpu_info.feature_information", info.cpuFeatures());

        Map<String, String> want = sections("MDRawMiscInfo").get(0);
        MiscInfo misc = dump.miscInfo().orElseThrow();
        same(want, "size_of_info", misc.sizeBytes());
        same(want, "flags1", misc.flags());
        same(want, "process_id", misc.processId().orElseThrow());
        same(want, "process_create_time", misc.createTime().orElseThrow());
        same(want, "process_user_time", misc.userSeconds().orElseThrow());
        same(want, "process_kernel_time", misc.kernelSeconds().orElseThrow());

        Map<String, String> breakpad = sections("MDRawBreakpadInfo").get(0);
        BreakpadInfo threads = dump.breakpadInfo().orElseThrow();
        same(breakpad, "dump_thread_id", threads.dumpThreadId().orElseThrow());
        same(breakpad, "requesting_thread_id", threads.requestingThreadId().orElseThrow());
    }

    @Test
    void memoryOfADumpOfAllMemory() throws IOException {
        String file =
                "llvm/lldb/test/API/functionalities/postmortem/wow64_minidump/fizzbuzz_wow64.dmp";
        var ranges = new ArrayList<MemoryRange>();
        Minidump.of(Bytes.open(Corpus.file(file)), problems::add).forEachMemory64(ranges::add);
        assertThat(ranges.get(0).va()).isEqualTo(0x10000);
        assertThat(ranges.get(0).sizeBytes()).isEqualTo(65536);
        assertThat(ranges).anyMatch(r -> r.va() == 0x40000 && r.sizeBytes() == 4096);
        assertThat(ranges).anyMatch(r -> r.va() == 0x77c12000 && r.sizeBytes() == 8192);
        MemoryRange last = ranges.get(ranges.size() - 1);
        assertThat(last.va()).isEqualTo(0x7ffe0000);
        assertThat(last.sizeBytes()).isEqualTo(4096);
        assertThat(problems).isEmpty();
    }
}
