import Descriptors

// The file as a whole: its syntax or edition, package and imports.

extension Edition {
    /// The editions that a file can name, by how it does.
    static let named: [String: Edition] = [
        "2023": .edition2023, "2024": .edition2024, "2026": .edition2026, "UNSTABLE": .unstable,
    ]
    /// The newest edition that this compiler reads.
    static let newest = Edition.edition2024

    /// Whether it is written as `syntax`, not as `edition`.
    var isSyntax: Bool { self == .proto2 || self == .proto3 }

    /// What a file calls it.
    var written: String {
        switch self {
        case .proto2: "proto2"
        case .proto3: "proto3"
        default: Self.named.first { $0.value == self }?.key ?? "\(rawValue)"
        }
    }
}

extension Parser {
    mutating func readFile() {
        upcoming = commentsBeforeCurrent(isFirst: true)
        let root = begin([])
        if at("syntax") || at("edition") {
            statement { parser throws(SyntaxError) in try parser.readSyntax() }
        } else if !atEnd {
            log.warning(
                "no syntax is given; assuming 'syntax = \"proto2\";'",
                at: SourceLocation(file: source, range: current.range))
        }
        while !atEnd {
            if take(";") {
                attachComments(to: nil)
                continue
            }
            if at("}") {
                report("this '}' closes nothing", current.range)
                advance()
                continue
            }
            statement { parser throws(SyntaxError) in try parser.readTopLevel() }
        }
        end(root)
    }

    private mutating func readSyntax() throws(SyntaxError) {
        let place = begin([PathPart.File.syntax])
        let isEdition = at("edition")
        advance()
        try expect("=")
        let (value, range) = try expectString(isEdition ? "an edition such as \"2023\"" : "\"proto2\" or \"proto3\"")
        let name = String(decoding: value, as: UTF8.self)
        if isEdition, let edition = Edition.named[name], edition <= Edition.newest || Self.mayTryOut(file.path) {
            file.edition = edition
        } else if !isEdition, name == "proto2" || name == "proto3" {
            file.edition = name == "proto3" ? .proto3 : .proto2
        } else {
            // What the rest means is not known, so nothing more is said about it.
            skipToEnd()
            throw SyntaxError(message: Self.unknownSyntax(name, isEdition: isEdition), range: range)
        }
        try expectStatementEnd(place)
    }

    /// Whether a file may be of an edition that is not finished: protobuf's own may.
    private static func mayTryOut(_ path: String) -> Bool {
        path.hasPrefix("google/protobuf/") || path.hasPrefix("upb/")
    }

    private static func unknownSyntax(_ name: String, isEdition: Bool) -> String {
        if !isEdition { return "unknown syntax \"\(name)\"; this compiler knows \"proto2\" and \"proto3\"" }
        return "unknown edition \"\(name)\"; this compiler knows \"2023\" and \"2024\""
    }

    static let topLevelWords = ["message", "enum", "service", "extend", "import", "package", "option"]

    private mutating func readTopLevel() throws(SyntaxError) {
        guard current.kind == .identifier else { throw unexpected("a top-level statement such as 'message'") }
        let visibility = try readVisibility()
        let comment = self.comment
        switch text(current) {
        case "message":
            let path = [PathPart.File.message, Int32(file.definitions.messages.count)]
            file.definitions.messages.append(try readMessage(path, visibility, comment: comment))
        case "enum":
            let path = [PathPart.File.enumeration, Int32(file.definitions.enums.count)]
            file.definitions.enums.append(try readEnum(path, visibility, comment: comment))
        case "service":
            file.services.append(
                try readService([PathPart.File.service, Int32(file.services.count)], comment: comment))
        case "extend":
            var nested = DefinitionsSyntax()
            defer { file.definitions.append(nested) }
            let scope = DefinitionScope(
                path: [], messagePart: PathPart.File.message, extensionPart: PathPart.File.extension,
                messageCount: file.definitions.messages.count, extensionCount: file.definitions.extensions.count)
            try readExtend(scope, into: &nested)
        case "import": try readImport()
        case "package": try readPackage()
        case "option": file.options.append(try readOptionStatement([PathPart.File.options]))
        case "syntax", "edition":
            throw SyntaxError(
                message: "'\(text(current))' must be the first statement of the file", range: current.range)
        case let word:
            var message = "expected a top-level statement such as 'message', found \(found)"
            if let similar = Spelling.closest(to: word, among: Self.topLevelWords) {
                message += "; did you mean '\(similar)'?"
            }
            throw SyntaxError(message: message, range: current.range)
        }
    }

    /// `export` or `local` before a message or an enum; words like any other before edition 2024.
    mutating func readVisibility() throws(SyntaxError) -> SymbolVisibility? {
        guard file.edition >= .edition2024, at("export") || at("local") else { return nil }
        let visibility: SymbolVisibility = at("export") ? .visibilityExport : .visibilityLocal
        let word = current.range
        advance()
        guard at("message") || at("enum") else {
            throw SyntaxError(message: "only a message or an enum can be exported or local", range: word)
        }
        return visibility
    }

    private mutating func readImport() throws(SyntaxError) {
        let start = current.range
        advance()
        if at("option") { return try readOptionImport(start) }
        let place = begin([PathPart.File.dependency, Int32(file.imports.count)], at: start)
        if let option = file.optionImports.last {
            report("an import must stand before every 'import option', such as \"\(option.path)\"", current.range)
        }
        var kind = ImportSyntax.Kind.normal
        if at("public") {
            kind = .isPublic
            let count = file.imports.count { $0.kind == .isPublic }
            record([PathPart.File.publicDependency, Int32(count)], current.range)
            advance()
        } else if at("weak") {
            kind = .isWeak
            if file.edition >= .edition2024 {
                report("edition 2024 has no weak imports; 'import option' may be what is meant", current.range)
            }
            let count = file.imports.count { $0.kind == .isWeak }
            record([PathPart.File.weakDependency, Int32(count)], current.range)
            advance()
        }
        let (value, range) = try expectString("the path of a file, in quotes")
        file.imports.append(ImportSyntax(kind: kind, path: String(decoding: value, as: UTF8.self), range: range))
        try expectStatementEnd(place)
    }

    private mutating func readOptionImport(_ start: SourceRange) throws(SyntaxError) {
        if file.edition < .edition2024 { report("'import option' needs edition 2024", current.range) }
        let place = begin([PathPart.File.optionDependency, Int32(file.optionImports.count)], at: start)
        advance()
        let (value, range) = try expectString("the path of a file, in quotes")
        file.optionImports.append(
            ImportSyntax(kind: .isOption, path: String(decoding: value, as: UTF8.self), range: range))
        try expectStatementEnd(place)
    }

    private mutating func readPackage() throws(SyntaxError) {
        let start = current.range
        let place = begin([PathPart.File.package])
        advance()
        let name = try expectTypeName("a package name", absolute: false)
        if file.package == nil {
            file.package = name
        } else {
            report("the file has a package already", start.joined(name.range))
        }
        try expectStatementEnd(place)
    }
}
