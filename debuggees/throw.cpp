// Throws a C++ exception of the Microsoft kind (0xE06D7363) that nobody catches, without the Microsoft runtime: the
// compiler lays out the throw information as MSVC does, and the two things it wants from the runtime are defined here.
// Built by build.sh for x64 and x86.

extern "C" {
__declspec(dllimport) void __stdcall RaiseException(
    unsigned long code, unsigned long flags, unsigned long count, const void *const *parameters);
__declspec(dllimport) void __stdcall ExitProcess(unsigned code);
__declspec(dllimport) void *__stdcall GetModuleHandleA(const char *name);
}

/// The virtual table of type_info, to which type descriptors point. Only the runtime would look into it.
extern "C" const void *const type_info_vftable[2] __asm__("??_7type_info@@6B@") = {};

extern "C" int _fltused = 0;

/// EHExceptionRecord: magic number, object, throw information and, where pointers have 64 bits, the image base.
extern "C" void __stdcall _CxxThrowException(void *object, const void *throw_info) {
    const void *parameters[] = {
        (const void *) 0x19930520, object, throw_info, sizeof(void *) == 8 ? GetModuleHandleA(nullptr) : nullptr};
    RaiseException(0xe06d7363, 1, sizeof(void *) == 8 ? 4 : 3, parameters);
}

namespace zoo {
struct Error {
    int code;
};

struct CageOpen : Error {
    const char *animal;
};
} // namespace zoo

extern "C" __declspec(dllexport) __attribute__((noinline)) void level3(const char *animal) {
    zoo::CageOpen error;
    error.code = 42;
    error.animal = animal;
    throw error;
}

volatile int sink;

extern "C" __declspec(dllexport) __attribute__((noinline)) void level2(const char *animal) {
    level3(animal);
    sink = 2;
}

extern "C" __declspec(dllexport) __attribute__((noinline)) void level1(const char *animal) {
    level2(animal);
    sink = 1;
}

extern "C" void start() {
    level1("tiger");
    ExitProcess(0);
}
