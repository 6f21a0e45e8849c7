package oriel.win32.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.model.ContextLayout;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;

/** The offsets of this package are those of a C compiler, for programs of both widths. */
@Timeout(600)
@NeedsWindows
class StructuresTest {
    private static Map<String, Integer> layouts(String architecture) throws IOException {
        Process process =
                new ProcessBuilder(Debuggee.onDriveC("layouts", architecture).toString()).start();
        var found = new HashMap<String, Integer>();
        for (String line : process.inputReader(StandardCharsets.US_ASCII).lines().toList()) {
            String[] parts = line.split(" = ");
            found.put(parts[0], Integer.valueOf(parts[1]));
        }
        return found;
    }

    @Test
    void structuresOf64Bit() throws IOException {
        Map<String, Integer> c = layouts("x64");
        assertThat(c)
                .containsEntry("MEMORY_BASIC_INFORMATION", Structures.REGION_SIZE)
                .containsEntry(
                        "MEMORY_BASIC_INFORMATION.AllocationBase",
                        Structures.REGION_ALLOCATION_BASE)
                .containsEntry(
                        "MEMORY_BASIC_INFORMATION.AllocationProtect",
                        Structures.REGION_ALLOCATION_PROTECT)
                .containsEntry("MEMORY_BASIC_INFORMATION.RegionSize", Structures.REGION_LENGTH)
                .containsEntry("MEMORY_BASIC_INFORMATION.State", Structures.REGION_STATE)
                .containsEntry("MEMORY_BASIC_INFORMATION.Protect", Structures.REGION_PROTECT)
                .containsEntry("MEMORY_BASIC_INFORMATION.Type", Structures.REGION_TYPE)
                .containsEntry("STARTUPINFOW", Structures.STARTUP_SIZE)
                .containsEntry("STARTUPINFOEXW", Structures.STARTUP_EX_SIZE)
                .containsEntry("STARTUPINFOW.dwFlags", Structures.STARTUP_FLAGS)
                .containsEntry("STARTUPINFOW.wShowWindow", Structures.STARTUP_SHOW)
                .containsEntry("STARTUPINFOW.hStdInput", Structures.STARTUP_INPUT)
                .containsEntry("STARTUPINFOW.hStdOutput", Structures.STARTUP_OUTPUT)
                .containsEntry("STARTUPINFOW.hStdError", Structures.STARTUP_ERROR)
                .containsEntry("STARTUPINFOEXW.lpAttributeList", Structures.STARTUP_ATTRIBUTES)
                .containsEntry("PROCESS_INFORMATION", Structures.STARTED_SIZE)
                .containsEntry("PROCESS_INFORMATION.hThread", Structures.STARTED_THREAD)
                .containsEntry("PROCESS_INFORMATION.dwProcessId", Structures.STARTED_PROCESS_ID)
                .containsEntry("PROCESS_INFORMATION.dwThreadId", Structures.STARTED_THREAD_ID)
                .containsEntry("PROCESS_BASIC_INFORMATION", Structures.BASIC_SIZE)
                .containsEntry("PROCESS_BASIC_INFORMATION.PebBaseAddress", Structures.BASIC_PEB)
                .containsEntry("SYSTEM_INFO", Structures.SYSTEM_SIZE)
                .containsEntry("SYSTEM_INFO.dwPageSize", Structures.SYSTEM_PAGE_SIZE)
                .containsEntry("SYSTEM_INFO.dwNumberOfProcessors", Structures.SYSTEM_PROCESSORS)
                .containsEntry("HEAPLIST32", Structures.HEAP_LIST_SIZE)
                .containsEntry("HEAPLIST32.th32HeapID", Structures.HEAP_LIST_ID)
                .containsEntry("HEAPLIST32.dwFlags", Structures.HEAP_LIST_FLAGS)
                .containsEntry("HEAPENTRY32", Structures.HEAP_ENTRY_SIZE)
                .containsEntry("HEAPENTRY32.dwAddress", Structures.HEAP_ENTRY_ADDRESS)
                .containsEntry("HEAPENTRY32.dwBlockSize", Structures.HEAP_ENTRY_LENGTH)
                .containsEntry("HEAPENTRY32.dwFlags", Structures.HEAP_ENTRY_FLAGS)
                // What the code of HeapBlock relies on.
                .containsEntry("PROCESS_HEAP_ENTRY", 40)
                .containsEntry("PROCESS_HEAP_ENTRY.cbData", 8)
                .containsEntry("PROCESS_HEAP_ENTRY.wFlags", 14)
                .containsEntry("MODULEENTRY32W", Structures.MODULE_SIZE)
                .containsEntry("MODULEENTRY32W.modBaseAddr", Structures.MODULE_BASE)
                .containsEntry("MODULEENTRY32W.modBaseSize", Structures.MODULE_LENGTH)
                .containsEntry("MODULEENTRY32W.szModule", Structures.MODULE_NAME)
                .containsEntry("MODULEENTRY32W.szExePath", Structures.MODULE_PATH)
                .containsEntry("CONTEXT", ContextLayout.X64.sizeBytes())
                .containsEntry("CONTEXT.ContextFlags", ContextLayout.X64.flagsOffset())
                .containsEntry("WOW64_CONTEXT", ContextLayout.X86.sizeBytes())
                .containsEntry("PEB.Ldr", 0x18)
                .containsEntry("PEB.ProcessParameters", 0x20);
    }

    @Test
    void structuresOfServicesPrivilegesWaitsAndVersions() throws IOException {
        assertThat(layouts("x64"))
                .containsEntry("ENUM_SERVICE_STATUS_PROCESSW", Structures.SERVICE_ENTRY_SIZE)
                .containsEntry(
                        "ENUM_SERVICE_STATUS_PROCESSW.lpDisplayName",
                        Structures.SERVICE_ENTRY_DISPLAY_NAME)
                .containsEntry(
                        "ENUM_SERVICE_STATUS_PROCESSW.ServiceStatusProcess",
                        Structures.SERVICE_ENTRY_STATUS)
                .containsEntry("SERVICE_STATUS_PROCESS", Structures.SERVICE_SIZE)
                .containsEntry("SERVICE_STATUS_PROCESS.dwCurrentState", Structures.SERVICE_STATE)
                .containsEntry(
                        "SERVICE_STATUS_PROCESS.dwControlsAccepted", Structures.SERVICE_CONTROLS)
                .containsEntry(
                        "SERVICE_STATUS_PROCESS.dwWin32ExitCode", Structures.SERVICE_EXIT_CODE)
                .containsEntry("SERVICE_STATUS_PROCESS.dwProcessId", Structures.SERVICE_PROCESS_ID)
                .containsEntry("WTS_SESSION_INFOW", Structures.SESSION_SIZE)
                .containsEntry("WTS_SESSION_INFOW.pWinStationName", Structures.SESSION_STATION)
                .containsEntry("WTS_SESSION_INFOW.State", Structures.SESSION_STATE)
                .containsEntry("WTS_PROCESS_INFOW", Structures.SESSION_PROCESS_SIZE)
                .containsEntry("WTS_PROCESS_INFOW.ProcessId", Structures.SESSION_PROCESS_ID)
                .containsEntry("WTS_PROCESS_INFOW.pUserSid", Structures.SESSION_PROCESS_USER)
                .containsEntry("WINDOWPLACEMENT", Structures.PLACEMENT_SIZE)
                .containsEntry("WINDOWPLACEMENT.rcNormalPosition", Structures.PLACEMENT_NORMAL)
                .containsEntry("SHELLEXECUTEINFOW", Structures.EXECUTE_SIZE)
                .containsEntry("SHELLEXECUTEINFOW.fMask", Structures.EXECUTE_MASK)
                .containsEntry("SHELLEXECUTEINFOW.lpVerb", Structures.EXECUTE_VERB)
                .containsEntry("SHELLEXECUTEINFOW.lpFile", Structures.EXECUTE_FILE)
                .containsEntry("SHELLEXECUTEINFOW.lpParameters", Structures.EXECUTE_PARAMETERS)
                .containsEntry("SHELLEXECUTEINFOW.nShow", Structures.EXECUTE_SHOW)
                .containsEntry("SHELLEXECUTEINFOW.hProcess", Structures.EXECUTE_PROCESS)
                .containsEntry("LUID_AND_ATTRIBUTES", Structures.PRIVILEGE_SIZE)
                .containsEntry("LUID_AND_ATTRIBUTES.Attributes", Structures.PRIVILEGE_ATTRIBUTES)
                .containsEntry("WAITCHAIN_NODE_INFO", Structures.WAIT_NODE_SIZE)
                .containsEntry("WAITCHAIN_NODE_INFO.ObjectStatus", Structures.WAIT_NODE_STATUS)
                .containsEntry(
                        "WAITCHAIN_NODE_INFO.LockObject.ObjectName", Structures.WAIT_NODE_NAME)
                .containsEntry(
                        "WAITCHAIN_NODE_INFO.ThreadObject.ProcessId",
                        Structures.WAIT_NODE_PROCESS_ID)
                .containsEntry(
                        "WAITCHAIN_NODE_INFO.ThreadObject.ThreadId", Structures.WAIT_NODE_THREAD_ID)
                .containsEntry("VS_FIXEDFILEINFO", Structures.VERSION_SIZE)
                .containsEntry("VS_FIXEDFILEINFO.dwFileVersionMS", Structures.VERSION_FILE)
                .containsEntry("VS_FIXEDFILEINFO.dwProductVersionMS", Structures.VERSION_PRODUCT)
                .containsEntry("VS_FIXEDFILEINFO.dwFileFlagsMask", Structures.VERSION_FLAGS_MASK)
                .containsEntry("VS_FIXEDFILEINFO.dwFileFlags", Structures.VERSION_FLAGS)
                .containsEntry("VS_FIXEDFILEINFO.dwFileOS", Structures.VERSION_SYSTEM)
                .containsEntry("VS_FIXEDFILEINFO.dwFileType", Structures.VERSION_KIND)
                .containsEntry("VS_FIXEDFILEINFO.dwFileSubtype", Structures.VERSION_SUBKIND);
    }

    @Test
    @NeedsWindows(with32Bit = true)
    void structuresOf32Bit() throws IOException {
        assertThat(layouts("x86"))
                .containsEntry("CONTEXT", ContextLayout.X86.sizeBytes())
                .containsEntry("CONTEXT.ContextFlags", ContextLayout.X86.flagsOffset())
                .containsEntry("PROCESS_HEAP_ENTRY", 28)
                .containsEntry("PROCESS_HEAP_ENTRY.cbData", 4)
                .containsEntry("PROCESS_HEAP_ENTRY.wFlags", 10)
                .containsEntry("CONTEXT.Edi", 156)
                .containsEntry("CONTEXT.Eip", 184)
                .containsEntry("CONTEXT.Esp", 196)
                .containsEntry("PEB.Ldr", 0x0c)
                .containsEntry("PEB.ProcessParameters", 0x10);
    }
}
