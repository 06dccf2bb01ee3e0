/// Writes one message and the types nested in it.
struct MessageRenderer {
    let message: MessageModel
    /// The full names of the enclosing messages, outermost first, and of this one.
    let scope: [String]
    let index: SchemaIndex
    let names: TypeNames
    let table: FileTable
    let members: MemberNames
    let layout: StructLayout
    /// By position in the message's oneofs: the positions of its fields.
    let oneofMembers: [[Int]]

    init(_ message: MessageModel, scope: [String], index: SchemaIndex, names: TypeNames, table: FileTable) {
        self.message = message
        self.scope = scope + [message.fullName]
        self.index = index
        self.names = names
        self.table = table
        members = MemberNames(message, types: names.typesNested(in: message))
        layout = StructLayout(message)
        var oneofMembers = Array(repeating: [Int](), count: message.oneofs.count)
        for (position, field) in message.fields.enumerated() {
            if let oneof = field.oneofIndex { oneofMembers[oneof].append(position) }
        }
        self.oneofMembers = oneofMembers
    }

    func render(to source: inout SourceText) {
        source.documentation(message.comment, isDeprecated: message.isDeprecated)
        let head = "public struct \(names.localName(of: message.fullName)): Protobuf.Message"
        source.block(head) { source in
            properties(to: &source)
            source.line("public var unknownFields = Protobuf.UnknownFields()")
            source.line()
            source.line("public init() {}")
            if !message.fields.isEmpty { memberwise(to: &source) }
            defaults(to: &source)
            for position in message.oneofs.indices { oneof(position, to: &source) }
            for model in message.enums {
                source.line()
                EnumRenderer(model, names: names).render(to: &source)
            }
            for inner in message.messages where !inner.isMapEntry {
                source.line()
                MessageRenderer(inner, scope: scope, index: index, names: names, table: table).render(to: &source)
            }
            wire(to: &source)
        }
    }

    // MARK: Properties

    /// The properties in the order of the fields; a oneof comes where its first member is.
    enum Property {
        case field(Int)
        case oneof(Int)
    }

    var order: [Property] {
        var seen: Set<Int> = []
        return message.fields.indices.compactMap { position in
            guard let oneof = message.fields[position].oneofIndex else { return .field(position) }
            return seen.insert(oneof).inserted ? .oneof(oneof) : nil
        }
    }

    /// The property's name and type, and its value where it is not set.
    func declaration(_ property: Property) -> (name: String, type: String, initial: String) {
        switch property {
        case .oneof(let position):
            let type = Reserved.quoted(names.oneofName(position, of: message))
            return (Reserved.quoted(members.oneofs[position]), "\(type)?", "nil")
        case .field(let position):
            let field = message.fields[position]
            let name = Reserved.quoted(members.fields[position])
            if let entry = index.mapEntry(of: field) {
                return (name, "[\(type(entry.fields[0].type)): \(type(entry.fields[1].type))]", "[:]")
            }
            if field.label == .repeated { return (name, "[\(type(field.type))]", "[]") }
            if field.hasPresence { return (name, "\(type(field.type))?", "nil") }
            return (name, type(field.type), initial(field.type))
        }
    }

    private func properties(to source: inout SourceText) {
        for property in order {
            let (name, type, initial) = declaration(property)
            var isIndirect = false
            switch property {
            case .oneof(let position):
                source.documentation(message.oneofs[position].comment)
            case .field(let position):
                let field = message.fields[position]
                source.documentation(field.comment, isDeprecated: field.isDeprecated)
                if index.isRecursive(field, of: message) { isIndirect = true }
            }
            let value = initial == "nil" ? "" : " = \(initial)"
            if isIndirect { source.line("@Protobuf.Indirect") }
            source.line("public var \(name): \(type)\(value)")
        }
    }

    private func memberwise(to source: inout SourceText) {
        let properties = order.map(declaration)
        source.line()
        source.line("public init(")
        source.indented { source in
            for (position, property) in properties.enumerated() {
                let comma = position + 1 < properties.count ? "," : ""
                source.line("\(property.name): \(property.type) = \(property.initial)\(comma)")
            }
        }
        source.block(")") { source in
            for property in properties { source.line("self.\(property.name) = \(property.name)") }
        }
    }

    // MARK: proto2 defaults

    private func defaults(to source: inout SourceText) {
        for (position, field) in message.fields.enumerated() {
            guard let name = members.defaults[position], let value = field.defaultValue,
                let text = literal(value, field.type)
            else { continue }
            let property = Reserved.quoted(members.fields[position])
            source.line()
            source.line("/// ``\(members.fields[position])``, or its default where it is not set.")
            source.line("public var \(name): \(type(field.type)) { self.\(property) ?? \(text) }")
        }
    }

    /// A default as source text; nil where the schema's text is none.
    private func literal(_ value: FieldModel.DefaultValue, _ type: FieldType) -> String? {
        switch (value, type) {
        case (.text("inf"), _): return ".infinity"
        case (.text("-inf"), _): return "-.infinity"
        case (.text("nan"), _): return ".nan"
        case (.text(let name), .enumeration(let fullName)):
            return index.caseName(of: fullName) { $0.name == name }.map { ".\($0)" }
        case (.text(let text), .string): return literal(utf8: Array(text.utf8))
        case (.text(let text), .bytes): return literal(bytes: Array(text.utf8))
        case (.bytes(let bytes), .bytes): return literal(bytes: bytes)
        case (.bytes(let bytes), _): return literal(utf8: bytes)
        case (.text(let text), .float):
            return fraction(number(text), { Float($0) }, bits: { "Swift.Float(bitPattern: \($0.bitPattern))" })
        case (.text(let text), .double):
            return fraction(number(text), { Double($0) }, bits: { "Swift.Double(bitPattern: \($0.bitPattern))" })
        case (.text(let text), _): return number(text)
        }
    }

    /// A literal of a fraction. Swift warns of those that it cannot hold exactly enough: what is too large is infinite,
    /// and what is very small is given by its bits.
    private func fraction<Value: BinaryFloatingPoint>(
        _ text: String, _ parse: (String) -> Value?, bits: (Value) -> String
    ) -> String {
        guard let value = parse(text) else { return text }
        if value.isInfinite { return value < 0 ? "-.infinity" : ".infinity" }
        return value.isSubnormal ? bits(value) : text
    }

    /// A number as Swift writes it: octal has another prefix, a fraction needs digits on both sides.
    private func number(_ text: String) -> String {
        let sign = text.hasPrefix("-") ? "-" : ""
        var digits = String(text.drop { $0 == "-" || $0 == "+" || $0 == " " })
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") { return sign + "0x" + digits.dropFirst(2) }
        if digits.count > 1, digits.hasPrefix("0"), digits.allSatisfy(\.isNumber) {
            return sign + "0o" + digits.dropFirst()
        }
        if digits.last == "f" || digits.last == "F" { digits.removeLast() }
        if digits.hasPrefix(".") { digits = "0" + digits }
        digits = digits.replacing(".e", with: ".0e").replacing(".E", with: ".0e")
        if digits.hasSuffix(".") { digits += "0" }
        return sign + digits
    }

    private func literal(utf8: [UInt8]) -> String {
        let escaped = String(decoding: utf8, as: UTF8.self).unicodeScalars.map { scalar in
            let isPlain = scalar.isASCII && scalar.value >= 0x20 && scalar.value < 0x7f
            if isPlain, scalar != "\"", scalar != "\\" { return String(Character(scalar)) }
            return "\\u{\(String(scalar.value, radix: 16))}"
        }
        return "\"\(escaped.joined())\""
    }

    private func literal(bytes: [UInt8]) -> String {
        "[\(bytes.map(String.init).joined(separator: ", "))]"
    }

    // MARK: Types

    func type(_ type: FieldType) -> String {
        switch type {
        case .double: return "Swift.Double"
        case .float: return "Swift.Float"
        case .int32, .sint32, .sfixed32: return "Swift.Int32"
        case .int64, .sint64, .sfixed64: return "Swift.Int64"
        case .uint32, .fixed32: return "Swift.UInt32"
        case .uint64, .fixed64: return "Swift.UInt64"
        case .bool: return "Swift.Bool"
        case .string: return "Swift.String"
        case .bytes: return "Protobuf.Bytes"
        case .message(let name), .group(let name), .enumeration(let name):
            return names.reference(to: name, within: scope)
        }
    }

    private func initial(_ type: FieldType) -> String {
        switch type {
        case .bool: return "false"
        case .string: return "\"\""
        case .bytes: return "Protobuf.Bytes()"
        case .enumeration(let name):
            return ".\(index.caseName(of: name) { $0.number == 0 } ?? "unrecognized(0)")"
        default: return "0"
        }
    }
}
