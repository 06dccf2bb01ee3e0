import Protobuf

/// Why a JSON text could not be read, or why a message could not be written as JSON.
public struct JSONError: Error, Hashable, Sendable {
    public var kind: Kind
    /// How many bytes into the text the fault lies; only told when reading.
    public var offset: Int?
    /// The way to the fault, the innermost step first.
    private var steps: [Step] = []

    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// The text is not JSON.
        case syntax(Malformation)
        /// Objects and arrays lie within each other more often than `depthMax` allows.
        case tooDeep(limit: Int)
        /// The text has more bytes than `textBytesMax` allows.
        case tooLarge(limit: Int)
        /// A name occurs twice in an object, or a field by two of its names.
        case duplicateName(String)
        /// The value is of another kind than what is wanted here, for example "an object".
        case wrongKind(wanted: String)
        /// The value does not have the form of this type.
        case malformed(as: String)
        /// The value is outside of what this type can hold.
        case outOfRange(of: String)
        /// The message type has no field of this name.
        case unknownField(String, of: String)
        /// The enum has no value of this name or number.
        case unknownEnumValue(String, of: String)
        /// No file describes the message type that this name or URL stands for.
        case unknownType(String)
        /// More than one member of this oneof is set.
        case oneofSetTwice(String)
        /// The object lacks a member that it must have: `@type` or `value`.
        case missingMember(String)
        /// A required field is not set.
        case missingRequired(String)
        /// The message could not be encoded or decoded, or the one in an `Any` is damaged.
        case wire(WireError)
    }

    /// How a text fails to be JSON.
    public enum Malformation: Hashable, Sendable {
        case unexpectedEnd, unexpectedByte, textAfterTheEnd, badNumber, badEscape, controlCharacter, loneSurrogate,
            invalidUTF8
    }

    /// One step from a value to one inside of it.
    public enum Step: Hashable, Sendable {
        case member(String)
        case element(Int)
    }

    public init(_ kind: Kind, offset: Int? = nil) {
        self.kind = kind
        self.offset = offset
    }

    /// The way to the fault from the outermost value, which is `$`: for example `$.items[3].name`.
    public var path: String {
        steps.reversed().reduce(into: "$") { text, step in
            switch step {
            case .member(let name): text += ".\(name)"
            case .element(let position): text += "[\(position)]"
            }
        }
    }

    func within(_ step: Step) -> JSONError {
        var error = self
        error.steps.append(step)
        return error
    }
}

/// Does `body`, whose errors lie at this step. Nobody pays for a path before there is an error.
func within<Result>(
    _ step: @autoclosure () -> JSONError.Step, _ body: () throws(JSONError) -> Result
) throws(JSONError) -> Result {
    do {
        return try body()
    } catch {
        throw error.within(step())
    }
}

extension JSONError: CustomStringConvertible {
    public var description: String {
        "\(path)\(offset.map { " (byte \($0))" } ?? ""): \(kind)"
    }
}

extension JSONError.Kind: CustomStringConvertible {
    public var description: String {
        switch self {
        case .syntax(let what): return "not JSON: \(what)"
        case .tooDeep(let limit): return "nested more than \(limit) levels deep (depthMax)"
        case .tooLarge(let limit): return "longer than \(limit) bytes (textBytesMax)"
        case .duplicateName(let name): return "\"\(name)\" is there twice"
        case .wrongKind(let wanted): return "should be \(wanted)"
        case .malformed(let type): return "not the form of \(type)"
        case .outOfRange(let type): return "outside of the range of \(type)"
        case .unknownField(let name, let type): return "\(type) has no field \"\(name)\""
        case .unknownEnumValue(let value, let type): return "\(type) has no value \(value)"
        case .unknownType(let name): return "no message type is known for \"\(name)\""
        case .oneofSetTwice(let name): return "more than one member of the oneof \(name) is set"
        case .missingMember(let name): return "the member \"\(name)\" is missing"
        case .missingRequired(let name): return "the required field \(name) is not set"
        case .wire(let error): return "\(error)"
        }
    }
}

extension JSONError.Malformation: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpectedEnd: return "the text ends too early"
        case .unexpectedByte: return "a byte that cannot stand here"
        case .textAfterTheEnd: return "text after the end of the value"
        case .badNumber: return "a number is not written as JSON wants"
        case .badEscape: return "an escape does not exist"
        case .controlCharacter: return "a control character in a string is not escaped"
        case .loneSurrogate: return "half of a surrogate pair"
        case .invalidUTF8: return "not valid UTF-8"
        }
    }
}
