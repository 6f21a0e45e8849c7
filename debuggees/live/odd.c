/*
 * What makes debuggers stumble: one thing at a time, with a result that is printed.
 *
 *   odd share T N     T threads write odd_variable N times each
 *   odd between N     calls odd_func N times, starts a thread that does so too, goes on meanwhile
 *   odd stack N       writes a variable on the stack N times, whose address odd_local was told
 *   odd buffer N      the same for 3,000 bytes on the stack, while functions are called
 *   odd rewrite N     writes odd_code anew N times and calls it twice each time
 *   odd fibers N      switches N times between two fibers that call odd_func
 *   odd tls N         N threads end while they call odd_func; a TLS callback calls odd_begins for each
 *   odd quit T        T threads call odd_func for ever; the process ends meanwhile
 *   odd raise T N     T threads raise N exceptions each and take them, and call odd_func in between
 *   odd pages N       makes code writable, writes it, makes it executable and calls it, N times
 *   odd read          has the system read a file into odd_bytes
 *   odd nest N        N exceptions inside handlers
 *   odd overwrite N   writes over odd_patched with WriteProcessMemory and calls it, N times
 *   odd reread N      has the system read code from a file and calls it, N times
 */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_DATA __declspec(dllexport)
#define SHOWN __declspec(dllexport) __attribute__((noinline, used))

SHOWN_DATA volatile int odd_variable;
SHOWN_DATA volatile int odd_sink;
SHOWN_DATA volatile char odd_bytes[64];
static volatile LONG go;
static int each;

SHOWN int odd_func(int x) { odd_sink = x; return x + 1; }
SHOWN void odd_local(volatile int *where) { odd_sink = (int)(ULONG_PTR)where; }
SHOWN void odd_begins(DWORD why) { odd_sink = (int)why; }

static void NTAPI callback(PVOID module, DWORD why, PVOID reserved)
{
    (void)module, (void)reserved;
    odd_begins(why);
}
__attribute__((section(".CRT$XLF"), used)) static PIMAGE_TLS_CALLBACK entry = callback;

static void run(LPTHREAD_START_ROUTINE what, int count)
{
    HANDLE all[64] = {0};
    for (int i = 0; i < count; i++) all[i] = CreateThread(NULL, 0, what, (LPVOID)(ULONG_PTR)i, 0, NULL);
    go = 1;
    WaitForMultipleObjects(count, all, TRUE, INFINITE);
    for (int i = 0; i < count; i++) CloseHandle(all[i]);
}

static DWORD WINAPI share(LPVOID p)
{
    (void)p;
    while (!go) Sleep(0);
    for (int i = 0; i < each; i++) odd_variable = i;
    return 0;
}

static DWORD WINAPI calls(LPVOID p)
{
    (void)p;
    for (int i = 0; i < each; i++) odd_func(i);
    return 0;
}

static DWORD WINAPI ends(LPVOID p)
{
    odd_func((int)(ULONG_PTR)p);
    if ((ULONG_PTR)p % 2) ExitThread(1);
    return 0;
}

static volatile LONG reached;
static DWORD WINAPI forever(LPVOID p)
{
    (void)p;
    odd_func(0);
    InterlockedIncrement(&reached);
    for (int i = 1;; i++) odd_func(i);
    return 0;
}

static LONG CALLBACK take(EXCEPTION_POINTERS *e)
{
    return e->ExceptionRecord->ExceptionCode == 0xe0001234 ? EXCEPTION_CONTINUE_EXECUTION : EXCEPTION_CONTINUE_SEARCH;
}

static DWORD WINAPI raises(LPVOID p)
{
    (void)p;
    while (!go) Sleep(0);
    for (int i = 0; i < each; i++) {
        RaiseException(0xe0001234, 0, 0, NULL);
        odd_func(i);
    }
    return 0;
}

static int depth;
static LONG CALLBACK nest(EXCEPTION_POINTERS *e)
{
    if (e->ExceptionRecord->ExceptionCode != 0xe0005678) return EXCEPTION_CONTINUE_SEARCH;
    odd_func(depth);
    if (--depth > 0) RaiseException(0xe0005678, 0, 0, NULL);
    return EXCEPTION_CONTINUE_EXECUTION;
}

SHOWN int odd_patched(void)
{
    odd_sink = 3;
    return 5;
}

/* mov eax, value; ret */
static unsigned char fresh[] = {0xb8, 0, 0, 0, 0, 0xc3};
static int call(void *code)
{
    int (*volatile function)(void) = (int (*)(void))code;
    return function();
}

static LPVOID fiber_main, fiber_other;
static VOID CALLBACK fiber(LPVOID p)
{
    (void)p;
    for (int i = 0;; i++) {
        odd_func(1000 + i);
        SwitchToFiber(fiber_main);
    }
}

SHOWN int odd_stack(int n)
{
    volatile int local = 0;
    odd_local(&local);
    for (int i = 1; i <= n; i++) local = i;
    return local;
}

SHOWN int odd_buffer(int n)
{
    volatile char local[3000];
    int sum = 0;
    odd_local((volatile int *)local);
    for (int i = 0; i < n; i++) {
        local[i % sizeof local] = (char)i;
        sum += odd_func(i);
        Sleep(0);
    }
    return sum;
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    int n = argc > 2 ? atoi(argv[2]) : 0;
    each = argc > 3 ? atoi(argv[3]) : n;
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    if (!strcmp(mode, "share")) {
        run(share, n);
        printf("variable=%d\n", odd_variable);
    } else if (!strcmp(mode, "between")) {
        HANDLE thread;
        for (int i = 0; i < n; i++) odd_func(i);
        thread = CreateThread(NULL, 0, calls, NULL, 0, NULL);
        for (int i = 0; i < n; i++) odd_func(i);
        WaitForSingleObject(thread, INFINITE);
        for (int i = 0; i < n; i++) odd_func(i);
        printf("calls=%d\n", 4 * n);
    } else if (!strcmp(mode, "stack")) {
        printf("stack=%d\n", odd_stack(n));
    } else if (!strcmp(mode, "buffer")) {
        printf("buffer=%d\n", odd_buffer(n));
    } else if (!strcmp(mode, "rewrite")) {
        /* mov eax, imm32; ret */
        unsigned char *code = VirtualAlloc(NULL, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
        unsigned char first[] = {0xb8, 0, 0, 0, 0, 0xc3};
        int sum = 0;
        memcpy(code, first, sizeof first);
        odd_local((volatile int *)code);
        for (int i = 1; i <= n; i++) {
            code[0] = 0xb8;
            *(int *)(code + 1) = i;
            sum += ((int (*)(void))code)();
            sum += ((int (*)(void))code)();
        }
        printf("rewrite=%d\n", sum);
    } else if (!strcmp(mode, "fibers")) {
        fiber_main = ConvertThreadToFiber(NULL);
        fiber_other = CreateFiber(0, fiber, NULL);
        for (int i = 0; i < n; i++) {
            odd_func(i);
            SwitchToFiber(fiber_other);
        }
        printf("fibers=%d\n", odd_sink);
    } else if (!strcmp(mode, "tls")) {
        run(ends, n);
        printf("tls=%d\n", n);
    } else if (!strcmp(mode, "quit")) {
        for (int i = 0; i < n; i++) CreateThread(NULL, 0, forever, NULL, 0, NULL);
        while (reached < n) Sleep(1);
        printf("quit\n");
        return 5;
    } else if (!strcmp(mode, "raise")) {
        AddVectoredExceptionHandler(1, take);
        run(raises, n);
        printf("raised=%d\n", n * each);
    } else if (!strcmp(mode, "pages")) {
        unsigned char *code = VirtualAlloc(NULL, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
        unsigned char first[] = {0xb8, 0, 0, 0, 0, 0xc3};
        DWORD old;
        int sum = 0;
        memcpy(code, first, sizeof first);
        odd_local((volatile int *)code);
        for (int i = 1; i <= n; i++) {
            VirtualProtect(code, 4096, i % 2 ? PAGE_READWRITE : PAGE_EXECUTE_READWRITE, &old);
            memcpy(code, first, sizeof first);
            *(int *)(code + 1) = i;
            VirtualProtect(code, 4096, i % 3 ? PAGE_EXECUTE_READ : PAGE_EXECUTE_READWRITE, &old);
            sum += ((int (*)(void))code)();
        }
        printf("pages=%d\n", sum);
    } else if (!strcmp(mode, "read")) {
        char path[MAX_PATH];
        DWORD done = 0;
        GetModuleFileNameA(NULL, path, sizeof path);
        HANDLE file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
        BOOL good = ReadFile(file, (void *)odd_bytes, 16, &done, NULL);
        printf("read=%d %lu %c%c\n", good, done, odd_bytes[0], odd_bytes[1]);
    } else if (!strcmp(mode, "overwrite")) {
        SIZE_T done;
        int sum = 0;
        for (int i = 1; i <= n; i++) {
            *(int *)(fresh + 1) = i;
            WriteProcessMemory(GetCurrentProcess(), (void *)odd_patched, fresh, sizeof fresh, &done);
            sum += call((void *)odd_patched);
        }
        printf("overwrite=%d\n", sum);
    } else if (!strcmp(mode, "reread")) {
        unsigned char *code = VirtualAlloc(NULL, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
        char folder[MAX_PATH], path[MAX_PATH];
        DWORD done;
        int sum = 0;
        GetTempPathA(sizeof folder, folder);
        GetTempFileNameA(folder, "odd", 0, path);
        HANDLE file = CreateFileA(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE, NULL);
        memcpy(code, fresh, sizeof fresh);
        odd_local((volatile int *)code);
        for (int i = 1; i <= n; i++) {
            *(int *)(fresh + 1) = i;
            SetFilePointer(file, 0, NULL, FILE_BEGIN);
            WriteFile(file, fresh, sizeof fresh, &done, NULL);
            SetFilePointer(file, 0, NULL, FILE_BEGIN);
            ReadFile(file, code, sizeof fresh, &done, NULL);
            sum += call(code);
        }
        CloseHandle(file);
        printf("reread=%d\n", sum);
    } else if (!strcmp(mode, "nest")) {
        depth = n;
        AddVectoredExceptionHandler(1, nest);
        RaiseException(0xe0005678, 0, 0, NULL);
        printf("nest=%d\n", depth);
    }
    return 0;
}
