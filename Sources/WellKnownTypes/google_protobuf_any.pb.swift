// Generated from google/protobuf/any.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// A message of any type.
public struct GoogleProtobufAny: Protobuf.Message {
    /// The type's URL, for example `type.googleapis.com/google.rpc.ErrorInfo`.
    public var typeURL: Swift.String = ""
    /// The message, encoded.
    public var value: Protobuf.Bytes = Protobuf.Bytes()
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        typeURL: Swift.String = "",
        value: Protobuf.Bytes = Protobuf.Bytes()
    ) {
        self.typeURL = typeURL
        self.value = value
    }

    public static var fullName: Swift.String { "google.protobuf.Any" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.typeURL, record, has: 56, at: 24)
        writer.implicit(self.value, record, has: 60, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.typeURL)
        reader.implicit(record, at: 40, into: &self.value)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            1, 0,
            64, 2,  // google.protobuf.Any
            1, 14, 56, 24, 0,  // type_url
            2, 15, 60, 40, 0,  // value
        ],
        names: """
            google.protobuf.Any type_url value
            """)
}
