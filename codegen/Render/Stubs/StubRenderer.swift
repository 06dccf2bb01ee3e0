/// Writes a schema's services as Swift: their methods, a protocol for servers, and a client.
///
/// The same schema and options give the same bytes.
public struct StubRenderer {
    private let schema: Schema
    private let options: RenderOptions
    private let types: TypeNames
    private let services: ServiceNameTable

    /// - Throws: If two declarations would have one Swift name.
    public init(_ schema: Schema, options: RenderOptions = RenderOptions()) throws(RenderError) {
        self.schema = schema
        self.options = options
        types = try TypeNames(schema, options: options)
        services = try ServiceNameTable(schema, types: types, options: options)
    }

    /// One file for each requested `.proto` file that declares a service.
    public func files() -> [RenderedFile] {
        schema.files.filter { $0.isRequested && !$0.services.isEmpty }.map { file in
            RenderedFile(name: Self.fileName(of: file.path), text: render(file))
        }
    }

    /// `roost/v1/store.proto` becomes `roost_v1_store.stubs.swift`.
    public static func fileName(of path: String) -> String {
        let stem = path.hasSuffix(".proto") ? String(path.dropLast(6)) : path
        return stem.replacing("/", with: "_") + ".stubs.swift"
    }

    private func render(_ file: FileModel) -> String {
        let named = file.services.flatMap(\.methods).flatMap { [$0.inputType, $0.outputType] }
        var imports = Set(named.map { types.module(of: $0) ?? options.moduleName })
        if options.stubsShareModule { imports.remove(options.moduleName) }
        var source = SourceText(from: file.path, access: options.access, imports: imports.union(["RPC"]))
        for service in file.services {
            let stub = Stub(service, names: services[service], types: types)
            source.line()
            stub.renderNamespace(to: &source)
            source.line()
            stub.renderProtocol(to: &source)
            source.line()
            stub.renderClient(to: &source)
        }
        return source.text
    }
}

/// The stub of one service.
///
/// Types are written with their module's name: a message may have the name of a type of RPC's, or of a service.
private struct Stub {
    struct Method {
        var model: ServiceModel.MethodModel
        /// As it is written after `func`.
        var name: String
        var path: String
        var request: String
        var response: String
        var kind: CallKind
    }

    enum CallKind: String {
        case unary, clientStreaming, serverStreaming, bidirectionalStreaming
    }

    let service: ServiceModel
    let names: ServiceNames
    let methods: [Method]

    init(_ service: ServiceModel, names: ServiceNames, types: TypeNames) {
        self.service = service
        self.names = names
        methods = zip(service.methods, names.methods).map { model, name in
            let kind: CallKind =
                switch (model.isClientStreaming, model.isServerStreaming) {
                case (false, false): .unary
                case (true, false): .clientStreaming
                case (false, true): .serverStreaming
                case (true, true): .bidirectionalStreaming
                }
            return Method(
                model: model, name: Reserved.quoted(name), path: "/\(service.fullName)/\(model.name)",
                request: types.qualifiedName(of: model.inputType),
                response: types.qualifiedName(of: model.outputType), kind: kind)
        }
    }

    /// The comment of a declaration, or `fallback` if it has none.
    private func document(
        _ comment: [String], or fallback: String, isDeprecated: Bool, to source: inout SourceText
    ) {
        source.documentation(comment.isEmpty ? [fallback] : comment, isDeprecated: isDeprecated)
    }

    private func document(_ method: Method, to source: inout SourceText) {
        let model = method.model
        document(model.comment, or: "`\(method.path)`.", isDeprecated: model.isDeprecated, to: &source)
    }

    // MARK: Methods and registration

    func renderNamespace(to source: inout SourceText) {
        document(
            service.comment, or: "The service `\(service.fullName)`.", isDeprecated: service.isDeprecated, to: &source)
        source.block("public enum \(names.service)") { source in
            source.line("/// The service's full name.")
            source.line("public static let serviceName = \"\(service.fullName)\"")
            source.line()
            renderMethods(to: &source)
            source.line()
            renderRegistration(to: &source)
        }
    }

    private func renderMethods(to source: inout SourceText) {
        source.line("/// The service's methods, as both sides of a call name them.")
        source.block("public enum Methods") { source in
            for method in methods {
                document(method, to: &source)
                source.declare(
                    "public static let \(method.name) = RPC.Method<\(method.request), \(method.response)>",
                    ["\"\(method.path)\"", "kind: .\(method.kind.rawValue)"], "")
                source.line()
            }
            source.line("/// The path of every method, in the order of their declaration.")
            let paths = methods.map { "\($0.name).path" }.joined(separator: ", ")
            source.line("public static let paths: [RPC.MethodPath] = [\(paths)]")
        }
    }

    private func renderRegistration(to source: inout SourceText) {
        source.line("/// Makes `registry` serve every method by `service`.")
        source.line("///")
        source.line("/// - Precondition: The registry has no handler for any of them.")
        let isUnused = methods.isEmpty
        source.block(
            "public static func register(_\(isUnused ? "" : " service"): some \(names.implementation), "
                + "in \(isUnused ? "_" : "registry"): inout RPC.ServiceRegistry)"
        ) { source in
            for method in methods {
                let call = "service.\(method.name)"
                let add = "registry.\(method.kind == .bidirectionalStreaming ? "bidirectional" : method.kind.rawValue)"
                switch method.kind {
                case .unary, .clientStreaming:
                    let request = method.kind == .unary ? "request" : "requests"
                    source.line("\(add)(Methods.\(method.name)) { \(request), context in")
                    source.indented { $0.line("try await \(call)(\(request), context: context)") }
                case .serverStreaming, .bidirectionalStreaming:
                    let request = method.kind == .serverStreaming ? "request" : "requests"
                    source.line("\(add)(Methods.\(method.name)) { \(request), responses, context in")
                    source.indented {
                        $0.line("try await \(call)(\(request), responses: responses, context: context)")
                    }
                }
                source.line("}")
            }
        }
    }

    // MARK: The server's side

    func renderProtocol(to source: inout SourceText) {
        source.line("/// What a server of `\(service.fullName)` implements.")
        source.line("///")
        source.line("/// ``\(names.service)/register(_:in:)`` makes a server use it.")
        source.line("///")
        source.line(
            "/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.")
        source.block("public protocol \(names.implementation): Sendable") { source in
            for (index, method) in methods.enumerated() {
                if index > 0 { source.line() }
                document(method, to: &source)
                let context = "context: RPC.ServerContext"
                let responses = "responses: RPC.ResponseWriter<\(method.response)>"
                let requests = "_ requests: RPC.MessageStream<\(method.request)>"
                let request = "_ request: \(method.request)"
                let head = "func \(method.name)"
                let result = " async throws -> \(method.response)"
                switch method.kind {
                case .unary: source.declare(head, [request, context], result)
                case .clientStreaming: source.declare(head, [requests, context], result)
                case .serverStreaming: source.declare(head, [request, responses, context], " async throws")
                case .bidirectionalStreaming: source.declare(head, [requests, responses, context], " async throws")
                }
            }
        }
    }

    // MARK: The client's side

    func renderClient(to source: inout SourceText) {
        source.line("/// Calls `\(service.fullName)` over a channel.")
        source.block("public struct \(names.client): Sendable") { source in
            source.line("/// What the calls go over.")
            source.line("public let channel: any RPC.CallChannel")
            source.line()
            source.line("/// A client that calls over `channel`.")
            source.block("public init(_ channel: any RPC.CallChannel)") { $0.line("self.channel = channel") }
            for method in methods {
                source.line()
                document(method, to: &source)
                renderCall(method, to: &source)
            }
        }
    }

    private func renderCall(_ method: Method, to source: inout SourceText) {
        let head = "public func \(method.name)"
        let request = "_ request: \(method.request)"
        let options = "options: RPC.CallOptions = RPC.CallOptions()"
        let descriptor = "\(names.service).Methods.\(method.name)"
        switch method.kind {
        case .unary:
            source.declare(head, [request, options], " async throws(RPC.RPCFailure) -> \(method.response) {")
            source.indented { $0.line("try await channel.unary(\(descriptor), request, options: options)") }
        case .serverStreaming:
            source.line("///")
            source.line("/// A failure of the call is thrown where the responses are read.")
            let stream = "RPC.MessageStream<\(method.response)>"
            source.declare(head, [request, options], " throws(RPC.RPCFailure) -> \(stream) {")
            source.indented { $0.line("try channel.serverStreaming(\(descriptor), request, options: options)") }
        case .clientStreaming:
            source.line("///")
            source.line("/// - Parameter send: Sends the requests; the last one has been sent when it returns.")
            let send = "_ send: (RPC.RequestWriter<\(method.request)>) async throws -> Void"
            source.declare(head, [options, send], " async throws -> \(method.response) {")
            source.indented { $0.line("try await channel.clientStreaming(\(descriptor), options: options, send)") }
        case .bidirectionalStreaming:
            source.line("///")
            source.line("/// A failure of the call is thrown where the responses are read or the requests written.")
            let call = "RPC.BidirectionalCall<\(method.request), \(method.response)>"
            source.declare(head, [options], " -> \(call) {")
            source.indented { $0.line("channel.bidirectional(\(descriptor), options: options)") }
        }
        source.line("}")
    }
}

extension SourceText {
    /// `head(parameters)tail`, with each parameter on a line of its own if one line would be too long.
    fileprivate mutating func declare(_ head: String, _ parameters: [String], _ tail: String) {
        let line = "\(head)(\(parameters.joined(separator: ", ")))\(tail)"
        // Stubs lie at most two levels deep.
        if line.count <= 112 { return self.line(line) }
        self.line("\(head)(")
        indented { source in
            for (index, parameter) in parameters.enumerated() {
                source.line(parameter + (index + 1 < parameters.count ? "," : ""))
            }
        }
        self.line(")\(tail)")
    }
}
