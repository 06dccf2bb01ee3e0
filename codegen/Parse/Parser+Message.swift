import Descriptors

// Messages, their fields, oneofs, ranges and extensions.

extension FieldType {
    /// The scalar types by their names in the language.
    static let scalars: [String: FieldType] = [
        "double": .double, "float": .float, "int32": .int32, "int64": .int64, "uint32": .uint32, "uint64": .uint64,
        "sint32": .sint32, "sint64": .sint64, "fixed32": .fixed32, "fixed64": .fixed64, "sfixed32": .sfixed32,
        "sfixed64": .sfixed64, "bool": .bool, "string": .string, "bytes": .bytes,
    ]

    /// The same in the edition that is being tried out, in which the plain integers are the fixed ones.
    static let unstableScalars: [String: FieldType] = [
        "double": .double, "float": .float, "bool": .bool, "string": .string, "bytes": .bytes, "int32": .sfixed32,
        "int64": .sfixed64, "uint32": .fixed32, "uint64": .fixed64, "varint32": .int32, "varint64": .int64,
        "uvarint32": .uint32, "uvarint64": .uint64, "zigzag32": .sint32, "zigzag64": .sint64,
    ]

    /// The names of the scalar types, in a fixed order.
    static let scalarNames = scalars.keys.sorted()
}

/// Where a field is declared; what may be written differs.
enum FieldPlace: Equatable {
    case message, `extension`
    case oneof(Int)
}

/// The message or file that definitions are read into, as far as their paths are concerned.
struct DefinitionScope {
    var path: DescriptorPath
    /// The field numbers of its messages and of its extensions.
    var messagePart: Int32
    var extensionPart: Int32
    /// How many messages and extensions it has already.
    var messageCount: Int
    var extensionCount: Int
}

extension MessageSyntax {
    fileprivate func scope(_ path: DescriptorPath) -> DefinitionScope {
        DefinitionScope(
            path: path, messagePart: PathPart.Message.message, extensionPart: PathPart.Message.extension,
            messageCount: definitions.messages.count, extensionCount: definitions.extensions.count)
    }
}

extension Parser {
    /// The largest field number, 2^29 - 1.
    static let largestFieldNumber = 536_870_911

    mutating func readMessage(
        _ path: DescriptorPath, _ visibility: SymbolVisibility?, comment: [String]
    ) throws(SyntaxError) -> MessageSyntax {
        let place = begin(path)
        advance()
        let name = try readName(path + [PathPart.Message.name], "a message's name")
        var message = MessageSyntax(name: name, visibility: visibility, comment: comment)
        try readMessageBody(&message, path, place)
        end(place)
        return message
    }

    mutating func readMessageBody(
        _ message: inout MessageSyntax, _ path: DescriptorPath, _ place: Place
    ) throws(SyntaxError) {
        guard messageDepth < Self.deepestMessage else {
            throw SyntaxError(
                message: "messages may be nested \(Self.deepestMessage) levels deep, not deeper",
                range: message.name.range)
        }
        messageDepth += 1
        defer { messageDepth -= 1 }
        var body = message
        try block(place, "and the message's fields") { parser throws(SyntaxError) in
            try parser.readMessageStatement(&body, path)
        }
        message = body
    }

    private mutating func readMessageStatement(
        _ message: inout MessageSyntax, _ path: DescriptorPath
    ) throws(SyntaxError) {
        let visibility = try readVisibility()
        let comment = self.comment
        let scope = message.scope(path)
        switch current.kind == .identifier ? text(current) : "" {
        case "message":
            let inner = path + [PathPart.Message.message, Int32(message.definitions.messages.count)]
            message.definitions.messages.append(try readMessage(inner, visibility, comment: comment))
        case "enum":
            let inner = path + [PathPart.Message.enumeration, Int32(message.definitions.enums.count)]
            message.definitions.enums.append(try readEnum(inner, visibility, comment: comment))
        case "extend":
            var nested = DefinitionsSyntax()
            defer { message.definitions.append(nested) }
            try readExtend(scope, into: &nested)
        case "extensions":
            let inner = path + [PathPart.Message.extensionRange]
            message.extensionRanges += try readExtensionRanges(inner, count: message.extensionRanges.count)
        case "reserved":
            let target = ReservedTarget(
                ranges: path + [PathPart.Message.reservedRange], names: path + [PathPart.Message.reservedName],
                limits: 1...Int(Int32.max) - 1, max: Self.largestFieldNumber)
            try readReserved(target, ranges: &message.reservedRanges, names: &message.reservedNames)
        case "option": message.options.append(try readOptionStatement(path + [PathPart.Message.options]))
        case "oneof": try readOneof(&message, path, comment: comment)
        default:
            var nested = DefinitionsSyntax()
            defer { message.definitions.append(nested) }
            let inner = path + [PathPart.Message.field, Int32(message.fields.count)]
            message.fields.append(try readField(.message, inner, scope, definitions: &nested))
        }
    }

    private mutating func readOneof(
        _ message: inout MessageSyntax, _ path: DescriptorPath, comment: [String]
    ) throws(SyntaxError) {
        let index = message.oneofs.count
        let inner = path + [PathPart.Message.oneof, Int32(index)]
        let place = begin(inner)
        advance()
        let scope = message.scope(path)
        let fieldCount = message.fields.count
        var oneof = OneofSyntax(name: try readName(inner + [PathPart.Oneof.name], "a oneof's name"), comment: comment)
        message.oneofs.append(oneof)
        var nested = DefinitionsSyntax()
        var fields: [FieldSyntax] = []
        defer {
            message.fields += fields
            message.definitions.append(nested)
            message.oneofs[index] = oneof
        }
        try block(place, "and the oneof's fields", allowsEmptyStatements: false) { parser throws(SyntaxError) in
            if parser.at("option") {
                oneof.options.append(try parser.readOptionStatement(inner + [PathPart.Oneof.options]))
            } else {
                let field = path + [PathPart.Message.field, Int32(fieldCount + fields.count)]
                fields.append(try parser.readField(.oneof(index), field, scope, definitions: &nested))
            }
        }
        end(place)
    }

    mutating func readExtend(
        _ scope: DefinitionScope, into definitions: inout DefinitionsSyntax
    ) throws(SyntaxError) {
        let path = scope.path + [scope.extensionPart]
        let place = begin(path)
        advance()
        let extendee = try expectTypeName("the name of the message to extend")
        var nested = DefinitionsSyntax()
        defer { definitions.append(nested) }
        if matches(next, "}") { report("an 'extend' must have at least one field", extendee.range) }
        try block(place, "and the extension's fields", allowsEmptyStatements: false) { parser throws(SyntaxError) in
            let inner = path + [Int32(scope.extensionCount + nested.extensions.count)]
            let field = try parser.readField(
                .extension, inner, scope, extendee: extendee.range, definitions: &nested)
            nested.extensions.append(ExtensionSyntax(extendee: extendee, field: field))
        }
        end(place)
    }
}

extension DefinitionsSyntax {
    mutating func append(_ other: DefinitionsSyntax) {
        messages += other.messages
        enums += other.enums
        extensions += other.extensions
    }
}
