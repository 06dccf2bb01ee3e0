// The short way from libprotobuf-c's structs to the wire, for nearly all there is: `protobuf_c_message_pack` learns how
// long a message within a message is by packing it, and then moves it behind its length.
//
// It writes exactly what `protobuf_c_message_pack` would (the fuzzer compares the two), which still packs every message
// with repeated numbers or unknown fields.
#include "scan.h"

#include <string.h>

static inline uint8_t *put_length(uint8_t *at, size_t length) {
    while (length >= 0x80) {
        *at++ = (uint8_t)(length | 0x80);
        length >>= 7;
    }
    *at = (uint8_t)length;
    return at + 1;
}

/// A number of two to eight bytes, without a branch for each: its groups of seven bits are spread over as many bytes.
/// Eight bytes are written whatever is taken, for which the ten bytes in the bound of every number are room.
static inline uint8_t *put_spread(uint8_t *at, uint64_t value) {
    unsigned bits = 64 - (unsigned)__builtin_clzll(value);
    unsigned length = (bits + 6) / 7;
    value = (value & 0x0fffffff) | (value & 0x00fffffff0000000) << 4;
    value = (value & 0x00003fff00003fff) | (value & 0x0fffc0000fffc000) << 2;
    value = (value & 0x007f007f007f007f) | (value & 0x3f803f803f803f80) << 1;
    value |= 0x8080808080808080 & (((uint64_t)1 << (8 * (length - 1))) - 1);
    memcpy(at, &value, sizeof(value));
    return at + length;
}

static inline uint8_t *put_varint(uint8_t *at, uint64_t value) {
    if (value < 0x80) {
        *at = (uint8_t)value;
        return at + 1;
    }
    if (__builtin_expect(value >> 56 == 0, 1)) return put_spread(at, value);
    return put_length(at, value);
}

/// How many bytes a length takes.
static inline size_t varint_size(uint32_t value) {
    unsigned bits = 32 - (unsigned)__builtin_clz(value | 1);
    return (bits * 9 + 64) / 64;
}

/// Four bytes are written whatever is taken: the bound of every field has room for five bytes of its tag, and for more.
static inline uint8_t *put_tag(const cpb_field *field, uint8_t *at) {
    memcpy(at, &field->tag, sizeof(field->tag));
    if (__builtin_expect(field->tag_length > sizeof(field->tag), 0)) at[4] = (uint8_t)(field->number >> 25);
    return at + field->tag_length;
}

static uint8_t *pack_message(const ProtobufCMessage *message, uint8_t *at);

/// A message behind its length, for which as much room is left as the most that it can be takes: that is rarely too
/// much, and never more than the bound has.
static uint8_t *put_message(const ProtobufCMessage *message, uint8_t *at) {
    size_t left = varint_size(cpb_bound(message));
    uint8_t *end = pack_message(message, at + left);
    size_t length = (size_t)(end - at) - left;
    size_t taken = varint_size((uint32_t)length);
    if (__builtin_expect(taken != left, 0)) memmove(at + taken, at + left, length);
    put_length(at, length);
    return at + taken + length;
}

/// One value, with its length if it has one, but without its tag.
ALWAYS_INLINE uint8_t *put_value(const cpb_field *field, const void *slot, uint8_t *at) {
    switch (field->kind) {
    case CPB_MESSAGE: return put_message(*(const ProtobufCMessage *const *)slot, at);
    case CPB_STRING:
    case CPB_BYTES: {
        const ProtobufCBinaryData *data = slot;
        at = put_length(at, data->len);
        memcpy(at, data->data, data->len);
        return at + data->len;
    }
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64: return put_varint(at, *(const uint64_t *)slot);
    case PROTOBUF_C_TYPE_UINT32: return put_varint(at, *(const uint32_t *)slot);
    case PROTOBUF_C_TYPE_INT32:
    case CPB_ENUM:
    case CPB_CLOSED_ENUM: return put_varint(at, (uint64_t)(int64_t) * (const int32_t *)slot);
    case PROTOBUF_C_TYPE_BOOL: *at = *(const protobuf_c_boolean *)slot != 0; return at + 1;
    case PROTOBUF_C_TYPE_SINT32: {
        uint32_t value = *(const uint32_t *)slot;
        return put_varint(at, value << 1 ^ (0 - (value >> 31)));
    }
    case PROTOBUF_C_TYPE_SINT64: {
        uint64_t value = *(const uint64_t *)slot;
        return put_varint(at, value << 1 ^ (0 - (value >> 63)));
    }
    default:
        if (field->wire == WIRE_64) {
            memcpy(at, slot, 8);
            return at + 8;
        }
        memcpy(at, slot, 4);
        return at + 4;
    }
}

static uint8_t *put_repeated(const cpb_field *field, const uint8_t *record, uint8_t *at) {
    size_t count = *(const size_t *)(record + field->quantifier);
    if (count == 0) return at;
    size_t width = field->kind == CPB_MESSAGE ? sizeof(void *) : sizeof(ProtobufCBinaryData);
    const uint8_t *slot = *(const uint8_t *const *)(record + field->offset);
    for (; count > 0; count--, slot += width) at = put_value(field, slot, put_tag(field, at));
    return at;
}

static uint8_t *pack_message(const ProtobufCMessage *message, uint8_t *at) {
    const cpb_type *type = (const cpb_type *)message->descriptor;
    if (__builtin_expect(type->has_repeated_numbers || message->n_unknown_fields != 0, 0)) {
        return at + protobuf_c_message_pack(message, at);
    }
    const uint8_t *record = (const uint8_t *)message;
    const cpb_field *end = type->fields + type->field_count;
    for (const cpb_field *field = type->fields; field != end; field++) {
        const uint8_t *slot = record + field->offset;
        if (__builtin_expect(field->mark != 0, 1)) {
            if (*(const uint32_t *)(record + field->quantifier) != field->mark) continue;
            at = put_value(field, slot, put_tag(field, at));
        } else if (field->flags & CPB_REPEATED) {
            at = put_repeated(field, record, at);
        } else if (*(const void *const *)slot) {
            at = put_message(*(const ProtobufCMessage *const *)slot, put_tag(field, at));
        }
    }
    return at;
}

size_t cpb_pack(const ProtobufCMessage *message, uint8_t *out) { return (size_t)(pack_message(message, out) - out); }
