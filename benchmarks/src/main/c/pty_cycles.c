/*
 * What a control session over a pseudo-terminal can reach on a machine: the same exchange as SessionCycles, a question, an answer and a command per
 * cycle of as many bytes, between two processes with the same real-time priorities, and nothing else. Deadlines are missed as there: a cycle is
 * not over when the next one is due.
 *
 *   cc -O2 -o pty_cycles pty_cycles.c && ./pty_cycles SECONDS RATE [PRIORITY]
 *
 * PRIORITY is that of the loop under SCHED_FIFO (the servos have 5 more), 40 where it is left out and 0 for none.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* A fast sync read of two servos, what they answer on average, and a sync write to one. */
enum { QUESTION = 16, ANSWER = 42, COMMAND = 17 };

static const long long SECOND = 1000000000LL;

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void hurry(int priority) {
    struct sched_param wanted = {.sched_priority = priority};
    mlockall(MCL_CURRENT | MCL_FUTURE);
    if (priority > 0 && sched_setscheduler(0, SCHED_FIFO, &wanted) != 0) {
        perror("no SCHED_FIFO");
    }
}

static void answer(int master) {
    unsigned char bytes[4096] = {0};
    struct pollfd in = {.fd = master, .events = POLLIN};
    int asked = 1; /* Questions and commands alternate. */
    int pending = 0;
    while (poll(&in, 1, -1) > 0) {
        int count = read(master, bytes, sizeof bytes);
        if (count <= 0) {
            return;
        }
        for (pending += count; pending >= (asked ? QUESTION : COMMAND); asked = !asked) {
            pending -= asked ? QUESTION : COMMAND;
            if (asked && write(master, bytes, ANSWER) != ANSWER) {
                fail("write");
            }
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
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) {
        fail("posix_openpt");
    }
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    struct termios raw;
    if (slave < 0 || tcgetattr(slave, &raw) != 0) {
        fail("pseudo-terminal");
    }
    cfmakeraw(&raw);
    tcsetattr(slave, TCSANOW, &raw);
    pid_t servos = fork();
    if (servos == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        hurry(priority > 0 ? priority + 5 : 0);
        answer(master);
        return 0;
    }
    int cycles = seconds * rate, missed = 0;
    long long *late = calloc(cycles, sizeof *late), *took = calloc(cycles, sizeof *took);
    hurry(priority);
    unsigned char bytes[256] = {0};
    struct pollfd in = {.fd = slave, .events = POLLIN};
    long long period = SECOND / rate, due = now() + period;
    for (int i = 0; i < cycles; i++) {
        struct timespec until = {.tv_sec = due / SECOND, .tv_nsec = due % SECOND};
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
        }
        long long begun = now();
        late[i] = begun - due;
        if (write(slave, bytes, QUESTION) != QUESTION) {
            fail("write");
        }
        for (int have = 0; have < ANSWER; have += read(slave, bytes, sizeof bytes)) {
            poll(&in, 1, -1);
        }
        if (write(slave, bytes, COMMAND) != COMMAND) {
            fail("write");
        }
        long long end = now(), behind = (end - due) / period;
        took[i] = end - begun;
        missed += behind;
        due += (behind + 1) * period;
    }
    kill(servos, SIGKILL);
    printf("in C: %d Hz, %d s, priority %d: %d cycles, %d deadlines missed (%.4f %%)\n", rate, seconds, priority, cycles,
           missed, 100.0 * missed / cycles);
    tell("late", late, cycles);
    tell("cycle", took, cycles);
    return 0;
}
