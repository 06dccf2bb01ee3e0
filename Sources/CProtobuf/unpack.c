// The short way from the wire into libprotobuf-c's structs, for nearly all there is: `protobuf_c_message_unpack` makes
// a list of every record first, copies every value and wants a scan before it; here one pass checks and fills.
//
// It fills exactly what `protobuf_c_message_unpack` would (the fuzzer compares the two). Whatever is wrong, or is
// treated differently by libprotobuf-c and the specification, it leaves alone: the scan then finds out what it is.
#include "scan.h"

#include <string.h>

typedef struct unpacker {
    cpb_arena *arena;
    size_t depth_max;
    /// The lengths of the values shorter than CPB_LENDABLE that Swift will copy.
    size_t small_bytes;
} unpacker;

/// A varint of up to ten bytes; bits beyond the 64th are dropped. NULL if it is longer or is cut off.
static const uint8_t *take_long_varint(const uint8_t *at, const uint8_t *end, uint64_t *value) {
    uint64_t result = 0;
    size_t room = (size_t)(end - at);
    unsigned most = room < 10 ? (unsigned)room : 10;
    for (unsigned i = 0; i < most; i++) {
        result |= (uint64_t)(at[i] & 0x7f) << (7 * i);
        if (at[i] < 0x80) {
            *value = result;
            return at + i + 1;
        }
    }
    return NULL;
}

static inline const uint8_t *take_varint(const uint8_t *at, const uint8_t *end, uint64_t *value) {
    if (__builtin_expect(at < end && *at < 0x80, 1)) {
        *value = *at;
        return at + 1;
    }
    uint64_t word;
    if (end - at < (ptrdiff_t)sizeof(word)) return take_long_varint(at, end, value);
    // Up to eight bytes without a branch for each: their groups of seven bits move together.
    memcpy(&word, at, sizeof(word));
    uint64_t last = ~word & 0x8080808080808080;
    if (__builtin_expect(!last, 0)) return take_long_varint(at, end, value);
    word &= last ^ (last - 1);
    word = (word & 0x007f007f007f007f) | (word & 0x7f007f007f007f00) >> 1;
    word = (word & 0x00003fff00003fff) | (word & 0x3fff00003fff0000) >> 2;
    *value = (word & 0x0fffffff) | (word & 0x0fffffff00000000) >> 4;
    return at + (__builtin_ctzll(last) / 8 + 1);
}

/// A tag or a length: at most five bytes and 32 bits.
static inline const uint8_t *take_varint32(const uint8_t *at, const uint8_t *end, uint32_t *value) {
    if (__builtin_expect(at < end && *at < 0x80, 1)) {
        *value = *at;
        return at + 1;
    }
    uint64_t wide;
    const uint8_t *after = take_varint(at, end, &wide);
    if (!after || after - at > 5 || wide > UINT32_MAX) return NULL;
    *value = (uint32_t)wide;
    return after;
}

/// The length of a value, all of which is there.
static inline const uint8_t *take_length(const uint8_t *at, const uint8_t *end, size_t *length) {
    uint32_t value;
    at = take_varint32(at, end, &value);
    if (!at || value > (size_t)(end - at)) return NULL;
    *length = value;
    return at;
}

static inline const uint8_t *take_tag(const uint8_t *at, const uint8_t *end, uint32_t *tag) {
    at = take_varint32(at, end, tag);
    return at && *tag >= 8 ? at : NULL;
}

/// Passes over a value that is no group.
static const uint8_t *skip(const uint8_t *at, const uint8_t *end, uint32_t wire) {
    uint64_t value;
    size_t length;
    switch (wire) {
    case WIRE_VARINT: return take_varint(at, end, &value);
    case WIRE_64: return end - at < 8 ? NULL : at + 8;
    case WIRE_32: return end - at < 4 ? NULL : at + 4;
    case WIRE_LENGTH: at = take_length(at, end, &length); return at ? at + length : NULL;
    default: return NULL;
    }
}

/// The bytes that one value takes in an array.
static inline size_t width_of(const cpb_field *field) {
    switch (field->kind) {
    case CPB_STRING:
    case CPB_BYTES: return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_DOUBLE:
    case CPB_MESSAGE: return 8;
    default: return 4;
    }
}

static size_t count_packed(const cpb_field *field, const uint8_t *at, size_t length) {
    if (field->wire == WIRE_32) return length / 4;
    if (field->wire == WIRE_64) return length / 8;
    size_t count = 0;
    for (size_t i = 0; i < length; i++) count += at[i] < 0x80;
    return count;
}

static inline size_t *count_at(uint8_t *record, const cpb_field *field) {
    return (size_t *)(record + field->quantifier);
}

/// Makes room for the values of repeated fields, and leaves their counts at 0.
static bool reserve(unpacker *out, const cpb_type *type, uint8_t *record, const uint8_t *at, const uint8_t *end) {
    while (at < end) {
        uint32_t tag;
        at = take_tag(at, end, &tag);
        if (!at) return false;
        const cpb_field *field = cpb_find(type, tag >> 3);
        const uint8_t *value = at;
        at = skip(at, end, tag & 7);
        if (!at) return false;
        if (!field || !(field->flags & CPB_REPEATED)) continue;
        size_t added = 1;
        if ((tag & 7) == WIRE_LENGTH && cpb_is_packable(field)) {
            size_t length;
            value = take_length(value, end, &length);
            added = count_packed(field, value, length);
        }
        *count_at(record, field) += added;
    }
    for (uint32_t i = 0; i < type->field_count; i++) {
        const cpb_field *field = &type->fields[i];
        if (!(field->flags & CPB_REPEATED)) continue;
        size_t *count = count_at(record, field);
        if (*count == 0) continue;
        void *array = cpb_alloc(out->arena, *count * width_of(field));
        if (!array) return false;
        *(void **)(record + field->offset) = array;
        *count = 0;
    }
    return true;
}

/// Keeps a field that the type does not know. At the first one, room is made for all that follow.
static const uint8_t *keep(
    unpacker *out, const cpb_type *type, uint8_t *record, uint32_t tag, const uint8_t *value, const uint8_t *end) {
    ProtobufCMessage *head = (ProtobufCMessage *)record;
    const uint8_t *after = skip(value, end, tag & 7);
    if (!after) return NULL;
    if (!head->unknown_fields) {
        size_t count = 1;
        for (const uint8_t *at = after; at < end;) {
            uint32_t next;
            at = take_tag(at, end, &next);
            if (!at || !(at = skip(at, end, next & 7))) return NULL;
            count += cpb_find(type, next >> 3) == NULL;
        }
        head->unknown_fields = cpb_alloc(out->arena, count * sizeof(ProtobufCMessageUnknownField));
        if (!head->unknown_fields) return NULL;
    }
    size_t length = (size_t)(after - value);
    if (length < CPB_LENDABLE) out->small_bytes += length;
    head->unknown_fields[head->n_unknown_fields++] = (ProtobufCMessageUnknownField){
        .tag = tag >> 3, .wire_type = (ProtobufCWireType)(tag & 7), .len = length, .data = (uint8_t *)value};
    return after;
}

/// Reads a number that is a varint, as it is stored in C.
ALWAYS_INLINE const uint8_t *take_varint_number(
    const cpb_field *field, const uint8_t *at, const uint8_t *end, void *slot) {
    uint64_t value;
    const uint8_t *after = take_varint(at, end, &value);
    if (!after) return NULL;
    switch (field->kind) {
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64: *(uint64_t *)slot = value; break;
    case PROTOBUF_C_TYPE_SINT64: *(uint64_t *)slot = value >> 1 ^ (0 - (value & 1)); break;
    case PROTOBUF_C_TYPE_SINT32: *(uint32_t *)slot = (uint32_t)value >> 1 ^ (0 - ((uint32_t)value & 1)); break;
    case PROTOBUF_C_TYPE_BOOL:
        // libprotobuf-c takes bits beyond the 64th into account, too.
        if (after - at == 10) value |= at[9];
        *(protobuf_c_boolean *)slot = value != 0;
        break;
    case CPB_CLOSED_ENUM:
        if (!cpb_enum_knows(field->values, (int32_t)value)) return NULL;
        *(uint32_t *)slot = (uint32_t)value;
        break;
    default: *(uint32_t *)slot = (uint32_t)value;
    }
    return after;
}

static uint8_t *unpack_message(
    unpacker *out, const cpb_type *type, const uint8_t *at, const uint8_t *end, size_t depth);

/// Reads a string, bytes or a message into its slot.
static inline const uint8_t *take_delimited(
    unpacker *out, const cpb_field *field, const uint8_t *at, const uint8_t *end, uint8_t *slot, size_t depth) {
    size_t length;
    at = take_length(at, end, &length);
    if (!at) return NULL;
    if (field->kind == CPB_MESSAGE) {
        uint8_t *inner = unpack_message(out, field->type, at, at + length, depth + 1);
        if (!inner) return NULL;
        *(uint8_t **)slot = inner;
        return at + length;
    }
    if (field->kind == CPB_STRING) {
        if (cpb_find_bad_utf8(at, at + length)) return NULL;
    } else if (length < CPB_LENDABLE) {
        out->small_bytes += length;
    }
    *(ProtobufCBinaryData *)slot = (ProtobufCBinaryData){length, (uint8_t *)at};
    return at + length;
}

/// Reads one value into its slot.
ALWAYS_INLINE const uint8_t *take_value(
    unpacker *out, const cpb_field *field, const uint8_t *at, const uint8_t *end, uint8_t *slot, size_t depth) {
    switch (field->wire) {
    case WIRE_VARINT: return take_varint_number(field, at, end, slot);
    case WIRE_64:
        if (end - at < 8) return NULL;
        memcpy(slot, at, 8);
        return at + 8;
    case WIRE_32:
        if (end - at < 4) return NULL;
        memcpy(slot, at, 4);
        return at + 4;
    default: return take_delimited(out, field, at, end, slot, depth);
    }
}

static const uint8_t *take_repeated(
    unpacker *out, const cpb_field *field, uint32_t wire, const uint8_t *at, const uint8_t *end, uint8_t *record,
    size_t depth) {
    size_t width = width_of(field);
    size_t *count = count_at(record, field);
    uint8_t *slot = *(uint8_t **)(record + field->offset) + *count * width;
    if (wire == field->wire) {
        *count += 1;
        return take_value(out, field, at, end, slot, depth);
    }
    size_t length;
    at = take_length(at, end, &length);
    // Where there is nothing there may be no array.
    if (!at || length == 0) return at;
    end = at + length;
    if (field->wire != WIRE_VARINT) {
        if (length % width != 0) return NULL;
        memcpy(slot, at, length);
        *count += length / width;
        return end;
    }
    size_t added = 0;
    for (; at < end; added++, slot += width) {
        at = take_varint_number(field, at, end, slot);
        if (!at) return NULL;
    }
    *count += added;
    return at;
}

ALWAYS_INLINE const uint8_t *take_singular(
    unpacker *out, const cpb_field *field, const uint8_t *at, const uint8_t *end, uint8_t *record, size_t depth) {
    uint8_t *slot = record + field->offset;
    if (!field->quantifier) {
        // A message that is there already is to be merged.
        return *(void **)slot ? NULL : take_delimited(out, field, at, end, slot, depth);
    }
    uint32_t *mark = (uint32_t *)(record + field->quantifier);
    if (!(field->flags & CPB_ONEOF)) {
        *mark = 1;
    } else if (*mark != field->number) {
        *mark = field->number;
    } else if (field->kind == CPB_MESSAGE) {
        return NULL;
    }
    return take_value(out, field, at, end, slot, depth);
}

static uint8_t *unpack_message(
    unpacker *out, const cpb_type *type, const uint8_t *at, const uint8_t *end, size_t depth) {
    if (depth > out->depth_max) return NULL;
    uint8_t *record = cpb_alloc(out->arena, type->descriptor.sizeof_message);
    if (!record) return NULL;
    memset(record, 0, type->descriptor.sizeof_message);
    ((ProtobufCMessage *)record)->descriptor = &type->descriptor;
    if (type->has_repeated && !reserve(out, type, record, at, end)) return NULL;
    while (at < end) {
        uint32_t tag;
        at = take_tag(at, end, &tag);
        if (!at) return NULL;
        const cpb_field *field = cpb_find(type, tag >> 3);
        if (__builtin_expect(!field, 0)) {
            at = keep(out, type, record, tag, at, end);
        } else if ((tag & 7) == field->wire && !(field->flags & CPB_REPEATED)) {
            at = field->wire == WIRE_GROUP ? NULL : take_singular(out, field, at, end, record, depth);
        } else if ((tag & 7) == field->wire || ((tag & 7) == WIRE_LENGTH && cpb_is_packable(field))) {
            at = field->wire == WIRE_GROUP ? NULL : take_repeated(out, field, tag & 7, at, end, record, depth);
        } else {
            return NULL;
        }
        if (!at) return NULL;
    }
    return record;
}

const ProtobufCMessage *cpb_unpack(
    cpb_arena *arena, const cpb_type *type, const uint8_t *data, size_t length, size_t depth_max, size_t *small_bytes) {
    unpacker out = {.arena = arena, .depth_max = depth_max};
    const void *message = unpack_message(&out, type, data, data + length, 0);
    *small_bytes = out.small_bytes;
    return message;
}
