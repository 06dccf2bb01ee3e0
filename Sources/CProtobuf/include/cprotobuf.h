// The shim over libprotobuf-c, and the only place that touches it.
//
// libprotobuf-c packs and unpacks C structs that its message descriptors describe. Swift gives this shim one compact
// table per .proto file; the shim builds the descriptors from it once, checks every message before it is unpacked, and
// gives both directions memory from bump arenas. What libprotobuf-c leaves open (nesting, UTF-8, merging, groups,
// memory) is closed here; the comments beside each closure say how. For what is usual there is a short way between the
// structs and the wire, in either direction (pack.c, unpack.c).
//
// Nothing here is thread-safe by locks: a built layout is never written again, an arena belongs to one thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <protobuf-c/protobuf-c.h>

// libprotobuf-c copies packed fixed-width numbers as they lie in memory, and the generated code stores at literal
// offsets that were computed for 64-bit pointers.
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "Roost runs on little-endian machines only");
_Static_assert(sizeof(void *) == 8 && sizeof(size_t) == 8, "Roost runs on 64-bit machines only");
_Static_assert(sizeof(ProtobufCMessage) == 24, "the layout of ProtobufCMessage is not the expected one");
_Static_assert(offsetof(ProtobufCMessage, unknown_fields) == 16, "there is no padding for the bound of a message");
_Static_assert(sizeof(ProtobufCBinaryData) == 16, "the layout of ProtobufCBinaryData is not the expected one");
_Static_assert(sizeof(ProtobufCMessageUnknownField) == 24, "the layout of unknown fields is not the expected one");
_Static_assert(sizeof(protobuf_c_boolean) == 4, "protobuf_c_boolean is not four bytes wide");

// MARK: Arena

typedef struct cpb_chunk {
    struct cpb_chunk *previous;
    size_t capacity;
} cpb_chunk;

/// A bump allocator: everything in it dies at once. It counts what it has handed out against a budget.
typedef struct cpb_arena {
    uint8_t *at;
    uint8_t *end;
    cpb_chunk *current;
    /// A chunk that is not in use, for the next time that the current one is too small; or NULL.
    cpb_chunk *spare;
    /// Bytes of the chunks before the current one that have been handed out.
    size_t charged;
    /// The most that may be handed out; alloc fails beyond it.
    size_t budget;
    /// Whether an allocation failed for the budget (or for want of memory).
    bool exhausted;
} cpb_arena;

/// A place in an arena to go back to.
typedef struct cpb_mark {
    cpb_chunk *chunk;
    uint8_t *at;
    uint8_t *end;
    size_t charged;
    size_t budget;
} cpb_mark;

/// This thread's arena, kept until the thread ends. Use it between a mark and its release, never across a suspension.
cpb_arena *cpb_thread_arena(void);
/// An arena of its own whose first chunk holds `bytes`. NULL if there is no memory.
cpb_arena *cpb_arena_create(size_t bytes);
void cpb_arena_destroy(cpb_arena *arena);
/// Lets the arena hand out at most `bytes` from now on, until the release of an earlier mark.
void cpb_arena_limit(cpb_arena *arena, size_t bytes);
void *cpb_arena_grow(cpb_arena *arena, size_t bytes);
/// How many bytes the arena has handed out.
size_t cpb_arena_used(const cpb_arena *arena);

/// `bytes` of uninitialised memory, aligned to 8. NULL if the budget is exhausted.
static inline void *cpb_alloc(cpb_arena *arena, size_t bytes) {
    size_t rounded = (bytes + 7) & ~(size_t)7;
    if (__builtin_expect(rounded <= (size_t)(arena->end - arena->at), 1)) {
        void *result = arena->at;
        arena->at += rounded;
        return result;
    }
    return cpb_arena_grow(arena, rounded);
}

static inline cpb_mark cpb_arena_mark(const cpb_arena *arena) {
    return (cpb_mark){arena->current, arena->at, arena->end, arena->charged, arena->budget};
}

/// Frees the chunks since the mark, and all in them.
void cpb_arena_release_chunks(cpb_arena *arena, cpb_mark mark);

/// Frees everything allocated since the mark. Marks are released in the reverse order of their making.
static inline void cpb_arena_release(cpb_arena *arena, cpb_mark mark) {
    if (__builtin_expect(arena->current == mark.chunk, 1)) {
        arena->at = mark.at;
        arena->end = mark.end;
    } else {
        cpb_arena_release_chunks(arena, mark);
    }
    arena->charged = mark.charged;
    arena->budget = mark.budget;
    arena->exhausted = false;
}

// MARK: Layout

/// A field's type on the wire. The first 17 are libprotobuf-c's own numbers, so that no table is needed between them.
enum {
    CPB_STRING = PROTOBUF_C_TYPE_STRING,
    CPB_BYTES = PROTOBUF_C_TYPE_BYTES,
    CPB_MESSAGE = PROTOBUF_C_TYPE_MESSAGE,
    CPB_ENUM = PROTOBUF_C_TYPE_ENUM,
    /// An enum whose unknown numbers are kept as unknown fields.
    CPB_CLOSED_ENUM = 17,
};

/// What a field is beside its type.
/// A delimited message lies between two tags of its own, as a group does; libprotobuf-c never sees it so.
enum { CPB_REPEATED = 1, CPB_PACKED = 2, CPB_ONEOF = 4, CPB_MAP = 8, CPB_DELIMITED = 16 };

typedef struct cpb_type cpb_type;

/// The numbers of a closed enum, ascending.
typedef struct cpb_closed_enum {
    const int32_t *values;
    uint32_t count;
} cpb_closed_enum;

/// What the scan and the short ways need to know of a field.
typedef struct cpb_field {
    uint32_t number;
    uint8_t kind;
    uint8_t flags;
    /// The wire type of one value of it.
    uint8_t wire;
    /// The tag that packing writes takes so many bytes, the first four of which are `tag`, the lowest first.
    uint8_t tag_length;
    uint32_t tag;
    /// The position among the type's singular message fields; the position among its oneofs.
    uint16_t merge_slot;
    uint16_t oneof_slot;
    /// What its flag, or its oneof's case, is if it is set; 0 if that is told by its count or its pointer.
    uint32_t mark;
    /// Where its flag, count or case, and its value lie in the struct. No flag is at 0.
    uint32_t quantifier;
    uint32_t offset;
    const cpb_type *type;
    const cpb_closed_enum *values;
} cpb_field;

/// A message type: libprotobuf-c's descriptor, at its very beginning, and the tables of the shim.
struct cpb_type {
    ProtobufCMessageDescriptor descriptor;
    const cpb_field *fields;
    uint32_t field_count;
    /// Field numbers below this are looked up in `dense` (0: no such field, else 1 + position).
    uint32_t dense_count;
    const uint16_t *dense;
    uint16_t merge_slots;
    uint16_t oneof_slots;
    bool has_repeated;
    bool has_repeated_numbers;
};

/// Builds the types of one .proto file in one allocation that lives for ever.
///
/// `words`: number of messages, number of closed enums; for each closed enum: count, values ascending; for each
/// message: size of its struct, number of fields; for each field by ascending number: number, kind | flags << 8,
/// offset of its quantifier, offset of its value, reference. A reference to a message is its position in the file, or
/// the number of messages + a position in `imports`; to a closed enum, its position. `names`: one line a message, its
/// full name and its fields' names, divided by spaces.
///
/// Aborts on a table that breaks these rules: libprotobuf-c asserts or worse on a bad descriptor.
const cpb_type *cpb_build(
    const uint32_t *words, size_t word_count, const char *names, size_t names_length, const cpb_type *const *imports,
    size_t import_count);

/// The name of the field with this number; NULL if the type has none.
const char *cpb_field_name(const cpb_type *type, uint32_t number);

// MARK: Decoding

enum cpb_status {
    CPB_OK = 0,
    /// The value runs past the end of the message or of its enclosing value.
    CPB_TRUNCATED,
    /// A tag is no tag: field number 0 or above 2^29 - 1, or more than five bytes.
    CPB_BAD_TAG,
    /// A varint of more than ten bytes, or a length of more than five.
    CPB_BAD_VARINT,
    /// Wire type 6 or 7.
    CPB_BAD_WIRE_TYPE,
    /// A group that ends without a beginning, or with another's number.
    CPB_BAD_GROUP,
    /// A packed field whose length is no whole number of values.
    CPB_BAD_PACKED,
    CPB_TOO_DEEP,
    CPB_BAD_UTF8,
    CPB_OUT_OF_BUDGET,
    /// libprotobuf-c refused what the scan had passed. Should not happen.
    CPB_REFUSED,
};

typedef struct cpb_limits {
    size_t depth;
    size_t memory;
    /// Whether libprotobuf-c unpacks everything, so that what the shim itself unpacks can be compared with it.
    bool by_library;
} cpb_limits;

typedef struct cpb_decoding {
    /// The unpacked struct; NULL on failure. It lives in `owner`, or in the scratch arena where that is NULL.
    const ProtobufCMessage *message;
    cpb_arena *owner;
    /// The bytes of all `bytes` fields and unknown fields that are too short to be lent out of `owner`.
    size_t small_bytes;
    int status;
    /// On failure: the message type and the field in whose value it lies, and how far into the input.
    const cpb_type *type;
    uint32_t field;
    size_t offset;
} cpb_decoding;

/// A `bytes` value of at least this length is lent out of the arena that owns the message; a shorter one is copied.
enum { CPB_LENDABLE = 256 };

/// Checks and unpacks a message. `scratch` is used where no owner is worth its allocation, see `cpb_decoding.owner`.
void cpb_decode(
    const cpb_type *type, const uint8_t *data, size_t length, const cpb_limits *limits, cpb_arena *scratch,
    cpb_decoding *result);

/// An unknown field as it lies on the wire after its tag.
typedef struct cpb_unknown {
    uint32_t number;
    uint8_t wire_type;
    const uint8_t *data;
    size_t length;
} cpb_unknown;

/// The unknown field at `index` of an unpacked message.
cpb_unknown cpb_unknown_at(const ProtobufCMessage *message, size_t index);

// MARK: Encoding

/// The most bytes that packing a message writes, as its maker has noted it; it lies in the padding of the head. A wrong
/// note costs time, nothing else.
static inline uint32_t cpb_bound(const ProtobufCMessage *message) {
    uint32_t bound;
    __builtin_memcpy(&bound, (const uint8_t *)message + 12, sizeof(bound));
    return bound;
}

static inline void cpb_note_bound(void *message, uint32_t bound) {
    __builtin_memcpy((uint8_t *)message + 12, &bound, sizeof(bound));
}

/// Packs a message to where there is room for the most that its fields can take (5 bytes for a tag, 5 for a length, 10
/// for a number), and returns its length. It may write anywhere in this room.
size_t cpb_pack(const ProtobufCMessage *message, uint8_t *out);
