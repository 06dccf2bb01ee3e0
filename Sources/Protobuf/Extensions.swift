// How generated code reaches a message's extensions, which the message keeps among its unknown fields.

extension Message {
    /// The extension with this number, in a message of which it is the only field.
    ///
    /// - Throws: A ``WireError`` if what stands under the number cannot be decoded.
    public func extensionField<Holder: Message>(_ holder: Holder.Type, number: Int) throws(WireError) -> Holder {
        let own = unknownFields.filter { $0.number == number }
        return own.isEmpty ? Holder() : try Holder(decoding: UnknownFields(own).encoded())
    }

    /// Puts an extension in the place of what has its number.
    ///
    /// - Parameter holder: A message of which it is the only field. If it is not set there, it is removed here.
    /// - Throws: A ``WireError`` if the value cannot be encoded.
    public mutating func setExtensionField(_ holder: some Message, number: Int) throws(WireError) {
        let fields = try AnyFields(of: holder).unknownFields
        unknownFields = UnknownFields(unknownFields.filter { $0.number != number } + fields)
    }
}

/// A message that knows no field, so that all of them are unknown.
struct AnyFields: Message {
    var unknownFields = UnknownFields()

    static var fullName: String { "AnyFields" }
    static var layout: MessageLayout { file[0] }
    private static let file = FileLayout(words: [1, 0, 24, 0], names: "AnyFields")

    init() {}

    /// The fields of another message.
    init(of message: some Message) throws(WireError) {
        try self.init(decoding: message.encoded(), limits: .unbounded)
    }

    func write(to record: UnsafeMutableRawPointer, _ writer: inout MessageWriter) {
        writer.unknown(unknownFields, record)
    }

    mutating func read(from record: UnsafeRawPointer, _ reader: inout MessageReader) {
        reader.unknown(record, into: &unknownFields)
    }
}

extension DecodingLimits {
    /// For what was decoded or encoded here already.
    static let unbounded = DecodingLimits(messageBytesMax: .max, memoryBytesMax: .max)
}
