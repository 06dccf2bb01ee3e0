// Looking up the names of types.

/// What a name is to stand for.
enum LookupPurpose {
    case type, message, `extension`

    /// Whether something is worth suggesting.
    func allows(_ symbol: Symbol) -> Bool {
        switch (self, symbol) {
        case (.type, .message(let message)), (.message, .message(let message)): !message.isMapEntry
        case (.type, .enumeration): true
        case (.extension, .field): true
        default: false
        }
    }
}

extension Resolver {
    func link(_ file: FileNode) {
        for field in file.extensions { link(field) }
        forEachMessage(of: file) { message in
            for field in message.fields { link(field) }
            for field in message.extensions { link(field) }
        }
        for service in file.services {
            for method in service.methods {
                method.input = linkMessage(method.syntax.input, from: method.fullName, in: file)
                method.output = linkMessage(method.syntax.output, from: method.fullName, in: file)
            }
        }
    }

    private func link(_ field: FieldNode) {
        if let extendee = field.extendee {
            field.message = linkMessage(extendee, from: field.fullName, in: field.file)
        }
        switch field.syntax.type {
        case .scalar(let type):
            field.type = .scalar(type)
        case .named(let name):
            // A map entry's types are written outside of the entry, and are looked up from there.
            var scope = field.fullName
            if field.message?.isMapEntry == true, field.extendee == nil { scope = field.message?.fullName ?? scope }
            guard let entry = lookUp(name, as: .type, from: scope, in: field.file) else { return }
            switch entry.symbol {
            case .message(let message): field.type = .message(message)
            case .enumeration(let node): field.type = .enumeration(node)
            default: log.error("\"\(name.text)\" is not a type", at: field.file.location(name.range))
            }
        }
    }

    private func linkMessage(_ name: Name, from scope: String, in file: FileNode) -> MessageNode? {
        guard let entry = lookUp(name, as: .message, from: scope, in: file) else { return nil }
        if case .message(let message) = entry.symbol { return message }
        log.error("\"\(name.text)\" is not a message", at: file.location(name.range))
        return nil
    }

    /// What `name` stands for; nil, and an error, if it stands for nothing.
    func lookUp(
        _ name: Name, as purpose: LookupPurpose, from scope: String, in file: FileNode
    ) -> SymbolTable.Entry? {
        let found = symbols.look(up: name.text, from: scope, in: file, typesOnly: purpose == .type)
        let location = file.location(name.range)
        switch found {
        case .found(let entry):
            file.used.insert(entry.file.index)
            return entry
        case .notImported(let entry):
            guard !file.seesIncomplete else { return nil }
            log.error(
                "\"\(name.text)\" is defined in \"\(entry.file.syntax.path)\", which this file does not import",
                at: location)
        case .shadowed(let fullName):
            guard !file.seesIncomplete else { return nil }
            log.error(
                "\"\(name.text)\" means \"\(fullName)\" here, which is not defined: the innermost scope that has the "
                    + "name's first part is the one that counts; a leading '.' starts from the outermost",
                at: location)
        case .missing:
            guard !file.seesIncomplete else { return nil }
            if purpose == .message, FieldType.scalars[name.text] != nil {
                log.error("\"\(name.text)\" is not a message", at: location)
                return nil
            }
            var message = "\"\(name.text)\" is not defined"
            if let similar = suggestion(for: name.text, as: purpose, from: scope, in: file) {
                message += "; did you mean \"\(similar)\"?"
            }
            log.error(message, at: location)
        }
        return nil
    }

    /// What was probably meant: something of the same last component, else something that is spelt much like it.
    private func suggestion(
        for name: String, as purpose: LookupPurpose, from scope: String, in file: FileNode
    ) -> String? {
        guard suggestionsLeft > 0 else { return nil }
        suggestionsLeft -= 1
        var candidates = purpose == .type ? FieldType.scalarNames : []
        var sameLast: String?
        let last = name.split(separator: ".").last.map(String.init) ?? name
        for fullName in symbols.names {
            guard let entry = symbols[fullName], file.visible.contains(entry.file.index), purpose.allows(entry.symbol)
            else { continue }
            let short = shortestName(of: fullName, from: scope)
            if sameLast == nil, fullName.hasSuffix("." + last) { sameLast = short }
            candidates.append(short)
        }
        return sameLast ?? Spelling.closest(to: name, among: candidates)
    }

    /// `fullName` without the leading components that it shares with `scope`.
    private func shortestName(of fullName: String, from scope: String) -> String {
        var scope = scope[...]
        while let dot = scope.lastIndex(of: ".") {
            scope = scope[..<dot]
            if fullName.hasPrefix(scope + ".") { return String(fullName.dropFirst(scope.count + 1)) }
        }
        return fullName
    }
}
