import Protobuf

// Checking the values of options against the types of their fields.

/// Where a value stands.
struct ValueContext {
    var file: FileNode
    var scope: String
    /// Inside of `{}`, where text format's rules hold: numbers for enums and bools are allowed there.
    var inAggregate: Bool
}

extension MessageValue {
    /// Sets the field that the last of `chain` is, in the messages that the others lead through.
    func set(_ content: Content, along chain: [FieldNode]) {
        var target = self
        for field in chain.dropLast() {
            guard let inner = target.message(of: field) else { return }
            target = inner
        }
        if let field = chain.last { target.add(content, to: field) }
    }
}

extension Resolver {
    /// What `value` comes to as a value of `field`; nil, and an error, if it cannot be one.
    func content(
        of value: OptionValue, for field: FieldNode, written: String, _ context: ValueContext
    ) -> MessageValue.Content? {
        func fail(_ expected: String) -> MessageValue.Content? {
            log.error("\"\(written)\" must be \(expected)", at: context.file.location(value.range))
            return nil
        }
        switch field.type {
        case .unknown:
            return nil
        case .scalar(let type):
            if let expected = type.mismatch(value.kind, inAggregate: context.inAggregate) { return fail(expected) }
            if type == .string, case .string(let bytes) = value.kind, !bytes.isValidUTF8 { return fail("UTF-8") }
            return type.content(of: value.kind)
        case .enumeration(let node):
            return enumContent(value, node, written: written, context)
        case .message(let message):
            guard case .message(let fields) = value.kind else {
                return fail("a message: \(written) = { ... }, or one of its fields: \(written).field = ...")
            }
            return .message(messageValue(of: fields, in: message, at: value.range, context))
        }
    }

    private func enumContent(
        _ value: OptionValue, _ node: EnumNode, written: String, _ context: ValueContext
    ) -> MessageValue.Content? {
        let location = context.file.location(value.range)
        switch value.kind {
        case .identifier(let name):
            if let known = node.syntax.values.first(where: { $0.name.text == name }) {
                return .varint(UInt64(bitPattern: Int64(known.number.value)))
            }
            var text = "the enum \"\(node.fullName)\" has no value \"\(name)\""
            if let similar = Spelling.closest(to: name, among: node.syntax.values.lazy.map(\.name.text)) {
                text += "; did you mean \"\(similar)\"?"
            }
            log.error(text, at: location)
        case .integer(let magnitude, let isNegative) where context.inAggregate:
            let number = Int(exactly: magnitude).map { isNegative ? -$0 : $0 }
            let isKnown = node.syntax.values.contains { $0.number.value == number }
            if let number, isKnown || !node.isClosed { return .varint(UInt64(bitPattern: Int64(number))) }
            log.error("the enum \"\(node.fullName)\" has no value of this number", at: location)
        default:
            log.error("\"\(written)\" must be the name of a value of \"\(node.fullName)\"", at: location)
        }
        return nil
    }

    /// Checks a message in text format.
    private func messageValue(
        of fields: [AggregateField], in message: MessageNode, at range: SourceRange, _ context: ValueContext
    ) -> MessageValue {
        let result = MessageValue(type: message)
        var inner = context
        inner.inAggregate = true
        var set: Set<String> = []
        for aggregate in fields {
            if case .any(let url) = aggregate.name {
                addAny(url, aggregate, to: result, inner)
                continue
            }
            guard let field = field(aggregate, of: message, inner) else { continue }
            let name = field.syntax.name.text
            let location = context.file.location(aggregate.range)
            if !field.isRepeated, !set.insert(field.fullName).inserted {
                log.error("\"\(name)\" is set already", at: location)
            }
            var elements = [aggregate.value]
            if case .list(let list) = aggregate.value.kind {
                elements = list
                if !field.isRepeated { log.error("\"\(name)\" is not repeated and takes no list", at: location) }
            }
            for element in elements {
                if let content = content(of: element, for: field, written: name, inner) {
                    result.add(content, to: field)
                }
            }
        }
        for field in message.fields where field.syntax.label == .required && !set.contains(field.fullName) {
            log.error(
                "\"\(message.fullName)\" needs a value for its required field \"\(field.syntax.name.text)\"",
                at: context.file.location(fields.first?.range ?? range))
        }
        return result
    }

    private func field(
        _ aggregate: AggregateField, of message: MessageNode, _ context: ValueContext
    ) -> FieldNode? {
        let location = context.file.location(aggregate.range)
        switch aggregate.name {
        case .extension(let name):
            return optionExtension(
                Name(text: name, range: aggregate.range), of: message, from: context.scope, in: context.file)
        case .any:
            return nil
        case .plain(let name):
            // A group goes by its type's name in text format.
            let found = message.fields.first {
                if $0.syntax.isGroup, case .named(let type) = $0.syntax.type { return type.text == name }
                return $0.syntax.name.text == name
            }
            if let found { return found }
            var text = "\"\(message.fullName)\" has no field \"\(name)\""
            if let similar = Spelling.closest(to: name, among: message.fields.lazy.map(\.syntax.name.text)) {
                text += "; did you mean \"\(similar)\"?"
            }
            log.error(text, at: location)
            return nil
        }
    }

    /// `[type.googleapis.com/name] { ... }`
    private func addAny(_ url: String, _ aggregate: AggregateField, to target: MessageValue, _ context: ValueContext) {
        let location = context.file.location(aggregate.range)
        guard target.type.fullName == "google.protobuf.Any", let urlField = target.type.field(numbered: 1),
            let valueField = target.type.field(numbered: 2)
        else {
            return log.error("\"\(target.type.fullName)\" is not a google.protobuf.Any", at: location)
        }
        let name = url.split(separator: "/").last.map(String.init) ?? url
        guard case .message(let type)? = symbols[name]?.symbol else {
            return log.error("\"\(name)\" is not a known message", at: location)
        }
        guard case .message(let fields) = aggregate.value.kind else {
            return log.error("the content of an Any must be a message in '{}'", at: location)
        }
        let content = messageValue(of: fields, in: type, at: aggregate.value.range, context)
        target.add(.bytes(Array(url.utf8)), to: urlField)
        target.add(.bytes(content.fields.encoded()), to: valueField)
    }
}

extension MessageNode {
    func field(numbered number: Int) -> FieldNode? { fields.first { $0.number == number } }
}

// MARK: Scalars

extension FieldType {
    /// The values of an integer type.
    private var integerLimits: (lowest: Int64, highest: UInt64)? {
        switch self {
        case .int32, .sint32, .sfixed32: (Int64(Int32.min), UInt64(Int32.max))
        case .int64, .sint64, .sfixed64: (Int64.min, UInt64(Int64.max))
        case .uint32, .fixed32: (0, UInt64(UInt32.max))
        case .uint64, .fixed64: (0, UInt64.max)
        default: nil
        }
    }

    /// What a value of this scalar type must be, if `value` is none.
    fileprivate func mismatch(_ value: OptionValue.Kind, inAggregate: Bool) -> String? {
        if let limits = integerLimits {
            guard case .integer(let magnitude, let isNegative) = value,
                isNegative ? limits.lowest < 0 && magnitude <= limits.lowest.magnitude : magnitude <= limits.highest
            else { return "an integer from \(limits.lowest) to \(limits.highest)" }
            return nil
        }
        switch (self, value) {
        case (.float, .float), (.double, .float), (.float, .integer), (.double, .integer): return nil
        case (.float, .identifier(let word)), (.double, .identifier(let word)):
            let isNumber = word == "inf" || word == "nan" || (inAggregate && word == "infinity")
            return isNumber ? nil : "a number"
        case (.float, _), (.double, _): return "a number"
        case (.bool, .identifier("true")), (.bool, .identifier("false")): return nil
        case (.bool, .identifier(let word)) where inAggregate && ["True", "False", "t", "f"].contains(word): return nil
        case (.bool, .integer(0...1, isNegative: false)) where inAggregate: return nil
        case (.bool, _): return "true or false"
        case (.string, .string), (.bytes, .string): return nil
        default: return "a string in quotes"
        }
    }

    /// A value of this type that has been checked, as it stands on the wire.
    fileprivate func content(of value: OptionValue.Kind) -> MessageValue.Content? {
        switch value {
        case .string(let bytes): return .bytes(bytes)
        case .float(let number): return floatContent(number)
        case .identifier("inf"), .identifier("infinity"): return floatContent(.infinity)
        case .identifier("nan"): return floatContent(.nan)
        case .identifier(let word): return .varint(["true", "True", "t"].contains(word) ? 1 : 0)
        case .integer(let magnitude, let isNegative):
            return integerContent(magnitude, isNegative)
        case .message, .list: return nil
        }
    }

    private func floatContent(_ number: Double) -> MessageValue.Content {
        self == .float ? .fixed32(Float(number).bitPattern) : .fixed64(number.bitPattern)
    }

    private func integerContent(_ magnitude: UInt64, _ isNegative: Bool) -> MessageValue.Content {
        let bits = isNegative ? 0 &- magnitude : magnitude
        switch self {
        case .float: return .fixed32((isNegative ? -Float(magnitude) : Float(magnitude)).bitPattern)
        case .double: return floatContent(isNegative ? -Double(magnitude) : Double(magnitude))
        case .sint32, .sint64:
            let number = Int64(bitPattern: bits)
            return .varint(UInt64(bitPattern: number << 1 ^ number >> 63))
        case .fixed32, .sfixed32: return .fixed32(UInt32(truncatingIfNeeded: bits))
        case .fixed64, .sfixed64: return .fixed64(bits)
        default: return .varint(bits)
        }
    }

    /// A default value in its canonical form: integers in decimal, floats as Swift writes them, strings as bytes.
    fileprivate func canonicalDefault(_ value: OptionValue.Kind) -> FieldModel.DefaultValue? {
        switch value {
        case .string(let bytes):
            return .bytes(bytes)
        case .integer(let magnitude, let isNegative):
            let isFloat = self == .float || self == .double
            let sign = isNegative && (magnitude != 0 || isFloat) ? "-" : ""
            return isFloat ? canonicalFloat(Double(magnitude) * (isNegative ? -1 : 1)) : .text(sign + String(magnitude))
        case .float(let number):
            return canonicalFloat(number)
        case .identifier(let word):
            return .text(word)
        case .message, .list:
            return nil
        }
    }

    private func canonicalFloat(_ number: Double) -> FieldModel.DefaultValue {
        .text(self == .float ? "\(Float(number))" : "\(number)")
    }
}

// MARK: Defaults

extension Resolver {
    func applyDefault(_ option: OptionSyntax, to field: FieldNode) {
        let file = field.file
        func fail(_ message: String) { log.error(message, at: file.location(option.range)) }
        if file.isProto3 { return fail("proto3 has no default values") }
        if field.isRepeated { return fail("a repeated field has no default value") }
        switch field.type {
        case .unknown:
            return
        case .message:
            return fail("a message has no default value")
        case .enumeration(let node):
            let context = ValueContext(file: file, scope: field.fullName, inAggregate: false)
            _ = enumContent(option.value, node, written: "default", context)
            if case .identifier(let name) = option.value.kind { field.defaultValue = .text(name) }
        case .scalar(let type):
            if let expected = type.mismatch(option.value.kind, inAggregate: false) {
                return log.error("the default of this field must be \(expected)", at: file.location(option.value.range))
            }
            if type == .string, case .string(let bytes) = option.value.kind, !bytes.isValidUTF8 {
                return log.error("the default of a string field must be UTF-8", at: file.location(option.value.range))
            }
            field.defaultValue = type.canonicalDefault(option.value.kind)
        }
    }
}

extension [UInt8] {
    var isValidUTF8: Bool { String(validating: self, as: UTF8.self) != nil }
}
