import ByteString
import Descriptors
import Messages
import Protobuf
import RPC
import Stubs

/// `grpc.reflection.v1.ServerReflection`, and v1alpha, which is the same by another name.
struct ReflectionService: Sendable {
    typealias Request = GrpcReflectionV1ServerReflectionRequest
    typealias Response = GrpcReflectionV1ServerReflectionResponse

    private let services: [String]

    /// All files that this program has. Read when the first question comes.
    private static let index: DescriptorIndex = {
        do { return try DescriptorIndex(Messages.FileDescriptors.all) } catch {
            preconditionFailure("what the generator has written is no descriptor: \(error)")
        }
    }()

    private static let v1 = GrpcReflectionV1ServerReflection.Methods.serverReflectionInfo.path
    private static let v1alpha = GrpcReflectionV1alphaServerReflection.Methods.serverReflectionInfo.path

    /// - Parameter registry: what is served beside this.
    init(registry: ServiceRegistry) {
        let names = (registry.paths + [Self.v1, Self.v1alpha]).map { String($0.service) }
        services = Set(names).sorted()
    }

    func register(in registry: inout ServiceRegistry) {
        for path in [Self.v1, Self.v1alpha] {
            registry.rawStream(path, kind: .bidirectionalStreaming) { answer($0) }
        }
    }

    private func answer(_ stream: ServerStream) {
        // Files that have been sent need not be sent again.
        var sent: Set<String> = []
        stream.onMessage(Request.self) { request in
            var response = Response()
            response.originalRequest = request
            response.messageResponse = answer(request, &sent)
            if !stream.send(response) { stream.pause() }
        }
        stream.onWritable { stream.resume() }
        stream.onHalfClose { stream.finish() }
    }

    private func answer(_ request: Request, _ sent: inout Set<String>) -> Response.MessageResponse {
        switch request.messageRequest {
        case .fileByFilename(let name):
            return files(Self.index.file(named: name), &sent, "file \(name.prefix(200))")
        case .fileContainingSymbol(let symbol):
            return files(Self.index.file(defining: symbol), &sent, "symbol \(symbol.prefix(200))")
        case .fileContainingExtension(let wanted):
            let file = Self.index.file(extending: wanted.containingType, number: wanted.extensionNumber)
            let what = "extension \(wanted.extensionNumber) of \(wanted.containingType.prefix(200))"
            return files(file, &sent, what)
        case .allExtensionNumbersOfType(let type):
            guard Self.index.file(defining: type) != nil else { return .notFound("type \(type.prefix(200))") }
            return .allExtensionNumbersResponse(
                GrpcReflectionV1ExtensionNumberResponse(
                    baseTypeName: type, extensionNumber: Self.index.extensionNumbers(of: type)))
        case .listServices:
            return .listServicesResponse(
                GrpcReflectionV1ListServiceResponse(
                    service: services.map { GrpcReflectionV1ServiceResponse(name: $0) }))
        case nil:
            return .errorResponse(
                GrpcReflectionV1ErrorResponse(
                    errorCode: Int32(RPCStatus.Code.invalidArgument.rawValue), errorMessage: "nothing is asked for"))
        }
    }

    /// The file, and those that it imports as far as they have not been sent.
    private func files(_ file: FileDescriptor?, _ sent: inout Set<String>, _ what: String) -> Response.MessageResponse {
        guard let file else { return .notFound(what) }
        sent.insert(file.name)
        var found = [file]
        var position = 0
        while position < found.count {
            for name in found[position].dependencies where !sent.contains(name) {
                guard let next = Self.index.file(named: name) else { continue }
                sent.insert(name)
                found.append(next)
            }
            position += 1
        }
        return .fileDescriptorResponse(
            GrpcReflectionV1FileDescriptorResponse(fileDescriptorProto: found.map { Bytes($0.encoded) }))
    }
}

extension GrpcReflectionV1ServerReflectionResponse.MessageResponse {
    fileprivate static func notFound(_ what: String) -> Self {
        .errorResponse(
            GrpcReflectionV1ErrorResponse(
                errorCode: Int32(RPCStatus.Code.notFound.rawValue), errorMessage: "no \(what) is known here"))
    }
}
