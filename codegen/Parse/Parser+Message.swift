// Messages, their fields, oneofs, ranges and extensions.

extension FieldType {
    /// The scalar types by their names in the language.
    static let scalars: [String: FieldType] = [
        "double": .double, "float": .float, "int32": .int32, "int64": .int64, "uint32": .uint32, "uint64": .uint64,
        "sint32": .sint32, "sint64": .sint64, "fixed32": .fixed32, "fixed64": .fixed64, "sfixed32": .sfixed32,
        "sfixed64": .sfixed64, "bool": .bool, "string": .string, "bytes": .bytes,
    ]

    /// The names of the scalar types, in a fixed order.
    static let scalarNames = scalars.keys.sorted()
}

/// Where a field is declared; what may be written differs.
enum FieldPlace: Equatable {
    case message, `extension`
    case oneof(Int)
}

extension Parser {
    /// The largest field number, 2^29 - 1.
    static let largestFieldNumber = 536_870_911

    mutating func readMessage(comment: [String]) throws(SyntaxError) -> MessageSyntax {
        advance()
        var message = MessageSyntax(name: try expectIdentifier("a message's name"), comment: comment)
        try readMessageBody(&message)
        return message
    }

    private mutating func readMessageBody(_ message: inout MessageSyntax) throws(SyntaxError) {
        guard messageDepth < Self.deepestMessage else {
            throw SyntaxError(
                message: "messages may be nested \(Self.deepestMessage) levels deep, not deeper",
                range: message.name.range)
        }
        messageDepth += 1
        defer { messageDepth -= 1 }
        var body = message
        try block("and the message's fields") { parser throws(SyntaxError) in try parser.readMessageStatement(&body) }
        message = body
    }

    private mutating func readMessageStatement(_ message: inout MessageSyntax) throws(SyntaxError) {
        let comment = current.comment
        switch current.kind == .identifier ? text(current) : "" {
        case "message": message.definitions.messages.append(try readMessage(comment: comment))
        case "enum": message.definitions.enums.append(try readEnum(comment: comment))
        case "extend":
            var nested = DefinitionsSyntax()
            defer { message.definitions.append(nested) }
            try readExtend(into: &nested)
        case "extensions": message.extensionRanges += try readExtensionRanges()
        case "reserved":
            try readReserved(
                ranges: &message.reservedRanges, names: &message.reservedNames, limits: 1...Int(Int32.max) - 1,
                max: Self.largestFieldNumber)
        case "option": message.options.append(try readOptionStatement())
        case "oneof": try readOneof(&message, comment: comment)
        default:
            var nested = DefinitionsSyntax()
            defer { message.definitions.append(nested) }
            message.fields.append(try readField(.message, definitions: &nested))
        }
    }

    private mutating func readOneof(_ message: inout MessageSyntax, comment: [String]) throws(SyntaxError) {
        advance()
        let index = message.oneofs.count
        var oneof = OneofSyntax(name: try expectIdentifier("a oneof's name"), comment: comment)
        message.oneofs.append(oneof)
        var nested = DefinitionsSyntax()
        var fields: [FieldSyntax] = []
        defer {
            message.fields += fields
            message.definitions.append(nested)
            message.oneofs[index] = oneof
        }
        try block("and the oneof's fields", allowsEmptyStatements: false) { parser throws(SyntaxError) in
            if parser.at("option") {
                oneof.options.append(try parser.readOptionStatement())
            } else {
                fields.append(try parser.readField(.oneof(index), definitions: &nested))
            }
        }
    }

    mutating func readExtend(into definitions: inout DefinitionsSyntax) throws(SyntaxError) {
        advance()
        let extendee = try expectTypeName("the name of the message to extend")
        var nested = DefinitionsSyntax()
        defer { definitions.append(nested) }
        if matches(next, "}") { report("an 'extend' must have at least one field", extendee.range) }
        try block("and the extension's fields", allowsEmptyStatements: false) { parser throws(SyntaxError) in
            let field = try parser.readField(.extension, definitions: &nested)
            nested.extensions.append(ExtensionSyntax(extendee: extendee, field: field))
        }
    }

    mutating func readExtend(into path: WritableKeyPath<Parser, DefinitionsSyntax>) throws(SyntaxError) {
        var nested = DefinitionsSyntax()
        defer { self[keyPath: path].append(nested) }
        try readExtend(into: &nested)
    }
}

extension DefinitionsSyntax {
    mutating func append(_ other: DefinitionsSyntax) {
        messages += other.messages
        enums += other.enums
        extensions += other.extensions
    }
}

// MARK: Fields

extension Parser {
    private mutating func readField(
        _ place: FieldPlace, definitions: inout DefinitionsSyntax
    ) throws(SyntaxError) -> FieldSyntax {
        let comment = current.comment
        let start = current.range
        var label = readLabel()
        if case .oneof = place, label != nil {
            report("a field of a oneof has no label", start)
            label = nil
        }
        var field: FieldSyntax
        if at("map"), matches(next, "<") {
            if label != nil { report("a map field has no label", start) }
            field = try readMapField(place, comment: comment, definitions: &definitions)
        } else {
            checkLabel(label, place)
            if at("group"), next.kind == .identifier {
                field = try readGroup(label, comment: comment, definitions: &definitions)
            } else {
                field = try readPlainField(label, comment: comment)
            }
        }
        if case .oneof(let index) = place { field.oneofIndex = index }
        return field
    }

    private mutating func readLabel() -> FieldSyntax.Label? {
        // `optional`, `required` and `repeated` are labels wherever a type could follow; `Optional x = 1` is not one.
        guard current.kind == .identifier, let label = FieldSyntax.Label(rawValue: text(current)) else { return nil }
        guard !matches(next, "=") else { return nil }
        advance()
        return label
    }

    private func checkLabel(_ label: FieldSyntax.Label?, _ place: FieldPlace) {
        if case .oneof = place { return }
        guard label == nil, file.level == .proto2 else { return }
        report("a proto2 field needs a label: optional, required or repeated", current.range)
    }

    private mutating func readPlainField(
        _ label: FieldSyntax.Label?, comment: [String]
    ) throws(SyntaxError) -> FieldSyntax {
        let typeName = try expectTypeName("a field's type")
        let type = FieldType.scalars[typeName.text].map(TypeSyntax.scalar) ?? .named(typeName)
        let name = try expectIdentifier("a field's name")
        let number = try readFieldNumber()
        var field = FieldSyntax(
            label: label, type: type, typeRange: typeName.range, name: name, number: number, comment: comment)
        field.options = try readBracketOptions()
        try expectStatementEnd()
        return field
    }

    private mutating func readFieldNumber() throws(SyntaxError) -> Number {
        try expect("=", "and a field number")
        return try expectInteger("a field number", in: nil, signed: true)
    }

    private mutating func readGroup(
        _ label: FieldSyntax.Label?, comment: [String], definitions: inout DefinitionsSyntax
    ) throws(SyntaxError) -> FieldSyntax {
        let keyword = current.range
        advance()
        if file.level == .proto3 { report("proto3 has no groups; use a message", keyword) }
        let name = try expectIdentifier("a group's name")
        if name.text.utf8.first?.isUpper != true {
            report("a group's name must start with a capital letter", name.range)
        }
        var field = FieldSyntax(
            label: label, type: .named(name), typeRange: name.range,
            name: Name(text: name.text.lowercased(), range: name.range), number: try readFieldNumber(), comment: [])
        field.isGroup = true
        field.options = try readBracketOptions()
        var message = MessageSyntax(kind: .group, name: name, comment: comment)
        try readMessageBody(&message)
        definitions.messages.append(message)
        return field
    }

    private mutating func readMapField(
        _ place: FieldPlace, comment: [String], definitions: inout DefinitionsSyntax
    ) throws(SyntaxError) -> FieldSyntax {
        let start = current.range
        switch place {
        case .message: break
        case .extension: report("a map field cannot be an extension", start)
        case .oneof: report("a map field cannot be in a oneof", start)
        }
        advance()
        try expect("<")
        let key = try expectTypeName("a map's key type")
        try expect(",")
        let value = try expectTypeName("a map's value type")
        try expect(">")
        let range = start.joined(previous.range)
        let name = try expectIdentifier("a field's name")
        let entry = Name(text: name.text.mapEntryName, range: name.range)
        var field = FieldSyntax(
            label: .repeated, type: .named(entry), typeRange: range, name: name, number: try readFieldNumber(),
            comment: comment)
        field.isMap = true
        field.options = try readBracketOptions()
        try expectStatementEnd()
        definitions.messages.append(Self.mapEntry(entry, key: key, value: value))
        return field
    }

    private static func mapEntry(_ name: Name, key: Name, value: Name) -> MessageSyntax {
        var entry = MessageSyntax(kind: .mapEntry, name: name)
        for (index, (fieldName, type)) in [("key", key), ("value", value)].enumerated() {
            entry.fields.append(
                FieldSyntax(
                    label: .optional, type: FieldType.scalars[type.text].map(TypeSyntax.scalar) ?? .named(type),
                    typeRange: type.range, name: Name(text: fieldName, range: type.range),
                    number: Number(value: index + 1, range: type.range), comment: []))
        }
        return entry
    }
}

extension String {
    /// The name of the entry type of the map field of this name: `foo_bar` has `FooBarEntry`.
    var mapEntryName: String {
        var result: [UInt8] = []
        var capitalize = true
        for byte in utf8 {
            if byte == UInt8(ascii: "_") {
                capitalize = true
            } else {
                let isLower = byte.isLetter && !byte.isUpper
                result.append(capitalize && isLower ? byte & ~0x20 : byte)
                capitalize = false
            }
        }
        return String(decoding: result, as: UTF8.self) + "Entry"
    }
}

// MARK: Ranges

extension Parser {
    private mutating func readExtensionRanges() throws(SyntaxError) -> [RangeSyntax] {
        advance()
        var ranges: [RangeSyntax] = []
        repeat {
            ranges.append(try readRange(limits: 1...Int(Int32.max) - 1, max: Self.largestFieldNumber))
        } while take(",")
        if at("[") {
            let options = try readBracketOptions()
            for index in ranges.indices { ranges[index].options = options }
        }
        try expectStatementEnd()
        return ranges
    }

    /// `reserved 1, 3 to 5;` or `reserved "a", "b";`
    mutating func readReserved(
        ranges: inout [RangeSyntax], names: inout [Name], limits: ClosedRange<Int>, max: Int
    ) throws(SyntaxError) {
        advance()
        if current.kind == .identifier {
            throw SyntaxError(message: "a reserved name must be in quotes", range: current.range)
        }
        if current.kind == .string {
            repeat {
                let (value, range) = try expectString("a name in quotes")
                names.append(Name(text: String(decoding: value, as: UTF8.self), range: range))
            } while take(",")
        } else {
            repeat {
                ranges.append(try readRange(limits: limits, max: max))
            } while take(",")
        }
        try expectStatementEnd()
    }

    /// - Parameter max: What the word `max` stands for.
    private mutating func readRange(limits: ClosedRange<Int>, max: Int) throws(SyntaxError) -> RangeSyntax {
        let first = try expectInteger("a number", in: limits, signed: true)
        var last = first
        var isOpen = false
        if take("to") {
            if at("max") {
                isOpen = true
                last = Number(value: max, range: current.range)
                advance()
            } else {
                last = try expectInteger("a number or 'max'", in: limits, signed: true)
            }
        }
        let range = first.range.joined(last.range)
        if last.value < first.value { report("the range ends before it begins", range) }
        return RangeSyntax(first: first.value, last: Swift.max(first.value, last.value), isOpen: isOpen, range: range)
    }
}
