import Protobuf

/// The types that have a form of their own.
extension JSONReader {
    private func utf8(at value: Int) throws(JSONError) -> [UInt8] {
        guard kind(of: value) == .string else { throw fail(.wrongKind(wanted: "a string"), at: value) }
        return document.utf8(at: value)
    }

    func time(at value: Int, of type: MessageType) throws(JSONError) -> [UInt8] {
        let text = try utf8(at: value)
        let time: TimeText
        do {
            time = type.form == .timestamp ? try TimeText.timestamp(text) : try TimeText.duration(text)
        } catch {
            throw fail(error == .malformed ? .malformed(as: type.name) : .outOfRange(of: type.name), at: value)
        }
        var output = WireOutput()
        if time.seconds != 0 { output.append(.varint(UInt64(bitPattern: time.seconds)), number: 1) }
        if time.nanoseconds != 0 { output.append(.varint(UInt64(bitPattern: Int64(time.nanoseconds))), number: 2) }
        return output.bytes
    }

    func fieldMask(at value: Int, of type: MessageType) throws(JSONError) -> [UInt8] {
        let text = try utf8(at: value)
        var output = WireOutput()
        if text.isEmpty { return output.bytes }
        for path in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            guard let path = FieldPath.snakeCase(path) else { throw fail(.malformed(as: type.name), at: value) }
            output.append(.delimited(path[...]), number: 1)
        }
        return output.bytes
    }

    /// A `Value` takes any JSON: the kind of it says which of the fields is set.
    func dynamicValue(at value: Int, of type: MessageType) throws(JSONError) -> [UInt8] {
        let number =
            switch kind(of: value) {
            case .null: 1
            case .number: 2
            case .string: 3
            case .true, .false: 4
            case .object: 5
            case .array: 6
            }
        guard let position = type.fieldByNumber[number] else { throw fail(.malformed(as: type.name), at: value) }
        var output = WireOutput()
        try append(value, of: type.fields[position], to: &output)
        return output.bytes
    }

    /// An `Any` is what it holds, with the URL of its type as a member more, which may stand anywhere.
    func any(at value: Int, of type: MessageType) throws(JSONError) -> [UInt8] {
        var members = try members(of: value)
        if members.isEmpty { return [] }
        guard let place = members.firstIndex(where: { document.string(at: $0.name) == "@type" }) else {
            throw fail(.missingMember("@type"), at: value)
        }
        let url = members.remove(at: place).value
        let text = String(decoding: try utf8(at: url), as: UTF8.self)
        guard let position = schema.message(byURL: text) else { throw fail(.unknownType(text), at: url) }
        let content = try content(of: position, members: members, at: value)
        var output = WireOutput()
        output.append(.delimited(Array(text.utf8)[...]), number: 1)
        if !content.isEmpty { output.append(.delimited(content[...]), number: 2) }
        return output.bytes
    }

    /// What an `Any` holds. A type that has a form of its own stands in a member named `value`.
    private func content(
        of position: Int, members: [(name: Int, value: Int)], at value: Int
    ) throws(JSONError) -> [UInt8] {
        let type = schema.messages[position]
        // Some write an `Empty` so as well, and others as the object without members that it is.
        let mayHaveValue = type.form != .fields || type.name == "google.protobuf.Empty"
        let hasValue = mayHaveValue && members.contains { document.string(at: $0.name) == "value" }
        if type.form == .fields, !hasValue { return try message(of: type, members: members, at: value) }
        var content: [UInt8]?
        for member in members {
            let name = document.string(at: member.name)
            if name == "value" {
                content = try within(.member(name)) { () throws(JSONError) in
                    try message(at: member.value, of: position)
                }
            } else if !ignoresUnknownFields {
                throw fail(.unknownField(name, of: type.name), at: member.name)
            }
        }
        guard let content else { throw fail(.missingMember("value"), at: value) }
        return content
    }
}
