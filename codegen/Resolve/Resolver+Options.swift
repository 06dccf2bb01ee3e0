import Descriptors

// Options: finding the field that an option sets, and checking its value.

extension Resolver {
    func applyOptions(_ file: FileNode) {
        let scope = file.package.appendingName("x")
        file.options = values(of: file.syntax.options, for: .file, from: scope, in: file)
        for field in file.extensions { applyOptions(field) }
        for node in file.enums { applyOptions(node) }
        forEachMessage(of: file) { message in
            let syntax = message.syntax
            message.options = values(of: syntax.options, for: .message, from: message.fullName, in: file)
            message.oneofOptions = syntax.oneofs.map { oneof in
                let name = message.fullName.appendingName(oneof.name.text)
                return values(of: oneof.options, for: .oneof, from: name, in: file)
            }
            applyRangeOptions(message)
            for field in message.fields { applyOptions(field) }
            for field in message.extensions { applyOptions(field) }
            for node in message.enums { applyOptions(node) }
        }
        for service in file.services {
            service.options = values(of: service.syntax.options, for: .service, from: service.fullName, in: file)
            for method in service.methods {
                method.options = values(of: method.syntax.options, for: .method, from: method.fullName, in: file)
            }
        }
    }

    /// Does without checks what ``applyOptions(_:)`` does, for the options that say how options are treated: the
    /// built-in file is right, unless a file defines protobuf's own messages anew.
    func takeOptionsAsWritten(_ file: FileNode) {
        forEachMessage(of: file) { message in
            for field in message.fields {
                for option in field.syntax.options {
                    if let name = option.simpleName { field.options.values[name] = option.value }
                }
                takeTargets(field)
            }
        }
    }

    /// What an option can be set on, which may be several things.
    private func takeTargets(_ field: FieldNode) {
        for option in field.syntax.options where option.simpleName == "targets" {
            if case .identifier(let word) = option.value.kind { field.targets.append(word) }
        }
    }

    /// Several ranges of one statement share its options: these are checked once.
    private func applyRangeOptions(_ message: MessageNode) {
        let file = message.file
        var shared: (start: Int, options: [OptionSyntax], set: SetOptions)?
        for range in message.syntax.extensionRanges {
            guard let first = range.options.first else {
                message.rangeOptions.append(SetOptions())
                continue
            }
            if let known = shared, known.start == first.range.start {
                for (option, same) in zip(range.options, known.options) {
                    for (place, other) in zip(option.places, same.places) {
                        file.optionPaths[place] = file.optionPaths[other]
                    }
                }
            } else {
                let set = values(of: range.options, for: .extensionRange, from: message.fullName, in: file)
                shared = (first.range.start, range.options, set)
            }
            message.rangeOptions.append(shared?.set ?? SetOptions())
        }
    }

    private func applyOptions(_ node: EnumNode) {
        node.options = values(of: node.syntax.options, for: .enumeration, from: node.fullName, in: node.file)
        node.valueOptions = node.syntax.values.map {
            values(of: $0.options, for: .enumValue, from: node.fullName, in: node.file)
        }
    }

    /// `default` and `json_name` are written like options and are none.
    private func applyOptions(_ field: FieldNode) {
        var options: [OptionSyntax] = []
        var pseudo: [String: OptionSyntax] = [:]
        for option in field.syntax.options {
            guard let name = option.simpleName, name == "default" || name == "json_name" else {
                options.append(option)
                continue
            }
            if pseudo.updateValue(option, forKey: name) != nil {
                log.error("\"\(name)\" is set already", at: field.file.location(option.range))
            }
        }
        field.options = values(of: options, for: .field, from: field.fullName, in: field.file)
        takeTargets(field)
        if let option = pseudo["json_name"] { applyJSONName(option, to: field) }
        if let option = pseudo["default"] { applyDefault(option, to: field) }
    }

    private func applyJSONName(_ option: OptionSyntax, to field: FieldNode) {
        let location = field.file.location(option.value.range)
        guard case .string(let bytes) = option.value.kind else {
            return log.error("json_name must be a string", at: location)
        }
        let name = String(decoding: bytes, as: UTF8.self)
        if field.extendee != nil {
            log.error("an extension cannot be given a json_name", at: field.file.location(option.range))
        } else if name.hasPrefix("["), name.hasSuffix("]") {
            log.error("a json_name in '[]' is reserved for extensions", at: location)
        } else if bytes.contains(0) {
            log.error("a json_name cannot contain a null character", at: location)
        }
        field.jsonName = name
    }
}

/// What an option is set on, by the name of the message that holds its options.
enum OptionTarget: String {
    case file = "FileOptions"
    case message = "MessageOptions"
    case field = "FieldOptions"
    case oneof = "OneofOptions"
    case extensionRange = "ExtensionRangeOptions"
    case enumeration = "EnumOptions"
    case enumValue = "EnumValueOptions"
    case service = "ServiceOptions"
    case method = "MethodOptions"
}

// MARK: Finding what an option sets

extension Resolver {
    /// Checks the options of one element, and gives what they set.
    func values(
        of options: [OptionSyntax], for target: OptionTarget, from scope: String, in file: FileNode
    ) -> SetOptions {
        guard !options.isEmpty, case .message(let root)? = symbols["google.protobuf." + target.rawValue]?.symbol else {
            return SetOptions()
        }
        let message = MessageValue(type: root)
        var result = SetOptions(message: message)
        // The names of options that are set, and those of the messages that these are parts of.
        var set: Set<String> = []
        var wholes: Set<String> = []
        var counts: [DescriptorPath: Int32] = [:]
        for option in options {
            guard let chain = fields(of: option, in: root, from: scope, file: file), let field = chain.last else {
                continue
            }
            let key = option.writtenName
            let around = option.wholeNames
            if !field.isRepeated, set.contains(key) || wholes.contains(key) || !set.isDisjoint(with: around) {
                log.error("the option \"\(key)\" is set already", at: file.location(option.range))
                continue
            }
            set.insert(key)
            wholes.formUnion(around)
            if case .list = option.value.kind {
                log.error("a list can only stand inside of '{}'", at: file.location(option.value.range))
                continue
            }
            let context = ValueContext(file: file, scope: scope, inAggregate: false)
            if let content = content(of: option.value, for: field, written: key, context) {
                message.set(content, along: chain)
                file.optionUses.append(OptionUse(option: option, target: target, chain: chain, content: content))
            }
            if let name = option.simpleName { result.values[name] = option.value }
            var path = chain.map { Int32($0.number) }
            if field.isRepeated {
                let count = counts[path, default: 0]
                counts[path] = count + 1
                path.append(count)
            }
            for place in option.places { file.optionPaths[place] = path }
        }
        return result
    }

    /// The fields that the option's name leads through, starting from `root`.
    private func fields(
        of option: OptionSyntax, in root: MessageNode, from scope: String, file: FileNode
    ) -> [FieldNode]? {
        var message = root
        var chain: [FieldNode] = []
        for (index, part) in option.name.enumerated() {
            let location = file.location(part.range)
            let found =
                part.isExtension
                ? optionExtension(Name(text: part.text, range: part.range), of: message, from: scope, in: file)
                : plainOption(part, of: message, at: location, isRoot: index == 0, edition: file.edition)
            guard let field = found else { return nil }
            chain.append(field)
            if index == option.name.count - 1 { return chain }
            guard case .message(let inner) = field.type else {
                log.error("the option \"\(part.text)\" is not a message and has no fields", at: location)
                return nil
            }
            if field.isRepeated {
                log.error(
                    "the option \"\(part.text)\" is repeated: write each whole, as \(part.text) = { ... }", at: location
                )
                return nil
            }
            message = inner
        }
        return nil
    }

    private func plainOption(
        _ part: OptionSyntax.Part, of message: MessageNode, at location: SourceLocation, isRoot: Bool, edition: Edition
    ) -> FieldNode? {
        if isRoot, part.text == "features", edition.isSyntax {
            log.error("\"features\" belongs to editions; this file is \(edition.written)", at: location)
            return nil
        }
        if isRoot, part.text == "uninterpreted_option" {
            log.error("\"uninterpreted_option\" is protobuf's own and cannot be set", at: location)
            return nil
        }
        if let field = message.fields.first(where: { $0.syntax.name.text == part.text }) { return field }
        var text = isRoot ? "unknown option \"\(part.text)\"" : "\"\(message.fullName)\" has no field \"\(part.text)\""
        if let similar = Spelling.closest(to: part.text, among: message.fields.lazy.map(\.syntax.name.text)) {
            text += "; did you mean \"\(similar)\"?"
        } else if isRoot {
            text += "; the name of a custom option stands in parentheses"
        }
        log.error(text, at: location)
        return nil
    }

    /// The extension of `message` that `name` stands for.
    func optionExtension(
        _ name: Name, of message: MessageNode, from scope: String, in file: FileNode
    ) -> FieldNode? {
        guard let entry = lookUp(name, as: .extension, from: scope, in: file) else { return nil }
        guard case .field(let field) = entry.symbol, field.extendee != nil else {
            log.error("\"\(name.text)\" is not an extension", at: file.location(name.range))
            return nil
        }
        guard let extended = field.message else { return nil }
        guard extended.fullName == message.fullName else {
            log.error(
                "\"\(name.text)\" extends \"\(extended.fullName)\", not \"\(message.fullName)\"",
                at: file.location(name.range))
            return nil
        }
        return field
    }
}
