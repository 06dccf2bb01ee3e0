import Descriptors
import Protobuf

/// Protobuf's canonical mapping between messages and JSON (https://protobuf.dev/programming-guides/json).
///
/// It goes by descriptors: a message is encoded and its bytes are told as JSON, field by field; JSON becomes bytes that
/// are decoded. So it serves every generated type, and what has no generated type as well: the content of an `Any`,
/// extensions, and messages whose type is known by name only.
///
/// What is written is the same for the same bytes: fields are in the order of their numbers, without any space.
public struct JSONMapping: Sendable {
    let schema: Schema

    /// - Parameter files: The files of all types that will be met, and those that they import: `FileDescriptors.all` of
    ///   the generated modules, one after the other. Of two files with one name the first counts.
    public init(_ files: [FileDescriptor]) throws(SchemaError) {
        schema = try SchemaBuilder.build(files)
    }

    // MARK: Writing

    /// The message as JSON.
    ///
    /// - Throws: A ``JSONError`` if the message cannot be encoded, or if it or one in it has no form in JSON: a
    ///   `Timestamp` after the year 9999, a `FieldMask` whose paths would not be read as they were, a `Value` that is
    ///   nothing or no finite number, an `Any` of a type that no file describes.
    public func json(
        of message: some Message, options: JSONWritingOptions = .default
    ) throws(JSONError) -> String {
        let bytes: [UInt8]
        do { bytes = try message.encoded() } catch { throw JSONError(.wire(error)) }
        return try json(ofEncoded: bytes, type: type(of: message).fullName, options: options)
    }

    /// An encoded message as JSON.
    ///
    /// - Parameter type: The full name of its type, `package.Message`.
    public func json(
        ofEncoded bytes: [UInt8], type: String, options: JSONWritingOptions = .default
    ) throws(JSONError) -> String {
        guard let position = schema.messageIndex[type] else { throw JSONError(.unknownType(type)) }
        var writer = JSONWriter(schema: schema, options: options)
        try writer.write(bytes[...], of: position)
        return String(decoding: writer.output.text, as: UTF8.self)
    }

    // MARK: Reading

    /// The message that a JSON text says.
    ///
    /// - Throws: A ``JSONError`` that names the fault, its place in the text and the way there.
    public func message<Value: Message>(
        _ type: Value.Type = Value.self, fromJSON text: String, options: JSONReadingOptions = .default
    ) throws(JSONError) -> Value {
        try message(type, fromJSON: Array(text.utf8), options: options)
    }

    /// The message that a JSON text says.
    ///
    /// - Parameter text: UTF-8, without a byte order mark.
    public func message<Value: Message>(
        _ type: Value.Type = Value.self, fromJSON text: [UInt8], options: JSONReadingOptions = .default
    ) throws(JSONError) -> Value {
        let bytes = try encodedMessage(type: Value.fullName, fromJSON: text, options: options)
        do { return try Value(decoding: bytes) } catch { throw JSONError(.wire(error)) }
    }

    /// The encoded message that a JSON text says.
    ///
    /// - Parameter type: The full name of its type, `package.Message`.
    public func encodedMessage(
        type: String, fromJSON text: [UInt8], options: JSONReadingOptions = .default
    ) throws(JSONError) -> [UInt8] {
        guard let position = schema.messageIndex[type] else { throw JSONError(.unknownType(type)) }
        let document = try JSONParser.parse(
            text, textBytesMax: options.textBytesMax, depthMax: options.depthMax)
        let reader = JSONReader(schema: schema, document: document, ignoresUnknownFields: options.ignoresUnknownFields)
        return try reader.message(at: 0, of: position)
    }
}

/// How messages are written as JSON.
public struct JSONWritingOptions: Hashable, Sendable {
    /// Whether fields without presence are written when they have their default value, and repeated fields and maps
    /// when they are empty.
    public var printsFieldsWithoutPresence: Bool
    /// Whether fields are called as in the `.proto` file, and not in lowerCamelCase.
    public var usesProtoNames: Bool
    /// Whether enums are written as numbers.
    public var writesEnumsAsNumbers: Bool
    /// By how many spaces members and elements are indented, each on a line of its own; nil for no space at all.
    public var indentation: Int?
    /// How often objects and arrays may lie within each other.
    public var depthMax: Int

    public static let `default` = JSONWritingOptions()

    public init(
        printsFieldsWithoutPresence: Bool = false, usesProtoNames: Bool = false, writesEnumsAsNumbers: Bool = false,
        indentation: Int? = nil, depthMax: Int = 100
    ) {
        precondition(depthMax >= 0 && depthMax <= JSONReadingOptions.highestDepthMax && indentation ?? 0 >= 0)
        self.printsFieldsWithoutPresence = printsFieldsWithoutPresence
        self.usesProtoNames = usesProtoNames
        self.writesEnumsAsNumbers = writesEnumsAsNumbers
        self.indentation = indentation
        self.depthMax = depthMax
    }
}

/// How JSON is read, and what it may cost.
public struct JSONReadingOptions: Hashable, Sendable {
    /// Whether members that are no fields, and names that are no values of their enum, are passed over.
    public var ignoresUnknownFields: Bool
    /// The longest text, in bytes; 16 MiB by default. Reading takes up to about twenty times as much memory: that many
    /// tokens and names fit into a text that consists of nothing else.
    public var textBytesMax: Int
    /// How often objects and arrays may lie within each other: 100 by default, 200 at most. Each level takes up to
    /// 4 KiB of stack in release builds, and several times as much in debug builds.
    public var depthMax: Int

    static let highestDepthMax = 200

    public static let `default` = JSONReadingOptions()

    public init(ignoresUnknownFields: Bool = false, textBytesMax: Int = 16 << 20, depthMax: Int = 100) {
        precondition(textBytesMax >= 0 && textBytesMax <= Int(Int32.max))
        precondition(depthMax >= 0 && depthMax <= Self.highestDepthMax)
        self.ignoresUnknownFields = ignoresUnknownFields
        self.textBytesMax = textBytesMax
        self.depthMax = depthMax
    }
}
