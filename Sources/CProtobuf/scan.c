// The checked scan before every unpack. libprotobuf-c has no limit on nesting, does not check UTF-8, takes tags that
// are none, and departs from the specification on mismatched wire types, groups and repeated singular messages. The
// scan refuses what is wrong and flags what must be rewritten, so that everything after it is within limits.
#include "scan.h"

#include <string.h>

static const uint8_t *fail(cpb_scan *scan, int status, const uint8_t *at) {
    scan->status = status;
    scan->failed_at = at;
    return NULL;
}

static inline const uint8_t *skip_varint(cpb_scan *scan, const uint8_t *at, const uint8_t *end) {
    size_t room = (size_t)(end - at);
    size_t most = room < 10 ? room : 10;
    for (size_t i = 0; i < most; i++) {
        if (at[i] < 0x80) return at + i + 1;
    }
    return fail(scan, room < 10 ? CPB_TRUNCATED : CPB_BAD_VARINT, at);
}

/// A varint of at most five bytes and 32 bits.
static const uint8_t *read_varint32(
    cpb_scan *scan, const uint8_t *at, const uint8_t *end, uint32_t *value, int too_long) {
    uint64_t result = 0;
    for (unsigned i = 0; i < 5; i++) {
        if (at + i == end) return fail(scan, CPB_TRUNCATED, at);
        result |= (uint64_t)(at[i] & 0x7f) << (7 * i);
        if (at[i] < 0x80) {
            if (result > UINT32_MAX) return fail(scan, too_long, at);
            *value = (uint32_t)result;
            return at + i + 1;
        }
    }
    return fail(scan, too_long, at);
}

static inline const uint8_t *read_tag(cpb_scan *scan, const uint8_t *at, const uint8_t *end, uint32_t *tag) {
    if (__builtin_expect(*at < 0x80, 1)) {
        *tag = *at;
        return *at < 8 ? fail(scan, CPB_BAD_TAG, at) : at + 1;
    }
    const uint8_t *after = read_varint32(scan, at, end, tag, CPB_BAD_TAG);
    if (after && *tag < 8) return fail(scan, CPB_BAD_TAG, at);
    return after;
}

static inline const uint8_t *read_length(cpb_scan *scan, const uint8_t *at, const uint8_t *end, size_t *length) {
    uint32_t value;
    const uint8_t *after;
    if (__builtin_expect(at < end && *at < 0x80, 1)) {
        value = *at;
        after = at + 1;
    } else {
        after = read_varint32(scan, at, end, &value, CPB_BAD_VARINT);
        if (!after) return NULL;
    }
    if (value > (size_t)(end - after)) return fail(scan, CPB_TRUNCATED, at);
    *length = value;
    return after;
}

/// The value of a varint that was checked before; bits beyond the 64th are dropped, as everywhere.
static uint64_t varint_value(const uint8_t *at) {
    uint64_t value = 0;
    for (unsigned i = 0; i < 10; i++) {
        value |= (uint64_t)(at[i] & 0x7f) << (7 * i);
        if (at[i] < 0x80) break;
    }
    return value;
}

const uint8_t *cpb_find_bad_utf8(const uint8_t *at, const uint8_t *end) {
    while (at < end) {
        uint64_t word;
        while (end - at >= 8 && (memcpy(&word, at, 8), (word & 0x8080808080808080u) == 0)) at += 8;
        while (at < end && *at < 0x80) at++;
        if (at == end) return NULL;
        uint8_t lead = *at;
        // The range of the second byte rules out overlong forms, surrogates and what lies above U+10FFFF.
        uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        unsigned more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
        if (lead < 0xc2 || lead > 0xf4) return at;
        if ((size_t)(end - at) <= more || at[1] < low || at[1] > high) return at;
        for (unsigned i = 2; i <= more; i++) {
            if ((at[i] & 0xc0) != 0x80) return at;
        }
        at += more + 1;
    }
    return NULL;
}

static const uint8_t *skip_value(
    cpb_scan *scan, uint32_t tag, const uint8_t *at, const uint8_t *end, size_t depth);

/// A group is refused by libprotobuf-c; one that is not known is kept as an unknown field. Its own depth counts.
static const uint8_t *skip_group(
    cpb_scan *scan, uint32_t tag, const uint8_t *at, const uint8_t *end, size_t depth) {
    if (depth > scan->depth_max) return fail(scan, CPB_TOO_DEEP, at);
    while (at < end) {
        uint32_t inner;
        const uint8_t *after = read_tag(scan, at, end, &inner);
        if (!after) return NULL;
        if ((inner & 7) == WIRE_GROUP_END) return inner >> 3 == tag >> 3 ? after : fail(scan, CPB_BAD_GROUP, at);
        at = skip_value(scan, inner, after, end, depth);
        if (!at) return NULL;
    }
    return fail(scan, CPB_TRUNCATED, at);
}

/// Passes over a value that no field of the type takes.
static const uint8_t *skip_value(
    cpb_scan *scan, uint32_t tag, const uint8_t *at, const uint8_t *end, size_t depth) {
    size_t length;
    switch (tag & 7) {
    case WIRE_VARINT: return skip_varint(scan, at, end);
    case WIRE_64: return end - at < 8 ? fail(scan, CPB_TRUNCATED, at) : at + 8;
    case WIRE_32: return end - at < 4 ? fail(scan, CPB_TRUNCATED, at) : at + 4;
    case WIRE_LENGTH:
        at = read_length(scan, at, end, &length);
        return at ? at + length : NULL;
    case WIRE_GROUP: return skip_group(scan, tag, at, end, depth + 1);
    case WIRE_GROUP_END: return fail(scan, CPB_BAD_GROUP, at);
    default: return fail(scan, CPB_BAD_WIRE_TYPE, at);
    }
}

static const uint8_t *scan_unknown(
    cpb_scan *scan, uint32_t tag, bool is_known, const uint8_t *at, const uint8_t *end, size_t depth) {
    const uint8_t *after = skip_value(scan, tag, at, end, depth);
    if (!after) return NULL;
    size_t length = (size_t)(after - at);
    if (length < CPB_LENDABLE) scan->small_bytes += length;
    else scan->large_bytes += length;
    if (is_known || (tag & 7) == WIRE_GROUP) {
        scan->needs_rewrite = true;
        scan->growth += 10;
    }
    return after;
}

static const uint8_t *scan_varint(
    cpb_scan *scan, const cpb_field *field, const uint8_t *at, const uint8_t *end) {
    const uint8_t *after = skip_varint(scan, at, end);
    if (after && field->kind == CPB_CLOSED_ENUM && !cpb_enum_knows(field->values, (int32_t)varint_value(at))) {
        scan->needs_rewrite = true;
        scan->growth += 10;
        scan->small_bytes += (size_t)(after - at);
    }
    return after;
}

static bool scan_packed(cpb_scan *scan, const cpb_field *field, const uint8_t *at, size_t length) {
    const uint8_t *end = at + length;
    if (field->wire == WIRE_32 || field->wire == WIRE_64) {
        size_t width = field->wire == WIRE_32 ? 4 : 8;
        return length % width == 0 || fail(scan, CPB_BAD_PACKED, at);
    }
    while (at < end) {
        // A packed closed enum is unpacked when it is rewritten: each value then has a tag of its own.
        if (field->kind == CPB_CLOSED_ENUM) scan->growth += 5;
        at = scan_varint(scan, field, at, end);
        if (at) continue;
        if (scan->status == CPB_TRUNCATED) fail(scan, CPB_BAD_PACKED, end);
        return false;
    }
    return true;
}

static bool scan_delimited(
    cpb_scan *scan, const cpb_field *field, const uint8_t *at, size_t length, uint64_t *seen, size_t depth) {
    if (field->kind == CPB_MESSAGE) {
        if (!(field->flags & CPB_REPEATED)) {
            // Types with more than 64 such fields share a bit, which at worst rewrites without need.
            uint64_t bit = (uint64_t)1 << (field->merge_slot & 63);
            // libprotobuf-c loses unknown fields when it merges, rejects some oneofs and replaces others.
            if (*seen & bit) scan->needs_rewrite = true;
            *seen |= bit;
        }
        // The length of a rewritten message takes five bytes; an entry of a map may become an unknown field.
        scan->growth += field->flags & CPB_MAP ? 14 : 4;
        if (field->flags & CPB_MAP) scan->small_bytes += length < CPB_LENDABLE ? length : 0;
        return cpb_scan_message(scan, field->type, at, at + length, depth + 1);
    }
    if (field->kind == CPB_STRING) {
        const uint8_t *bad = cpb_find_bad_utf8(at, at + length);
        return !bad || fail(scan, CPB_BAD_UTF8, bad);
    }
    if (length < CPB_LENDABLE) scan->small_bytes += length;
    else scan->large_bytes += length;
    return true;
}

static const uint8_t *scan_fields(
    cpb_scan *scan, const cpb_type *type, uint32_t group, const uint8_t *at, const uint8_t *end, size_t depth);

/// The value of a known field that has the wire type expected of it.
static const uint8_t *scan_known(
    cpb_scan *scan, const cpb_field *field, const uint8_t *at, const uint8_t *end, uint64_t *seen, size_t depth) {
    size_t length;
    switch (field->wire) {
    case WIRE_VARINT: return scan_varint(scan, field, at, end);
    case WIRE_64: return end - at < 8 ? fail(scan, CPB_TRUNCATED, at) : at + 8;
    case WIRE_32: return end - at < 4 ? fail(scan, CPB_TRUNCATED, at) : at + 4;
    case WIRE_GROUP:
        // A length of five bytes takes the place of the tag at the end.
        scan->needs_rewrite = true;
        scan->growth += 4;
        return scan_fields(scan, field->type, field->number, at, end, depth + 1);
    default:
        at = read_length(scan, at, end, &length);
        if (!at) return NULL;
        return scan_delimited(scan, field, at, length, seen, depth) ? at + length : NULL;
    }
}

/// The fields of a message in `at ..< end`, or up to the end of the group of this number. Returns what is after them.
static const uint8_t *scan_fields(
    cpb_scan *scan, const cpb_type *type, uint32_t group, const uint8_t *at, const uint8_t *end, size_t depth) {
    uint64_t seen = 0;
    if (depth > scan->depth_max) {
        scan->type = type;
        return fail(scan, CPB_TOO_DEEP, at);
    }
    while (at < end) {
        uint32_t tag;
        const uint8_t *value = read_tag(scan, at, end, &tag);
        if (!value) {
            scan->type = type;
            return NULL;
        }
        if (group && tag == (group << 3 | WIRE_GROUP_END)) return value;
        const cpb_field *field = cpb_find(type, tag >> 3);
        size_t length;
        scan->records++;
        if (field && field->wire == (tag & 7)) {
            at = scan_known(scan, field, value, end, &seen, depth);
        } else if (field && (tag & 7) == WIRE_LENGTH && cpb_is_packable(field)) {
            at = read_length(scan, value, end, &length);
            if (at) at = scan_packed(scan, field, at, length) ? at + length : NULL;
        } else {
            at = scan_unknown(scan, tag, field != NULL, value, end, depth);
        }
        if (!at) {
            // The innermost message names the place.
            if (!scan->type) {
                scan->type = type;
                scan->field = tag >> 3;
            }
            return NULL;
        }
    }
    if (!group) return at;
    scan->type = type;
    return fail(scan, CPB_TRUNCATED, at);
}

bool cpb_scan_message(cpb_scan *scan, const cpb_type *type, const uint8_t *at, const uint8_t *end, size_t depth) {
    return scan_fields(scan, type, 0, at, end, depth) != NULL;
}
