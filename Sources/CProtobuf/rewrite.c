// The slow path: an equivalent of the input that libprotobuf-c reads as the specification says.
//
// - The occurrences of a singular message are one message whose bytes are theirs, one after the other: that is what
//   merging means.
// - Of a oneof only the member that was set last is left, merged from its occurrences since another member was set.
// - A delimited message (a group) that is known becomes one with a length.
// - What libprotobuf-c would reject or misread (other groups, known fields of another wire type, unknown numbers of
//   closed enums) goes into records numbered CPB_ESCAPE, which come out as unknown fields.
//
// The input has passed the scan with the same types, so nothing here checks it again.
#include "scan.h"

#include <string.h>

/// A run of the input that belongs to one message.
typedef struct fragment {
    const uint8_t *at;
    const uint8_t *end;
    struct fragment *next;
} fragment;

/// A singular message field: the payloads that it is merged from.
typedef struct slot {
    fragment *first;
    fragment *last;
    bool is_written;
} slot;

/// A oneof: the member set last, and the record at which its run of occurrences began.
typedef struct choice {
    const cpb_field *field;
    size_t since;
} choice;

typedef struct writer {
    cpb_arena *arena;
    uint8_t *at;
    uint8_t *end;
    bool failed;
} writer;

typedef struct record {
    const uint8_t *begin;
    const uint8_t *value;
    const uint8_t *end;
    /// The payload, if the wire type is WIRE_LENGTH or WIRE_GROUP.
    const uint8_t *payload;
    const uint8_t *payload_end;
    uint32_t number;
    uint8_t wire;
    const cpb_field *field;
    /// Whether the field takes a value of this wire type.
    bool is_taken;
} record;

static uint64_t take_varint(const uint8_t **at) {
    uint64_t value = 0;
    for (unsigned i = 0; i < 10; i++) {
        uint8_t byte = *(*at)++;
        value |= (uint64_t)(byte & 0x7f) << (7 * i);
        if (byte < 0x80) break;
    }
    return value;
}

static const uint8_t *skip_group(const uint8_t **at);

static void skip(const uint8_t **at, uint64_t tag) {
    switch (tag & 7) {
    case WIRE_VARINT: take_varint(at); break;
    case WIRE_64: *at += 8; break;
    case WIRE_32: *at += 4; break;
    case WIRE_LENGTH: {
        uint64_t length = take_varint(at);
        *at += length;
        break;
    }
    default: skip_group(at);
    }
}

/// Passes over a group and the tag at its end. Returns where that tag begins.
static const uint8_t *skip_group(const uint8_t **at) {
    for (;;) {
        const uint8_t *begin = *at;
        uint64_t inner = take_varint(at);
        if ((inner & 7) == WIRE_GROUP_END) return begin;
        skip(at, inner);
    }
}

static record read_record(const cpb_type *type, const uint8_t *at) {
    record result = {.begin = at};
    uint64_t tag = take_varint(&at);
    result.number = (uint32_t)(tag >> 3);
    result.wire = tag & 7;
    result.value = at;
    if (result.wire == WIRE_LENGTH) {
        result.payload = at;
        take_varint(&result.payload);
    }
    if (result.wire == WIRE_GROUP) {
        result.payload = at;
        result.payload_end = skip_group(&at);
    } else {
        skip(&at, tag);
        result.payload_end = at;
    }
    result.end = at;
    const cpb_field *field = cpb_find(type, result.number);
    result.field = field;
    result.is_taken = field && (field->wire == result.wire || (result.wire == WIRE_LENGTH && cpb_is_packable(field)));
    if (result.is_taken && field->kind == CPB_CLOSED_ENUM && result.wire == WIRE_VARINT) {
        const uint8_t *value = result.value;
        result.is_taken = cpb_enum_knows(field->values, (int32_t)take_varint(&value));
    }
    return result;
}

static void put(writer *out, const uint8_t *bytes, size_t count) {
    // The room was computed by the scan; running out of it would be a bug, and must not write beyond it.
    if (count > (size_t)(out->end - out->at)) {
        out->failed = true;
        return;
    }
    memcpy(out->at, bytes, count);
    out->at += count;
}

static void put_varint(writer *out, uint64_t value) {
    uint8_t bytes[10];
    size_t count = 0;
    do {
        bytes[count++] = (uint8_t)(value | (value >= 0x80 ? 0x80 : 0));
        value >>= 7;
    } while (value);
    put(out, bytes, count);
}

/// A length of always five bytes, so that it can be filled in after what it counts.
static void put_length(writer *out, size_t length) {
    uint8_t bytes[5];
    for (unsigned i = 0; i < 5; i++) bytes[i] = (uint8_t)((length >> (7 * i)) & 0x7f) | (i < 4 ? 0x80 : 0);
    put(out, bytes, 5);
}

static void put_escaped(writer *out, uint64_t tag, const uint8_t *value, const uint8_t *end) {
    put_varint(out, (uint64_t)CPB_ESCAPE << 3 | WIRE_LENGTH);
    uint8_t *length_at = out->at;
    put_length(out, 0);
    uint8_t *begin = out->at;
    put_varint(out, tag);
    put(out, value, (size_t)(end - value));
    if (out->failed) return;
    writer length = {.at = length_at, .end = begin};
    put_length(&length, (size_t)(out->at - begin));
}

static void write_message(writer *out, const cpb_type *type, const fragment *input);

static void write_submessage(writer *out, const cpb_field *field, const fragment *input) {
    put_varint(out, (uint64_t)field->number << 3 | WIRE_LENGTH);
    uint8_t *length_at = out->at;
    put_length(out, 0);
    uint8_t *begin = out->at;
    write_message(out, field->type, input);
    if (out->failed) return;
    writer length = {.at = length_at, .end = begin};
    put_length(&length, (size_t)(out->at - begin));
}

/// Adds an occurrence of a singular message to what it is merged from.
static void collect(writer *out, slot *target, const record *found) {
    fragment *payload = cpb_alloc(out->arena, sizeof(fragment));
    if (!payload) {
        out->failed = true;
        return;
    }
    *payload = (fragment){found->payload, found->payload_end, NULL};
    if (target->last) target->last->next = payload;
    else target->first = payload;
    target->last = payload;
}

static bool is_singular_message(const cpb_field *field) {
    return field->kind == CPB_MESSAGE && !(field->flags & CPB_REPEATED);
}

/// The first pass: which member of each oneof is live, and what each singular message consists of.
static void survey(writer *out, const cpb_type *type, const fragment *input, slot *slots, choice *choices) {
    size_t ordinal = 0;
    for (; input; input = input->next) {
        for (const uint8_t *at = input->at; at < input->end; ordinal++) {
            record found = read_record(type, at);
            at = found.end;
            if (!found.is_taken) continue;
            if (found.field->flags & CPB_ONEOF) {
                choice *oneof = &choices[found.field->oneof_slot];
                if (oneof->field != found.field) {
                    if (oneof->field && is_singular_message(oneof->field)) {
                        slots[oneof->field->merge_slot] = (slot){0};
                    }
                    *oneof = (choice){found.field, ordinal};
                }
            }
            if (is_singular_message(found.field)) collect(out, &slots[found.field->merge_slot], &found);
        }
    }
}

static void write_packed_closed_enum(writer *out, const record *found) {
    const uint8_t *at = found->payload;
    uint64_t tag = (uint64_t)found->number << 3 | WIRE_VARINT;
    while (at < found->end) {
        const uint8_t *begin = at;
        int32_t value = (int32_t)take_varint(&at);
        if (cpb_enum_knows(found->field->values, value)) {
            put_varint(out, tag);
            put(out, begin, (size_t)(at - begin));
        } else {
            put_escaped(out, tag, begin, at);
        }
    }
}

/// An entry of a map whose value is an unknown number of a closed enum is an unknown field as a whole.
static bool is_unknown_entry(const record *found) {
    const cpb_type *entry = found->field->type;
    const uint8_t *at = found->payload;
    while (at < found->end) {
        record inner = read_record(entry, at);
        at = inner.end;
        if (inner.number == 2 && inner.wire == WIRE_VARINT && inner.field && !inner.is_taken) return true;
    }
    return false;
}

static void write_record(writer *out, const record *found, size_t ordinal, slot *slots, const choice *choices) {
    const cpb_field *field = found->field;
    size_t length = (size_t)(found->end - found->begin);
    if (!found->is_taken) {
        if (field || found->wire == WIRE_GROUP) {
            put_escaped(out, (uint64_t)found->number << 3 | found->wire, found->value, found->end);
        } else {
            put(out, found->begin, length);
        }
        return;
    }
    if (field->flags & CPB_ONEOF) {
        const choice *oneof = &choices[field->oneof_slot];
        if (oneof->field != field || ordinal < oneof->since) return;
    }
    if (is_singular_message(field)) {
        slot *merged = &slots[field->merge_slot];
        if (merged->is_written) return;
        merged->is_written = true;
        write_submessage(out, field, merged->first);
    } else if (field->kind == CPB_MESSAGE && (field->flags & CPB_MAP) && is_unknown_entry(found)) {
        put_escaped(out, (uint64_t)found->number << 3 | found->wire, found->value, found->end);
    } else if (field->kind == CPB_MESSAGE) {
        fragment payload = {found->payload, found->payload_end, NULL};
        write_submessage(out, field, &payload);
    } else if (field->kind == CPB_CLOSED_ENUM && found->wire == WIRE_LENGTH) {
        write_packed_closed_enum(out, found);
    } else {
        put(out, found->begin, length);
    }
}

static void write_message(writer *out, const cpb_type *type, const fragment *input) {
    cpb_mark mark = cpb_arena_mark(out->arena);
    size_t slot_bytes = type->merge_slots * sizeof(slot), choice_bytes = type->oneof_slots * sizeof(choice);
    slot *slots = cpb_alloc(out->arena, slot_bytes);
    choice *choices = cpb_alloc(out->arena, choice_bytes);
    if (!slots || !choices) {
        out->failed = true;
    } else {
        memset(slots, 0, slot_bytes);
        memset(choices, 0, choice_bytes);
        survey(out, type, input, slots, choices);
    }
    size_t ordinal = 0;
    for (; input && !out->failed; input = input->next) {
        for (const uint8_t *at = input->at; at < input->end && !out->failed; ordinal++) {
            record found = read_record(type, at);
            at = found.end;
            write_record(out, &found, ordinal, slots, choices);
        }
    }
    cpb_arena_release(out->arena, mark);
}

uint8_t *cpb_rewrite(
    cpb_arena *arena, const cpb_type *type, const uint8_t *data, size_t length, size_t growth, size_t *out_length) {
    uint8_t *room = cpb_alloc(arena, length + growth);
    if (!room) return NULL;
    writer out = {.arena = arena, .at = room, .end = room + length + growth};
    fragment whole = {data, data + length, NULL};
    write_message(&out, type, &whole);
    *out_length = (size_t)(out.at - room);
    return out.failed ? NULL : room;
}
