import Protobuf

/// The types that have a form of their own.
extension JSONWriter {
    mutating func writeTime(_ message: ArraySlice<UInt8>, of type: MessageType) throws(JSONError) {
        let records = try scan(message, of: type)
        let time = TimeText(
            seconds: Int64(bitPattern: records.varint(1)),
            nanoseconds: Int32(truncatingIfNeeded: Int64(bitPattern: records.varint(2))))
        let isTimestamp = type.form == .timestamp
        guard isTimestamp ? time.isTimestamp : time.isDuration else { throw JSONError(.outOfRange(of: type.name)) }
        output.string(isTimestamp ? time.timestamp : time.duration)
    }

    mutating func writeFieldMask(_ message: ArraySlice<UInt8>, of type: MessageType) throws(JSONError) {
        var text: [UInt8] = []
        for path in try scan(message, of: type).delimited(1) {
            try checkUTF8(path, .string)
            guard let path = FieldPath.camelCase(path) else { throw JSONError(.malformed(as: type.name)) }
            if !text.isEmpty { text.append(UInt8(ascii: ",")) }
            text += path
        }
        output.string(text[...])
    }

    /// A `Value` is whatever one of its fields is.
    mutating func writeDynamicValue(_ message: ArraySlice<UInt8>, of type: MessageType) throws(JSONError) {
        guard let (position, values) = try fieldValues(message, of: type).fields.last, let value = values.first else {
            throw JSONError(.malformed(as: type.name))
        }
        if case .double = type.fields[position].kind, case .fixed64(let bits) = value,
            !Double(bitPattern: bits).isFinite
        {
            throw JSONError(.outOfRange(of: type.name))
        }
        try write(value, of: type.fields[position].kind)
    }

    /// An `Any` is what it holds, with the URL of its type as a member more.
    mutating func writeAny(_ message: ArraySlice<UInt8>, of type: MessageType) throws(JSONError) {
        let records = try scan(message, of: type)
        let url = records.delimited(1).last ?? []
        let content = records.delimited(2).last ?? []
        try checkUTF8(url, .string)
        try output.beginObject()
        if !url.isEmpty || !content.isEmpty {
            let text = String(decoding: url, as: UTF8.self)
            guard let position = schema.message(byURL: text) else { throw JSONError(.unknownType(text)) }
            output.member("@type")
            output.string(url)
            let inner = schema.messages[position]
            if inner.form == .fields {
                try writeMembers(content, of: inner)
            } else {
                output.member("value")
                try within(.member("value")) { () throws(JSONError) in try write(content, of: position) }
            }
        }
        output.endObject()
    }
}

extension Schema {
    /// The position of the message type that a URL ends with, for example `type.googleapis.com/google.rpc.ErrorInfo`.
    func message(byURL url: String) -> Int? {
        url.lastIndex(of: "/").flatMap { messageIndex[String(url[url.index(after: $0)...])] }
    }
}

/// What a well-known type's few fields hold; nothing else is looked at.
extension [WireRecord] {
    /// The last varint of a field; zero if there is none.
    fileprivate func varint(_ number: Int) -> UInt64 {
        for record in reversed() where record.number == number {
            if case .varint(let value) = record.value { return value }
        }
        return 0
    }

    /// The strings or bytes of a field.
    fileprivate func delimited(_ number: Int) -> [ArraySlice<UInt8>] {
        compactMap { record in
            guard record.number == number, case .delimited(let bytes) = record.value else { return nil }
            return bytes
        }
    }
}
