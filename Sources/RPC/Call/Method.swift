public import Protobuf

/// Which sides of a call send a stream of messages.
public enum CallKind: Sendable, Hashable {
    case unary
    case clientStreaming
    case serverStreaming
    case bidirectionalStreaming

    /// Whether the client may send any number of messages, instead of exactly one.
    public var isClientStreaming: Bool { self == .clientStreaming || self == .bidirectionalStreaming }
    /// Whether the server may send any number of messages, instead of exactly one.
    public var isServerStreaming: Bool { self == .serverStreaming || self == .bidirectionalStreaming }
}

/// A method's path on the wire: `/package.Service/Method`.
public struct MethodPath: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The path as the `:path` header carries it.
    public let text: String

    /// - Precondition: `text` has the form `/service/method`.
    public init(_ text: String) {
        precondition(MethodPath.isValid(text), "\(text) is not of the form /service/method")
        self.text = text
    }

    public init(stringLiteral text: String) {
        self.init(text)
    }

    /// The full name of the service, for example `roost.v1.Store`.
    public var service: Substring { text.dropFirst().prefix { $0 != "/" } }
    /// The method's name, for example `Get`.
    public var method: Substring { text.dropFirst().drop { $0 != "/" }.dropFirst() }

    public var description: String { text }

    static func isValid(_ text: String) -> Bool {
        let isPrintable = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
        guard isPrintable, text.utf8.first == UInt8(ascii: "/") else { return false }
        let parts = text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
    }
}

/// A method with the types of its messages: what a generated stub declares and both sides refer to.
public struct Method<Request: Message, Response: Message>: Sendable {
    public let path: MethodPath
    public let kind: CallKind

    public init(_ path: MethodPath, kind: CallKind) {
        self.path = path
        self.kind = kind
    }
}
