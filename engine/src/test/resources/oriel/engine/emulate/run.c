/* Executes single instructions natively. Reads records from stdin: 16 bytes of code, 18 numbers of
 * 64 bits (rax rcx rdx rbx rsp rbp rsi rdi r8..r15, rflags, offset of the code in its page) and 512
 * bytes of memory. Answers each with a u64 (1 done, 0 fault), 18 numbers (the last is rip) and the
 * memory. Code lies at 0x10000000 in a page full of int3, memory at 0x20000000. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#define CODE ((unsigned char *)0x10000000)
#define DATA ((unsigned char *)0x20000000)
static const int order[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                              REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};
static struct { unsigned char code[16]; uint64_t r[18]; unsigned char data[512]; } in;
static struct { uint64_t done; uint64_t r[18]; unsigned char data[512]; } out;
static gregset_t home;
static void start(int n, siginfo_t *i, void *c) {
    greg_t *g = ((ucontext_t *)c)->uc_mcontext.gregs;
    (void)n; (void)i;
    memcpy(home, g, sizeof home);
    for (int k = 0; k < 16; k++) g[order[k]] = (greg_t)in.r[k];
    g[REG_EFL] = (greg_t)in.r[16];
    g[REG_RIP] = (greg_t)(CODE + in.r[17]);
}
static void stop(int n, siginfo_t *i, void *c) {
    greg_t *g = ((ucontext_t *)c)->uc_mcontext.gregs;
    (void)i;
    out.done = n == SIGTRAP;
    for (int k = 0; k < 16; k++) out.r[k] = (uint64_t)g[order[k]];
    out.r[16] = (uint64_t)g[REG_EFL];
    out.r[17] = (uint64_t)g[REG_RIP] - (n == SIGTRAP);
    memcpy(g, home, sizeof home);
}
int main(void) {
    static char stack[65536];
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction a = {.sa_flags = SA_SIGINFO | SA_ONSTACK};
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, all = PROT_READ | PROT_WRITE | PROT_EXEC;
    if (mmap(CODE, 4096, all, flags, -1, 0) != CODE || mmap(DATA, 4096, all, flags, -1, 0) != DATA) return 1;
    sigaltstack(&alternate, 0);
    sigfillset(&a.sa_mask);
    a.sa_sigaction = start;
    sigaction(SIGUSR1, &a, 0);
    a.sa_sigaction = stop;
    sigaction(SIGTRAP, &a, 0);
    sigaction(SIGSEGV, &a, 0);
    sigaction(SIGBUS, &a, 0);
    sigaction(SIGILL, &a, 0);
    while (fread(&in, sizeof in, 1, stdin) == 1) {
        memset(CODE, 0xcc, 4096);
        memcpy(CODE + in.r[17], in.code, 16);
        memset(DATA, 0, 4096);
        memcpy(DATA, in.data, sizeof in.data);
        raise(SIGUSR1);
        memcpy(out.data, DATA, sizeof out.data);
        fwrite(&out, sizeof out, 1, stdout);
        fflush(stdout);
    }
    return 0;
}
