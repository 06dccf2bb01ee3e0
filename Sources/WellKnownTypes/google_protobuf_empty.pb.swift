// Generated from google/protobuf/empty.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// Nothing.
public struct GoogleProtobufEmpty: Protobuf.Message {
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public static var fullName: Swift.String { "google.protobuf.Empty" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            1, 0,
            24, 0,  // google.protobuf.Empty
        ],
        names: """
            google.protobuf.Empty
            """)
}
