/// Why a message could not be decoded or encoded.
public struct WireError: Error, Hashable, Sendable {
    public var kind: Kind
    /// The full name of the message type, `package.Message`; the innermost one that holds the fault.
    public var message: String
    /// The field that holds the fault, if one does: its name, or its number if the type does not know it.
    public var field: String?
    /// How many bytes into the input the fault lies; only told when decoding.
    public var offset: Int?

    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// The bytes are no protobuf message.
        case malformed(Malformation)
        /// Messages (or groups) lie within each other more often than ``DecodingLimits/depthMax`` allows.
        case tooDeep(limit: Int)
        /// A `string` field is not valid UTF-8.
        case invalidUTF8
        /// The message is longer than the limit, in bytes.
        case tooLarge(limit: Limit)
        /// Decoding would take more memory than ``DecodingLimits/memoryBytesMax`` allows.
        case outOfMemoryBudget(limit: Int)
        /// A proto2 `required` field is not set.
        case missingRequired
    }

    /// How bytes fail to be a protobuf message.
    public enum Malformation: Error, Hashable, Sendable {
        case truncated, badTag, badVarint, badWireType, badGroup, badPackedLength, refused
    }

    /// A limit on a message's length, in bytes.
    public enum Limit: Hashable, Sendable {
        /// ``DecodingLimits/messageBytesMax``.
        case messageBytesMax(Int)
        /// Two GiB: what the protobuf format allows at most.
        case format
    }

    public init(_ kind: Kind, message: String, field: String? = nil, offset: Int? = nil) {
        self.kind = kind
        self.message = message
        self.field = field
        self.offset = offset
    }
}

/// The error of a reader or writer, which is so one word long: there is hardly ever one.
@usableFromInline
final class Failure: Sendable {
    @usableFromInline let error: WireError

    init(_ kind: WireError.Kind, message: String, field: String? = nil) {
        error = WireError(kind, message: message, field: field)
    }
}

extension WireError: CustomStringConvertible {
    public var description: String {
        var place = message
        if let field { place += ".\(field)" }
        if let offset { place += " (byte \(offset))" }
        return "\(place): \(kind)"
    }
}

extension WireError.Kind: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let what): return "not a protobuf message: \(what)"
        case .tooDeep(let limit): return "nested more than \(limit) levels deep (depthMax)"
        case .invalidUTF8: return "a string field is not valid UTF-8"
        case .tooLarge(.messageBytesMax(let limit)): return "longer than \(limit) bytes (messageBytesMax)"
        case .tooLarge(.format): return "longer than the 2 GiB that protobuf allows"
        case .outOfMemoryBudget(let limit): return "decoding needs more than \(limit) bytes of memory (memoryBytesMax)"
        case .missingRequired: return "a required field is not set"
        }
    }
}

extension WireError.Malformation: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated: return "a value runs past the end"
        case .badTag: return "a tag is not valid"
        case .badVarint: return "a varint is too long"
        case .badWireType: return "a wire type does not exist"
        case .badGroup: return "a group ends where none began"
        case .badPackedLength: return "a packed field holds no whole number of values"
        case .refused: return "refused by libprotobuf-c"
        }
    }
}

/// What a message may cost to decode.
public struct DecodingLimits: Hashable, Sendable {
    /// The longest message, in bytes. 64 MiB by default; values above 2 GiB - 1 mean 2 GiB - 1.
    public var messageBytesMax: Int
    /// How many levels of messages (and groups) may lie below the outermost one. 100 by default, as elsewhere.
    public var depthMax: Int
    /// The working memory of one decode, in bytes; the decoded values take about as much again. 64 MiB by default:
    /// a MiB of empty messages would take nearly that.
    public var memoryBytesMax: Int

    public static let `default` = DecodingLimits()

    public init(messageBytesMax: Int = 64 << 20, depthMax: Int = 100, memoryBytesMax: Int = 64 << 20) {
        precondition(messageBytesMax >= 0 && depthMax >= 0 && depthMax <= 1000 && memoryBytesMax >= 0)
        self.messageBytesMax = messageBytesMax
        self.depthMax = depthMax
        self.memoryBytesMax = memoryBytesMax
    }
}
