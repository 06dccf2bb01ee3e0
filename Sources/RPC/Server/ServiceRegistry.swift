import CNghttp2
import Protobuf

/// What a server serves: the handler of each method's path.
///
/// Handlers come in three styles. *Raw*: encoded bytes, on the connection's event loop. *On the event loop*: decoded
/// messages. *Async*: for code where speed does not matter. A second handler for a path is a bug and crashes.
public struct ServiceRegistry: Sendable {
    /// Called on the event loop with the encoded request, which is valid only during the call.
    public typealias RawUnaryHandler = @Sendable (UnsafeRawBufferPointer, UnaryCall) -> Void
    /// Called on the event loop when the request's headers have come.
    public typealias StreamHandler = @Sendable (ServerStream) -> Void

    enum Handler: Sendable {
        case unary(RawUnaryHandler)
        case stream(StreamHandler)
    }

    struct Entry: Sendable {
        let path: MethodPath
        let kind: CallKind
        let handler: Handler
    }

    private(set) var entries: [Entry] = []
    private(set) var publicServices: Set<String> = []

    public init() {}

    /// Whoever calls methods of `service` may be anonymous, whatever the server's ``Authentication`` says: for health
    /// checks, whose callers often cannot be given a secret.
    public mutating func makePublic(_ service: String) {
        publicServices.insert(service)
    }

    /// The paths that have a handler, in the order in which they were added.
    public var paths: [MethodPath] { entries.map(\.path) }

    mutating func add(_ entry: Entry) {
        precondition(!entries.contains { $0.path == entry.path }, "\(entry.path) has a handler already")
        entries.append(entry)
    }

    // MARK: Raw bytes on the event loop

    /// Serves a unary method with its encoded messages.
    public mutating func rawUnary(_ path: MethodPath, _ handler: @escaping RawUnaryHandler) {
        add(Entry(path: path, kind: .unary, handler: .unary(handler)))
    }

    /// Serves a streaming method with its encoded messages. Where the client sends exactly one message (server
    /// streaming), that is checked before `onMessage`.
    ///
    /// - Precondition: `kind` is not unary.
    public mutating func rawStream(_ path: MethodPath, kind: CallKind, _ handler: @escaping StreamHandler) {
        precondition(kind != .unary, "a unary method is served by rawUnary")
        add(Entry(path: path, kind: kind, handler: .stream(handler)))
    }

    // MARK: Messages on the event loop

    /// Serves a unary method with decoded messages, on the event loop. A request that cannot be decoded is answered
    /// with INVALID_ARGUMENT.
    public mutating func unary<Request, Response>(
        _ method: Method<Request, Response>, onEventLoop handler: @escaping @Sendable (Request, UnaryCall) -> Void
    ) {
        precondition(method.kind == .unary)
        rawUnary(method.path) { buffer, call in
            do throws(WireError) {
                handler(try Request(decoding: buffer), call)
            } catch {
                call.fail(RPCStatus(undecodable: error))
            }
        }
    }

    /// Serves a streaming method on the event loop; see ``ServerStream/onMessage(_:_:)`` for decoded messages.
    public mutating func stream<Request, Response>(
        _ method: Method<Request, Response>, onEventLoop handler: @escaping StreamHandler
    ) {
        rawStream(method.path, kind: method.kind, handler)
    }
}

/// The registry as the shim looks it up. Immutable.
///
/// Proof of `@unchecked Sendable`: `native` is written before the initializer returns and only read from then on.
final class MethodTable: @unchecked Sendable {
    let native: OpaquePointer
    let handlers: [ServiceRegistry.Handler]
    let paths: [MethodPath]
    let isPublic: [Bool]

    init(_ registry: ServiceRegistry) {
        let entries = registry.entries
        guard let native = rh2_methods_new(entries.count) else { preconditionFailure("out of memory") }
        for (index, entry) in entries.enumerated() {
            var path = entry.path.text
            let isAdded = path.withUTF8 { path in
                path.withMemoryRebound(to: CChar.self) { path in
                    rh2_methods_add(
                        native, path.baseAddress!, path.count, UInt32(index), entry.kind.isClientStreaming,
                        entry.kind.isServerStreaming)
                }
            }
            precondition(isAdded, "out of memory")
        }
        self.native = native
        handlers = entries.map(\.handler)
        paths = entries.map(\.path)
        isPublic = entries.map { registry.publicServices.contains(String($0.path.service)) }
    }

    deinit {
        rh2_methods_free(native)
    }
}
