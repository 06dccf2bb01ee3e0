// Looking up the names of types.

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
            guard let entry = lookUp(name, from: scope, in: field.file, typesOnly: true) else { return }
            switch entry.symbol {
            case .message(let message): field.type = .message(message)
            case .enumeration(let node): field.type = .enumeration(node)
            default: log.error("\"\(name.text)\" is no type", at: field.file.location(name.range))
            }
        }
    }

    private func linkMessage(_ name: Name, from scope: String, in file: FileNode) -> MessageNode? {
        guard let entry = lookUp(name, from: scope, in: file, typesOnly: false) else { return nil }
        if case .message(let message) = entry.symbol { return message }
        log.error("\"\(name.text)\" is no message", at: file.location(name.range))
        return nil
    }

    /// What `name` stands for; nil, and an error, if it stands for nothing.
    func lookUp(_ name: Name, from scope: String, in file: FileNode, typesOnly: Bool) -> SymbolTable.Entry? {
        let found = symbols.look(up: name.text, from: scope, in: file, typesOnly: typesOnly)
        let location = file.location(name.range)
        switch found {
        case .found(let entry):
            file.used.insert(entry.file.index)
            return entry
        case .notImported(let entry):
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
            var message = "\"\(name.text)\" is not defined"
            if let similar = suggestion(for: name.text, from: scope, in: file, typesOnly: typesOnly) {
                message += "; did you mean \"\(similar)\"?"
            }
            log.error(message, at: location)
        }
        return nil
    }

    /// The type that was probably meant: one of the same last component, else one that is spelt much like it.
    private func suggestion(for name: String, from scope: String, in file: FileNode, typesOnly: Bool) -> String? {
        guard suggestionsLeft > 0 else { return nil }
        suggestionsLeft -= 1
        var candidates = typesOnly ? FieldType.scalarNames : []
        var sameLast: String?
        let last = name.split(separator: ".").last.map(String.init) ?? name
        for fullName in symbols.typeNames {
            guard let entry = symbols[fullName], file.visible.contains(entry.file.index) else { continue }
            if case .message(let message) = entry.symbol, message.isMapEntry { continue }
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
