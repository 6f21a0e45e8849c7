/*
 * Runs a program under the debug API and writes a minidump when it dies, as an error reporting service does: from outside,
 * at the second chance of the exception, with MiniDumpWriteDump. Breakpoints and stack overflows are taken at the first
 * chance: the ones may have no second, and after the others Wine has no stack left to look for handlers.
 *
 *     dumper.exe OUT.dmp TYPE PROGRAM ARGUMENTS...        TYPE: MINIDUMP_TYPE bits in hexadecimal
 *
 * Beside what TYPE asks for, the process and thread environment blocks, the process parameters and the page of the
 * program counter are written, the list of libraries that were unloaded, and a comment stream. Wine leaves two bits of
 * TYPE to this program: 1 (MiniDumpWithDataSegs) adds what the program may write of its image, 40
 * (MiniDumpWithIndirectlyReferencedMemory) the surroundings of what the registers point to.
 */
#include <windows.h>
#include <dbghelp.h>
#include <stdio.h>
#include <stdlib.h>
#include <winternl.h>

#define MOST_RANGES 64

typedef struct Range {
    ULONG64 base;
    ULONG size;
} Range;

static Range ranges[MOST_RANGES];
static int range_count;

static void add(ULONG64 base, ULONG size) {
    if (base != 0 && size != 0 && range_count < MOST_RANGES) {
        ranges[range_count].base = base;
        ranges[range_count++].size = size;
    }
}

/* Adds what of the given bytes lies in committed, readable pages from base on. */
static void add_readable(HANDLE process, ULONG64 base, ULONG size) {
    MEMORY_BASIC_INFORMATION info;
    if (VirtualQueryEx(process, (void *) (ULONG_PTR) base, &info, sizeof info) == 0 || info.State != MEM_COMMIT
        || (info.Protect & (PAGE_GUARD | PAGE_NOACCESS)) != 0) {
        return;
    }
    ULONG64 end = (ULONG64) (ULONG_PTR) info.BaseAddress + info.RegionSize;
    add(base, (ULONG) (base + size > end ? end - base : size));
}

static void add_string(HANDLE process, const UNICODE_STRING *text) {
    add_readable(process, (ULONG64) (ULONG_PTR) text->Buffer, text->Length + sizeof(WCHAR));
}

static void add_environment(HANDLE process, void *environment) {
    static WCHAR block[16384];
    SIZE_T got = 0;
    ReadProcessMemory(process, environment, block, sizeof block, &got);
    for (SIZE_T i = 0; i + 1 < got / sizeof(WCHAR); i++) {
        if (block[i] == 0 && block[i + 1] == 0) {
            add((ULONG64) (ULONG_PTR) environment, (ULONG) ((i + 2) * sizeof(WCHAR)));
            return;
        }
    }
}

typedef struct Library {
    ULONG64 base;
    ULONG size;
    ULONG checksum;
    ULONG timestamp;
    char name[64];
    int unloaded;
} Library;

static Library libraries[MOST_RANGES];
static int library_count;

/* Notes a library when it is loaded: when it is gone, its header cannot be read any more. */
static void loaded(HANDLE process, void *base) {
    char *at = base;
    IMAGE_DOS_HEADER dos;
    IMAGE_NT_HEADERS headers;
    IMAGE_EXPORT_DIRECTORY exports;
    if (library_count == MOST_RANGES || !ReadProcessMemory(process, at, &dos, sizeof dos, NULL)
        || !ReadProcessMemory(process, at + dos.e_lfanew, &headers, sizeof headers, NULL)) {
        return;
    }
    Library *library = &libraries[library_count++];
    library->base = (ULONG64) (ULONG_PTR) base;
    library->size = headers.OptionalHeader.SizeOfImage;
    library->checksum = headers.OptionalHeader.CheckSum;
    library->timestamp = headers.FileHeader.TimeDateStamp;
    if (ReadProcessMemory(process, at + headers.OptionalHeader.DataDirectory[0].VirtualAddress, &exports, sizeof exports,
                          NULL)) {
        ReadProcessMemory(process, at + exports.Name, library->name, sizeof library->name - 1, NULL);
    }
}

static void unloaded(void *base) {
    for (int i = 0; i < library_count; i++) {
        /* Wine's loader maps nameless images for a moment when a process starts. */
        libraries[i].unloaded |= libraries[i].base == (ULONG64) (ULONG_PTR) base && libraries[i].name[0] != 0;
    }
}

typedef NTSTATUS(NTAPI *QueryProcess)(HANDLE, PROCESSINFOCLASS, PVOID, ULONG, PULONG);

static void add_process_blocks(HANDLE process) {
    QueryProcess query =
        (QueryProcess) (ULONG_PTR) GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtQueryInformationProcess");
    PROCESS_BASIC_INFORMATION basic;
    PEB peb;
    if (query(process, ProcessBasicInformation, &basic, sizeof basic, NULL) != 0) {
        return;
    }
    add_readable(process, (ULONG64) (ULONG_PTR) basic.PebBaseAddress, 0x480);
    if (!ReadProcessMemory(process, basic.PebBaseAddress, &peb, sizeof peb, NULL)) {
        return;
    }
    RTL_USER_PROCESS_PARAMETERS parameters;
    add_readable(process, (ULONG64) (ULONG_PTR) peb.ProcessParameters, 0x400);
    if (!ReadProcessMemory(process, peb.ProcessParameters, &parameters, sizeof parameters, NULL)) {
        return;
    }
    add_string(process, &parameters.ImagePathName);
    add_string(process, &parameters.CommandLine);
    void *environment = NULL;
    ReadProcessMemory(process, (char *) peb.ProcessParameters + (sizeof(void *) == 8 ? 0x80 : 0x48), &environment,
                      sizeof environment, NULL);
    add_environment(process, environment);
}

static void add_thread_block(HANDLE process, void *teb) { add_readable(process, (ULONG64) (ULONG_PTR) teb, 0x1800); }

/* Adds the sections of the program that it may write to. */
static void add_data(HANDLE process, void *image) {
    char *at = image;
    MEMORY_BASIC_INFORMATION info;
    while (VirtualQueryEx(process, at, &info, sizeof info) != 0 && info.AllocationBase == image) {
        if (info.State == MEM_COMMIT && (info.Protect & (PAGE_READWRITE | PAGE_WRITECOPY)) != 0) {
            add((ULONG64) (ULONG_PTR) info.BaseAddress, (ULONG) info.RegionSize);
        }
        at = (char *) info.BaseAddress + info.RegionSize;
    }
}

/* Adds 256 bytes from a little before where a register points to, as error reporting does. */
static void add_pointed(HANDLE process, ULONG64 value) {
    for (int i = 0; i < range_count; i++) {
        if (value >= ranges[i].base && value < ranges[i].base + ranges[i].size) {
            return;
        }
    }
    if (value >= 0x10000) {
        add_readable(process, (value - 0x20) & ~7ull, 0x100);
    }
}

static void add_referenced(HANDLE process, const CONTEXT *context) {
#if defined(__x86_64__)
    const DWORD64 *registers = &context->Rax;
    for (int i = 0; i < 16; i++) {
        add_pointed(process, registers[i]);
    }
#else
    const DWORD *registers = &context->Edi;
    for (int i = 0; i < 7; i++) {
        add_pointed(process, registers[i]);
    }
#endif
}

/* Finds a stream's entry in the directory. Returns its file offset, 0 when there is none. */
static DWORD find_entry(HANDLE file, ULONG32 type, MINIDUMP_DIRECTORY *entry) {
    MINIDUMP_HEADER header;
    DWORD done;
    SetFilePointer(file, 0, NULL, FILE_BEGIN);
    ReadFile(file, &header, sizeof header, &done, NULL);
    for (ULONG32 i = 0; i < header.NumberOfStreams; i++) {
        DWORD at = header.StreamDirectoryRva + i * sizeof *entry;
        SetFilePointer(file, at, NULL, FILE_BEGIN);
        ReadFile(file, entry, sizeof *entry, &done, NULL);
        if (entry->StreamType == type) {
            return at;
        }
    }
    return 0;
}

/* Puts the list of libraries that were unloaded into an unused entry of the directory; Wine does not write it. */
static void append_unloaded(HANDLE file) {
    MINIDUMP_UNLOADED_MODULE_LIST list = {sizeof list, sizeof(MINIDUMP_UNLOADED_MODULE), 0};
    MINIDUMP_UNLOADED_MODULE modules[MOST_RANGES];
    MINIDUMP_DIRECTORY entry;
    DWORD done;
    DWORD at = find_entry(file, UnusedStream, &entry);
    for (int i = 0; at != 0 && i < library_count; i++) {
        if (libraries[i].unloaded) {
            MINIDUMP_UNLOADED_MODULE *module = &modules[list.NumberOfEntries++];
            WCHAR name[64];
            ULONG32 length = sizeof(WCHAR) * (MultiByteToWideChar(CP_ACP, 0, libraries[i].name, -1, name, 64) - 1);
            module->BaseOfImage = libraries[i].base;
            module->SizeOfImage = libraries[i].size;
            module->CheckSum = libraries[i].checksum;
            module->TimeDateStamp = libraries[i].timestamp;
            module->ModuleNameRva = SetFilePointer(file, 0, NULL, FILE_END);
            WriteFile(file, &length, sizeof length, &done, NULL);
            WriteFile(file, name, length + sizeof(WCHAR), &done, NULL);
        }
    }
    if (list.NumberOfEntries != 0) {
        entry.StreamType = UnloadedModuleListStream;
        entry.Location.Rva = SetFilePointer(file, 0, NULL, FILE_END);
        entry.Location.DataSize = sizeof list + list.NumberOfEntries * sizeof *modules;
        WriteFile(file, &list, sizeof list, &done, NULL);
        WriteFile(file, modules, list.NumberOfEntries * sizeof *modules, &done, NULL);
        SetFilePointer(file, at, NULL, FILE_BEGIN);
        WriteFile(file, &entry, sizeof entry, &done, NULL);
    }
}

/* Rewrites the memory list at the end of the file with the ranges added; MiniDumpWriteDump of Wine asks no callback for any. */
static void append_ranges(HANDLE process, HANDLE file) {
    MINIDUMP_DIRECTORY entry;
    DWORD done;
    DWORD at = find_entry(file, MemoryListStream, &entry);
    if (at == 0) {
        return;
    }
    ULONG32 count = (entry.Location.DataSize - sizeof count) / sizeof(MINIDUMP_MEMORY_DESCRIPTOR);
    MINIDUMP_MEMORY_DESCRIPTOR *list = calloc(count + range_count, sizeof *list);
    SetFilePointer(file, entry.Location.Rva + sizeof count, NULL, FILE_BEGIN);
    ReadFile(file, list, count * sizeof *list, &done, NULL);
    for (int i = 0; i < range_count; i++) {
        void *copy = malloc(ranges[i].size);
        if (ReadProcessMemory(process, (void *) (ULONG_PTR) ranges[i].base, copy, ranges[i].size, NULL)) {
            list[count].StartOfMemoryRange = ranges[i].base;
            list[count].Memory.DataSize = ranges[i].size;
            list[count++].Memory.Rva = SetFilePointer(file, 0, NULL, FILE_END);
            WriteFile(file, copy, ranges[i].size, &done, NULL);
        }
        free(copy);
    }
    entry.Location.Rva = SetFilePointer(file, 0, NULL, FILE_END);
    entry.Location.DataSize = sizeof count + count * sizeof *list;
    WriteFile(file, &count, sizeof count, &done, NULL);
    WriteFile(file, list, count * sizeof *list, &done, NULL);
    SetFilePointer(file, at, NULL, FILE_BEGIN);
    WriteFile(file, &entry, sizeof entry, &done, NULL);
    free(list);
}

static int write_dump(const char *path, MINIDUMP_TYPE type, const DEBUG_EVENT *event, HANDLE process, HANDLE thread,
                      void *teb, void *image) {
    CONTEXT context = {0};
    context.ContextFlags = CONTEXT_ALL;
    GetThreadContext(thread, &context);
    EXCEPTION_RECORD record = event->u.Exception.ExceptionRecord;
    EXCEPTION_POINTERS pointers = {&record, &context};
    MINIDUMP_EXCEPTION_INFORMATION exception = {event->dwThreadId, &pointers, FALSE};
    static char comment[] = "Written by the dumper of the debuggees";
    MINIDUMP_USER_STREAM stream = {CommentStreamA, sizeof comment, comment};
    MINIDUMP_USER_STREAM_INFORMATION streams = {1, &stream};
    add_process_blocks(process);
    add_thread_block(process, teb);
#if defined(__x86_64__)
    add_readable(process, (context.Rip & ~0xfffull), 0x1000);
#else
    add_readable(process, (context.Eip & ~0xffful), 0x1000);
#endif
    if ((type & MiniDumpWithDataSegs) != 0) {
        add_data(process, image);
    }
    if ((type & MiniDumpWithIndirectlyReferencedMemory) != 0) {
        add_referenced(process, &context);
    }
    type &= ~(MiniDumpWithDataSegs | MiniDumpWithIndirectlyReferencedMemory);
    HANDLE file = CreateFileA(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    BOOL done = MiniDumpWriteDump(process, event->dwProcessId, file, type, &exception, &streams, NULL);
    DWORD error = GetLastError();
    if (done) {
        append_ranges(process, file);
        append_unloaded(file);
    }
    CloseHandle(file);
    printf("%s: exception %08lx at %p, %s %lu\n", path, (unsigned long) record.ExceptionCode, record.ExceptionAddress,
           done ? "written" : "failed", done ? 0 : (unsigned long) error);
    return done ? 0 : 1;
}

/* A small environment that tells nothing of the machine on which the dump is made. */
static char environment[] = "OS=Windows_NT\0PATH=C:\\windows\\system32;C:\\windows\0SystemDrive=C:\0SystemRoot=C:\\windows\0"
                            "TEMP=C:\\temp\0USERNAME=oriel\0windir=C:\\windows\0";

int main(int argc, char **argv) {
    char line[1024] = "";
    if (argc < 4) {
        fprintf(stderr, "usage: dumper OUT.dmp TYPE PROGRAM ARGUMENTS...\n");
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s", i > 3 ? " " : "", argv[i]);
    }
    STARTUPINFOA startup = {.cb = sizeof startup};
    PROCESS_INFORMATION info;
    if (!CreateProcessA(NULL, line, NULL, NULL, FALSE, DEBUG_ONLY_THIS_PROCESS, environment, NULL, &startup, &info)) {
        fprintf(stderr, "%s: error %lu\n", line, (unsigned long) GetLastError());
        return 1;
    }
    DEBUG_EVENT event;
    int result = 1;
    int started = 0;
    void *main_teb = NULL;
    void *image = NULL;
    while (WaitForDebugEvent(&event, 60000)) {
        DWORD how = DBG_CONTINUE;
        if (event.dwDebugEventCode == CREATE_PROCESS_DEBUG_EVENT) {
            main_teb = event.u.CreateProcessInfo.lpThreadLocalBase;
            image = event.u.CreateProcessInfo.lpBaseOfImage;
        } else if (event.dwDebugEventCode == LOAD_DLL_DEBUG_EVENT) {
            loaded(info.hProcess, event.u.LoadDll.lpBaseOfDll);
        } else if (event.dwDebugEventCode == UNLOAD_DLL_DEBUG_EVENT) {
            unloaded(event.u.UnloadDll.lpBaseOfDll);
        } else if (event.dwDebugEventCode == EXIT_PROCESS_DEBUG_EVENT) {
            printf("%s: ended without an exception, %lx\n", line, (unsigned long) event.u.ExitProcess.dwExitCode);
            return 1;
        } else if (event.dwDebugEventCode == EXCEPTION_DEBUG_EVENT) {
            DWORD code = event.u.Exception.ExceptionRecord.ExceptionCode;
            int is_break = code == EXCEPTION_BREAKPOINT || code == 0x4000001f;
            if (is_break && !started) {
                started = 1; /* the loader's own */
            } else if (is_break || code == EXCEPTION_STACK_OVERFLOW || !event.u.Exception.dwFirstChance) {
                HANDLE thread = OpenThread(THREAD_ALL_ACCESS, FALSE, event.dwThreadId);
                result = write_dump(argv[1], strtoul(argv[2], NULL, 16), &event, info.hProcess, thread, main_teb,
                                    image);
                break;
            } else {
                how = DBG_EXCEPTION_NOT_HANDLED;
            }
        }
        ContinueDebugEvent(event.dwProcessId, event.dwThreadId, how);
    }
    TerminateProcess(info.hProcess, 1);
    return result;
}
