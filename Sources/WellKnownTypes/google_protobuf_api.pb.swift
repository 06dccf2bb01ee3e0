// Generated from google/protobuf/api.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

/// A service.
public struct GoogleProtobufApi: Protobuf.Message {
    /// The full name.
    public var name: Swift.String = ""
    public var methods: [GoogleProtobufMethod] = []
    public var options: [GoogleProtobufOption] = []
    /// `major.minor`.
    public var version: Swift.String = ""
    public var sourceContext: GoogleProtobufSourceContext?
    /// Services whose methods it has as well.
    public var mixins: [GoogleProtobufMixin] = []
    public var syntax: GoogleProtobufSyntax = .proto2
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String = "",
        methods: [GoogleProtobufMethod] = [],
        options: [GoogleProtobufOption] = [],
        version: Swift.String = "",
        sourceContext: GoogleProtobufSourceContext? = nil,
        mixins: [GoogleProtobufMixin] = [],
        syntax: GoogleProtobufSyntax = .proto2
    ) {
        self.name = name
        self.methods = methods
        self.options = options
        self.version = version
        self.sourceContext = sourceContext
        self.mixins = mixins
        self.syntax = syntax
    }

    public static var fullName: Swift.String { "google.protobuf.Api" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.name, record, has: 112, at: 24)
        writer.repeated(self.methods, record, count: 40, at: 48)
        writer.repeated(self.options, record, count: 56, at: 64)
        writer.implicit(self.version, record, has: 116, at: 72)
        writer.message(self.sourceContext, record, at: 88)
        writer.repeated(self.mixins, record, count: 96, at: 104)
        writer.implicit(self.syntax, record, has: 124, at: 120)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.name)
        reader.repeated(record, count: 40, at: 48, into: &self.methods)
        reader.repeated(record, count: 56, at: 64, into: &self.options)
        reader.implicit(record, at: 72, into: &self.version)
        reader.message(record, at: 88, into: &self.sourceContext)
        reader.repeated(record, count: 96, at: 104, into: &self.mixins)
        reader.implicit(record, at: 120, into: &self.syntax)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A method of a service.
public struct GoogleProtobufMethod: Protobuf.Message {
    public var name: Swift.String = ""
    public var requestTypeURL: Swift.String = ""
    /// Whether the client sends a stream of requests.
    public var requestStreaming: Swift.Bool = false
    public var responseTypeURL: Swift.String = ""
    /// Whether the server sends a stream of responses.
    public var responseStreaming: Swift.Bool = false
    public var options: [GoogleProtobufOption] = []
    public var syntax: GoogleProtobufSyntax = .proto2
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String = "",
        requestTypeURL: Swift.String = "",
        requestStreaming: Swift.Bool = false,
        responseTypeURL: Swift.String = "",
        responseStreaming: Swift.Bool = false,
        options: [GoogleProtobufOption] = [],
        syntax: GoogleProtobufSyntax = .proto2
    ) {
        self.name = name
        self.requestTypeURL = requestTypeURL
        self.requestStreaming = requestStreaming
        self.responseTypeURL = responseTypeURL
        self.responseStreaming = responseStreaming
        self.options = options
        self.syntax = syntax
    }

    public static var fullName: Swift.String { "google.protobuf.Method" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.name, record, has: 88, at: 24)
        writer.implicit(self.requestTypeURL, record, has: 92, at: 40)
        writer.implicit(self.requestStreaming, record, has: 100, at: 96)
        writer.implicit(self.responseTypeURL, record, has: 104, at: 56)
        writer.implicit(self.responseStreaming, record, has: 112, at: 108)
        writer.repeated(self.options, record, count: 72, at: 80)
        writer.implicit(self.syntax, record, has: 120, at: 116)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.name)
        reader.implicit(record, at: 40, into: &self.requestTypeURL)
        reader.implicit(record, at: 96, into: &self.requestStreaming)
        reader.implicit(record, at: 56, into: &self.responseTypeURL)
        reader.implicit(record, at: 108, into: &self.responseStreaming)
        reader.repeated(record, count: 72, at: 80, into: &self.options)
        reader.implicit(record, at: 116, into: &self.syntax)
        reader.unknown(record, into: &self.unknownFields)
    }
}

/// A service whose methods another one has as well.
public struct GoogleProtobufMixin: Protobuf.Message {
    /// The full name.
    public var name: Swift.String = ""
    /// Below which the methods' HTTP paths are.
    public var root: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String = "",
        root: Swift.String = ""
    ) {
        self.name = name
        self.root = root
    }

    public static var fullName: Swift.String { "google.protobuf.Mixin" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.name, record, has: 56, at: 24)
        writer.implicit(self.root, record, has: 60, at: 40)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.name)
        reader.implicit(record, at: 40, into: &self.root)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            3, 0,
            128, 7,  // google.protobuf.Api
            1, 14, 112, 24, 0,  // name
            2, 272, 40, 48, 1,  // methods
            3, 272, 56, 64, 3,  // options
            4, 14, 116, 72, 0,  // version
            5, 16, 0, 88, 4,  // source_context
            6, 272, 96, 104, 2,  // mixins
            7, 13, 124, 120, 0,  // syntax
            128, 7,  // google.protobuf.Method
            1, 14, 88, 24, 0,  // name
            2, 14, 92, 40, 0,  // request_type_url
            3, 12, 100, 96, 0,  // request_streaming
            4, 14, 104, 56, 0,  // response_type_url
            5, 12, 112, 108, 0,  // response_streaming
            6, 272, 72, 80, 3,  // options
            7, 13, 120, 116, 0,  // syntax
            64, 2,  // google.protobuf.Mixin
            1, 14, 56, 24, 0,  // name
            2, 14, 60, 40, 0,  // root
        ],
        names: """
            google.protobuf.Api name methods options version source_context mixins syntax
            google.protobuf.Method name request_type_url request_streaming response_type_url response_streaming options syntax
            google.protobuf.Mixin name root
            """,
        imports: [
            GoogleProtobufOption.layout,
            GoogleProtobufSourceContext.layout,
        ])
}
