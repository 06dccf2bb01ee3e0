import Protobuf

/// Tells encoded messages as JSON.
struct JSONWriter {
    let schema: Schema
    let options: JSONWritingOptions
    var output: JSONOutput

    init(schema: Schema, options: JSONWritingOptions) {
        self.schema = schema
        self.options = options
        output = JSONOutput(indentation: options.indentation, depthMax: options.depthMax)
    }

    /// Writes a message of the type at a position in the schema.
    mutating func write(_ message: ArraySlice<UInt8>, of position: Int) throws(JSONError) {
        let type = schema.messages[position]
        switch type.form {
        case .fields:
            try output.beginObject()
            try writeMembers(message, of: type)
            output.endObject()
        case .firstField:
            let values = try fieldValues(message, of: type)
            try write(values.fields.first?.values ?? [], of: type.fields[0])
        case .any: try writeAny(message, of: type)
        case .timestamp, .duration: try writeTime(message, of: type)
        case .fieldMask: try writeFieldMask(message, of: type)
        case .value: try writeDynamicValue(message, of: type)
        }
    }

    /// The fields of a message.
    func fieldValues(_ message: ArraySlice<UInt8>, of type: MessageType) throws(JSONError) -> FieldValues {
        do {
            return try FieldValues(message, of: type, in: schema)
        } catch {
            throw JSONError(.wire(WireError(.malformed(error), message: type.name)))
        }
    }

    /// Writes the fields of a message as members of the object that has begun.
    mutating func writeMembers(_ message: ArraySlice<UInt8>, of type: MessageType) throws(JSONError) {
        var fields = try fieldValues(message, of: type).fields[...]
        for (position, field) in type.fields.enumerated() {
            var values: [WireValue] = []
            if let next = fields.first, next.position == position {
                values = next.values
                fields.removeFirst()
            } else if field.hasPresence || !options.printsFieldsWithoutPresence {
                continue
            }
            if field.cardinality == .map, !values.isEmpty {
                values = try knownEntries(values, of: field)
                if values.isEmpty, !options.printsFieldsWithoutPresence { continue }
            }
            let name = options.usesProtoNames ? field.name : field.jsonName
            output.member(name)
            try within(.member(name)) { () throws(JSONError) in try write(values, of: field) }
        }
    }

    /// Writes all that a field holds; its default value if that is nothing.
    mutating func write(_ values: [WireValue], of field: Field) throws(JSONError) {
        switch field.cardinality {
        case .singular: try write(values.first ?? field.kind.defaultValue, of: field.kind)
        case .map: try writeMap(values, of: field)
        case .repeated:
            try output.beginArray()
            var count = 0
            for value in values { try writeElements(value, of: field, &count) }
            output.endArray()
        }
    }

    /// Writes an element, or several that are packed.
    private mutating func writeElements(
        _ value: WireValue, of field: Field, _ count: inout Int
    ) throws(JSONError) {
        guard case .delimited(let bytes) = value, field.kind.wireType != 2 else {
            output.element()
            try within(.element(count)) { () throws(JSONError) in try write(value, of: field.kind) }
            count += 1
            return
        }
        var scanner = WireScanner(bytes)
        while true {
            let element: WireValue?
            do {
                element = try scanner.takePacked(wireType: field.kind.wireType)
            } catch {
                throw JSONError(.wire(WireError(.malformed(error), message: field.kind.description(in: schema))))
            }
            guard let element else { return }
            output.element()
            try write(element, of: field.kind)
            count += 1
        }
    }

    /// Writes a map, of which the entries are messages with two fields.
    private mutating func writeMap(_ entries: [WireValue], of field: Field) throws(JSONError) {
        guard case .message(let position) = field.kind else { preconditionFailure("a map's entries are messages") }
        let type = schema.messages[position]
        let (key, value) = (type.fields[0], type.fields[1])
        // Of several entries with one key the last counts, where the first stands.
        var order: [ArraySlice<UInt8>] = []
        var last: [ArraySlice<UInt8>: WireValue] = [:]
        for case .delimited(let entry) in entries {
            let found = try fieldValues(entry, of: type).fields
            let keyValue = found.first { $0.position == 0 }?.values[0] ?? key.kind.defaultValue
            let name = try keyText(keyValue, of: key, in: type)
            let content = found.first { $0.position == 1 }?.values[0] ?? value.kind.defaultValue
            if last.updateValue(content, forKey: name) == nil { order.append(name) }
        }
        try output.beginObject()
        for name in order {
            output.member(name)
            try within(.member(String(decoding: name, as: UTF8.self))) { () throws(JSONError) in
                try write(last[name]!, of: value.kind)
            }
        }
        output.endObject()
    }

    /// The entries of a map without those that are unknown fields.
    private func knownEntries(_ entries: [WireValue], of field: Field) throws(JSONError) -> [WireValue] {
        guard case .message(let position) = field.kind else { return entries }
        var known: [WireValue] = []
        for case .delimited(let entry) in entries where try !isUnknown(entry, of: schema.messages[position]) {
            known.append(.delimited(entry))
        }
        return known
    }

    /// Whether a map's entry has a value that its closed enum does not know: then all of it is an unknown field.
    private func isUnknown(_ entry: ArraySlice<UInt8>, of type: MessageType) throws(JSONError) -> Bool {
        guard case .enumeration(let position) = type.fields[1].kind, schema.enums[position].isClosed else {
            return false
        }
        for record in try scan(entry, of: type) where record.number == 2 {
            guard case .varint(let number) = record.value else { continue }
            if schema.enums[position].names[Int32(truncatingIfNeeded: number)] == nil { return true }
        }
        return false
    }

    /// The records of a message, whatever its fields are.
    func scan(_ message: ArraySlice<UInt8>, of type: MessageType) throws(JSONError) -> [WireRecord] {
        do {
            return try WireScanner.records(of: message)
        } catch {
            throw JSONError(.wire(WireError(.malformed(error), message: type.name)))
        }
    }

    /// A map's key as the name of a member: numbers and Booleans as they would be written.
    private func keyText(_ value: WireValue, of key: Field, in type: MessageType) throws(JSONError)
        -> ArraySlice<UInt8>
    {
        if case .delimited(let text) = value {
            try checkUTF8(text, key.kind)
            return text
        }
        var writer = JSONWriter(schema: schema, options: .default)
        try writer.write(value, of: key.kind)
        return writer.output.text.filter { $0 != UInt8(ascii: "\"") }[...]
    }

    // MARK: Single values

    mutating func write(_ value: WireValue, of kind: FieldKind) throws(JSONError) {
        switch value {
        case .varint(let number): writeVarint(number, of: kind)
        case .fixed32(let bits):
            switch kind {
            case .float: output.floating(Float(bitPattern: bits))
            case .sfixed32: output.word("\(Int32(bitPattern: bits))")
            default: output.word("\(bits)")
            }
        case .fixed64(let bits):
            switch kind {
            case .double: output.floating(Double(bitPattern: bits))
            case .sfixed64: output.string("\(Int64(bitPattern: bits))")
            default: output.string("\(bits)")
            }
        case .delimited(let bytes), .group(let bytes):
            switch kind {
            case .message(let position): try write(bytes, of: position)
            case .bytes: output.string(Base64.encoded(bytes)[...])
            default:
                try checkUTF8(bytes, kind)
                output.string(bytes)
            }
        }
    }

    private mutating func writeVarint(_ value: UInt64, of kind: FieldKind) {
        let low = UInt32(truncatingIfNeeded: value)
        switch kind {
        case .bool: output.word(value == 0 ? "false" : "true")
        case .int32: output.word("\(Int32(bitPattern: low))")
        case .uint32: output.word("\(low)")
        case .sint32: output.word("\(Int32(bitPattern: low >> 1) ^ -Int32(bitPattern: low & 1))")
        case .int64: output.string("\(Int64(bitPattern: value))")
        case .sint64: output.string("\(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))")
        case .enumeration(let position): writeEnum(Int32(bitPattern: low), of: schema.enums[position])
        default: output.string("\(value)")
        }
    }

    private mutating func writeEnum(_ number: Int32, of type: EnumType) {
        if type.isNull { return output.word("null") }
        if !options.writesEnumsAsNumbers, let name = type.names[number] { return output.string(name) }
        output.word("\(number)")
    }

    /// Only what is in an `Any` can fail this: all else comes from an encoder that has checked it.
    func checkUTF8(_ text: ArraySlice<UInt8>, _ kind: FieldKind) throws(JSONError) {
        if String(validating: text, as: UTF8.self) == nil {
            throw JSONError(.wire(WireError(.invalidUTF8, message: kind.description(in: schema))))
        }
    }
}
