/*
 * The bound of what a control session over a pseudo-terminal can reach on a machine: the same exchange as SessionCycles, a question of 18 bytes, an
 * answer of 42 and a command of 20 per cycle, between two processes with the same real-time priorities, and nothing else.
 *
 *   cc -O2 -o pty_cycles pty_cycles.c && ./pty_cycles SECONDS RATE [PRIORITY [nap]]
 *
 * PRIORITY is that of the loop (the servos have 5 more), 0 for none. With nap the loop looks for bytes every 30 us, otherwise it sleeps in poll(2).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { QUESTION = 18, ANSWER = 42, COMMAND = 20 };

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void prioritise(int priority) {
    struct sched_param wanted = {.sched_priority = priority};
    if (priority > 0 && sched_setscheduler(0, SCHED_FIFO, &wanted) != 0) {
        perror("SCHED_FIFO");
    }
}

static void servos(int master) {
    unsigned char bytes[4096] = {0};
    int pending = 0;
    struct pollfd in = {.fd = master, .events = POLLIN};
    while (poll(&in, 1, -1) >= 0) {
        int count = read(master, bytes, sizeof bytes);
        if (count <= 0) {
            return;
        }
        pending += count;
        /* Questions and commands alternate. */
        static int asked = 1;
        while (pending >= (asked ? QUESTION : COMMAND)) {
            pending -= asked ? QUESTION : COMMAND;
            if (asked && write(master, bytes, ANSWER) != ANSWER) {
                return;
            }
            asked = !asked;
        }
    }
}

static int ascending(const void *a, const void *b) {
    long long x = *(const long long *) a, y = *(const long long *) b;
    return (x > y) - (x < y);
}

static void tell(const char *what, long long *nanos, int count) {
    qsort(nanos, count, sizeof *nanos, ascending);
    printf("  %-5s p50 %6.0f us, p99 %6.0f us, p99.9 %6.0f us, max %6.0f us\n", what, nanos[count / 2] / 1e3,
           nanos[(int) (0.99 * count)] / 1e3, nanos[(int) (0.999 * count)] / 1e3, nanos[count - 1] / 1e3);
}

int main(int count, char **arguments) {
    int seconds = count > 1 ? atoi(arguments[1]) : 10;
    int rate = count > 2 ? atoi(arguments[2]) : 1000;
    int priority = count > 3 ? atoi(arguments[3]) : 40;
    int nap = count > 4 && strcmp(arguments[4], "nap") == 0;
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) {
        perror("posix_openpt");
        return 1;
    }
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    struct termios raw;
    tcgetattr(slave, &raw);
    cfmakeraw(&raw);
    tcsetattr(slave, TCSANOW, &raw);
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        mlockall(MCL_CURRENT | MCL_FUTURE);
        prioritise(priority > 0 ? priority + 5 : 0);
        servos(master);
        return 0;
    }
    mlockall(MCL_CURRENT | MCL_FUTURE);
    prioritise(priority);
    int cycles = seconds * rate, missed = 0, lost = 0;
    long long period = 1000000000LL / rate, due = now() + period;
    long long *late = calloc(cycles, sizeof *late), *took = calloc(cycles, sizeof *took);
    unsigned char bytes[256] = {0};
    struct pollfd in = {.fd = slave, .events = POLLIN};
    for (int i = 0; i < cycles; i++) {
        struct timespec until = {.tv_sec = due / 1000000000LL, .tv_nsec = due % 1000000000LL};
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
        }
        long long begun = now();
        late[i] = begun - due;
        if (write(slave, bytes, QUESTION) != QUESTION) {
            perror("write");
        }
        int have = 0;
        while (have < ANSWER) {
            if (nap) {
                int available = 0;
                while (ioctl(slave, FIONREAD, &available), available == 0) {
                    struct timespec little = {.tv_nsec = 30000};
                    clock_nanosleep(CLOCK_MONOTONIC, 0, &little, NULL);
                }
            } else if (poll(&in, 1, 100) == 0) {
                lost++;
                break;
            }
            have += read(slave, bytes, sizeof bytes);
        }
        if (write(slave, bytes, COMMAND) != COMMAND) {
            perror("write");
        }
        long long end = now();
        took[i] = end - begun;
        long long behind = (end - due) / period;
        missed += behind;
        due += (behind + 1) * period;
    }
    printf("%d Hz, %d s, priority %d, %s: %d cycles, %d deadlines missed (%.4f %%), %d answers lost\n", rate, seconds,
           priority, nap ? "naps" : "poll", cycles, missed, 100.0 * missed / cycles, lost);
    tell("late", late, cycles);
    tell("cycle", took, cycles);
    kill(child, SIGKILL);
    return 0;
}
