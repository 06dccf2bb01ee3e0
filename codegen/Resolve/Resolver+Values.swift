// Checking the values of options and defaults against the types of their fields.

/// Where a value stands.
struct ValueContext {
    var file: FileNode
    var scope: String
    /// Inside of `{}`, where text format's rules hold: numbers for enums and bools are allowed there.
    var inAggregate: Bool
}

extension Resolver {
    /// Reports it if `value` cannot be a value of `field`.
    func check(_ value: OptionValue, for field: FieldNode, written: String, _ context: ValueContext) {
        func fail(_ expected: String) {
            log.error("\"\(written)\" must be \(expected)", at: context.file.location(value.range))
        }
        switch field.type {
        case .unknown:
            return
        case .scalar(let type):
            if let expected = type.mismatch(value.kind, inAggregate: context.inAggregate) { fail(expected) }
        case .enumeration(let node):
            checkEnum(value, node, written: written, context)
        case .message(let message):
            guard case .message(let fields) = value.kind else {
                return fail("a message: \(written) = { ... }, or one of its fields: \(written).field = ...")
            }
            check(fields, of: message, context)
        }
    }

    private func checkEnum(_ value: OptionValue, _ node: EnumNode, written: String, _ context: ValueContext) {
        let location = context.file.location(value.range)
        switch value.kind {
        case .identifier(let name):
            let names = node.syntax.values.lazy.map(\.name.text)
            guard !names.contains(name) else { return }
            var text = "the enum \"\(node.fullName)\" has no value \"\(name)\""
            if let similar = Spelling.closest(to: name, among: names) { text += "; did you mean \"\(similar)\"?" }
            log.error(text, at: location)
        case .integer(let magnitude, let isNegative) where context.inAggregate:
            let number = Int(exactly: magnitude).map { isNegative ? -$0 : $0 }
            let isKnown = node.syntax.values.contains { $0.number.value == number }
            if !isKnown, node.isClosed {
                log.error("the enum \"\(node.fullName)\" has no value of this number", at: location)
            }
        default:
            log.error("\"\(written)\" must be the name of a value of \"\(node.fullName)\"", at: location)
        }
    }

    /// Checks a message in text format.
    private func check(_ fields: [AggregateField], of message: MessageNode, _ context: ValueContext) {
        var inner = context
        inner.inAggregate = true
        var set: Set<String> = []
        for aggregate in fields {
            guard let field = field(aggregate, of: message, inner) else { continue }
            let name = field.syntax.name.text
            let location = context.file.location(aggregate.range)
            if !field.isRepeated, !set.insert(field.fullName).inserted {
                log.error("\"\(name)\" is set already", at: location)
            }
            guard case .list(let elements) = aggregate.value.kind else {
                check(aggregate.value, for: field, written: name, inner)
                continue
            }
            if !field.isRepeated {
                log.error("\"\(name)\" is not repeated and takes no list", at: location)
            } else {
                for element in elements { check(element, for: field, written: name, inner) }
            }
        }
        for field in message.fields where field.syntax.label == .required && !set.contains(field.fullName) {
            log.error(
                "\"\(message.fullName)\" needs a value for its required field \"\(field.syntax.name.text)\"",
                at: context.file.location(fields.first?.range ?? SourceRange(start: 0, end: 0)))
        }
    }

    private func field(
        _ aggregate: AggregateField, of message: MessageNode, _ context: ValueContext
    ) -> FieldNode? {
        let location = context.file.location(aggregate.range)
        switch aggregate.name {
        case .extension(let name):
            return optionExtension(
                Name(text: name, range: aggregate.range), of: message, from: context.scope, in: context.file)
        case .any(let url):
            checkAny(url, aggregate.value, of: message, at: location, context)
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
    private func checkAny(
        _ url: String, _ value: OptionValue, of message: MessageNode, at location: SourceLocation,
        _ context: ValueContext
    ) {
        guard message.fullName == "google.protobuf.Any" else {
            return log.error("\"\(message.fullName)\" is not a google.protobuf.Any", at: location)
        }
        let name = url.split(separator: "/").last.map(String.init) ?? url
        guard case .message(let content)? = symbols[name]?.symbol else {
            return log.error("\"\(name)\" is not a known message", at: location)
        }
        guard case .message(let fields) = value.kind else {
            return log.error("the content of an Any must be a message in '{}'", at: location)
        }
        check(fields, of: content, context)
    }
}

// MARK: Scalars

extension FieldType {
    /// The values of an integer type.
    fileprivate var integerLimits: (lowest: Int64, highest: UInt64)? {
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
            checkEnum(option.value, node, written: "default", context)
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
