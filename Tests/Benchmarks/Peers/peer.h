// What every peer of the benchmark does: it measures one window for each line it is sent, and prints the sample.
#ifndef PEER_H
#define PEER_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static inline double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec * 1e-9;
}

static inline void fail(const char *what)
{
    perror(what);
    exit(1);
}

// The host's loopback address, as the agent's process has it.
static inline struct sockaddr_in address_of(int host, int port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
    address.sin_addr.s_addr = htonl(0x7F010000u + ((host / 250) << 8) + host % 250 + 1);
    return address;
}

struct reading {
    double at, user, system;
    long count;
};

static inline struct reading take_reading(long count)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (struct reading){
        .at = seconds(),
        .user = usage.ru_utime.tv_sec + usage.ru_utime.tv_usec * 1e-6,
        .system = usage.ru_stime.tv_sec + usage.ru_stime.tv_usec * 1e-6,
        .count = count,
    };
}

static inline double resident_megabytes(void)
{
    long pages = 0, resident = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    if (statm == NULL || fscanf(statm, "%ld %ld", &pages, &resident) != 2)
        resident = 0;
    if (statm != NULL)
        fclose(statm);
    return resident * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

static inline void print_sample(struct reading from, struct reading to)
{
    double count = to.count - from.count;
    double user = to.user - from.user, system = to.system - from.system;
    printf("%.9g %.9g %.9g NaN %.9g\n", (user + system) * 1e6 / count, user * 1e6 / count, count / (to.at - from.at), resident_megabytes());
    fflush(stdout);
}

// Runs the load for a ramp and a window, whenever a line with both, in seconds, comes. The load runs until the time given and returns its count.
static inline void serve(long (*run_until)(double end))
{
    double ramp, window;
    while (scanf("%lf %lf", &ramp, &window) == 2) {
        struct reading from = take_reading(run_until(seconds() + ramp));
        print_sample(from, take_reading(run_until(from.at + window)));
    }
}

#endif
