// Generated from google/protobuf/timestamp.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// A moment, counted from 1970-01-01T00:00:00Z without leap seconds.
public struct GoogleProtobufTimestamp: Protobuf.Message {
    public var seconds: Swift.Int64 = 0
    /// 0 to 999,999,999; it counts forward, before 1970 too.
    public var nanos: Swift.Int32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        seconds: Swift.Int64 = 0,
        nanos: Swift.Int32 = 0
    ) {
        self.seconds = seconds
        self.nanos = nanos
    }

    public static var fullName: Swift.String { "google.protobuf.Timestamp" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.seconds, record, has: 32, at: 24)
        writer.implicit(self.nanos, record, has: 40, at: 36)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.seconds)
        reader.implicit(record, at: 36, into: &self.nanos)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            1, 0,
            48, 2,  // google.protobuf.Timestamp
            1, 3, 32, 24, 0,  // seconds
            2, 0, 40, 36, 0,  // nanos
        ],
        names: """
            google.protobuf.Timestamp seconds nanos
            """)
}
