/*
 *   hostile           prints what it sees
 *   hostile patched   writes over the function by which debuggers break in, says so, and waits
 *
 * Looks for a debugger in every usual way and prints what it has seen: 'name=0' for none. Exceptions
 * that it raises are counted as seen by its own handler: 'name=1' is right for these.
 */
#include <windows.h>
#include <stdio.h>
#include <string.h>
#include <winternl.h>

typedef NTSTATUS(NTAPI *query_process)(HANDLE, ULONG, PVOID, ULONG, PULONG);
typedef NTSTATUS(NTAPI *query_thread)(HANDLE, ULONG, PVOID, ULONG, PULONG);
typedef NTSTATUS(NTAPI *set_thread)(HANDLE, ULONG, PVOID, ULONG);
typedef NTSTATUS(NTAPI *query_system)(ULONG, PVOID, ULONG, PULONG);

static volatile LONG seen;
static volatile ULONG_PTR registers;
__declspec(dllexport) volatile int hostile_variable;
static volatile DWORD expected;

static LONG CALLBACK take(EXCEPTION_POINTERS *e)
{
    DWORD code = e->ExceptionRecord->ExceptionCode;
    if (code != expected) return EXCEPTION_CONTINUE_SEARCH;
    seen++;
    if (e->ContextRecord->ContextFlags & 0x10) registers |= e->ContextRecord->Dr0 | (e->ContextRecord->Dr7 & 0xff);
    if (code == EXCEPTION_BREAKPOINT) {
        /* Stands at the int3: goes on behind it. */
#ifdef __x86_64__
        if (*(unsigned char *)e->ContextRecord->Rip == 0xcc) e->ContextRecord->Rip++;
#else
        if (*(unsigned char *)e->ContextRecord->Eip == 0xcc) e->ContextRecord->Eip++;
#endif
    }
    return EXCEPTION_CONTINUE_EXECUTION;
}

static void raised(const char *name) { printf("%s=%ld\n", name, seen); }
static void expect(DWORD code) { seen = 0; expected = code; }

static void __attribute__((noinline)) trap_flag(void)
{
#ifdef __x86_64__
    __asm__ volatile("pushfq\n\torl $0x100, (%%rsp)\n\tpopfq\n\tnop\n\t" ::: "memory", "cc");
#else
    __asm__ volatile("pushfl\n\torl $0x100, (%%esp)\n\tpopfl\n\tnop\n\t" ::: "memory", "cc");
#endif
}

/* Whoever breaks in ends the program. */
static void patched(HMODULE ntdll)
{
    unsigned char *function = (unsigned char *)(void *)GetProcAddress(ntdll, "DbgUiRemoteBreakin");
#ifdef __x86_64__
    /* sub rsp, 28h; mov ecx, 99; mov rax, ExitProcess; call rax */
    unsigned char code[] = {0x48, 0x83, 0xec, 0x28, 0xb9, 99, 0, 0, 0, 0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xd0};
    const int at = 11;
#else
    /* push 99; mov eax, ExitProcess; call eax */
    unsigned char code[] = {0x6a, 99, 0xb8, 0, 0, 0, 0, 0xff, 0xd0};
    const int at = 3;
#endif
    ULONG_PTR end = (ULONG_PTR)(void *)ExitProcess;
    DWORD old;
    memcpy(code + at, &end, sizeof end);
    VirtualProtect(function, sizeof code, PAGE_EXECUTE_READWRITE, &old);
    memcpy(function, code, sizeof code);
    printf("patched\n");
    fflush(stdout);
    for (;;) Sleep(10);
}

int main(int argc, char **argv)
{
    HMODULE ntdll = GetModuleHandleA("ntdll");
    query_process process = (query_process)(void *)GetProcAddress(ntdll, "NtQueryInformationProcess");
    query_thread thread = (query_thread)(void *)GetProcAddress(ntdll, "NtQueryInformationThread");
    set_thread set = (set_thread)(void *)GetProcAddress(ntdll, "NtSetInformationThread");
    query_system info = (query_system)(void *)GetProcAddress(ntdll, "NtQuerySystemInformation");
    BOOL remote = FALSE;
    ULONG_PTR port = 0, object = 0;
    ULONG flags = 1;
    unsigned char kernel[2] = {0, 1}, hidden = 0;
#ifdef __x86_64__
    unsigned char *peb = (unsigned char *)__readgsqword(0x60);
    ULONG global = *(ULONG *)(peb + 0xbc);
    unsigned char *heap = *(unsigned char **)(peb + 0x30);
    ULONG force = *(ULONG *)(heap + 0x74);
#else
    unsigned char *peb = (unsigned char *)__readfsdword(0x30);
    ULONG global = *(ULONG *)(peb + 0x68);
    unsigned char *heap = *(unsigned char **)(peb + 0x18);
    ULONG force = *(ULONG *)(heap + 0x44);
#endif
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    (void)argv;
    if (argc > 1) patched(ntdll);
    printf("IsDebuggerPresent=%d\n", IsDebuggerPresent());
    CheckRemoteDebuggerPresent(GetCurrentProcess(), &remote);
    printf("CheckRemoteDebuggerPresent=%d\n", remote);
    process(GetCurrentProcess(), 7, &port, sizeof port, NULL);
    printf("ProcessDebugPort=%d\n", port != 0);
    printf("ProcessDebugObjectHandle=%d\n", process(GetCurrentProcess(), 30, &object, sizeof object, NULL) >= 0);
    process(GetCurrentProcess(), 31, &flags, sizeof flags, NULL);
    printf("ProcessDebugFlags=%d\n", flags == 0);
    printf("BeingDebugged=%d\n", peb[2]);
    printf("NtGlobalFlag=%d\n", (global & 0x70) != 0);
#ifndef __x86_64__
    /* The 64-bit environment block, by GdiBatchCount of the 32-bit thread block. */
    unsigned char *thread64 = *(unsigned char **)((unsigned char *)(ULONG_PTR)__readfsdword(0x18) + 0xf70);
    if (thread64 && *(unsigned char **)(thread64 + 0x30) == thread64 && *(ULONG *)(thread64 + 0x64) == 0) {
        unsigned char *peb64 = *(unsigned char **)(thread64 + 0x60);
        printf("64-bit BeingDebugged=%d\n", peb64[2]);
        printf("64-bit NtGlobalFlag=%d\n", (*(ULONG *)(peb64 + 0xbc) & 0x70) != 0);
    }
#endif
    printf("HeapFlags=%d\n", (force & 0x40000060) != 0);
    info(35, kernel, sizeof kernel, NULL);
    printf("KernelDebugger=%d\n", kernel[0]);
    set(GetCurrentThread(), 17, NULL, 0);
    thread(GetCurrentThread(), 17, &hidden, sizeof hidden, NULL);
    printf("HideFromDebugger=%d\n", hidden);

    AddVectoredExceptionHandler(1, take);
    expect(EXCEPTION_INVALID_HANDLE);
    CloseHandle((HANDLE)(ULONG_PTR)0x12344);
    raised("CloseHandle");
    expect(0x40010006);
    OutputDebugStringA("is anybody there?");
    raised("OutputDebugString");
    expect(EXCEPTION_BREAKPOINT);
    __asm__ volatile("int3");
    raised("int3");
    expect(EXCEPTION_BREAKPOINT);
    __asm__ volatile("int $0x2d\n\tnop\n\t");
    raised("int2d");
    expect(EXCEPTION_SINGLE_STEP);
    __asm__ volatile(".byte 0xf1\n\tnop\n\t");
    raised("icebp");
    expect(EXCEPTION_SINGLE_STEP);
    trap_flag();
    raised("trapflag");
    hostile_variable = 1;
    expect(0xe0004321);
    RaiseException(0xe0004321, 0, 0, NULL);
    hostile_variable = 2;
    printf("DebugRegisters=%d\n", registers != 0);
    printf("done\n");
    return 0;
}
