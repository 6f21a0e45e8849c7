/*
 * What the tests of the debugger run: one thing at a time, with a result that is printed.
 *
 *   run hits N        calls run_func N times
 *   run mt T N        T threads call run_func N times each, at once
 *   run steps N       run_loop: four instructions N times
 *   run touch N       writes run_variable N times
 *   run buffer        writes and reads run_buffer here and there
 *   run calls         calls functions with arguments of all kinds, and a recursive one
 *   run output        prints for debuggers, narrow and wide
 *   run break         has a breakpoint of its own, returns 3
 *   run name          names its thread
 *   run raise N       raises N exceptions and takes each
 *   run crash         writes to address 0x10
 *   run load N        loads and frees probe.dll N times
 *   run spawn N       starts N threads that end at once
 *   run child         runs itself with 'exit 7'
 *   run exit CODE     ends at once
 *   run flags         pushf, popf, string instructions: prints a sum that steps must not change
 *   run patch         writes over the code of run_patched and calls it
 *   run error CODE    SetLastError
 *   run wait          prints 'ready' and waits
 *   run protect       changes the protection of run_buffer between writes
 *   run leave N       calls a function N times that is left by longjmp
 */
#include <windows.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_DATA __declspec(dllexport)
#define SHOWN __declspec(dllexport) __attribute__((noinline, used))

SHOWN_DATA volatile int run_sink;
SHOWN_DATA volatile int run_variable;
SHOWN_DATA volatile char run_buffer[3 * 4096];

SHOWN int run_func(int x) { run_sink = x; return x + 1; }

SHOWN int run_loop(int n)
{
    int r = 0;
    __asm__ volatile("1:\n\taddl $1, %0\n\tnop\n\tsubl $1, %1\n\tjnz 1b\n\t" : "+r"(r), "+r"(n)::"cc");
    return r;
}

SHOWN int run_sum(int a, const char *b, const wchar_t *c, long long d, double e, float f, unsigned g)
{
    return a + (int)strlen(b) + (int)wcslen(c) + (int)d + (int)e + (int)f + (int)g;
}

SHOWN double run_half(double x) { return x / 2; }

SHOWN int __stdcall run_std(int a, int b) { run_sink = a; return a * b; }
SHOWN int __fastcall run_fast(int a, int b, int c) { run_sink = a; return a + b + c; }
SHOWN int __thiscall run_this(int *self, int b) { run_sink = b; return *self + b; }

SHOWN int run_factorial(int n) { return n < 2 ? 1 : n * run_factorial(n - 1); }

static jmp_buf back;
SHOWN int run_leaves(int x) { run_sink = x; longjmp(back, 1); return x; }

SHOWN int run_patched(void)
{
    run_sink = 1;
    return 5;
}

static volatile LONG go;
static int each;
SHOWN DWORD WINAPI run_many(LPVOID p)
{
    (void)p;
    while (!go) Sleep(0);
    for (int i = 0; i < each; i++) run_func(i);
    return 0;
}
static DWORD WINAPI nothing(LPVOID p) { return (DWORD)(ULONG_PTR)p; }

static LONG CALLBACK take(EXCEPTION_POINTERS *e)
{
    return e->ExceptionRecord->ExceptionCode == 0xe0001234 ? EXCEPTION_CONTINUE_EXECUTION : EXCEPTION_CONTINUE_SEARCH;
}

SHOWN unsigned run_flags(void)
{
    unsigned sum = 0;
    char from[64], to[64];
    for (int i = 0; i < 64; i++) from[i] = (char)i;
    for (int i = 0; i < 4; i++) {
        size_t pushed;
#ifdef __x86_64__
        __asm__ volatile("pushfq\n\tpopq %0" : "=r"(pushed)::"memory");
        __asm__ volatile("pushfq\n\tpopfq" ::: "memory", "cc");
#else
        __asm__ volatile("pushfl\n\tpopl %0" : "=r"(pushed)::"memory");
        __asm__ volatile("pushfl\n\tpopfl" ::: "memory", "cc");
#endif
        sum += (unsigned)pushed & 0x100;
        void *d = to, *s = from;
        size_t n = sizeof to;
        __asm__ volatile("cld\n\trep movsb" : "+D"(d), "+S"(s), "+c"(n)::"memory");
        for (int k = 0; k < 64; k++) sum = sum * 31 + (unsigned char)to[k];
        sum += run_func(i);
    }
    return sum;
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "wait";
    int n = argc > 2 ? atoi(argv[2]) : 0;
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    if (!strcmp(mode, "hits")) {
        int a = 0;
        for (int i = 0; i < n; i++) a = run_func(a);
        printf("hits=%d\n", a);
    } else if (!strcmp(mode, "mt")) {
        HANDLE all[64];
        each = argc > 3 ? atoi(argv[3]) : 1000;
        for (int i = 0; i < n; i++) all[i] = CreateThread(NULL, 0, run_many, NULL, 0, NULL);
        go = 1;
        WaitForMultipleObjects(n, all, TRUE, INFINITE);
        printf("calls=%d\n", n * each);
    } else if (!strcmp(mode, "steps")) {
        printf("loop=%d\n", run_loop(n));
    } else if (!strcmp(mode, "touch")) {
        for (int i = 1; i <= n; i++) run_variable = i;
        printf("variable=%d\n", run_variable);
    } else if (!strcmp(mode, "buffer")) {
        run_buffer[10] = 1;
        run_buffer[4095] = 2;
        run_buffer[4096] = 3;
        run_buffer[5000] = run_buffer[4096];
        run_buffer[8192] = 4;
        memset((char *)run_buffer + 4000, 7, 200);
        printf("buffer=%d %d\n", run_buffer[4095], run_buffer[5000]);
    } else if (!strcmp(mode, "calls")) {
        printf("sum=%d\n", run_sum(1, "abc", L"wide", 0x100000002LL, 2.5, 1.5f, 7));
        printf("half=%.2f\n", run_half(5.0));
        int self = 30;
        printf("std=%d fast=%d this=%d\n", run_std(6, 7), run_fast(1, 2, 3), run_this(&self, 4));
        printf("factorial=%d\n", run_factorial(5));
    } else if (!strcmp(mode, "output")) {
        OutputDebugStringA("narrow text");
        OutputDebugStringW(L"wide text");
    } else if (!strcmp(mode, "break")) {
        DebugBreak();
        printf("went on\n");
        return 3;
    } else if (!strcmp(mode, "name")) {
        struct { DWORD type; LPCSTR name; DWORD id; DWORD flags; } named = {0x1000, "the worker", (DWORD)-1, 0};
        AddVectoredExceptionHandler(1, take);
        RaiseException(0x406d1388, 0, sizeof named / sizeof(ULONG_PTR), (ULONG_PTR *)&named);
        printf("named\n");
    } else if (!strcmp(mode, "raise")) {
        AddVectoredExceptionHandler(1, take);
        for (int i = 0; i < n; i++) RaiseException(0xe0001234, 0, 0, NULL);
        printf("raised=%d\n", n);
    } else if (!strcmp(mode, "crash")) {
        *(volatile int *)(ULONG_PTR)0x10 = 1;
    } else if (!strcmp(mode, "load")) {
        char path[MAX_PATH];
        GetModuleFileNameA(NULL, path, sizeof path);
        strcpy(strrchr(path, '\\') + 1, sizeof(void *) == 8 ? "probe-x64.dll" : "probe-x86.dll");
        int sum = 0;
        for (int i = 0; i < n; i++) {
            HMODULE dll = LoadLibraryA(path);
            const char *name = sizeof(void *) == 8 ? "probe_answer" : "probe_answer@4";
            LPTHREAD_START_ROUTINE answer = dll ? (LPTHREAD_START_ROUTINE)(void *)GetProcAddress(dll, name) : NULL;
            if (answer) sum += answer((LPVOID)2);
            if (dll) FreeLibrary(dll);
        }
        printf("answers=%d\n", sum);
    } else if (!strcmp(mode, "spawn")) {
        for (int i = 0; i < n; i++) CloseHandle(CreateThread(NULL, 0, nothing, (LPVOID)(ULONG_PTR)i, 0, NULL));
        Sleep(200);
        printf("spawned=%d\n", n);
    } else if (!strcmp(mode, "child")) {
        char path[MAX_PATH], line[MAX_PATH + 20];
        STARTUPINFOA s = {sizeof s};
        PROCESS_INFORMATION p;
        DWORD code = 0;
        GetModuleFileNameA(NULL, path, sizeof path);
        sprintf(line, "\"%s\" exit 7", path);
        if (CreateProcessA(path, line, NULL, NULL, FALSE, 0, NULL, NULL, &s, &p)) {
            WaitForSingleObject(p.hProcess, INFINITE);
            GetExitCodeProcess(p.hProcess, &code);
        }
        printf("child=%lu\n", code);
    } else if (!strcmp(mode, "exit")) {
        return n;
    } else if (!strcmp(mode, "flags")) {
        printf("flags=%u\n", run_flags());
    } else if (!strcmp(mode, "patch")) {
        unsigned char code[] = {0xb8, 9, 0, 0, 0, 0xc3};
        DWORD old;
        int before = run_patched();
        VirtualProtect((void *)run_patched, sizeof code, PAGE_EXECUTE_READWRITE, &old);
        memcpy((void *)run_patched, code, sizeof code);
        printf("patched=%d %d\n", before, run_patched());
    } else if (!strcmp(mode, "protect")) {
        DWORD old = 0, before = 0;
        run_buffer[4096] = 1;
        VirtualProtect((char *)run_buffer + 4096, 1, PAGE_READONLY, &before);
        VirtualProtect((char *)run_buffer + 4096, 1, PAGE_READWRITE, &old);
        run_buffer[4096] = 2;
        run_buffer[4097] = 3;
        printf("protect=%lu %lu %d\n", before, old, run_buffer[4096]);
    } else if (!strcmp(mode, "error")) {
        SetLastError(n);
        printf("error=%lu\n", GetLastError());
    } else if (!strcmp(mode, "leave")) {
        int left = 0;
        for (volatile int i = 0; i < n; i++) {
            if (setjmp(back)) left++;
            else run_leaves(i);
        }
        printf("left=%d\n", left);
    } else {
        printf("ready %lu\n", GetCurrentProcessId());
        fflush(stdout);
        for (;;) Sleep(100);
    }
    return 0;
}
