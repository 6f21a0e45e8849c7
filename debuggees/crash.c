/*
 * Dies in one chosen way, through level1 -> level2 -> level3, so that a debugger has a stack to show.
 *
 *     crash.exe KIND        where KIND is one of the names in the table at the end
 *
 * Needs kernel32 and ntdll only and no C runtime, so that the program and its PDB stay small enough to be kept beside
 * the dumps made from it. Built by build.sh for x86 and x64.
 */
#include <windows.h>

#define EXPORTED __declspec(dllexport) __attribute__((noinline, used))

/* Tiny frames on x64: without the 32 bytes that the Windows convention reserves at every call. */
#if defined(__x86_64__)
#define TINY_FRAME __attribute__((sysv_abi))
#else
#define TINY_FRAME
#endif

volatile LONG sink;
volatile LONG depth;

typedef struct Animal {
    void (*speak)(struct Animal *self);
    LONG legs;
} Animal;

typedef void Crash(void);

static void fill(volatile unsigned char *at, unsigned char value, SIZE_T count) {
    for (SIZE_T i = 0; i < count; i++) {
        at[i] = value;
    }
}

static void null_read(void) { sink = *(volatile LONG *) (ULONG_PTR) 0x10; }

static void null_write(void) { *(volatile LONG *) (ULONG_PTR) 0x8 = 0x2a; }

static void wild_write(void) { *(volatile LONG *) (ULONG_PTR) 0x41414140 = 0x2a; }

static void null_call(void) { ((Crash *) (ULONG_PTR) sink)(); }

/* An object is freed the way a debugging heap does it, and then used. */
static void use_after_free(void) {
    Animal *animal = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(Animal));
    Animal *dangling = animal;
    fill((unsigned char *) animal, 0xdd, sizeof(Animal));
    dangling->speak(dangling);
    HeapFree(GetProcessHeap(), 0, animal);
}

static void uninitialised(void) {
    Animal *volatile animal = HeapAlloc(GetProcessHeap(), 0, sizeof(Animal));
    fill((unsigned char *) animal, 0xcd, sizeof(Animal));
    animal->speak(animal);
}

/* Frees a block twice; a heap that does not notice is helped. */
static void heap_corruption(void) {
    unsigned char *block = HeapAlloc(GetProcessHeap(), 0, 16);
    HeapFree(GetProcessHeap(), 0, block);
    HeapFree(GetProcessHeap(), 0, block);
    RaiseException(0xc0000374, EXCEPTION_NONCONTINUABLE, 0, NULL);
}

static void fast_fail(void) {
    /* FAST_FAIL_FATAL_APP_EXIT */
    __asm__ volatile("int $0x29" : : "c"(7));
}

static void division(void) {
    volatile LONG zero = 0;
    sink = 5 / zero;
}

static void breakpoint(void) { __asm__ volatile("int3"); }

static void illegal(void) { __asm__ volatile("ud2"); }

static void privileged(void) { __asm__ volatile("hlt"); }

/* Code in memory that may not be executed: ret. */
static void execute_data(void) {
    static unsigned char code[16] = {0xc3};
    ((Crash *) (ULONG_PTR) code)();
}

static void non_canonical(void) {
#if defined(__x86_64__)
    *(volatile LONG *) 0xfefefefefefefefeull = 0x2a;
#else
    *(volatile LONG *) 0xfefefefeul = 0x2a;
#endif
}

/* Calls a function of a library that was unloaded meanwhile. */
static void unloaded_call(void) {
    HMODULE library = LoadLibraryA("version.dll");
    Crash *function = (Crash *) (ULONG_PTR) GetProcAddress(library, "VerQueryValueA");
    FreeLibrary(library);
    function();
}

static void raise_own(void) {
    ULONG_PTR parameters[2] = {0x1122, 0x3344};
    RaiseException(0xe0424242, EXCEPTION_NONCONTINUABLE, 2, parameters);
}

static DWORD WINAPI waiter(LPVOID event) {
    WaitForSingleObject(event, INFINITE);
    return 0;
}

/* Eight threads that wait for one event while the ninth dies. */
static void waiters(void) {
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
    for (int i = 0; i < 8; i++) {
        CloseHandle(CreateThread(NULL, 0x10000, waiter, event, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL));
    }
    Sleep(200);
    null_write();
}

static CRITICAL_SECTION first;
static CRITICAL_SECTION second;

static DWORD WINAPI second_then_first(LPVOID unused) {
    (void) unused;
    EnterCriticalSection(&second);
    Sleep(100);
    EnterCriticalSection(&first);
    return 0;
}

/* Two threads hold what the other one wants; int3 by a third stands for the user who asks why. */
static DWORD WINAPI first_then_second(LPVOID unused) {
    (void) unused;
    EnterCriticalSection(&first);
    Sleep(100);
    EnterCriticalSection(&second);
    return 0;
}

static void deadlock(void) {
    InitializeCriticalSection(&first);
    InitializeCriticalSection(&second);
    CloseHandle(CreateThread(NULL, 0x10000, first_then_second, NULL, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL));
    CloseHandle(CreateThread(NULL, 0x10000, second_then_first, NULL, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL));
    Sleep(400);
    breakpoint();
}

#pragma clang diagnostic ignored "-Winfinite-recursion"
EXPORTED TINY_FRAME LONG recurse(LONG n) {
    depth = n;
    return recurse(n + 1) + depth;
}

/* Wine gives threads at least 1 MB of stack. Ending it 192 KB below its base keeps the dump small. */
static void stack_overflow(void) {
    NT_TIB *teb = (NT_TIB *) NtCurrentTeb();
    char *end = (char *) teb->StackBase - 0x30000;
    DWORD old;
    VirtualProtect(end, 0x1000, PAGE_NOACCESS, &old);
    VirtualProtect(end + 0x1000, 0x1000, PAGE_READWRITE | PAGE_GUARD, &old);
    teb->StackLimit = end + 0x2000;
    *(void **) ((char *) teb + (sizeof(void *) == 8 ? 0x1478 : 0xe0c)) = end; /* DeallocationStack */
    sink = recurse(1);
}

typedef struct Kind {
    const char *name;
    Crash *crash;
} Kind;

static const Kind KINDS[] = {
    {"null-read", null_read},
    {"null-write", null_write},
    {"wild-write", wild_write},
    {"null-call", null_call},
    {"use-after-free", use_after_free},
    {"uninitialised", uninitialised},
    {"heap-corruption", heap_corruption},
    {"fast-fail", fast_fail},
    {"division", division},
    {"breakpoint", breakpoint},
    {"illegal", illegal},
    {"privileged", privileged},
    {"execute-data", execute_data},
    {"non-canonical", non_canonical},
    {"unloaded-call", unloaded_call},
    {"raise", raise_own},
    {"waiters", waiters},
    {"deadlock", deadlock},
    {"stack-overflow", stack_overflow},
};

EXPORTED void level3(const Kind *kind) {
    kind->crash();
    sink = 3;
}

EXPORTED void level2(const Kind *kind) {
    level3(kind);
    sink = 2;
}

EXPORTED void level1(const Kind *kind) {
    level2(kind);
    sink = 1;
}

/* Whether the command line ends with a blank and the name. */
static int asked_for(const char *line, const char *name) {
    int length = lstrlenA(line);
    int want = lstrlenA(name);
    return length > want && line[length - want - 1] == ' ' && lstrcmpA(line + length - want, name) == 0;
}

void start(void) {
    const char *line = GetCommandLineA();
    for (unsigned i = 0; i < sizeof(KINDS) / sizeof(KINDS[0]); i++) {
        if (asked_for(line, KINDS[i].name)) {
            level1(&KINDS[i]);
            ExitProcess(0);
        }
    }
    ExitProcess(2);
}
