import Descriptors

// What editions demand: of features, of names, and of what other files may see.

extension Resolver {
    func checkEditionRules(_ file: FileNode) {
        checkOptionUses(file)
        checkLite(file)
        if !file.edition.isSyntax { checkFileFeatures(file) }
        for field in file.extensions { checkEditionRules(field) }
        for node in file.enums { checkNames(node) }
        forEachMessage(of: file) { message in
            if message.isMapEntry {
                for field in message.fields {
                    checkVisibility(of: field)
                    checkOpenness(ofEntry: field)
                }
                return
            }
            checkDeclarations(of: message)
            for field in message.fields + message.extensions { checkEditionRules(field) }
            for node in message.enums {
                checkNames(node)
                checkExport(node.syntax.visibility, node.syntax.name, node.features, in: message)
            }
            for inner in message.messages {
                checkExport(inner.syntax.visibility, inner.syntax.name, inner.features, in: nil, file: file)
            }
            checkNames(message)
        }
        for service in file.services { check(service) }
    }

    private func checkFileFeatures(_ file: FileNode) {
        let option = file.syntax.options.first { $0.setsFeatures }
        if file.features.fieldPresence == .legacyRequired, let option {
            log.error("not every field of a file can be required", at: file.location(option.range))
        }
        if file.options.isTrue("java_string_check_utf8"), let option = file.options["java_string_check_utf8"] {
            log.error(
                "editions have no java_string_check_utf8; the feature (pb.java).utf8_validation is for that",
                at: file.location(option.range))
        }
        if file.features.namingStyle.isEnforced, let package = file.syntax.package {
            report(package.text.snakeCaseFlaw, of: "package", package, in: file)
        }
    }

    // MARK: Fields

    private func checkEditionRules(_ field: FieldNode) {
        checkVisibility(of: field)
        checkNames(field)
        if field.isExtension, let message = field.message { checkDeclaration(of: field, in: message) }
        let file = field.file
        if file.edition.isSyntax { return }
        let location = file.location(field.syntax.name.range)
        func fail(_ message: String) { log.error(message, at: location) }
        if field.options["packed"] != nil {
            fail("editions have no option packed; the feature repeated_field_encoding is for that")
        }
        if file.edition >= .edition2024, field.options["ctype"] != nil {
            fail("ctype ended with edition 2024; the feature (pb.cpp).string_type is for that")
        }
        if !field.isRepeated, !field.hasPresence {
            if field.defaultValue != nil { fail("a field with implicit presence has no default value") }
            if case .enumeration(let node) = field.type, node.isClosed {
                fail("a field with implicit presence cannot be of the closed enum \"\(node.fullName)\"")
            }
        }
        if field.isExtension, field.isRequired { fail("an extension cannot be required") }
        guard let set = field.options.features else { return }
        checkPresence(field, set, fail)
        if set.repeatedFieldEncoding != nil, !field.isRepeated {
            fail("only a repeated field has a repeated_field_encoding")
        } else if set.repeatedFieldEncoding == .packed, !field.isPackable {
            fail("only a repeated field of numbers, bools or enums can be packed")
        }
        if set.utf8Validation != nil, !field.hasText { fail("only a string field has a utf8_validation") }
        if set.messageEncoding != nil, !field.isPlainMessage { fail("only a message field has a message_encoding") }
    }

    /// A map's entries have the presence that the file gives its fields, and no features of their own.
    private func checkOpenness(ofEntry field: FieldNode) {
        guard !field.file.edition.isSyntax, field.features.fieldPresence == .implicit,
            case .enumeration(let node) = field.type, node.isClosed
        else { return }
        log.error(
            "a map's values with implicit presence cannot be of the closed enum \"\(node.fullName)\"",
            at: field.file.location(field.syntax.typeRange))
    }

    private func checkPresence(_ field: FieldNode, _ set: FeatureSet, _ fail: (String) -> Void) {
        guard let presence = set.fieldPresence else { return }
        if field.syntax.oneofIndex != nil {
            fail("a field of a oneof has presence as it is; field_presence cannot be set")
        } else if field.isRepeated {
            fail("a repeated field has no field_presence")
        } else if field.isExtension, presence != .legacyRequired {
            fail("an extension has presence as it is; field_presence cannot be set")
        } else if case .message = field.type, presence == .implicit {
            fail("a message field cannot have implicit presence")
        }
    }

    // MARK: What is seen from elsewhere

    private func checkVisibility(of field: FieldNode) {
        if let extendee = field.extendee, let message = field.message {
            checkVisibility(of: message, extendee.range, from: field.file)
        }
        switch field.type {
        case .message(let message): checkVisibility(of: message, field.syntax.typeRange, from: field.file)
        case .enumeration(let node):
            let isNested = node.fullName != node.file.package.appendingName(node.syntax.name.text)
            if node.file !== field.file, !node.features.exports(node.syntax.visibility, isNested: isNested) {
                reportHidden(node.fullName, node.file, at: field.file.location(field.syntax.typeRange))
            }
        case .scalar, .unknown: break
        }
    }

    private func checkVisibility(of message: MessageNode, _ range: SourceRange, from file: FileNode) {
        let isNested = message.fullName != message.file.package.appendingName(message.syntax.name.text)
        guard message.file !== file, !message.features.exports(message.syntax.visibility, isNested: isNested) else {
            return
        }
        reportHidden(message.fullName, message.file, at: file.location(range))
    }

    private func reportHidden(_ name: String, _ file: FileNode, at location: SourceLocation) {
        log.error("\"\(name)\" is local to \"\(file.syntax.path)\"; there it would have to be exported", at: location)
    }

    /// Where visibility is strict, nested types stay local, but for enums in a message that is there to hold them.
    private func checkExport(
        _ visibility: SymbolVisibility?, _ name: Name, _ features: Features, in holder: MessageNode?,
        file: FileNode? = nil
    ) {
        guard visibility == .visibilityExport, features.symbolVisibility == .strict,
            let file = file ?? holder?.file, holder?.holdsEnums != true
        else { return }
        log.error(
            "a nested type cannot be exported where default_symbol_visibility is STRICT", at: file.location(name.range))
    }

    private func check(_ service: ServiceNode) {
        let file = service.file
        for method in service.methods {
            if let input = method.input { checkVisibility(of: input, method.syntax.input.range, from: file) }
            if let output = method.output { checkVisibility(of: output, method.syntax.output.range, from: file) }
        }
        guard service.features.namingStyle.isEnforced else { return }
        report(service.syntax.name.text.titleCaseFlaw, of: "service", service.syntax.name, in: file)
        for method in service.methods {
            report(method.syntax.name.text.titleCaseFlaw, of: "method", method.syntax.name, in: file)
        }
    }
}

extension Features {
    /// Whether other files can name a type of these features.
    func exports(_ visibility: SymbolVisibility?, isNested: Bool) -> Bool {
        if let visibility { return visibility == .visibilityExport }
        return switch symbolVisibility {
        case .exportAll, .defaultSymbolVisibilityUnknown: true
        case .exportTopLevel: !isNested
        case .localAll, .strict: false
        }
    }
}

extension MessageNode {
    /// Whether it is a local message at the top of its file without room for fields.
    fileprivate var holdsEnums: Bool {
        guard fullName == file.package.appendingName(syntax.name.text),
            !file.features.exports(syntax.visibility, isNested: false), syntax.reservedRanges.count == 1
        else { return false }
        return reservedRanges[0].first == 1 && reservedRanges[0].last == Parser.largestFieldNumber
    }
}

extension FieldNode {
    /// Whether it has strings: as values, or as keys or values of a map.
    fileprivate var hasText: Bool {
        switch type {
        case .scalar(.string): return true
        case .message(let entry) where entry.isMapEntry:
            return entry.fields.contains { if case .scalar(.string) = $0.type { true } else { false } }
        default: return false
        }
    }

    fileprivate var isPlainMessage: Bool {
        if case .message(let message) = type { !message.isMapEntry } else { false }
    }
}

extension OptionSyntax {
    fileprivate var setsFeatures: Bool { name[0].text == "features" && !name[0].isExtension }
}
