#include "cchecksum.h"

#include <stdatomic.h>
#include <string.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#elif defined(__aarch64__)
#include <arm_acle.h>
#if defined(__linux__)
#include <sys/auxv.h>
#ifndef HWCAP_CRC32
#define HWCAP_CRC32 (1 << 7)
#endif
#endif
#endif

// MARK: Tables (slicing by eight)

static uint32_t tables[8][256];

/// Runs before main and before any thread, so that the tables need no lock.
__attribute__((constructor)) static void fill_tables(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (0x82f63b78u & (0u - (crc & 1u)));
        }
        tables[0][byte] = crc;
    }
    for (uint32_t byte = 0; byte < 256; byte++) {
        for (int slice = 1; slice < 8; slice++) {
            uint32_t before = tables[slice - 1][byte];
            tables[slice][byte] = (before >> 8) ^ tables[0][before & 0xff];
        }
    }
}

static inline uint32_t load_little32(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

uint32_t cchecksum_crc32c_portable(uint32_t crc, const void *start, size_t count) {
    const uint8_t *bytes = start;
    crc = ~crc;
    for (; count >= 8; bytes += 8, count -= 8) {
        uint32_t low = load_little32(bytes) ^ crc;
        uint32_t high = load_little32(bytes + 4);
        crc = tables[7][low & 0xff] ^ tables[6][low >> 8 & 0xff] ^ tables[5][low >> 16 & 0xff] ^ tables[4][low >> 24];
        crc ^= tables[3][high & 0xff] ^ tables[2][high >> 8 & 0xff] ^ tables[1][high >> 16 & 0xff];
        crc ^= tables[0][high >> 24];
    }
    for (; count > 0; bytes++, count--) {
        crc = (crc >> 8) ^ tables[0][(crc ^ *bytes) & 0xff];
    }
    return ~crc;
}

// MARK: Instructions

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) static uint32_t crc32c_sse42(uint32_t crc, const void *start, size_t count) {
    const uint8_t *bytes = start;
    uint64_t state = ~crc;
    for (; count >= 8; bytes += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        state = _mm_crc32_u64(state, word);
    }
    for (; count > 0; bytes++, count--) {
        state = _mm_crc32_u8((uint32_t)state, *bytes);
    }
    return ~(uint32_t)state;
}
#elif defined(__aarch64__)
__attribute__((target("crc"))) static uint32_t crc32c_armv8(uint32_t crc, const void *start, size_t count) {
    const uint8_t *bytes = start;
    uint32_t state = ~crc;
    for (; count >= 8; bytes += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        state = __crc32cd(state, word);
    }
    for (; count > 0; bytes++, count--) {
        state = __crc32cb(state, *bytes);
    }
    return ~state;
}
#endif

// MARK: Choice

typedef uint32_t (*crc32c_function)(uint32_t, const void *, size_t);

static crc32c_function choose(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("sse4.2")) return crc32c_sse42;
#elif defined(__aarch64__) && defined(__APPLE__)
    return crc32c_armv8;  // Every 64-bit Apple processor has the instructions.
#elif defined(__aarch64__) && defined(__linux__)
    if (getauxval(AT_HWCAP) & HWCAP_CRC32) return crc32c_armv8;
#endif
    return cchecksum_crc32c_portable;
}

/// Null until the first call. Threads that race to fill it store the same value.
static _Atomic(crc32c_function) chosen;

uint32_t cchecksum_crc32c(uint32_t crc, const void *bytes, size_t count) {
    crc32c_function function = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (function == NULL) {
        function = choose();
        atomic_store_explicit(&chosen, function, memory_order_relaxed);
    }
    return function(crc, bytes, count);
}
