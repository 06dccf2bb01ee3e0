import Protobuf

/// The old wire format of messages that have extensions only: each is an item, a group with the extension's number and
/// its message. Here, and in JSON, a message like any other has them as fields.
enum MessageSet {
    static let itemNumber = 1
    private static let typeNumber = 2
    private static let messageNumber = 3

    /// The records of a MessageSet, each item as the field that it stands for.
    static func fields(of records: [WireRecord]) throws(WireError.Malformation) -> [WireRecord] {
        var fields: [WireRecord] = []
        for record in records {
            guard record.number == itemNumber, case .group(let content) = record.value else {
                fields.append(record)
                continue
            }
            var number: UInt64?
            var payload: ArraySlice<UInt8> = []
            for part in try WireScanner.records(of: content) {
                switch (part.number, part.value) {
                case (typeNumber, .varint(let value)): number = value
                case (messageNumber, .delimited(let bytes)): payload = bytes
                default: break
                }
            }
            guard let number, let number = Int(exactly: number) else { continue }
            fields.append(WireRecord(number: number, value: .delimited(payload)))
        }
        return fields
    }

    /// The item that stands for an extension. Its number may be larger than any field's.
    static func item(_ number: Int, _ value: WireValue) -> WireValue {
        var content = WireOutput()
        content.append(.varint(UInt64(number)), number: typeNumber)
        content.append(value, number: messageNumber)
        return .group(content.bytes[...])
    }
}
