/* A library to put into other programs: counts how often it was told to. */
#include <windows.h>

__declspec(dllexport) volatile LONG probe_loads;
__declspec(dllexport) DWORD WINAPI probe_answer(LPVOID parameter) { return 40 + (DWORD)(ULONG_PTR)parameter; }

BOOL WINAPI DllMain(HINSTANCE self, DWORD why, LPVOID reserved)
{
    (void)self; (void)reserved;
    if (why == DLL_PROCESS_ATTACH) probe_loads++;
    return TRUE;
}
