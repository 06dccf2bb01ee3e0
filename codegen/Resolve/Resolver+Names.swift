import Descriptors

// Names in the style that editions since 2024 enforce.

extension Resolver {
    func checkNames(_ message: MessageNode) {
        guard message.syntax.kind != .mapEntry else { return }
        if message.features.namingStyle.isEnforced {
            report(message.syntax.name.text.titleCaseFlaw, of: "message", message.syntax.name, in: message.file)
        }
        for (oneof, set) in zip(message.syntax.oneofs, message.oneofOptions) {
            guard message.features.merging(set.features).namingStyle.isEnforced else { continue }
            report(oneof.name.text.snakeCaseFlaw, of: "oneof", oneof.name, in: message.file)
        }
    }

    func checkNames(_ field: FieldNode) {
        guard field.features.namingStyle.isEnforced else { return }
        report(field.syntax.name.text.snakeCaseFlaw, of: "field", field.syntax.name, in: field.file)
    }

    func checkNames(_ node: EnumNode) {
        if node.features.namingStyle.isEnforced {
            report(node.syntax.name.text.titleCaseFlaw, of: "enum", node.syntax.name, in: node.file)
        }
        for (value, set) in zip(node.syntax.values, node.valueOptions) {
            guard node.features.merging(set.features).namingStyle.isEnforced else { continue }
            report(value.name.text.upperSnakeCaseFlaw, of: "enum value", value.name, in: node.file)
        }
    }

    /// Reports a name's flaw, if it has one.
    func report(_ flaw: String?, of kind: String, _ name: Name, in file: FileNode) {
        guard let flaw else { return }
        log.error(
            "the \(kind)'s name \"\(name.text)\" \(flaw); features.enforce_naming_style = STYLE_LEGACY allows it",
            at: file.location(name.range))
    }
}

extension FeatureSet.EnforceNamingStyle {
    var isEnforced: Bool { self == .style2024 || self == .style2026 }
}

extension String {
    /// What is wrong with it as a name in `TitleCase`.
    var titleCaseFlaw: String? {
        if !utf8.allSatisfy({ $0.isLetter || $0.isDigit }) { return "should be in TitleCase" }
        return utf8.first?.isUpper == true ? nil : "should begin with a capital letter"
    }

    /// What is wrong with it as a name in `lower_snake_case`.
    var snakeCaseFlaw: String? {
        let isPlain = utf8.allSatisfy { byte in
            (byte.isLetter && !byte.isUpper) || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        }
        if !isPlain { return "should be in lower_snake_case" }
        if utf8.first?.isLetter != true { return "should begin with a small letter" }
        return underscoreFlaw
    }

    /// What is wrong with it as a name in `UPPER_SNAKE_CASE`.
    var upperSnakeCaseFlaw: String? {
        if !utf8.allSatisfy({ $0.isUpper || $0.isDigit || $0 == UInt8(ascii: "_") }) {
            return "should be in UPPER_SNAKE_CASE"
        }
        if utf8.first?.isUpper != true { return "should begin with a capital letter" }
        return underscoreFlaw
    }

    private var underscoreFlaw: String? {
        let bytes = Array(utf8)
        let isFine =
            bytes.last != UInt8(ascii: "_")
            && zip(bytes, bytes.dropFirst()).allSatisfy { $0 != UInt8(ascii: "_") || $1.isLetter }
        return isFine ? nil : "has an underscore that no letter follows"
    }
}
