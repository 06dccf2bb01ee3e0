#pragma once

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's own loop.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *bytes, size_t count));
/// What a fuzzer does with an input.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);
