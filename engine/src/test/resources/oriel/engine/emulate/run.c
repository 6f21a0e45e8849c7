/* Executes single instructions natively. Reads records from stdin: 16 bytes of code, 18 numbers of
 * 64 bits (rax rcx rdx rbx rsp rbp rsi rdi r8..r15, rflags, offset of the code in its page), the
 * code segment (0x33 for 64-bit code, 0x23 for 32-bit code), 16 vector registers of 128 bits and 512
 * bytes of memory. Answers each with a u64 (1 done, 0 fault), 18 numbers (the last is rip), the x87
 * status word, the vectors and the memory. Code lies at 0x10000000 in a page full of int3, memory
 * at 0x20000000. All other state of the floating-point units is what it was at the first record. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#define CODE ((unsigned char *)0x10000000)
#define DATA ((unsigned char *)0x20000000)
#define STATE_SIZE 464      /* of the saved state: magic, size, features, size without the end */
#define STATE_FEATURES 512  /* of the saved state: which parts of it are to be loaded */
static const int order[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                              REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};
static struct { unsigned char code[16]; uint64_t r[18], segment; unsigned char vectors[256], data[512]; } in;
static struct { uint64_t done, r[18], status; unsigned char vectors[256], data[512]; } out;
static gregset_t home;
static unsigned char state[16384];
static uint32_t stateSize;
static void start(int n, siginfo_t *i, void *c) {
    mcontext_t *m = &((ucontext_t *)c)->uc_mcontext;
    greg_t *g = m->gregs;
    unsigned char *now = (unsigned char *)m->fpregs;
    (void)n; (void)i;
    memcpy(home, g, sizeof home);
    if (stateSize == 0) {
        memcpy(&stateSize, now + STATE_SIZE + 16, 4);
        if (stateSize < 576 || stateSize > sizeof state) stateSize = 576;
        memcpy(state, now, stateSize);
    }
    memcpy(now, state, stateSize);
    m->fpregs->cwd = 0x37f; /* all exceptions masked, nothing on the stack */
    m->fpregs->swd = 0;
    m->fpregs->ftw = 0;
    m->fpregs->mxcsr = 0x1f80;
    memcpy(m->fpregs->_xmm, in.vectors, sizeof in.vectors);
    now[STATE_FEATURES] |= 3;
    for (int k = 0; k < 16; k++) g[order[k]] = (greg_t)in.r[k];
    g[REG_EFL] = (greg_t)in.r[16];
    g[REG_RIP] = (greg_t)(CODE + in.r[17]);
    g[REG_CSGSFS] = (g[REG_CSGSFS] & ~0xffffLL) | (greg_t)in.segment;
}
static void stop(int n, siginfo_t *i, void *c) {
    mcontext_t *m = &((ucontext_t *)c)->uc_mcontext;
    greg_t *g = m->gregs;
    (void)i;
    out.done = n == SIGTRAP;
    for (int k = 0; k < 16; k++) out.r[k] = (uint64_t)g[order[k]];
    out.r[16] = (uint64_t)g[REG_EFL];
    out.r[17] = (uint64_t)g[REG_RIP] - (n == SIGTRAP);
    out.status = m->fpregs->swd;
    memcpy(out.vectors, m->fpregs->_xmm, sizeof out.vectors);
    memcpy(g, home, sizeof home);
}
int main(void) {
    static char stack[65536];
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction a = {.sa_flags = SA_SIGINFO | SA_ONSTACK};
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, all = PROT_READ | PROT_WRITE | PROT_EXEC;
    int ends[] = {SIGTRAP, SIGSEGV, SIGBUS, SIGILL, SIGFPE};
    if (mmap(CODE, 4096, all, flags, -1, 0) != CODE || mmap(DATA, 4096, all, flags, -1, 0) != DATA) return 1;
    __asm__ volatile("mov %0, %%ds; mov %0, %%es" : : "r"(0x2b)); /* 32-bit code needs segments */
    sigaltstack(&alternate, 0);
    sigfillset(&a.sa_mask);
    a.sa_sigaction = start;
    sigaction(SIGUSR1, &a, 0);
    a.sa_sigaction = stop;
    for (int k = 0; k < 5; k++) sigaction(ends[k], &a, 0);
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
