import Protobuf

/// Turns the values of a JSON text into encoded messages.
struct JSONReader {
    let schema: Schema
    let document: JSONDocument
    let ignoresUnknownFields: Bool

    func fail(_ kind: JSONError.Kind, at value: Int) -> JSONError {
        JSONError(kind, offset: document.tokens[value].start)
    }

    func kind(of value: Int) -> JSONToken.Kind { document.tokens[value].kind }

    /// The positions of an object's members.
    func members(of value: Int) throws(JSONError) -> [(name: Int, value: Int)] {
        guard kind(of: value) == .object else { throw fail(.wrongKind(wanted: "an object"), at: value) }
        return document.members(of: value)
    }

    // MARK: Messages

    /// The encoded message that a value says, of the type at a position in the schema.
    func message(at value: Int, of position: Int) throws(JSONError) -> [UInt8] {
        let type = schema.messages[position]
        switch type.form {
        case .fields: return try message(of: type, members: try members(of: value), at: value)
        case .firstField:
            var output = WireOutput()
            try append(value, of: type.fields[0], to: &output)
            return output.bytes
        case .any: return try any(at: value, of: type)
        case .timestamp, .duration: return try time(at: value, of: type)
        case .fieldMask: return try fieldMask(at: value, of: type)
        case .value: return try dynamicValue(at: value, of: type)
        }
    }

    /// The encoded message that members say, with its fields in the order of their numbers.
    ///
    /// - Parameter value: The object, for errors about what it lacks.
    func message(
        of type: MessageType, members: [(name: Int, value: Int)], at value: Int
    ) throws(JSONError) -> [UInt8] {
        var values = [Int?](repeating: nil, count: type.fields.count)
        var chosen = [Bool](repeating: false, count: type.oneofs.count)
        for member in members {
            guard let position = type.fieldByName[document.utf8(at: member.name)] else {
                if ignoresUnknownFields { continue }
                throw fail(.unknownField(document.string(at: member.name), of: type.name), at: member.name)
            }
            // Its other name may have come already.
            if values[position] != nil {
                throw fail(.duplicateName(document.string(at: member.name)), at: member.name)
            }
            values[position] = member.value
            let field = type.fields[position]
            guard let oneof = field.oneof, !isUnset(member.value, field) else { continue }
            if chosen[oneof] { throw fail(.oneofSetTwice(type.oneofs[oneof]), at: member.name) }
            chosen[oneof] = true
        }
        var output = WireOutput()
        for (position, field) in type.fields.enumerated() {
            guard let member = values[position], !isUnset(member, field) else {
                if field.isRequired { throw fail(.missingRequired(field.name), at: value) }
                continue
            }
            try within(.member(field.jsonName)) { () throws(JSONError) in
                if type.isMessageSet, let message = try wireValue(at: member, of: field) {
                    output.append(MessageSet.item(field.number, message), number: MessageSet.itemNumber)
                } else {
                    try append(member, of: field, to: &output)
                }
            }
        }
        return output.bytes
    }

    /// Whether a value says that the field is not set: null does, unless null is a value of its type.
    private func isUnset(_ value: Int, _ field: Field) -> Bool {
        kind(of: value) == .null && (field.cardinality != .singular || !isNullable(field.kind))
    }

    private func isNullable(_ kind: FieldKind) -> Bool {
        switch kind {
        case .enumeration(let position): return schema.enums[position].isNull
        case .message(let position): return schema.messages[position].form == .value
        default: return false
        }
    }

    // MARK: Fields

    /// Writes a field with all that its JSON value holds.
    func append(_ value: Int, of field: Field, to output: inout WireOutput) throws(JSONError) {
        switch field.cardinality {
        case .singular:
            guard let single = try wireValue(at: value, of: field) else { return }
            if field.hasPresence || !single.isDefault { output.append(single, number: field.number) }
        case .repeated: try appendElements(of: value, of: field, to: &output)
        case .map: try appendEntries(of: value, of: field, to: &output)
        }
    }

    private func appendElements(of array: Int, of field: Field, to output: inout WireOutput) throws(JSONError) {
        guard kind(of: array) == .array else { throw fail(.wrongKind(wanted: "an array"), at: array) }
        var packed = WireOutput()
        for (position, element) in document.elements(of: array).enumerated() {
            try within(.element(position)) { () throws(JSONError) in
                guard let value = try wireValue(at: element, of: field) else { return }
                if field.isPacked {
                    packed.append(value)
                } else {
                    output.append(value, number: field.number)
                }
            }
        }
        if !packed.bytes.isEmpty { output.append(.delimited(packed.bytes[...]), number: field.number) }
    }

    private func appendEntries(of object: Int, of field: Field, to output: inout WireOutput) throws(JSONError) {
        guard case .message(let position) = field.kind else { preconditionFailure("a map's entries are messages") }
        let type = schema.messages[position]
        for (name, member) in try members(of: object) {
            let key = try self.key(at: name, of: type.fields[0].kind)
            try within(.member(document.string(at: name))) { () throws(JSONError) in
                guard let value = try wireValue(at: member, of: type.fields[1]) else { return }
                var entry = WireOutput()
                entry.append(key, number: 1)
                entry.append(value, number: 2)
                output.append(.delimited(entry.bytes[...]), number: field.number)
            }
        }
    }

    /// The value of a map's key, which JSON always writes as a string.
    private func key(at name: Int, of kind: FieldKind) throws(JSONError) -> WireValue {
        let text = document.utf8(at: name)
        switch kind {
        case .string: return .delimited(text[...])
        case .bool:
            if text.elementsEqual("true".utf8) { return .varint(1) }
            if text.elementsEqual("false".utf8) { return .varint(0) }
            throw fail(.malformed(as: "bool"), at: name)
        default: return try integer(text[...], of: kind, at: name)
        }
    }

    // MARK: Single values

    /// A single value; nil if it is the name of no value of its enum and such are ignored.
    private func wireValue(at value: Int, of field: Field) throws(JSONError) -> WireValue? {
        switch field.kind {
        case .message(let position):
            let bytes = try message(at: value, of: position)
            return field.isDelimited ? .group(bytes[...]) : .delimited(bytes[...])
        case .enumeration(let position): return try enumeration(at: value, of: schema.enums[position])
        case .string:
            guard kind(of: value) == .string else { throw fail(.wrongKind(wanted: "a string"), at: value) }
            return .delimited(document.utf8(at: value)[...])
        case .bytes:
            guard kind(of: value) == .string else { throw fail(.wrongKind(wanted: "a string"), at: value) }
            guard let bytes = Base64.decoded(document.utf8(at: value)) else {
                throw fail(.malformed(as: "bytes"), at: value)
            }
            return .delimited(bytes[...])
        case .bool:
            switch kind(of: value) {
            case .true: return .varint(1)
            case .false: return .varint(0)
            default: throw fail(.wrongKind(wanted: "true or false"), at: value)
            }
        case .double: return .fixed64(try floating(Double.self, at: value, "double").bitPattern)
        case .float: return .fixed32(try floating(Float.self, at: value, "float").bitPattern)
        default: return try integer(try numberText(at: value)[...], of: field.kind, at: value)
        }
    }

    /// The text of a number, which may stand in a string.
    private func numberText(at value: Int) throws(JSONError) -> [UInt8] {
        switch kind(of: value) {
        case .number: return Array(document.text[document.tokens[value].range])
        case .string: return document.utf8(at: value)
        default: throw fail(.wrongKind(wanted: "a number"), at: value)
        }
    }

    private func integer(_ text: ArraySlice<UInt8>, of kind: FieldKind, at value: Int) throws(JSONError) -> WireValue {
        func number<Value: FixedWidthInteger>(_ type: Value.Type) throws(JSONError) -> Value {
            let name = kind.description(in: schema)
            guard let number = JSONNumber(text) else { throw fail(.malformed(as: name), at: value) }
            do {
                return try number.integer(type)
            } catch {
                throw fail(error == .fractional ? .malformed(as: name) : .outOfRange(of: name), at: value)
            }
        }
        switch kind {
        case .int32: return .varint(UInt64(bitPattern: Int64(try number(Int32.self))))
        case .int64: return .varint(UInt64(bitPattern: try number(Int64.self)))
        case .uint32: return .varint(UInt64(try number(UInt32.self)))
        case .uint64: return .varint(try number(UInt64.self))
        case .sint32:
            let signed = try number(Int32.self)
            return .varint(UInt64(UInt32(bitPattern: signed << 1 ^ signed >> 31)))
        case .sint64:
            let signed = try number(Int64.self)
            return .varint(UInt64(bitPattern: signed << 1 ^ signed >> 63))
        case .fixed32: return .fixed32(try number(UInt32.self))
        case .sfixed32: return .fixed32(UInt32(bitPattern: try number(Int32.self)))
        case .fixed64: return .fixed64(try number(UInt64.self))
        case .sfixed64: return .fixed64(UInt64(bitPattern: try number(Int64.self)))
        default: throw fail(.malformed(as: kind.description(in: schema)), at: value)
        }
    }

    func floating<Value: BinaryFloatingPoint & LosslessStringConvertible>(
        _ type: Value.Type, at value: Int, _ name: String
    ) throws(JSONError) -> Value {
        let text = try numberText(at: value)
        if kind(of: value) == .string {
            switch String(decoding: text, as: UTF8.self) {
            case "NaN": return .nan
            case "Infinity": return .infinity
            case "-Infinity": return -.infinity
            default: break
            }
        }
        guard let number = JSONNumber(text[...]) else { throw fail(.malformed(as: name), at: value) }
        guard let result = number.floating(type) else { throw fail(.outOfRange(of: name), at: value) }
        return result
    }

    private func enumeration(at value: Int, of type: EnumType) throws(JSONError) -> WireValue? {
        let number: Int32
        switch kind(of: value) {
        case .null where type.isNull: number = 0
        case .string:
            guard let found = type.numbers[document.utf8(at: value)] else {
                if ignoresUnknownFields { return nil }
                throw fail(.unknownEnumValue("\"\(document.string(at: value))\"", of: type.name), at: value)
            }
            number = found
        case .number:
            guard case .varint(let found) = try integer(try numberText(at: value)[...], of: .int32, at: value) else {
                preconditionFailure("an int32 is a varint")
            }
            number = Int32(truncatingIfNeeded: found)
            if type.isClosed, type.names[number] == nil {
                if ignoresUnknownFields { return nil }
                throw fail(.unknownEnumValue("\(number)", of: type.name), at: value)
            }
        default: throw fail(.wrongKind(wanted: "the name or number of a value of \(type.name)"), at: value)
        }
        return .varint(UInt64(bitPattern: Int64(number)))
    }
}
