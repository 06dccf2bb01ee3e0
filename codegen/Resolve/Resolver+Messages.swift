// What protobuf demands of a message as a whole.

extension Resolver {
    func check(_ file: FileNode) {
        checkImports(file)
        checkExtensions(file.extensions)
        for node in file.enums { check(node) }
        forEachMessage(of: file) { message in
            check(message)
            checkExtensions(message.extensions)
            for node in message.enums { check(node) }
        }
    }

    /// Code for the lite runtime, which other languages have, cannot be used by code that is not for it.
    private func checkImports(_ file: FileNode) {
        guard !file.isLite else { return }
        for case (let imported?, let syntax) in zip(file.imports, file.syntax.imports) where imported.isLite {
            log.error(
                "\"\(syntax.path)\" has optimize_for = LITE_RUNTIME and this file has not, so it cannot be imported",
                at: file.location(syntax.range))
        }
    }

    private func check(_ message: MessageNode) {
        let file = message.file
        for field in message.fields { check(field) }
        if message.isMapEntry { return }
        if file.isProto3, let range = message.syntax.extensionRanges.first {
            log.error("proto3 messages have no extension ranges", at: file.location(range.range))
        }
        checkRanges(message)
        checkNumbers(message)
        checkReservedNames(
            message.syntax.reservedNames, in: file, named: message.fields.map(\.syntax.name), kind: "field")
        checkJSONNames(message)
        checkOneofs(message)
        checkMessageOptions(message)
    }

    private func checkOneofs(_ message: MessageNode) {
        for (index, oneof) in message.syntax.oneofs.enumerated() {
            let fields = message.fields.indices.filter { message.fields[$0].syntax.oneofIndex == index }
            if fields.isEmpty {
                log.error("a oneof must have at least one field", at: message.file.location(oneof.name.range))
            }
        }
    }

    private func checkMessageOptions(_ message: MessageNode) {
        let file = message.file
        if let option = message.options["map_entry"] {
            log.error("map_entry is not for setting; write map<Key, Value>", at: file.location(option.range))
        }
        if message.isMessageSet {
            if file.isProto3 {
                log.error("proto3 has no message sets", at: file.location(message.syntax.name.range))
            } else if let field = message.fields.first {
                log.error("a message set has no fields, only extensions", at: file.location(field.syntax.name.range))
            } else if message.syntax.extensionRanges.isEmpty {
                log.error(
                    "a message set needs an extension range, such as 'extensions 4 to max;'",
                    at: file.location(message.syntax.name.range))
            }
        }
    }
}

// MARK: Numbers

extension Resolver {
    /// The numbers that protobuf keeps for itself.
    static let implementationNumbers = 19_000...19_999

    /// No two of a message's reserved and extension ranges may share a number.
    private func checkRanges(_ message: MessageNode) {
        let reserved = message.syntax.reservedRanges.map { ($0, "reserved") }
        let extensions = message.extensionRanges.map { ($0, "extension") }
        for (range, _) in extensions where range.last > message.largestNumber {
            log.error(
                "an extension's number must be in 1 to \(message.largestNumber)", at: message.file.location(range.range)
            )
        }
        reportOverlaps(of: reserved + extensions, in: message.file)
    }

    func reportOverlaps(of ranges: [(range: RangeSyntax, kind: String)], in file: FileNode) {
        let sorted = ranges.enumerated().sorted { left, right in
            let (a, b) = (left.element.range, right.element.range)
            return (a.first, left.offset) < (b.first, right.offset)
        }.map(\.element)
        guard var widest = sorted.first else { return }
        for current in sorted.dropFirst() {
            if current.range.first <= widest.range.last {
                // The one that stands later in the text is the one that is wrong.
                let isLater = current.range.range.start > widest.range.range.start
                let (wrong, other) = isLater ? (current, widest) : (widest, current)
                log.error(
                    "the \(wrong.kind) range \(wrong.range.written) overlaps the \(other.kind) range "
                        + "\(other.range.written)",
                    at: file.location(wrong.range.range))
            }
            if current.range.last > widest.range.last { widest = current }
        }
    }

    private func checkNumbers(_ message: MessageNode) {
        let file = message.file
        let extensionRanges = message.extensionRanges
        var owners: [Int: FieldNode] = [:]
        var free: FreeNumbers?
        func suggestion() -> String {
            if free == nil { free = freeNumbers(in: message) }
            return free?.next().map { "; the next free number is \($0)" } ?? ""
        }
        for field in message.fields {
            let number = field.syntax.number.value
            let location = file.location(field.syntax.number.range)
            guard checkNumberRange(field, of: message, suggestion: suggestion) else { continue }
            if let range = message.syntax.reservedRanges.first(where: { $0.contains(number) }) {
                log.error("the field number \(number) is reserved\(range.place(in: file))", at: location)
            } else if let range = extensionRanges.first(where: { $0.contains(number) }) {
                log.error("the field number \(number) is in the extension range \(range.written)", at: location)
            }
            guard let owner = owners.updateValue(field, forKey: number) else { continue }
            owners[number] = owner
            let text = "the field number \(number) is used by \"\(owner.syntax.name.text)\" already"
            log.error(text + suggestion(), at: location)
        }
    }

    /// Reports a number that no field may have.
    func checkNumberRange(
        _ field: FieldNode, of message: MessageNode, suggestion: () -> String = { "" }
    ) -> Bool {
        let number = field.syntax.number.value
        let location = field.file.location(field.syntax.number.range)
        if number < 1 || number > message.largestNumber {
            log.error("a field number must be in 1 to \(message.largestNumber)" + suggestion(), at: location)
            return false
        }
        if Self.implementationNumbers.contains(number) {
            log.error(
                "the field numbers 19000 to 19999 are reserved for protobuf itself" + suggestion(), at: location)
            return false
        }
        return true
    }

    /// The numbers that a field of `message` could have, first those above all that its fields have.
    private func freeNumbers(in message: MessageNode) -> FreeNumbers {
        let numbers = message.fields.map(\.syntax.number.value)
        var taken = numbers.map { $0...$0 } + [Self.implementationNumbers]
        for range in message.syntax.reservedRanges + message.extensionRanges {
            taken.append(range.first...range.last)
        }
        let highest = numbers.filter { $0 <= message.largestNumber }.max() ?? 0
        return FreeNumbers(taken: taken, limits: 1...message.largestNumber, from: highest + 1)
    }
}

extension RangeSyntax {
    func contains(_ number: Int) -> Bool { first <= number && number <= last }

    var written: String { first == last ? "\(first)" : "\(first) to \(last)" }

    /// ` on line N`, or ` (first to last, line N)`.
    func place(in file: FileNode) -> String {
        let line = file.syntax.source.lineIndex(of: range.start) + 1
        return first == last ? ", on line \(line)" : ", as part of \(written) on line \(line)"
    }
}

// MARK: Names

extension Resolver {
    func checkReservedNames(_ reserved: [Name], in file: FileNode, named names: [Name], kind: String) {
        var seen: Set<String> = []
        for name in reserved {
            let location = file.location(name.range)
            if !seen.insert(name.text).inserted {
                log.error("\"\(name.text)\" is reserved already", at: location)
            } else if !name.text.isIdentifier {
                log.warning("\"\(name.text)\" cannot be the name of a \(kind), so reserving it is idle", at: location)
            }
        }
        for name in names where seen.contains(name.text) {
            log.error("the \(kind) name \"\(name.text)\" is reserved", at: file.location(name.range))
        }
    }

    /// Two fields may not have one JSON name: neither by default (proto2 only warns) nor as given.
    private func checkJSONNames(_ message: MessageNode) {
        let file = message.file
        let isLenient =
            message.options.isTrue("deprecated_legacy_json_field_conflicts")
            || message.features.jsonFormat == .legacyBestEffort
        var byDefault: [String: FieldNode] = [:]
        var asGiven: [String: FieldNode] = [:]
        for field in message.fields {
            let standard = field.syntax.name.text.defaultJSONName
            let location = file.location(field.syntax.name.range)
            let isCustom = field.jsonName != standard
            let given = asGiven.updateValue(field, forKey: field.jsonName)
            let sameDefault = byDefault.updateValue(field, forKey: standard)
            // Two fields of one name are told as that.
            if sameDefault?.syntax.name.text == field.syntax.name.text { continue }
            if let other = sameDefault {
                let text = conflict("the default JSON name \"\(standard)\"", other)
                if isLenient { log.warning(text, at: location) } else { log.error(text, at: location) }
            } else if let other = given, isCustom || other.jsonName != other.syntax.name.text.defaultJSONName {
                let bothCustom = isCustom && other.jsonName != other.syntax.name.text.defaultJSONName
                let text = conflict("the JSON name \"\(field.jsonName)\"", other)
                if isLenient, !bothCustom { log.warning(text, at: location) } else { log.error(text, at: location) }
            }
        }
    }

    private func conflict(_ name: String, _ other: FieldNode) -> String {
        "\(name) of this field is also that of \"\(other.syntax.name.text)\""
    }
}
