package oriel.triage.bugcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.triage.bugcheck.BugCheckTable.Parameter;
import oriel.triage.bugcheck.BugCheckTable.Row;

class BugCheckTableTest {
    @ParameterizedTest
    @CsvSource({
        "0xa, IRQL_NOT_LESS_OR_EQUAL",
        "0x1a, MEMORY_MANAGEMENT",
        "0x1e, KMODE_EXCEPTION_NOT_HANDLED",
        "0x3b, SYSTEM_SERVICE_EXCEPTION",
        "0x50, PAGE_FAULT_IN_NONPAGED_AREA",
        "0x7e, SYSTEM_THREAD_EXCEPTION_NOT_HANDLED",
        "0x7f, UNEXPECTED_KERNEL_MODE_TRAP",
        "0x9f, DRIVER_POWER_STATE_FAILURE",
        "0xc2, BAD_POOL_CALLER",
        "0xd1, DRIVER_IRQL_NOT_LESS_OR_EQUAL",
        "0xe2, MANUALLY_INITIATED_CRASH",
        "0xef, CRITICAL_PROCESS_DIED",
        "0x116, VIDEO_TDR_FAILURE",
        "0x124, WHEA_UNCORRECTABLE_ERROR",
        "0x133, DPC_WATCHDOG_VIOLATION",
        "0x139, KERNEL_SECURITY_CHECK_FAILURE",
        "0x1c8, MANUALLY_INITIATED_POWER_BUTTON_HOLD",
        "0xc000021a, WINLOGON_FATAL_ERROR"
    })
    void names(long code, String name) {
        assertThat(BugCheckTable.row(code, -1).map(Row::name)).contains(name);
    }

    @Test
    void aCaseIsMoreThanItsCode() {
        Row list = BugCheckTable.row(0x139, 3).orElseThrow();
        assertThat(list.meaning()).contains("list entry");
        assertThat(list.tellsCases()).isTrue();
        Row power = BugCheckTable.row(0x9f, 3).orElseThrow();
        assertThat(power.parameters().get(3))
                .isEqualTo(new Parameter(ParameterKind.IRP, "the blocked IRP"));
        assertThat(BugCheckTable.row(0x9f, 77).orElseThrow().parameters().get(3).text()).isEmpty();
    }

    @Test
    void everyFastFailCodeIsACaseOf139() {
        Row row = BugCheckTable.row(0x139, 0x2c).orElseThrow();
        assertThat(row.parameters().get(0).text()).isNotEmpty();
        assertThat(row.meaning()).contains(": ");
    }

    @Test
    void codesThatNobodyKnows() {
        assertThat(BugCheckTable.row(0x7777, 0)).isEmpty();
        assertThat(BugCheckTable.row(0, 0)).isEmpty();
    }

    @Test
    void everyRowIsWhole() {
        var codes = new HashSet<Long>();
        List<String> keys = new ArrayList<>();
        for (String line : BugCheckTable.lines()) {
            if (line.startsWith("#")) {
                continue;
            }
            String key = line.substring(0, line.indexOf(" |"));
            keys.add(key.toLowerCase(Locale.ROOT));
            String[] parts = key.split(":");
            long code = Long.parseLong(parts[0], 16);
            codes.add(code);
            Row row =
                    BugCheckTable.row(code, parts.length > 1 ? Long.parseLong(parts[1], 16) : -1)
                            .orElseThrow();
            assertThat(row.name()).as(line).matches("[A-Z0-9_]+");
            assertThat(row.meaning()).as(line).isNotBlank().doesNotEndWith(".");
            assertThat(row.parameters()).as(line).hasSize(4);
        }
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(codes).hasSizeGreaterThan(250);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b200000000070005 | internal parity error",
                "be00000000800400 | internal timer ran out: no instruction finished for too long",
                "bf80000000000124 | cache error, write, data, level 0",
                "be0000000001009f | memory controller, read error",
                "be00000000010092 | memory controller, read error, channel 2",
                "b200000000000014 | TLB error, data, level 0",
                "b200000000000e0f | bus or interconnect error, any request of other, participant"
                        + " unknown"
            })
    void machineChecks(String status, String text) {
        assertThat(MachineCheck.error(Long.parseUnsignedLong(status, 16))).isEqualTo(text);
    }

    @Test
    void flagsOfMachineChecks() {
        assertThat(MachineCheck.flags(0xbe00000000800400L))
                .isEqualTo("uncorrected, processor context corrupt, address valid");
    }
}
