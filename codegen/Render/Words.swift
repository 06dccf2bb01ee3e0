/// Splits the names of a `.proto` file into words and joins them as the Swift API Design Guidelines ask.
enum Words {
    /// Words that are written in one case: all small at the beginning of a name, else all capital.
    private static let acronyms: Set<String> = [
        "api", "cpu", "dns", "grpc", "html", "http", "https", "id", "io", "ip", "json", "rpc", "tcp", "tls", "ttl",
        "uri", "url", "utf8", "uuid", "xml",
    ]

    /// `request_id`, `requestId` and `REQUEST_ID` are all `request`, `id`. Names have letters of ASCII only.
    static func split(_ name: String) -> [String] {
        var words: [String] = []
        for part in name.utf8.split(separator: UInt8(ascii: "_")) {
            let letters = Array(part)
            var word: [UInt8] = []
            for (index, letter) in letters.enumerated() {
                let isAfterSmall = index > 0 && isSmall(letters[index - 1])
                let isBeforeSmall = index > 0 && index + 1 < letters.count && isSmall(letters[index + 1])
                if isCapital(letter), !word.isEmpty, isAfterSmall || isBeforeSmall {
                    words.append(String(decoding: word, as: UTF8.self))
                    word = []
                }
                word.append(isCapital(letter) ? letter | 0x20 : letter)
            }
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        }
        return words
    }

    private static func isSmall(_ letter: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter }
    private static func isCapital(_ letter: UInt8) -> Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= letter }

    /// `requestID`. A name without any letter or digit is kept.
    static func lowerCamel(_ name: String) -> String {
        let words = split(name)
        guard let first = words.first else { return name }
        return first + words.dropFirst().map(capitalized).joined()
    }

    /// `RequestID`.
    static func upperCamel(_ name: String) -> String {
        let words = split(name)
        return words.isEmpty ? name : words.map(capitalized).joined()
    }

    private static func capitalized(_ word: String) -> String {
        if acronyms.contains(word) { return word.uppercased() }
        if word.last == "s", acronyms.contains(String(word.dropLast())) { return word.dropLast().uppercased() + "s" }
        return word.prefix(1).uppercased() + word.dropFirst()
    }
}

/// What Swift and the runtime keep for themselves.
enum Reserved {
    /// Words that are names only between backticks.
    static let keywords: Set<String> = [
        "associatedtype", "as", "await", "break", "case", "catch", "class", "continue", "default", "defer", "deinit",
        "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if",
        "import", "in", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private", "protocol",
        "public", "repeat", "rethrows", "return", "static", "struct", "subscript", "super", "switch", "throw", "throws",
        "true", "try", "typealias", "var", "where", "while",
    ]

    /// Words that are not even names between backticks, or that mean something else after a dot.
    static let impossible: Set<String> = ["init", "self", "Self", "Type", "Protocol", "Any", "_"]

    /// Names of types that would hide what generated code refers to, or are static members of every message.
    static let types: Set<String> = [
        "Swift", "Protobuf", "_FileLayout", "_Extensions", "MessageRegistry", "fullName", "layout",
    ]

    /// Instance members that every message has.
    static let members: Set<String> = [
        "unknownFields", "debugDescription", "description", "encoded", "encodedBytes", "hash", "hashValue", "isDefault",
        "prepare", "encode", "store", "withEncoded", "withPacker", "read", "write", "extensionField",
        "setExtensionField",
    ]

    /// Cases that would be mistaken for those of the optional around a oneof.
    static let optionalCases: Set<String> = ["none", "some"]

    /// Static members that every enum has.
    static let cases: Set<String> = ["storedSize", "load", "unrecognized", "allCases"]

    /// The name as source text.
    static func quoted(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }
}
