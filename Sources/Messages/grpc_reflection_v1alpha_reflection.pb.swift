// Generated from grpc/reflection/v1alpha/reflection.proto by codegen. Do not edit.
// swift-format-ignore-file

import Protobuf

public struct GrpcReflectionV1alphaServerReflectionRequest: Protobuf.Message {
    /// Not used.
    public var host: Swift.String = ""
    public var messageRequest: MessageRequest?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        host: Swift.String = "",
        messageRequest: MessageRequest? = nil
    ) {
        self.host = host
        self.messageRequest = messageRequest
    }

    public enum MessageRequest: Swift.Hashable, Swift.Sendable {
        /// The file of that name.
        case fileByFilename(Swift.String)
        /// The file that declares the service, method, message, field, enum or extension of that full name.
        case fileContainingSymbol(Swift.String)
        /// The file that declares the extension.
        case fileContainingExtension(GrpcReflectionV1alphaExtensionRequest)
        /// The numbers of all extensions of the message of that full name.
        case allExtensionNumbersOfType(Swift.String)
        /// The full names of all services. The text is not used.
        case listServices(Swift.String)
    }

    public static var fullName: Swift.String { "grpc.reflection.v1alpha.ServerReflectionRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[0] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.host, record, has: 60, at: 40)
        switch self.messageRequest {
        case .fileByFilename(let value):
            writer.choose(3, record, case: 56)
            writer.store(value, record, at: 24)
        case .fileContainingSymbol(let value):
            writer.choose(4, record, case: 56)
            writer.store(value, record, at: 24)
        case .fileContainingExtension(let value):
            writer.choose(5, record, case: 56)
            writer.store(value, record, at: 24)
        case .allExtensionNumbersOfType(let value):
            writer.choose(6, record, case: 56)
            writer.store(value, record, at: 24)
        case .listServices(let value):
            writer.choose(7, record, case: 56)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 56)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 40, into: &self.host)
        switch reader.chosen(record, case: 56) {
        case 3: self.messageRequest = .fileByFilename(reader.value(record, at: 24))
        case 4: self.messageRequest = .fileContainingSymbol(reader.value(record, at: 24))
        case 5: self.messageRequest = .fileContainingExtension(reader.value(record, at: 24))
        case 6: self.messageRequest = .allExtensionNumbersOfType(reader.value(record, at: 24))
        case 7: self.messageRequest = .listServices(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcReflectionV1alphaExtensionRequest: Protobuf.Message {
    /// The full name of the message that is extended.
    public var containingType: Swift.String = ""
    public var extensionNumber: Swift.Int32 = 0
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        containingType: Swift.String = "",
        extensionNumber: Swift.Int32 = 0
    ) {
        self.containingType = containingType
        self.extensionNumber = extensionNumber
    }

    public static var fullName: Swift.String { "grpc.reflection.v1alpha.ExtensionRequest" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[1] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.containingType, record, has: 40, at: 24)
        writer.implicit(self.extensionNumber, record, has: 48, at: 44)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.containingType)
        reader.implicit(record, at: 44, into: &self.extensionNumber)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcReflectionV1alphaServerReflectionResponse: Protobuf.Message {
    public var validHost: Swift.String = ""
    /// The question.
    public var originalRequest: GrpcReflectionV1alphaServerReflectionRequest?
    public var messageResponse: MessageResponse?
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        validHost: Swift.String = "",
        originalRequest: GrpcReflectionV1alphaServerReflectionRequest? = nil,
        messageResponse: MessageResponse? = nil
    ) {
        self.validHost = validHost
        self.originalRequest = originalRequest
        self.messageResponse = messageResponse
    }

    public enum MessageResponse: Swift.Hashable, Swift.Sendable {
        /// To the first three kinds of questions.
        case fileDescriptorResponse(GrpcReflectionV1alphaFileDescriptorResponse)
        case allExtensionNumbersResponse(GrpcReflectionV1alphaExtensionNumberResponse)
        case listServicesResponse(GrpcReflectionV1alphaListServiceResponse)
        case errorResponse(GrpcReflectionV1alphaErrorResponse)
    }

    public static var fullName: Swift.String { "grpc.reflection.v1alpha.ServerReflectionResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[2] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.validHost, record, has: 60, at: 32)
        writer.message(self.originalRequest, record, at: 48)
        switch self.messageResponse {
        case .fileDescriptorResponse(let value):
            writer.choose(4, record, case: 56)
            writer.store(value, record, at: 24)
        case .allExtensionNumbersResponse(let value):
            writer.choose(5, record, case: 56)
            writer.store(value, record, at: 24)
        case .listServicesResponse(let value):
            writer.choose(6, record, case: 56)
            writer.store(value, record, at: 24)
        case .errorResponse(let value):
            writer.choose(7, record, case: 56)
            writer.store(value, record, at: 24)
        case nil:
            writer.choose(0, record, case: 56)
        }
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 32, into: &self.validHost)
        reader.message(record, at: 48, into: &self.originalRequest)
        switch reader.chosen(record, case: 56) {
        case 4: self.messageResponse = .fileDescriptorResponse(reader.value(record, at: 24))
        case 5: self.messageResponse = .allExtensionNumbersResponse(reader.value(record, at: 24))
        case 6: self.messageResponse = .listServicesResponse(reader.value(record, at: 24))
        case 7: self.messageResponse = .errorResponse(reader.value(record, at: 24))
        default: break
        }
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcReflectionV1alphaFileDescriptorResponse: Protobuf.Message {
    /// Encoded google.protobuf.FileDescriptorProto: the file that was asked for, and those that it imports, directly or
    /// not, unless the stream has sent them already.
    public var fileDescriptorProto: [Protobuf.Bytes] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        fileDescriptorProto: [Protobuf.Bytes] = []
    ) {
        self.fileDescriptorProto = fileDescriptorProto
    }

    public static var fullName: Swift.String { "grpc.reflection.v1alpha.FileDescriptorResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[3] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.fileDescriptorProto, record, count: 24, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.fileDescriptorProto)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcReflectionV1alphaExtensionNumberResponse: Protobuf.Message {
    /// The full name of the message that is extended.
    public var baseTypeName: Swift.String = ""
    public var extensionNumber: [Swift.Int32] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        baseTypeName: Swift.String = "",
        extensionNumber: [Swift.Int32] = []
    ) {
        self.baseTypeName = baseTypeName
        self.extensionNumber = extensionNumber
    }

    public static var fullName: Swift.String { "grpc.reflection.v1alpha.ExtensionNumberResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[4] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.baseTypeName, record, has: 56, at: 24)
        writer.repeated(self.extensionNumber, record, count: 40, at: 48)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.baseTypeName)
        reader.repeated(record, count: 40, at: 48, into: &self.extensionNumber)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcReflectionV1alphaListServiceResponse: Protobuf.Message {
    public var service: [GrpcReflectionV1alphaServiceResponse] = []
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        service: [GrpcReflectionV1alphaServiceResponse] = []
    ) {
        self.service = service
    }

    public static var fullName: Swift.String { "grpc.reflection.v1alpha.ListServiceResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[5] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.repeated(self.service, record, count: 24, at: 32)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.repeated(record, count: 24, at: 32, into: &self.service)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcReflectionV1alphaServiceResponse: Protobuf.Message {
    /// The full name.
    public var name: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        name: Swift.String = ""
    ) {
        self.name = name
    }

    public static var fullName: Swift.String { "grpc.reflection.v1alpha.ServiceResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[6] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.name, record, has: 40, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 24, into: &self.name)
        reader.unknown(record, into: &self.unknownFields)
    }
}

public struct GrpcReflectionV1alphaErrorResponse: Protobuf.Message {
    /// A gRPC status code.
    public var errorCode: Swift.Int32 = 0
    public var errorMessage: Swift.String = ""
    public var unknownFields = Protobuf.UnknownFields()

    public init() {}

    public init(
        errorCode: Swift.Int32 = 0,
        errorMessage: Swift.String = ""
    ) {
        self.errorCode = errorCode
        self.errorMessage = errorMessage
    }

    public static var fullName: Swift.String { "grpc.reflection.v1alpha.ErrorResponse" }
    public static var layout: Protobuf.MessageLayout { _FileLayout.file[7] }

    public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter) {
        writer.implicit(self.errorCode, record, has: 44, at: 40)
        writer.implicit(self.errorMessage, record, has: 48, at: 24)
        writer.unknown(self.unknownFields, record)
    }

    public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader) {
        reader.implicit(record, at: 40, into: &self.errorCode)
        reader.implicit(record, at: 24, into: &self.errorMessage)
        reader.unknown(record, into: &self.unknownFields)
    }
}

private enum _FileLayout {
    static let file = Protobuf.FileLayout(
        words: [
            8, 0,
            64, 6,  // grpc.reflection.v1alpha.ServerReflectionRequest
            1, 14, 60, 40, 0,  // host
            3, 1038, 56, 24, 0,  // file_by_filename
            4, 1038, 56, 24, 0,  // file_containing_symbol
            5, 1040, 56, 24, 1,  // file_containing_extension
            6, 1038, 56, 24, 0,  // all_extension_numbers_of_type
            7, 1038, 56, 24, 0,  // list_services
            56, 2,  // grpc.reflection.v1alpha.ExtensionRequest
            1, 14, 40, 24, 0,  // containing_type
            2, 0, 48, 44, 0,  // extension_number
            64, 6,  // grpc.reflection.v1alpha.ServerReflectionResponse
            1, 14, 60, 32, 0,  // valid_host
            2, 16, 0, 48, 0,  // original_request
            4, 1040, 56, 24, 3,  // file_descriptor_response
            5, 1040, 56, 24, 4,  // all_extension_numbers_response
            6, 1040, 56, 24, 5,  // list_services_response
            7, 1040, 56, 24, 7,  // error_response
            40, 1,  // grpc.reflection.v1alpha.FileDescriptorResponse
            1, 271, 24, 32, 0,  // file_descriptor_proto
            64, 2,  // grpc.reflection.v1alpha.ExtensionNumberResponse
            1, 14, 56, 24, 0,  // base_type_name
            2, 768, 40, 48, 0,  // extension_number
            40, 1,  // grpc.reflection.v1alpha.ListServiceResponse
            1, 272, 24, 32, 6,  // service
            48, 1,  // grpc.reflection.v1alpha.ServiceResponse
            1, 14, 40, 24, 0,  // name
            56, 2,  // grpc.reflection.v1alpha.ErrorResponse
            1, 0, 44, 40, 0,  // error_code
            2, 14, 48, 24, 0,  // error_message
        ],
        names: """
            grpc.reflection.v1alpha.ServerReflectionRequest host file_by_filename file_containing_symbol file_containing_extension all_extension_numbers_of_type list_services
            grpc.reflection.v1alpha.ExtensionRequest containing_type extension_number
            grpc.reflection.v1alpha.ServerReflectionResponse valid_host original_request file_descriptor_response all_extension_numbers_response list_services_response error_response
            grpc.reflection.v1alpha.FileDescriptorResponse file_descriptor_proto
            grpc.reflection.v1alpha.ExtensionNumberResponse base_type_name extension_number
            grpc.reflection.v1alpha.ListServiceResponse service
            grpc.reflection.v1alpha.ServiceResponse name
            grpc.reflection.v1alpha.ErrorResponse error_code error_message
            """)
}
