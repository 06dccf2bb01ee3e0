// Generated from google/protobuf/field_mask.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// Some fields of a message.
public struct GoogleProtobufFieldMask: Protobuf.Message {
    /// Names as in the .proto file, with points between them.
    public var paths: [Swift.String] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        paths: [Swift.String] = []
    ) {
        self.paths = paths
    }

    public static var fullName: Swift.String { "google.protobuf.FieldMask" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.paths, record, count: 24, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.paths)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            1, 0,
            40, 1,  // google.protobuf.FieldMask
            1, 270, 24, 32, 0,  // paths
        ],
        names: """
            google.protobuf.FieldMask paths
            """)
}
