// How generated code reaches the extensions of a message with `message_set_wire_format`. Each is an item there: a group
// with the extension's number, which may be larger than any field's, and its message.

extension Message {
    /// The extension with this number, in a message of which it is the only field, with number 1.
    ///
    /// - Throws: A ``WireError`` if an item cannot be decoded.
    public func messageSetItem<Holder: Message>(_ holder: Holder.Type, number: Int) throws(WireError) -> Holder {
        var own: [UnknownField] = []
        for field in unknownFields {
            guard let item = try MessageSetItem(field), item.holds(number) else { continue }
            own.append(UnknownField(number: 1, bytes: Array(item.message)))
        }
        return own.isEmpty ? Holder() : try Holder(decoding: UnknownFields(own).encoded())
    }

    /// Puts an extension in the place of the items that have its number.
    ///
    /// - Parameter holder: A message of which it is the only field, with number 1. If it is not set there, it is
    ///   removed here.
    /// - Throws: A ``WireError`` if the value cannot be encoded, or an item that is there cannot be decoded.
    public mutating func setMessageSetItem(_ holder: some Message, number: Int) throws(WireError) {
        var fields: [UnknownField] = []
        for field in unknownFields where try MessageSetItem(field)?.holds(number) != true { fields.append(field) }
        for held in try AnyFields(of: holder).unknownFields {
            let content = [
                UnknownField(number: MessageSetItem.numberNumber, varint: UInt64(number)),
                UnknownField(number: MessageSetItem.messageNumber, wireType: held.wireType, payload: held.payload),
            ]
            fields.append(UnknownField(number: MessageSetItem.itemNumber, group: UnknownFields(content)))
        }
        unknownFields = UnknownFields(fields)
    }
}

/// What the group holds.
private struct MessageSetItem: Message {
    static let itemNumber = 1
    static let numberNumber = 2
    static let messageNumber = 3

    var number: Int32?
    var message = Bytes()
    var unknownFields = UnknownFields()

    static var fullName: String { "MessageSet.Item" }
    static var layout: MessageLayout { MessageSetContent.file[1] }

    init() {}

    /// Nil if the field is something else.
    init?(_ field: UnknownField) throws(WireError) {
        guard field.number == Self.itemNumber, field.wireType == 3 else { return nil }
        let content = try MessageSetContent(decoding: UnknownFields([field]).encoded(), limits: .unbounded)
        guard let item = content.item else { return nil }
        self = item
    }

    func holds(_ number: Int) -> Bool { self.number.map(Int.init) == number }

    func write(to record: UnsafeMutableRawPointer, _ writer: inout MessageWriter) {
        writer.optional(number, record, has: 44, at: 40)
        writer.implicit(message, record, has: 48, at: 24)
        writer.unknown(unknownFields, record)
    }

    mutating func read(from record: UnsafeRawPointer, _ reader: inout MessageReader) {
        reader.optional(record, has: 44, at: 40, into: &number)
        reader.implicit(record, at: 24, into: &message)
        reader.unknown(record, into: &unknownFields)
    }
}

/// A message set with one item.
private struct MessageSetContent: Message {
    var item: MessageSetItem?
    var unknownFields = UnknownFields()

    static var fullName: String { "MessageSet" }
    static var layout: MessageLayout { file[0] }
    static let file = FileLayout(
        words: [
            2, 0,
            32, 1,  // MessageSet
            1, 4112, 0, 24, 1,  // item
            56, 2,  // MessageSet.Item
            2, 0, 44, 40, 0,  // number
            3, 15, 48, 24, 0,  // message
        ],
        names: """
            MessageSet item
            MessageSet.Item number message
            """)

    init() {}

    func write(to record: UnsafeMutableRawPointer, _ writer: inout MessageWriter) {
        var delimited = DelimitedMessages()
        writer.delimited(item, UInt32(MessageSetItem.itemNumber), &delimited, record, at: 24)
        writer.unknown(unknownFields, delimited, record)
    }

    mutating func read(from record: UnsafeRawPointer, _ reader: inout MessageReader) {
        reader.message(record, at: 24, into: &item)
        reader.unknown(record, into: &unknownFields)
    }
}
