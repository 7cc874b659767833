// The limit of a ring: messages of 64 bytes, each after its length, from one process to another on the other processor, by shared memory that both poll.
//
//   ring SENDER RECEIVER        the processors; then, for each line it is sent, a run of so many messages and the nanoseconds of one
#define _GNU_SOURCE
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CAPACITY = 1 << 17, MESSAGE = 64, HEADER = 8, LINE = 128, DATA = 4096 };

static unsigned char *memory;
static _Atomic uint64_t *tail, *head;

static void run_on(int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    sched_setaffinity(0, sizeof set, &set);
}

static void copy_in(uint64_t at, const unsigned char *from)
{
    size_t place = at & (CAPACITY - 1), first = CAPACITY - place < MESSAGE ? CAPACITY - place : MESSAGE;
    memcpy(memory + DATA + place, from, first);
    memcpy(memory + DATA, from + first, MESSAGE - first);
}

static void copy_out(uint64_t at, unsigned char *to)
{
    size_t place = at & (CAPACITY - 1), first = CAPACITY - place < MESSAGE ? CAPACITY - place : MESSAGE;
    memcpy(to, memory + DATA + place, first);
    memcpy(to + first, memory + DATA, MESSAGE - first);
}

static void receive(long messages)
{
    unsigned char message[MESSAGE];
    uint64_t at = 0, known = 0, told = 0;
    for (long i = 0; i < messages; i++) {
        while (known == at)
            known = atomic_load_explicit(tail, memory_order_acquire);
        uint64_t length = *(volatile uint64_t *)(memory + DATA + (at & (CAPACITY - 1)));
        at += HEADER;
        copy_out(at, message);
        __asm__ volatile("" ::"r"(message) : "memory");
        at += length;
        if (at - told >= CAPACITY / 8)
            atomic_store_explicit(head, told = at, memory_order_release);
    }
    atomic_store_explicit(head, at, memory_order_release);
}

static void send(long messages)
{
    unsigned char message[MESSAGE] = { 0 };
    uint64_t at = 0, known = 0;
    for (long i = 0; i < messages; i++) {
        while (CAPACITY - (at - known) < HEADER + MESSAGE)
            known = atomic_load_explicit(head, memory_order_acquire);
        *(volatile uint64_t *)(memory + DATA + (at & (CAPACITY - 1))) = MESSAGE;
        copy_in(at + HEADER, message);
        atomic_store_explicit(tail, at += HEADER + MESSAGE, memory_order_release);
    }
    while (atomic_load_explicit(head, memory_order_acquire) != at)
        ;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    long messages;
    while (scanf("%ld", &messages) == 1) {
        memory = mmap(NULL, DATA + CAPACITY, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            return 1;
        tail = (_Atomic uint64_t *)memory;
        head = (_Atomic uint64_t *)(memory + LINE);
        pid_t receiver = fork();
        if (receiver == 0) {
            run_on(atoi(argv[2]));
            receive(messages);
            _exit(0);
        }
        run_on(atoi(argv[1]));
        struct timespec began, ended;
        clock_gettime(CLOCK_MONOTONIC, &began);
        send(messages);
        clock_gettime(CLOCK_MONOTONIC, &ended);
        waitpid(receiver, NULL, 0);
        munmap(memory, DATA + CAPACITY);
        printf("%f\n", ((ended.tv_sec - began.tv_sec) * 1e9 + (ended.tv_nsec - began.tv_nsec)) / messages);
        fflush(stdout);
    }
    return 0;
}
