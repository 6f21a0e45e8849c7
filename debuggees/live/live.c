/*
 * What the tests of win32 look into: a program that does one thing and waits.
 *
 *   live wait            waits; prints where its well-known data lies
 *   live threads N       the same with N more sleeping threads
 *   live memory MB       the same with MB megabytes of data, a marker near their end
 *   live spin            counts as fast as it can
 *   live window          shows a window with a button, text 'Oriel window'
 *   live deadlock        two threads that wait for each other's critical section
 *   live exit CODE       ends at once
 *   live print           prints its arguments, folder and the variable ORIEL_LIVE
 *   live crash           writes to address 0x10
 *   live attached CODE   ends when a debugger has come
 */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN __declspec(dllexport)

SHOWN char live_text[32] = "ORIEL-LIVE-TEXT";
SHOWN wchar_t live_wide[32] = L"ORIEL-LIVE-WIDE";
SHOWN unsigned live_number = 0x01020304;
SHOWN volatile LONG live_counter;
SHOWN void *live_pointer = live_text;

SHOWN __attribute__((noinline)) int live_add(int a, int b) { live_counter++; return a + b; }
SHOWN DWORD WINAPI live_raise(LPVOID by) { InterlockedExchangeAdd(&live_counter, (LONG)(LONG_PTR)by); return 77; }

static DWORD WINAPI sleeper(LPVOID p) { (void)p; Sleep(INFINITE); return 0; }

static CRITICAL_SECTION first, second;
static volatile LONG crossing;
static DWORD WINAPI crossed(LPVOID p)
{
    CRITICAL_SECTION *mine = p ? &first : &second, *other = p ? &second : &first;
    EnterCriticalSection(mine);
    for (InterlockedIncrement(&crossing); crossing < 2;) Sleep(1);
    EnterCriticalSection(other);
    return 0;
}

static LRESULT CALLBACK procedure(HWND w, UINT m, WPARAM a, LPARAM b)
{
    if (m == WM_USER + 7) return (LRESULT)(a + b);
    if (m == WM_DESTROY) PostQuitMessage(5);
    return DefWindowProcW(w, m, a, b);
}

static int window(void)
{
    WNDCLASSW c = {0};
    MSG message;
    HWND w;
    c.lpfnWndProc = procedure;
    c.hInstance = GetModuleHandleW(NULL);
    c.lpszClassName = L"OrielLive";
    RegisterClassW(&c);
    w = CreateWindowExW(0, L"OrielLive", L"Oriel window", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 10, 20, 300, 200,
                        NULL, NULL, c.hInstance, NULL);
    CreateWindowExW(0, L"BUTTON", L"Press", WS_CHILD | WS_VISIBLE, 5, 5, 80, 25, w, (HMENU)1, c.hInstance, NULL);
    printf("window=0x%llx error=%lu\n", (unsigned long long)(ULONG_PTR)w, GetLastError());
    fflush(stdout);
    while (GetMessageW(&message, NULL, 0, 0) > 0) { TranslateMessage(&message); DispatchMessageW(&message); }
    return (int)message.wParam;
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "wait";
    int n = argc > 2 ? atoi(argv[2]) : 0, i;
    char *heap = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, 64);
    DWORD id;
    LONG owned, free_count;
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    if (!strcmp(mode, "exit")) return n;
    if (!strcmp(mode, "print")) {
        char folder[512], value[512] = "";
        GetCurrentDirectoryA(sizeof folder, folder);
        GetEnvironmentVariableA("ORIEL_LIVE", value, sizeof value);
        for (i = 2; i < argc; i++) printf("argument=[%s]\n", argv[i]);
        printf("folder=%s\nvariable=%s\n", folder, value);
        return 0;
    }
    if (!strcmp(mode, "crash")) *(volatile int *)(ULONG_PTR)0x10 = 1;
    if (!strcmp(mode, "threads")) for (i = 0; i < n; i++) CreateThread(NULL, 0, sleeper, NULL, 0, &id);
    if (!strcmp(mode, "deadlock")) {
        InitializeCriticalSection(&first);
        InitializeCriticalSection(&second);
        /* Whoever waits changes the count, differently from system to system. */
        EnterCriticalSection(&first);
        owned = first.LockCount;
        LeaveCriticalSection(&first);
        free_count = first.LockCount;
        CreateThread(NULL, 0, crossed, (void *)0, 0, &id);
        CreateThread(NULL, 0, crossed, (void *)1, 0, &id);
        while (first.LockCount == owned || first.LockCount == free_count || second.LockCount == owned
               || second.LockCount == free_count)
            Sleep(1);
    }
    if (!strcmp(mode, "memory")) {
        size_t size = (size_t)(n ? n : 64) << 20, k;
        unsigned char *data = VirtualAlloc(NULL, size, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
        unsigned long long s = 88172645463325252ULL;
        for (k = 0; k < size; k += 8) { s ^= s << 13; s ^= s >> 7; s ^= s << 17; memcpy(data + k, &s, 8); }
        memcpy(data + size - 4096, "ORIEL-BENCHMARK!", 16);
        printf("memory=0x%llx size=%llu\n", (unsigned long long)(ULONG_PTR)data, (unsigned long long)size);
    }
    /* Only now, when its threads are there: who waits for the program looks for it. */
    strcpy(heap, "ORIEL-HEAP-TEXT");
    printf("pid=%lu\nthread=%lu\nheap=0x%llx\ntext=0x%llx\nwide=0x%llx\nnumber=0x%llx\ncounter=0x%llx\nready\n",
           GetCurrentProcessId(), GetCurrentThreadId(), (unsigned long long)(ULONG_PTR)heap,
           (unsigned long long)(ULONG_PTR)live_text, (unsigned long long)(ULONG_PTR)live_wide,
           (unsigned long long)(ULONG_PTR)&live_number, (unsigned long long)(ULONG_PTR)&live_counter);
    fflush(stdout);
    if (!strcmp(mode, "window")) return window();
    if (!strcmp(mode, "spin")) for (;;) live_counter++;
    if (!strcmp(mode, "attached")) {
        while (!IsDebuggerPresent()) Sleep(10);
        return n;
    }
    Sleep(INFINITE);
    return live_add(1, 2);
}
