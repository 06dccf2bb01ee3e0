// The short way where there is one; else scan, rewrite where needed, unpack.
#include "scan.h"

#include <string.h>

static void *allocate(void *arena, size_t size) { return cpb_alloc(arena, size); }

static void release(void *arena, void *pointer) {
    // An arena frees everything at once.
    (void)arena;
    (void)pointer;
}

/// No message shorter than this is lent out of.
enum { LENT_MIN = 4096 };

/// Whether the message gets an arena of its own out of which its long values are lent: it must be mostly such values,
/// so that what they keep alive is mostly themselves, and large enough for its allocation to be worth a copy.
static bool is_lendable(const cpb_scan *scan, size_t length) {
    return scan->large_bytes >= LENT_MIN && scan->large_bytes >= length / 2;
}

/// About what unpacking takes: libprotobuf-c notes 32 bytes a record, structs take about 64 bytes a message.
static size_t estimate(const cpb_scan *scan, size_t length) { return length + scan->records * 48 + 512; }

static void fail(cpb_decoding *result, int status, const cpb_type *type) {
    result->message = NULL;
    result->status = status;
    result->type = type;
    if (result->owner) cpb_arena_destroy(result->owner);
    result->owner = NULL;
}

void cpb_decode(
    const cpb_type *type, const uint8_t *data, size_t length, const cpb_limits *limits, cpb_arena *scratch,
    cpb_decoding *result) {
    memset(result, 0, sizeof(*result));
    // Nothing may lie nowhere: it is given a place, since a null one stands for failure from here on.
    static const uint8_t nothing;
    if (!data) data = &nothing;
    if (length < LENT_MIN && !limits->by_library) {
        cpb_mark mark = cpb_arena_mark(scratch);
        cpb_arena_limit(scratch, limits->memory);
        result->message = cpb_unpack(scratch, type, data, length, limits->depth, &result->small_bytes);
        if (result->message) return;
        cpb_arena_release(scratch, mark);
    }
    cpb_scan scan = {.depth_max = limits->depth};
    if (!cpb_scan_message(&scan, type, data, data + length, 0)) {
        fail(result, scan.status, scan.type);
        result->field = scan.field;
        result->offset = (size_t)(scan.failed_at - data);
        return;
    }
    result->small_bytes = scan.small_bytes;
    cpb_arena_limit(scratch, limits->memory);
    if (scan.needs_rewrite) {
        data = cpb_rewrite(scratch, type, data, length, scan.growth, &length);
        if (!data) return fail(result, CPB_OUT_OF_BUDGET, type);
    }
    cpb_arena *arena = scratch;
    if (is_lendable(&scan, length)) {
        size_t first = estimate(&scan, length);
        arena = result->owner = cpb_arena_create(first < limits->memory ? first : limits->memory);
        if (!arena) return fail(result, CPB_OUT_OF_BUDGET, type);
        cpb_arena_limit(arena, limits->memory);
    }
    if (scan.needs_rewrite || limits->by_library) {
        ProtobufCAllocator allocator = {allocate, release, arena};
        result->message = protobuf_c_message_unpack(&type->descriptor, &allocator, length, data);
    } else {
        if (result->owner) {
            // What is lent must live as long as its borrowers.
            uint8_t *copy = cpb_alloc(arena, length);
            if (!copy) return fail(result, CPB_OUT_OF_BUDGET, type);
            data = memcpy(copy, data, length);
        }
        result->message = cpb_unpack(arena, type, data, length, limits->depth, &result->small_bytes);
    }
    if (!result->message) fail(result, arena->exhausted ? CPB_OUT_OF_BUDGET : CPB_REFUSED, type);
}

cpb_unknown cpb_unknown_at(const ProtobufCMessage *message, size_t index) {
    const ProtobufCMessageUnknownField *field = &message->unknown_fields[index];
    if (field->tag != CPB_ESCAPE) {
        return (cpb_unknown){field->tag, (uint8_t)field->wire_type, field->data, field->len};
    }
    // The value is a length of five bytes and the whole record that was set aside.
    const uint8_t *at = field->data + 5;
    uint64_t tag = 0;
    for (unsigned shift = 0;; shift += 7) {
        tag |= (uint64_t)(*at & 0x7f) << shift;
        if (*at++ < 0x80) break;
    }
    size_t header = (size_t)(at - field->data);
    return (cpb_unknown){(uint32_t)(tag >> 3), tag & 7, at, field->len - header};
}
