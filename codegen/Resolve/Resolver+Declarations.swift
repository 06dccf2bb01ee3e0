import Descriptors

// Extension ranges whose options declare the extensions that they are kept for.

extension MessageNode {
    /// The options of one of its extension ranges; nil if there are none.
    fileprivate func rangeOptions(at position: Int) -> ExtensionRangeOptions? {
        guard rangeOptions.indices.contains(position), let message = rangeOptions[position].message else { return nil }
        return try? ExtensionRangeOptions(decoding: message.fields.encoded())
    }
}

extension Resolver {
    /// Checks what a message's ranges declare.
    func checkDeclarations(of message: MessageNode) {
        var names: Set<String> = []
        for (position, range) in message.extensionRanges.enumerated() {
            guard let options = message.rangeOptions(at: position), !options.declaration.isEmpty else { continue }
            let location = message.file.location(range.range)
            if options.verification == .unverified {
                log.error("a range with declarations cannot be UNVERIFIED", at: location)
                continue
            }
            var numbers: Set<Int32> = []
            for declaration in options.declaration {
                for flaw in flaws(of: declaration, in: range, &numbers, &names) { log.error(flaw, at: location) }
            }
        }
    }

    private func flaws(
        of declaration: ExtensionRangeOptions.Declaration, in range: RangeSyntax, _ numbers: inout Set<Int32>,
        _ names: inout Set<String>
    ) -> [String] {
        var flaws: [String] = []
        let number = declaration.number ?? 0
        if !range.contains(Int(number)) { flaws.append("the declared number \(number) is outside of the range") }
        if !numbers.insert(number).inserted { flaws.append("the number \(number) is declared already") }
        guard let name = declaration.fullName, let type = declaration.type else {
            let isNothing = declaration.fullName == nil && declaration.type == nil
            if !isNothing || declaration.reserved != true {
                flaws.append("the declaration of \(number) needs both a full_name and a type")
            }
            return flaws
        }
        if !names.insert(name).inserted { flaws.append("the extension \"\(name)\" is declared already") }
        let isScalar = FieldType.scalars[type] != nil || type == "enum"
        for text in isScalar ? [name] : [name, type] where !text.isAbsoluteName {
            flaws.append("\"\(text)\" must be a full name that begins with a dot")
        }
        return flaws
    }

    /// Checks an extension against what the range that it is in declares.
    func checkDeclaration(of field: FieldNode, in message: MessageNode) {
        guard message.file.syntax.path != DescriptorOptions.path,
            let position = message.extensionRanges.firstIndex(where: { $0.contains(field.number) }),
            let options = message.rangeOptions(at: position)
        else { return }
        let location = field.file.location(field.extendee?.range ?? field.syntax.name.range)
        let isClosed = !options.declaration.isEmpty || options.verification == .declaration
        guard let declared = options.declaration.first(where: { $0.number == Int32(field.number) }) else {
            if isClosed {
                log.error(
                    "\"\(message.fullName)\" declares its extensions, and none of the number \(field.number)",
                    at: location)
            }
            return
        }
        if declared.reserved == true {
            return log.error(
                "\"\(message.fullName)\" keeps the number \(field.number) from being used again", at: location)
        }
        if let name = declared.fullName, name != "." + field.fullName {
            log.error("the number \(field.number) is declared for \"\(name)\"", at: location)
        }
        if let type = declared.type, type != field.declaredType, "." + type != field.declaredType {
            log.error("\"\(field.syntax.name.text)\" is declared to be of type \(type)", at: location)
        }
        if (declared.repeated ?? false) != field.isRepeated {
            let word = field.isRepeated ? "singular" : "repeated"
            log.error("\"\(field.syntax.name.text)\" is declared to be \(word)", at: location)
        }
    }

    // MARK: Lite

    func checkLite(_ file: FileNode) {
        guard file.isLite else { return }
        let generic = ["cc_generic_services", "java_generic_services"].first { file.options.isTrue($0) }
        if let generic {
            for service in file.services {
                log.error(
                    "a file with optimize_for = LITE_RUNTIME and \(generic) cannot define services",
                    at: file.location(service.syntax.name.range))
            }
        }
        for field in file.extensions { checkLite(field) }
        forEachMessage(of: file) { message in
            for field in message.extensions { checkLite(field) }
        }
    }

    private func checkLite(_ field: FieldNode) {
        guard let message = field.message, !message.file.isLite else { return }
        log.error(
            "\"\(message.fullName)\" is not for LITE_RUNTIME as this file is, so it cannot be extended here",
            at: field.file.location(field.extendee?.range ?? field.syntax.name.range))
    }
}

extension FieldNode {
    /// The type as a declaration writes it.
    fileprivate var declaredType: String {
        switch type {
        case .message(let message): return "." + message.fullName
        case .enumeration(let node): return "." + node.fullName
        case .scalar(let type): return FieldType.scalars.first { $0.value == type }?.key ?? ""
        case .unknown: return ""
        }
    }
}

extension String {
    /// Whether this is a full name with a leading dot.
    fileprivate var isAbsoluteName: Bool {
        hasPrefix(".")
            && dropFirst().split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
                String($0).isIdentifier
            }
    }
}
