#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// CRC-32C (Castagnoli; RFC 3720, appendix B.4) of `count` bytes, going on from `crc`, the result over the bytes
/// before them (0 at the start). Uses the processor's CRC instructions where it has them, found out at run time.
uint32_t cchecksum_crc32c(uint32_t crc, const void *bytes, size_t count);

/// The same by tables alone, as on a processor without CRC instructions; here so that a test can compare the two.
uint32_t cchecksum_crc32c_portable(uint32_t crc, const void *bytes, size_t count);

#ifdef __cplusplus
}
#endif
