// Generated from google/protobuf/source_context.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// Where a definition was made.
public struct GoogleProtobufSourceContext: Protobuf.Message {
    /// The path of the .proto file, for example `google/protobuf/source_context.proto`.
    public var fileName: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        fileName: Swift.String = ""
    ) {
        self.fileName = fileName
    }

    public static var fullName: Swift.String { "google.protobuf.SourceContext" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.fileName, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.fileName)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            1, 0,
            48, 1,  // google.protobuf.SourceContext
            1, 14, 40, 24, 0,  // file_name
        ],
        names: """
            google.protobuf.SourceContext file_name
            """)
}
