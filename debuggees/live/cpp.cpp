/*
 * Throws C++ exceptions through functions in several threads: cpp THREADS. Each thread calls cpp_outer
 * thirty times; every third call is left by an exception, which cpp_outer catches.
 */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdexcept>
#include <string>

#define SHOWN extern "C" __declspec(dllexport) __attribute__((noinline))

SHOWN int cpp_throws(int n)
{
    if (n % 3 == 0) throw std::runtime_error("n=" + std::to_string(n));
    return n;
}

SHOWN int cpp_middle(int n)
{
    std::string destroyed(50, 'x');
    int r = cpp_throws(n);
    return r + (int)destroyed.size();
}

SHOWN int cpp_outer(int n)
{
    try {
        return cpp_middle(n);
    } catch (const std::exception &) {
        return -1;
    }
}

static DWORD WINAPI work(LPVOID)
{
    DWORD caught = 0;
    for (int i = 0; i < 30; i++) caught += cpp_outer(i) < 0;
    return caught;
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 1, sum = 0;
    HANDLE all[16] = {0};
    for (int i = 0; i < count && i < 16; i++) all[i] = CreateThread(NULL, 0, work, NULL, 0, NULL);
    for (int i = 0; i < count && i < 16; i++) {
        DWORD caught = 0;
        WaitForSingleObject(all[i], INFINITE);
        GetExitCodeThread(all[i], &caught);
        sum += caught;
    }
    printf("caught=%d\n", sum);
    return 0;
}
