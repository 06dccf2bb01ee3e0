// Generated from guestbook/v1/guestbook.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf
import WellKnownTypes

/// An entry in the book.
public struct Entry: Protobuf.Message {
    /// Who signed.
    public var name: Swift.String = ""
    public var text: Swift.String = ""
    /// When; set by the server.
    public var signedAt: WellKnownTypes.GoogleProtobufTimestamp?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String = "",
        text: Swift.String = "",
        signedAt: WellKnownTypes.GoogleProtobufTimestamp? = nil
    ) {
        self.name = name
        self.text = text
        self.signedAt = signedAt
    }

    public static var fullName: Swift.String { "guestbook.v1.Entry" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.name, record, has: 64, at: 24)
        writer.implicit(self.text, record, has: 68, at: 40)
        writer.message(self.signedAt, record, at: 56)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.name)
        reader.implicit(record, at: 40, into: &self.text)
        reader.message(record, at: 56, into: &self.signedAt)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct SignRequest: Protobuf.Message {
    public var entry: Entry?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        entry: Entry? = nil
    ) {
        self.entry = entry
    }

    public static var fullName: Swift.String { "guestbook.v1.SignRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.message(self.entry, record, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.message(record, at: 24, into: &self.entry)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct SignResponse: Protobuf.Message {
    /// How many entries the book has now.
    public var count: Swift.Int32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        count: Swift.Int32 = 0
    ) {
        self.count = count
    }

    public static var fullName: Swift.String { "guestbook.v1.SignResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.count, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.count)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct ReadRequest: Protobuf.Message {
    /// At most this many; 0 means all.
    public var limit: Swift.Int32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        limit: Swift.Int32 = 0
    ) {
        self.limit = limit
    }

    public static var fullName: Swift.String { "guestbook.v1.ReadRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.limit, record, has: 28, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.limit)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            4, 0,
            72, 3,  // guestbook.v1.Entry
            1, 14, 64, 24, 0,  // name
            2, 14, 68, 40, 0,  // text
            3, 16, 0, 56, 4,  // signed_at
            32, 1,  // guestbook.v1.SignRequest
            1, 16, 0, 24, 0,  // entry
            32, 1,  // guestbook.v1.SignResponse
            1, 0, 28, 24, 0,  // count
            32, 1,  // guestbook.v1.ReadRequest
            1, 0, 28, 24, 0,  // limit
        ],
        names: """
            guestbook.v1.Entry name text signed_at
            guestbook.v1.SignRequest entry
            guestbook.v1.SignResponse count
            guestbook.v1.ReadRequest limit
            """,
        imports: [
            WellKnownTypes.GoogleProtobufTimestamp.layout,
        ])
}
