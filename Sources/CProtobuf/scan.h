// What the files that read and write the wire share.
#pragma once

#include "cprotobuf.h"

/// For what moves one field's value: one switch instead of calls is 7 % of a small message.
#define ALWAYS_INLINE static inline __attribute__((always_inline))

enum {
    WIRE_VARINT = PROTOBUF_C_WIRE_TYPE_VARINT,
    WIRE_64 = PROTOBUF_C_WIRE_TYPE_64BIT,
    WIRE_LENGTH = PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED,
    WIRE_GROUP = 3,
    WIRE_GROUP_END = 4,
    WIRE_32 = PROTOBUF_C_WIRE_TYPE_32BIT,
};

/// libprotobuf-c takes field numbers up to 2^32 - 1; the specification ends at 2^29 - 1. A record with this number
/// carries, in its value, a whole record that libprotobuf-c could not have taken as it was.
#define CPB_ESCAPE (1u << 29)

typedef struct cpb_scan {
    size_t depth_max;
    int status;
    const cpb_type *type;
    uint32_t field;
    const uint8_t *failed_at;
    /// Whether the input holds something that libprotobuf-c treats differently from the specification.
    bool needs_rewrite;
    /// By how much the rewriting can lengthen the input at most.
    size_t growth;
    /// The lengths of the `bytes` fields and unknown fields shorter than CPB_LENDABLE, and of the longer ones.
    size_t small_bytes;
    size_t large_bytes;
    size_t records;
} cpb_scan;

/// Checks the message in `at ..< end`. False on a failure, which the scan then tells.
bool cpb_scan_message(cpb_scan *scan, const cpb_type *type, const uint8_t *at, const uint8_t *end, size_t depth);

/// Writes an equivalent of a scanned message that libprotobuf-c reads as the specification says. NULL if the arena's
/// budget is exhausted.
uint8_t *cpb_rewrite(
    cpb_arena *arena, const cpb_type *type, const uint8_t *data, size_t length, size_t growth, size_t *out_length);

/// Unpacks a message in one pass. Its strings and bytes stay in `data`, which must outlive it. NULL if anything is
/// wrong with it, if it would have to be rewritten for libprotobuf-c, or if the arena's budget is exhausted.
///
/// `small_bytes`: the lengths of the `bytes` fields and unknown fields shorter than CPB_LENDABLE.
const ProtobufCMessage *cpb_unpack(
    cpb_arena *arena, const cpb_type *type, const uint8_t *data, size_t length, size_t depth_max, size_t *small_bytes);

/// RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF. Returns the first wrong byte, or NULL.
const uint8_t *cpb_find_bad_utf8(const uint8_t *at, const uint8_t *end);

static inline const cpb_field *cpb_find(const cpb_type *type, uint32_t number) {
    if (number < type->dense_count) {
        uint16_t index = type->dense[number];
        return index ? &type->fields[index - 1] : NULL;
    }
    uint32_t low = 0, high = type->field_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (type->fields[middle].number < number) low = middle + 1;
        else high = middle;
    }
    return low < type->field_count && type->fields[low].number == number ? &type->fields[low] : NULL;
}

static inline bool cpb_enum_knows(const cpb_closed_enum *values, int32_t value) {
    uint32_t low = 0, high = values->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (values->values[middle] < value) low = middle + 1;
        else high = middle;
    }
    return low < values->count && values->values[low] == value;
}

/// Whether several values of the field may lie in one length-delimited record.
static inline bool cpb_is_packable(const cpb_field *field) {
    return (field->flags & CPB_REPEATED) && field->kind != CPB_MESSAGE && field->wire != WIRE_LENGTH;
}
