/*
 * A library that is loaded into the program under test (LD_PRELOAD). It makes the disk full or broken, the clock set,
 * or time pass at once, as a page of memory says that the library shares with the test. FAULT_CONTROL names the file of
 * that page, FAULT_DIR the folder in which writes can fail.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
  int64_t clock_offset_ms;
  int32_t write_errno; /* 0: writes work */
  int32_t refused;     /* how many writes were refused */
  int64_t elapsed_ms;  /* has passed on all clocks, and for timers */
};

static volatile struct control *control;
static const char *dir;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("FAULT_CONTROL");
  dir = getenv("FAULT_DIR");
  if (!path) return;
  int fd = open(path, O_RDWR);
  if (fd < 0) return;
  void *page = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (page != MAP_FAILED) control = page;
}

/* Tells whether a write to this file must fail now. If so, counts it and sets errno. */
static int refused(int fd) {
  if (!control || !control->write_errno || !dir) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  if (strncmp(path, dir, strlen(dir)) != 0) return 0;
  __sync_fetch_and_add(&control->refused, 1);
  errno = control->write_errno;
  return 1;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t size) { REAL(write); return refused(fd) ? -1 : real(fd, data, size); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { REAL(pwrite); return refused(fd) ? -1 : real(fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { REAL(pwrite64); return refused(fd) ? -1 : real(fd, data, size, at); }
int fsync(int fd) { REAL(fsync); return refused(fd) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return refused(fd) ? -1 : real(fd); }
int ftruncate(int fd, off_t size) { REAL(ftruncate); return refused(fd) ? -1 : real(fd, size); }
int ftruncate64(int fd, off64_t size) { REAL(ftruncate64); return refused(fd) ? -1 : real(fd, size); }

/* Returns how many ms the program's clock is ahead of the machine's. */
static int64_t ahead(clockid_t id) {
  if (!control) return 0;
  switch (id) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE: return control->clock_offset_ms + control->elapsed_ms;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME: return control->elapsed_ms;
    default: return 0;
  }
}

int clock_gettime(clockid_t id, struct timespec *at) {
  REAL(clock_gettime);
  int result = real(id, at);
  int64_t ms = ahead(id);
  if (result == 0 && ms != 0) {
    at->tv_sec += ms / 1000;
    at->tv_nsec += (ms % 1000) * 1000000;
    if (at->tv_nsec < 0) { at->tv_sec--; at->tv_nsec += 1000000000; }
    if (at->tv_nsec >= 1000000000) { at->tv_sec++; at->tv_nsec -= 1000000000; }
  }
  return result;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  (void)zone;
  struct timespec precise;
  if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return -1;
  at->tv_sec = precise.tv_sec;
  at->tv_usec = precise.tv_nsec / 1000;
  return 0;
}
