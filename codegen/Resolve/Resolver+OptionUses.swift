import Descriptors

// Where, and in which editions, an option may be set: its definition says so.

/// An option that a file sets.
struct OptionUse {
    var option: OptionSyntax
    var target: OptionTarget
    /// The fields that its name leads through.
    var chain: [FieldNode]
    var content: MessageValue.Content
}

/// A `feature_support`, as far as it matters.
private struct Support {
    var introduced: Edition?
    var removed: Edition?
    var removalError: String?

    init?(_ value: OptionValue?) {
        guard case .message(let fields)? = value?.kind else { return nil }
        for field in fields {
            guard case .plain(let name) = field.name else { continue }
            switch (name, field.value.kind) {
            case ("edition_introduced", .identifier(let word)): introduced = Edition(named: word)
            case ("edition_removed", .identifier(let word)): removed = Edition(named: word)
            case ("removal_error", .string(let text)): removalError = String(decoding: text, as: UTF8.self)
            default: break
            }
        }
    }
}

extension Edition {
    /// The edition of a name such as `EDITION_2023`.
    fileprivate init?(named name: String) {
        let names: [String: Edition] = [
            "EDITION_LEGACY": .legacy, "EDITION_PROTO2": .proto2, "EDITION_PROTO3": .proto3,
            "EDITION_2023": .edition2023, "EDITION_2024": .edition2024, "EDITION_2026": .edition2026,
            "EDITION_UNSTABLE": .unstable,
        ]
        guard let edition = names[name] else { return nil }
        self = edition
    }
}

extension OptionTarget {
    /// The word for it in `targets`.
    fileprivate var targetName: String {
        switch self {
        case .file: "TARGET_TYPE_FILE"
        case .message: "TARGET_TYPE_MESSAGE"
        case .field: "TARGET_TYPE_FIELD"
        case .oneof: "TARGET_TYPE_ONEOF"
        case .extensionRange: "TARGET_TYPE_EXTENSION_RANGE"
        case .enumeration: "TARGET_TYPE_ENUM"
        case .enumValue: "TARGET_TYPE_ENUM_ENTRY"
        case .service: "TARGET_TYPE_SERVICE"
        case .method: "TARGET_TYPE_METHOD"
        }
    }

    /// What it is, for a message.
    fileprivate var words: String {
        switch self {
        case .file: "a file"
        case .message: "a message"
        case .field: "a field"
        case .oneof: "a oneof"
        case .extensionRange: "an extension range"
        case .enumeration: "an enum"
        case .enumValue: "an enum value"
        case .service: "a service"
        case .method: "a method"
        }
    }
}

extension Resolver {
    func checkOptionUses(_ file: FileNode) {
        for use in file.optionUses {
            for field in use.chain { check(field, use, in: file) }
            if let field = use.chain.last { check(use.content, of: field, use, in: file) }
        }
    }

    private func check(_ content: MessageValue.Content, of field: FieldNode, _ use: OptionUse, in file: FileNode) {
        switch (content, field.type) {
        case (.varint(let bits), .enumeration(let node)):
            let number = Int(truncatingIfNeeded: Int64(bitPattern: bits))
            let position = node.syntax.values.firstIndex { $0.number.value == number }
            guard let position, node.valueOptions.indices.contains(position) else { return }
            let name = node.syntax.values[position].name.text
            checkSupport(node.valueOptions[position]["feature_support"], of: name, use, in: file)
        case (.message(let value), _):
            for entry in value.ordered {
                check(entry.field, use, in: file)
                for inner in entry.contents { check(inner, of: entry.field, use, in: file) }
            }
        default:
            break
        }
    }

    private func check(_ field: FieldNode, _ use: OptionUse, in file: FileNode) {
        let name = field.syntax.name.text
        if !field.targets.isEmpty, !field.targets.contains(use.target.targetName) {
            log.error("\"\(name)\" cannot be set on \(use.target.words)", at: file.location(use.option.range))
        }
        checkSupport(field.options["feature_support"], of: name, use, in: file)
    }

    private func checkSupport(_ value: OptionValue?, of name: String, _ use: OptionUse, in file: FileNode) {
        guard let support = Support(value) else { return }
        let location = file.location(use.option.range)
        if let introduced = support.introduced, file.edition < introduced {
            log.error(
                "\"\(name)\" came with edition \(introduced.written); this file is \(file.edition.written)",
                at: location)
        }
        if let removed = support.removed, file.edition >= removed {
            let reason = support.removalError.map { ": " + $0 } ?? ""
            log.error("\"\(name)\" ended with edition \(removed.written)\(reason)", at: location)
        }
    }
}
