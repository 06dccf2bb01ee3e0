/// Links the names of a run's files to their definitions and checks what protobuf demands.
///
/// All files are declared before any is linked, and linked before any is checked: the order of definitions within and
/// across files never matters.
final class Resolver {
    let files: [FileNode]
    let log: DiagnosticLog
    var symbols = SymbolTable()
    /// The extension that has a number of a message, by its full name.
    var extensionOwners: [ExtensionKey: String] = [:]
    /// How many more unknown names are worth a search for what was meant.
    var suggestionsLeft = 100

    init(files: [FileNode], log: DiagnosticLog) {
        self.files = files
        self.log = log
    }

    func resolve() {
        for file in files { declare(file) }
        for file in files { link(file) }
        for file in files {
            if file.isImplicit { takeOptionsAsWritten(file) } else { applyOptions(file) }
        }
        for file in files { resolveFeatures(file) }
        for file in files where !file.isImplicit {
            check(file)
            checkEditionRules(file)
        }
        for file in files where file.isRequested { warnOfUnusedImports(file) }
    }

    /// Takes apart what holds itself: a message that is the type of a field in it, an option of the message that
    /// defines that option. Nothing can be asked of the resolver afterwards.
    func dismantle() {
        for file in files {
            dismantle(file.extensions)
            forEachMessage(of: file) { message in
                dismantle(message.fields + message.extensions)
                message.options = SetOptions()
                message.oneofOptions = []
                message.rangeOptions = []
                dismantle(message.enums)
            }
            dismantle(file.enums)
            file.options = SetOptions()
            file.optionUses = []
        }
    }

    private func dismantle(_ fields: [FieldNode]) {
        for field in fields {
            field.type = .unknown
            field.options = SetOptions()
        }
    }

    private func dismantle(_ enums: [EnumNode]) {
        for node in enums {
            node.options = SetOptions()
            node.valueOptions = []
        }
    }

    /// Visits the file's messages, each before those inside of it.
    func forEachMessage(of file: FileNode, _ body: (MessageNode) -> Void) {
        func visit(_ message: MessageNode) {
            body(message)
            for inner in message.messages { visit(inner) }
        }
        for message in file.messages { visit(message) }
    }

    private func warnOfUnusedImports(_ file: FileNode) {
        for (imported, syntax) in zip(file.imports, file.syntax.imports) {
            guard let imported, syntax.kind != .isPublic, !imported.seesIncomplete, !file.seesIncomplete else {
                continue
            }
            if imported.reexported.isDisjoint(with: file.used) {
                log.warning("the import \"\(syntax.path)\" is not used", at: file.location(syntax.range))
            }
        }
    }
}

// MARK: Declaring

extension Resolver {
    private func declare(_ file: FileNode) {
        if let name = file.syntax.package, let (taken, entry) = symbols.declarePackage(name, in: file) {
            log.error(
                "\"\(taken)\" is defined in \"\(entry.file.syntax.path)\" already, and not as a package",
                at: file.location(name.range))
        }
        declare(file.syntax.definitions, in: file.package, file: file, isNew: true)
            .store(messages: &file.messages, enums: &file.enums, extensions: &file.extensions)
        for syntax in file.syntax.services {
            let fullName = file.package.appendingName(syntax.name.text)
            let service = ServiceNode(syntax: syntax, fullName: fullName, file: file)
            let isNew = declare(syntax.name, as: .service, in: file.package, file: file)
            for method in syntax.methods {
                if isNew { declare(method.name, as: .method, in: fullName, file: file) }
                service.methods.append(
                    MethodNode(syntax: method, fullName: fullName.appendingName(method.name.text)))
            }
            file.services.append(service)
        }
    }

    private struct Declared {
        var messages: [MessageNode] = []
        var enums: [EnumNode] = []
        var extensions: [FieldNode] = []

        func store(messages: inout [MessageNode], enums: inout [EnumNode], extensions: inout [FieldNode]) {
            messages = self.messages
            enums = self.enums
            extensions = self.extensions
        }
    }

    /// - Parameter isNew: False if `scope` is a name that another definition has, so that what is in it clashes, too.
    private func declare(
        _ definitions: DefinitionsSyntax, in scope: String, file: FileNode, isNew: Bool
    ) -> Declared {
        var declared = Declared()
        for syntax in definitions.messages {
            declared.messages.append(declare(syntax, in: scope, file: file, isNew: isNew))
        }
        for syntax in definitions.enums {
            let node = EnumNode(syntax: syntax, fullName: scope.appendingName(syntax.name.text), file: file)
            if isNew, declare(syntax.name, as: .enumeration(node), in: scope, file: file) {
                for value in syntax.values { declareValue(value.name, of: node, in: scope) }
            }
            declared.enums.append(node)
        }
        for syntax in definitions.extensions {
            let name = syntax.field.name
            let node = FieldNode(
                syntax: syntax.field, fullName: scope.appendingName(name.text), file: file, message: nil,
                extendee: syntax.extendee)
            if isNew { declare(name, as: .field(node), in: scope, file: file) }
            declared.extensions.append(node)
        }
        return declared
    }

    private func declare(
        _ syntax: MessageSyntax, in scope: String, file: FileNode, isNew: Bool
    ) -> MessageNode {
        let fullName = scope.appendingName(syntax.name.text)
        let node = MessageNode(syntax: syntax, fullName: fullName, file: file)
        let isNew = isNew && declare(syntax.name, as: .message(node), in: scope, file: file)
        for field in syntax.fields {
            let fieldNode = FieldNode(
                syntax: field, fullName: fullName.appendingName(field.name.text), file: file, message: node,
                extendee: nil)
            if isNew { declare(field.name, as: .field(fieldNode), in: fullName, file: file) }
            node.fields.append(fieldNode)
        }
        for oneof in syntax.oneofs where isNew { declare(oneof.name, as: .oneof, in: fullName, file: file) }
        declare(syntax.definitions, in: fullName, file: file, isNew: isNew)
            .store(messages: &node.messages, enums: &node.enums, extensions: &node.extensions)
        return node
    }

    /// An enum's values are siblings of the enum: that is where their names must be unique.
    private func declareValue(_ name: Name, of node: EnumNode, in scope: String) {
        let file = node.file
        let fullName = scope.appendingName(name.text)
        guard let taken = symbols.declare(fullName, .enumValue(node), in: file, at: name.range) else { return }
        if case .enumValue(let other) = taken.symbol, other === node {
            return log.error(
                "the enum \"\(node.fullName)\" has a value \"\(name.text)\" already", at: file.location(name.range))
        }
        let place = scope.isEmpty ? "the file's scope" : "\"\(scope)\""
        log.error(
            "\(alreadyDefined(name.text, scope, taken)); an enum's values are siblings of the enum, so their names "
                + "must be unique within \(place)",
            at: file.location(name.range))
    }

    /// Whether the name was free; if not, that is reported.
    @discardableResult
    private func declare(_ name: Name, as symbol: Symbol, in scope: String, file: FileNode) -> Bool {
        let fullName = scope.appendingName(name.text)
        guard let taken = symbols.declare(fullName, symbol, in: file, at: name.range) else { return true }
        file.seesIncomplete = true
        if file.isImplicit { return false }
        var message = alreadyDefined(name.text, scope, taken)
        if case .message(let node) = symbol, node.isMapEntry {
            message = "the map field needs the name \"\(name.text)\" for its entry type, but " + message
        }
        log.error(message, at: file.location(name.range))
        return false
    }

    private func alreadyDefined(_ name: String, _ scope: String, _ taken: SymbolTable.Entry) -> String {
        let source = taken.location.file
        let line = source.lineIndex(of: taken.location.range.start) + 1
        let place = scope.isEmpty ? "" : " in \"\(scope)\""
        return "\"\(name)\" is already defined\(place), at \(source.displayPath):\(line)"
    }
}
