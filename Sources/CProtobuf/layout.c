// From a compact table to libprotobuf-c's descriptors, in two phases: allocate every type, then link them, so that
// types that contain each other need no order.
#include "scan.h"

#include <stdlib.h>
#include <string.h>

enum { DENSE_LIMIT = 256 };

/// A generated table that breaks a rule is a bug of the generator, and libprotobuf-c would assert or corrupt memory.
static void require(bool holds) {
    if (!holds) abort();
}

static void *allocate(size_t count, size_t size) {
    if (count == 0) return NULL;
    void *result = calloc(count, size);
    require(result != NULL);
    return result;
}

typedef struct reader {
    const uint32_t *at;
    const uint32_t *end;
} reader;

static uint32_t next(reader *words) {
    require(words->at < words->end);
    return *words->at++;
}

typedef struct linking {
    cpb_type *types;
    uint32_t type_count;
    cpb_closed_enum *enums;
    uint32_t enum_count;
    const cpb_type *const *imports;
    size_t import_count;
} linking;

/// The next word of the line at `*at`, terminated in place.
static const char *next_name(char **at) {
    char *begin = *at;
    char *end = begin + strcspn(begin, " \n");
    require(end > begin);
    if (*end) *end++ = 0;
    *at = end;
    return begin;
}

static uint8_t wire_type(uint8_t kind) {
    switch (kind) {
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_FLOAT: return PROTOBUF_C_WIRE_TYPE_32BIT;
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_DOUBLE: return PROTOBUF_C_WIRE_TYPE_64BIT;
    case CPB_STRING:
    case CPB_BYTES:
    case CPB_MESSAGE: return PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED;
    default: return PROTOBUF_C_WIRE_TYPE_VARINT;
    }
}

static uint32_t value_size(uint8_t kind, uint8_t flags) {
    if (flags & CPB_REPEATED) return 8;
    switch (kind) {
    case CPB_STRING:
    case CPB_BYTES: return 16;
    case CPB_MESSAGE: return 8;
    default: return wire_type(kind) == PROTOBUF_C_WIRE_TYPE_64BIT || kind == PROTOBUF_C_TYPE_INT64
        || kind == PROTOBUF_C_TYPE_SINT64 || kind == PROTOBUF_C_TYPE_UINT64 ? 8 : 4;
    }
}

/// Every hazard that a descriptor can close is closed here:
/// - a singular field is OPTIONAL with a has flag, never NONE (which drops -0.0) and never REQUIRED (which is checked
///   in each occurrence of a message that is merged from several);
/// - a string is described as bytes (the wire is the same), so that a NUL does not end it;
/// - there is no default value, so that none is ever freed.
static void fill_descriptor(
    ProtobufCFieldDescriptor *out, const cpb_field *field, const char *name, uint32_t quantifier, uint32_t offset,
    uint32_t size) {
    uint32_t width = value_size(field->kind, field->flags);
    require(offset >= sizeof(ProtobufCMessage) && offset % (width < 8 ? 4 : 8) == 0 && offset + width <= size);
    if (quantifier) {
        uint32_t quantifier_width = field->flags & CPB_REPEATED ? 8 : 4;
        require(quantifier >= sizeof(ProtobufCMessage) && quantifier % quantifier_width == 0);
        require(quantifier + quantifier_width <= size);
    } else {
        require(field->kind == CPB_MESSAGE && !(field->flags & (CPB_REPEATED | CPB_ONEOF)));
    }
    out->name = name;
    out->id = field->number;
    out->label = field->flags & CPB_REPEATED ? PROTOBUF_C_LABEL_REPEATED : PROTOBUF_C_LABEL_OPTIONAL;
    out->type = field->kind == CPB_STRING ? PROTOBUF_C_TYPE_BYTES
        : field->kind == CPB_CLOSED_ENUM  ? PROTOBUF_C_TYPE_ENUM
                                          : (ProtobufCType)field->kind;
    out->quantifier_offset = quantifier;
    out->offset = offset;
    out->descriptor = field->type ? &field->type->descriptor : NULL;
    if (field->flags & CPB_PACKED) out->flags |= PROTOBUF_C_FIELD_FLAG_PACKED;
    if (field->flags & CPB_ONEOF) out->flags |= PROTOBUF_C_FIELD_FLAG_ONEOF;
}

static void resolve(cpb_field *field, uint32_t reference, const linking *link) {
    if (field->kind == CPB_MESSAGE) {
        if (reference < link->type_count) {
            field->type = &link->types[reference];
        } else {
            require(reference - link->type_count < link->import_count);
            field->type = link->imports[reference - link->type_count];
            require(field->type->descriptor.magic == PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC);
        }
    } else if (field->kind == CPB_CLOSED_ENUM) {
        require(reference < link->enum_count);
        field->values = &link->enums[reference];
    } else {
        require(field->kind <= PROTOBUF_C_TYPE_MESSAGE && reference == 0);
    }
}

/// Runs of consecutive numbers, by which libprotobuf-c looks a field up.
static void fill_ranges(ProtobufCMessageDescriptor *out, const cpb_field *fields, uint32_t count) {
    ProtobufCIntRange *ranges = allocate(count + 1, sizeof(ProtobufCIntRange));
    uint32_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && fields[i].number == fields[i - 1].number + 1) continue;
        ranges[used++] = (ProtobufCIntRange){(int)fields[i].number, i};
    }
    ranges[used] = (ProtobufCIntRange){0, count};
    out->n_field_ranges = used;
    out->field_ranges = ranges;
}

static void fill_dense(cpb_type *type) {
    uint32_t limit = type->field_count ? type->fields[type->field_count - 1].number + 1 : 0;
    if (limit > DENSE_LIMIT) limit = DENSE_LIMIT;
    uint16_t *dense = allocate(limit, sizeof(uint16_t));
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (type->fields[i].number < limit) dense[type->fields[i].number] = (uint16_t)(i + 1);
    }
    type->dense = dense;
    type->dense_count = limit;
}

/// Oneofs have no table of their own: the members of one share the offset of its case.
static void number_oneof(cpb_type *type, cpb_field *fields, uint32_t index, const ProtobufCFieldDescriptor *all) {
    for (uint32_t i = 0; i < index; i++) {
        if ((fields[i].flags & CPB_ONEOF) && all[i].quantifier_offset == all[index].quantifier_offset) {
            require(all[i].offset == all[index].offset);
            fields[index].oneof_slot = fields[i].oneof_slot;
            return;
        }
    }
    fields[index].oneof_slot = type->oneof_slots++;
}

/// The tag of a value that is not packed.
static void fill_tag(cpb_field *field) {
    uint32_t rest = field->number << 3 | field->wire;
    field->tag = 0;
    for (field->tag_length = 0; rest || field->tag_length == 0; rest >>= 7) {
        uint32_t byte = rest < 0x80 ? rest : (rest & 0x7f) | 0x80;
        if (field->tag_length < sizeof(field->tag)) field->tag |= byte << (8 * field->tag_length);
        field->tag_length++;
    }
}

static void link_type(cpb_type *type, reader *words, char **names, const linking *link) {
    ProtobufCMessageDescriptor *out = &type->descriptor;
    uint32_t size = next(words);
    uint32_t count = next(words);
    require(size >= sizeof(ProtobufCMessage) && size % 8 == 0 && count < UINT16_MAX);
    cpb_field *fields = allocate(count, sizeof(cpb_field));
    ProtobufCFieldDescriptor *descriptors = allocate(count, sizeof(ProtobufCFieldDescriptor));
    out->magic = PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC;
    out->name = out->short_name = out->c_name = next_name(names);
    out->package_name = "";
    out->sizeof_message = size;
    for (uint32_t i = 0; i < count; i++) {
        cpb_field *field = &fields[i];
        field->number = next(words);
        uint32_t kind = next(words);
        field->kind = (uint8_t)kind;
        field->flags = (uint8_t)(kind >> 8);
        field->wire = wire_type(field->kind);
        if (field->flags & CPB_DELIMITED) {
            require(field->kind == CPB_MESSAGE && !(field->flags & CPB_MAP));
            field->wire = WIRE_GROUP;
        }
        uint32_t quantifier = field->quantifier = next(words);
        uint32_t offset = field->offset = next(words);
        if (field->flags & CPB_REPEATED) {
            type->has_repeated = true;
            if (field->wire != WIRE_LENGTH) type->has_repeated_numbers = true;
        }
        fill_tag(field);
        if (quantifier && !(field->flags & CPB_REPEATED)) field->mark = field->flags & CPB_ONEOF ? field->number : 1;
        require(field->number > (i ? fields[i - 1].number : 0) && field->number < 1u << 29);
        resolve(field, next(words), link);
        fill_descriptor(&descriptors[i], field, next_name(names), quantifier, offset, size);
        if (field->kind == CPB_MESSAGE && !(field->flags & CPB_REPEATED)) field->merge_slot = type->merge_slots++;
        if (field->flags & CPB_ONEOF) number_oneof(type, fields, i, descriptors);
    }
    type->fields = fields;
    type->field_count = count;
    out->n_fields = count;
    // libprotobuf-c reads the first field's number without asking whether there is one, unless this is NULL.
    out->fields = descriptors;
    fill_ranges(out, fields, count);
    fill_dense(type);
}

const cpb_type *cpb_build(
    const uint32_t *words, size_t word_count, const char *names, size_t names_length, const cpb_type *const *imports,
    size_t import_count) {
    reader input = {words, words + word_count};
    linking link = {.imports = imports, .import_count = import_count};
    link.type_count = next(&input);
    link.enum_count = next(&input);
    link.types = allocate(link.type_count, sizeof(cpb_type));
    link.enums = allocate(link.enum_count, sizeof(cpb_closed_enum));
    for (uint32_t i = 0; i < link.type_count; i++) {
        link.types[i].descriptor.magic = PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC;
    }
    for (uint32_t i = 0; i < link.enum_count; i++) {
        uint32_t count = next(&input);
        int32_t *values = allocate(count, sizeof(int32_t));
        for (uint32_t j = 0; j < count; j++) {
            values[j] = (int32_t)next(&input);
            require(j == 0 || values[j] > values[j - 1]);
        }
        link.enums[i] = (cpb_closed_enum){values, count};
    }
    char *text = allocate(names_length + 1, 1);
    memcpy(text, names, names_length);
    for (uint32_t i = 0; i < link.type_count; i++) link_type(&link.types[i], &input, &text, &link);
    require(input.at == input.end && *text == 0);
    return link.types;
}

const char *cpb_field_name(const cpb_type *type, uint32_t number) {
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (type->fields[i].number == number) return type->descriptor.fields[i].name;
    }
    return NULL;
}
