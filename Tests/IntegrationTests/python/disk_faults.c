// Loaded before libc: syncs stall or fail for as long as the file that ROOST_DISK_FAULT names says so.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char order(void) {
    const char *path = getenv("ROOST_DISK_FAULT");
    if (path == NULL) return 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    char first = 0;
    if (read(file, &first, 1) != 1) first = 0;
    close(file);
    return first;
}

static int fault(void) {
    char now;
    while ((now = order()) == 's') {
        struct timespec pause = {0, 5000000};
        nanosleep(&pause, NULL);
    }
    if (now != 'f') return 0;
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
