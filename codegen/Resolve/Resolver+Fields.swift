// What protobuf demands of a field, an extension and an enum.

extension Resolver {
    func check(_ field: FieldNode) {
        let file = field.file
        let syntax = field.syntax
        if file.isProto3, syntax.label == .required {
            log.error("proto3 has no required fields", at: file.location(syntax.typeRange))
        }
        checkMap(field)
        checkEnumOfProto3(field)
        checkFieldOptions(field)
    }

    private func checkMap(_ field: FieldNode) {
        if case .message(let type) = field.type, type.isMapEntry, !field.syntax.isMap {
            let location = field.file.location(field.syntax.typeRange)
            return log.error("\"\(type.fullName)\" is the entry type of a map; write map<Key, Value>", at: location)
        }
        guard let entry = field.message, entry.isMapEntry, field.extendee == nil else { return }
        if field.syntax.number.value == 1 {
            checkMapKey(field)
        } else if case .enumeration(let node) = field.type,
            node.syntax.values.first.map({ $0.number.value != 0 }) == true
        {
            log.error(
                "the first value of an enum in a map must be 0; that of \"\(node.fullName)\" is not",
                at: field.file.location(field.syntax.typeRange))
        }
    }

    private func checkMapKey(_ field: FieldNode) {
        let isKey: Bool
        switch field.type {
        case .scalar(.double), .scalar(.float), .scalar(.bytes), .message, .enumeration: isKey = false
        case .scalar, .unknown: isKey = true
        }
        if !isKey {
            log.error(
                "a map's key must be an integer, a bool or a string", at: field.file.location(field.syntax.typeRange))
        }
    }

    /// A proto3 message cannot hold a proto2 enum, which does not know every number.
    private func checkEnumOfProto3(_ field: FieldNode) {
        guard field.file.isProto3, case .enumeration(let node) = field.type, node.isClosed else { return }
        log.error(
            "\"\(node.fullName)\" is a closed enum, and a proto3 message cannot use it",
            at: field.file.location(field.syntax.typeRange))
    }

    private func checkFieldOptions(_ field: FieldNode) {
        let file = field.file
        if let packed = field.options["packed"], field.options.isTrue("packed"), !field.isPackable {
            if case .unknown = field.type { return }
            log.error(
                "only a repeated field of numbers, bools or enums can be packed", at: file.location(packed.range))
        }
        if let lazy = field.options["lazy"] ?? field.options["unverified_lazy"] {
            if case .scalar = field.type {
                log.error("only a message field can be lazy", at: file.location(lazy.range))
            }
        }
        if let lazy = field.options["unverified_lazy"], field.options.isTrue("unverified_lazy"), field.extendee != nil {
            log.error("an extension cannot be unverified_lazy", at: file.location(lazy.range))
        }
        if let jstype = field.options["jstype"], !field.isWideInteger {
            if case .identifier("JS_NORMAL") = jstype.kind { return }
            if case .unknown = field.type { return }
            log.error("jstype is for 64-bit integers only", at: file.location(jstype.range))
        }
    }
}

extension FieldNode {
    fileprivate var isWideInteger: Bool {
        switch type {
        case .scalar(.int64), .scalar(.uint64), .scalar(.sint64), .scalar(.fixed64), .scalar(.sfixed64): true
        default: false
        }
    }
}

// MARK: Extensions

extension Resolver {
    func checkExtensions(_ extensions: [FieldNode]) {
        for field in extensions {
            check(field)
            guard let message = field.message else { continue }
            checkExtension(field, of: message)
        }
    }

    private func checkExtension(_ field: FieldNode, of message: MessageNode) {
        let file = field.file
        let location = file.location(field.syntax.number.range)
        if file.isProto3, !message.fullName.isOptionsMessage {
            log.error(
                "proto3 can extend only protobuf's own options, such as google.protobuf.FieldOptions",
                at: file.location(field.extendee?.range ?? field.syntax.name.range))
        }
        if field.syntax.label == .required {
            log.error("an extension cannot be required", at: file.location(field.syntax.name.range))
        }
        if message.isMessageSet {
            if case .scalar = field.type {
                log.error("an extension of a message set must be a message", at: file.location(field.syntax.typeRange))
            } else if field.isRepeated || field.isRequired {
                log.error("an extension of a message set must be optional", at: file.location(field.syntax.name.range))
            } else if field.isDelimited {
                log.error(
                    "an extension of a message set cannot be written as a group is",
                    at: file.location(field.syntax.name.range))
            }
        }
        guard checkNumberRange(field, of: message) else { return }
        let number = field.syntax.number.value
        let declared = message.extensionRanges
        if !declared.contains(where: { $0.contains(number) }) {
            let ranges = declared.map(\.written).joined(separator: ", ")
            let known = ranges.isEmpty ? "it has none" : "it has \(ranges)"
            log.error("\"\(message.fullName)\" has no extension range with \(number); \(known)", at: location)
        }
        let key = ExtensionKey(message: message.fullName, number: number)
        if let other = extensionOwners[key] {
            log.error(
                "the number \(number) of \"\(message.fullName)\" is used by the extension \"\(other)\" already",
                at: location)
        } else {
            extensionOwners[key] = field.fullName
        }
    }
}

/// A number of a message, of which each may be extended once.
struct ExtensionKey: Hashable {
    var message: String
    var number: Int
}

extension String {
    /// Whether this is the full name of one of the messages that hold options.
    var isOptionsMessage: Bool {
        let prefix = "google.protobuf."
        guard hasPrefix(prefix) else { return false }
        return OptionTarget(rawValue: String(dropFirst(prefix.count))) != nil
    }
}

// MARK: Enums

extension Resolver {
    func check(_ node: EnumNode) {
        let file = node.file
        let syntax = node.syntax
        guard let first = syntax.values.first else {
            return log.error("an enum must have at least one value", at: file.location(syntax.name.range))
        }
        if !node.isClosed, first.number.value != 0 {
            log.error("the first value of an open enum must be 0", at: file.location(first.number.range))
        }
        checkAliases(node)
        reportOverlaps(of: syntax.reservedRanges.map { ($0, "reserved") }, in: file)
        for value in syntax.values {
            if let range = syntax.reservedRanges.first(where: { $0.contains(value.number.value) }) {
                log.error(
                    "the number \(value.number.value) is reserved\(range.place(in: file))",
                    at: file.location(value.number.range))
            }
        }
        checkReservedNames(syntax.reservedNames, in: file, named: syntax.values.map(\.name), kind: "value")
        checkShortNames(node)
    }

    private func checkAliases(_ node: EnumNode) {
        let allowsAlias = node.options.isTrue("allow_alias")
        var owners: [Int: String] = [:]
        var hasAlias = false
        let numbers = node.syntax.values.map(\.number.value)
        var free = FreeNumbers(
            taken: numbers.map { $0...$0 } + node.syntax.reservedRanges.map { $0.first...$0.last },
            limits: 0...Int(Int32.max), from: max(0, (numbers.max() ?? 0) + 1))
        for value in node.syntax.values {
            guard let owner = owners[value.number.value] else {
                owners[value.number.value] = value.name.text
                continue
            }
            hasAlias = true
            if allowsAlias { continue }
            let suggestion = free.next().map { "; the next free number is \($0)" } ?? ""
            log.error(
                "\"\(owner)\" has the number \(value.number.value) already\(suggestion); if an alias is meant, set "
                    + "'option allow_alias = true;'",
                at: node.file.location(value.number.range))
        }
        guard let option = node.options["allow_alias"], !allowsAlias || !hasAlias else { return }
        log.error(
            allowsAlias
                ? "allow_alias is set, but no two values have the same number; remove it"
                : "allow_alias is false by itself; remove it",
            at: node.file.location(option.range))
    }

    /// Many languages drop the enum's name from its values' names; what is left must differ.
    private func checkShortNames(_ node: EnumNode) {
        let file = node.file
        let isLenient = node.options.isTrue("deprecated_legacy_json_field_conflicts")
        var owners: [String: EnumSyntax.Value] = [:]
        for value in node.syntax.values {
            let short = value.name.text.droppingEnumName(node.syntax.name.text)
            guard let other = owners[short] else {
                owners[short] = value
                continue
            }
            if other.number.value == value.number.value || other.name.text == value.name.text { continue }
            let text =
                "\"\(value.name.text)\" is the same as \"\(other.name.text)\" once case and the enum's name are dropped"
            let location = file.location(value.name.range)
            if isLenient { log.warning(text, at: location) } else { log.error(text, at: location) }
        }
    }
}

extension String {
    /// A value's name in the form that languages shorten it to: without the enum's name, in `PascalCase`.
    fileprivate func droppingEnumName(_ enumName: String) -> String {
        let name = Array(utf8)
        let prefix = enumName.utf8.filter { $0 != UInt8(ascii: "_") }.map { $0.isUpper ? $0 | 0x20 : $0 }
        var position = 0
        var matched = 0
        while position < name.count, matched < prefix.count {
            let byte = name[position]
            if byte != UInt8(ascii: "_") {
                guard (byte.isUpper ? byte | 0x20 : byte) == prefix[matched] else { break }
                matched += 1
            }
            position += 1
        }
        var rest = name[(matched == prefix.count ? position : 0)...]
        while matched == prefix.count, rest.first == UInt8(ascii: "_") { rest = rest.dropFirst() }
        if rest.isEmpty { rest = name[...] }
        var result: [UInt8] = []
        var capitalize = true
        for byte in rest {
            if byte == UInt8(ascii: "_") {
                capitalize = true
            } else {
                let lower = byte.isUpper ? byte | 0x20 : byte
                result.append(capitalize && lower.isLetter ? lower & ~0x20 : lower)
                capitalize = false
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
