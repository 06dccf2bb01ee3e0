public import ByteString

/// The name of a metadata entry: lower-case letters, digits, `_`, `-` and `.`. Names that end in `-bin` hold bytes, all
/// others text.
public struct MetadataKey: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let text: String

    /// Nil if `text`, lower-cased, is not a name that an application may use. `grpc-...`, `:...`, `content-type`,
    /// `te` and the headers of HTTP/1 connections belong to the protocol.
    public init?(_ text: String) {
        let lowered = text.lowercased()
        guard MetadataKey.isAllowed(lowered) else { return nil }
        self.text = lowered
    }

    /// - Precondition: the literal is a name that an application may use.
    public init(stringLiteral text: String) {
        guard let key = MetadataKey(text) else { preconditionFailure("\(text) is not a name for metadata") }
        self = key
    }

    /// A key that came from the wire and has been checked by the HTTP/2 library.
    init(checked text: String) {
        self.text = text
    }

    /// Whether the entry holds bytes (base64 on the wire).
    public var isBinary: Bool { text.hasSuffix("-bin") }
    public var description: String { text }

    private static let reserved: Set<String> = [
        "content-type", "te", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade",
        "content-length", "host", "user-agent",
    ]

    private static func isAllowed(_ text: String) -> Bool {
        guard !text.isEmpty, !text.hasPrefix("grpc-"), !reserved.contains(text) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
    }
}

/// Why an entry cannot be metadata.
public enum MetadataError: Error, Sendable, Hashable {
    /// A key that ends in `-bin` was given text, or another one bytes.
    case wrongKind(key: String)
    /// Text may hold the bytes 0x20 to 0x7e only.
    case notPrintableASCII(key: String)
}

/// The headers or trailers of a call that belong to the application: an ordered list in which a key may occur more
/// than once.
public struct Metadata: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        public let key: MetadataKey
        public let content: Content
    }

    public enum Content: Sendable, Hashable {
        case text(String)
        case binary(Bytes)
    }

    /// In the order in which they are sent.
    public private(set) var entries: [Entry]

    public init() {
        entries = []
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// Adds text after the entries that are there.
    public mutating func append(_ text: String, for key: MetadataKey) throws(MetadataError) {
        guard !key.isBinary else { throw .wrongKind(key: key.text) }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else { throw .notPrintableASCII(key: key.text) }
        entries.append(Entry(key: key, content: .text(text)))
    }

    /// Adds bytes after the entries that are there.
    public mutating func append(_ bytes: Bytes, for key: MetadataKey) throws(MetadataError) {
        guard key.isBinary else { throw .wrongKind(key: key.text) }
        entries.append(Entry(key: key, content: .binary(bytes)))
    }

    /// The first text under `key`.
    public subscript(_ key: MetadataKey) -> String? {
        for entry in entries where entry.key == key {
            if case .text(let text) = entry.content { return text }
        }
        return nil
    }

    /// The first bytes under `key`.
    public func bytes(_ key: MetadataKey) -> Bytes? {
        for entry in entries where entry.key == key {
            if case .binary(let bytes) = entry.content { return bytes }
        }
        return nil
    }

    /// An entry whose parts have been checked.
    mutating func append(checked entry: Entry) {
        entries.append(entry)
    }
}

extension Metadata: ExpressibleByDictionaryLiteral {
    /// - Precondition: the keys do not end in `-bin` and the values are printable ASCII.
    public init(dictionaryLiteral elements: (MetadataKey, String)...) {
        self.init()
        for (key, text) in elements {
            do {
                try append(text, for: key)
            } catch {
                preconditionFailure("\(error)")
            }
        }
    }
}
