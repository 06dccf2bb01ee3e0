// Loaded before libc: syncs stall, fail or take longer for as long as the file that ROOST_DISK_FAULT names says so:
// "stall", "fail" or "delay" and the milliseconds.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct order {
    char first;
    long milliseconds;
};

static struct order order(void) {
    struct order none = {0, 0};
    const char *path = getenv("ROOST_DISK_FAULT");
    if (path == NULL) return none;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return none;
    char text[32] = "";
    if (read(file, text, sizeof text - 1) < 1) text[0] = 0;
    close(file);
    const char *number = strchr(text, ' ');
    return (struct order){text[0], number == NULL ? 0 : atol(number)};
}

static void pass(long milliseconds) {
    struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&pause, NULL);
}

static int fault(void) {
    struct order now;
    while ((now = order()).first == 's') pass(5);
    if (now.first == 'd') pass(now.milliseconds);
    if (now.first != 'f') return 0;
    errno = EIO;
    return -1;
}

int fdatasync(int file) {
    static int (*real)(int);
    if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    return fault() < 0 ? -1 : real(file);
}

int fsync(int file) {
    static int (*real)(int);
    if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    return fault() < 0 ? -1 : real(file);
}
