import Testing

@testable import CodegenCore

@Suite struct StubTests {
    func stub(_ text: String, package: String = "roost.v1") throws -> String {
        let compilation = Compilation.of("syntax = \"proto3\"; package \(package);\n" + text)
        let schema = try #require(compilation.schema, "\(compilation.summary)")
        return try StubRenderer(schema).files().map(\.text).joined()
    }

    @Test func `a stub has the methods, a protocol for servers, and a client`() throws {
        let text = try stub(
            """
            message Ping {}
            message Pong {}
            // Echoes.
            service Echo {
              // One for one.
              rpc Unary(Ping) returns (Pong);
              rpc Collect(stream Ping) returns (Pong);
              rpc Expand(Ping) returns (stream Pong);
              rpc Chat(stream Ping) returns (stream Pong);
            }
            """)
        #expect(text == Self.echo)
    }

    @Test func `a file without a service has no stub, and a service without methods has one`() throws {
        #expect(try stub("message M {}") == "")
        let text = try stub("service Nothing {}")
        #expect(text.contains("public static func register(_: some NothingService, in _: inout RPC.ServiceRegistry) {"))
        #expect(text.contains("public static let paths: [RPC.MethodPath] = []"))
    }

    @Test func `nothing has the name of the module that it is in`() throws {
        let text = "syntax = \"proto3\"; message Shop {} service Shops { rpc Open(Shop) returns (Shop); }"
        let schema = try #require(Compilation.of(text).schema)
        #expect(try TypeNames(schema, options: RenderOptions(moduleName: "Shop")).name(of: "Shop") == "Shop_")
        let stubs = try StubRenderer(schema, options: RenderOptions(moduleName: "Shops")).files()[0].text
        #expect(stubs.contains("public enum Shops_ {") && stubs.contains("Shops.Shop, "))
    }

    @Test func `names follow the package's prefix and Swift's rules`() throws {
        let text = try stub(
            "message M {} service S { rpc GetHTTPUrl(M) returns (M); rpc default(M) returns (M); "
                + "rpc Init(M) returns (M); rpc Channel(M) returns (M); rpc get_a(M) returns (M); "
                + "rpc GetA(M) returns (M); }",
            package: "other.v2")
        #expect(text.contains("public enum OtherV2S {"))
        #expect(text.contains("public protocol OtherV2SService: Sendable {"))
        #expect(text.contains("public struct OtherV2SClient: Sendable {"))
        #expect(text.contains("\"/other.v2.S/GetHTTPUrl\""))
        for name in ["getHTTPURL", "`default`", "init_", "channel_", "getA", "getA_"] {
            #expect(text.contains("func \(name)(_ request: Messages.OtherV2M, "), "\(name)")
        }
    }

    @Test func `a stub that would have a message's name is refused`() throws {
        let compilation = Compilation.of(
            "syntax = \"proto3\"; package roost.v1; message EchoClient {} service Echo {}")
        let schema = try #require(compilation.schema)
        #expect(
            throws: RenderError(
                name: "roost.v1.Echo", reason: "its stub would be EchoClient in Swift, as roost.v1.EchoClient is")
        ) { try StubRenderer(schema) }
    }

    @Test func `deprecation is told in the documentation`() throws {
        let text = try stub(
            "message M {} service S { option deprecated = true; rpc A(M) returns (M) { option deprecated = true; } }")
        #expect(text.contains("/// The service `roost.v1.S`.\n///\n/// - Warning: Deprecated.\npublic enum S {"))
        #expect(text.contains("    /// `/roost.v1.S/A`.\n    ///\n    /// - Warning: Deprecated.\n    func a("))
    }

    static let echo = #"""
        // Generated from main.proto by codegen. Do not edit.
        // swift-format-ignore-file

        import Messages
        import RPC

        /// Echoes.
        public enum Echo {
            /// The service's full name.
            public static let serviceName = "roost.v1.Echo"

            /// The service's methods, as both sides of a call name them.
            public enum Methods {
                /// One for one.
                public static let unary = RPC.Method<Messages.Ping, Messages.Pong>("/roost.v1.Echo/Unary", kind: .unary)

                /// `/roost.v1.Echo/Collect`.
                public static let collect = RPC.Method<Messages.Ping, Messages.Pong>(
                    "/roost.v1.Echo/Collect",
                    kind: .clientStreaming
                )

                /// `/roost.v1.Echo/Expand`.
                public static let expand = RPC.Method<Messages.Ping, Messages.Pong>(
                    "/roost.v1.Echo/Expand",
                    kind: .serverStreaming
                )

                /// `/roost.v1.Echo/Chat`.
                public static let chat = RPC.Method<Messages.Ping, Messages.Pong>(
                    "/roost.v1.Echo/Chat",
                    kind: .bidirectionalStreaming
                )

                /// The path of every method, in the order of their declaration.
                public static let paths: [RPC.MethodPath] = [unary.path, collect.path, expand.path, chat.path]
            }

            /// Makes `registry` serve every method by `service`.
            ///
            /// - Precondition: The registry has no handler for any of them.
            public static func register(_ service: some EchoService, in registry: inout RPC.ServiceRegistry) {
                registry.unary(Methods.unary) { request, context in
                    try await service.unary(request, context: context)
                }
                registry.clientStreaming(Methods.collect) { requests, context in
                    try await service.collect(requests, context: context)
                }
                registry.serverStreaming(Methods.expand) { request, responses, context in
                    try await service.expand(request, responses: responses, context: context)
                }
                registry.bidirectional(Methods.chat) { requests, responses, context in
                    try await service.chat(requests, responses: responses, context: context)
                }
            }
        }

        /// What a server of `roost.v1.Echo` implements.
        ///
        /// ``Echo/register(_:in:)`` makes a server use it.
        ///
        /// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
        public protocol EchoService: Sendable {
            /// One for one.
            func unary(_ request: Messages.Ping, context: RPC.ServerContext) async throws -> Messages.Pong

            /// `/roost.v1.Echo/Collect`.
            func collect(
                _ requests: RPC.MessageStream<Messages.Ping>,
                context: RPC.ServerContext
            ) async throws -> Messages.Pong

            /// `/roost.v1.Echo/Expand`.
            func expand(
                _ request: Messages.Ping,
                responses: RPC.ResponseWriter<Messages.Pong>,
                context: RPC.ServerContext
            ) async throws

            /// `/roost.v1.Echo/Chat`.
            func chat(
                _ requests: RPC.MessageStream<Messages.Ping>,
                responses: RPC.ResponseWriter<Messages.Pong>,
                context: RPC.ServerContext
            ) async throws
        }

        /// Calls `roost.v1.Echo` over a channel.
        public struct EchoClient: Sendable {
            /// What the calls go over.
            public let channel: any RPC.CallChannel

            /// A client that calls over `channel`.
            public init(_ channel: any RPC.CallChannel) {
                self.channel = channel
            }

            /// One for one.
            public func unary(
                _ request: Messages.Ping,
                options: RPC.CallOptions = RPC.CallOptions()
            ) async throws(RPC.RPCFailure) -> Messages.Pong {
                try await channel.unary(Echo.Methods.unary, request, options: options)
            }

            /// `/roost.v1.Echo/Collect`.
            ///
            /// - Parameter send: Sends the requests; the last one has been sent when it returns.
            public func collect(
                options: RPC.CallOptions = RPC.CallOptions(),
                _ send: (RPC.RequestWriter<Messages.Ping>) async throws -> Void
            ) async throws -> Messages.Pong {
                try await channel.clientStreaming(Echo.Methods.collect, options: options, send)
            }

            /// `/roost.v1.Echo/Expand`.
            ///
            /// A failure of the call is thrown where the responses are read.
            public func expand(
                _ request: Messages.Ping,
                options: RPC.CallOptions = RPC.CallOptions()
            ) throws(RPC.RPCFailure) -> RPC.MessageStream<Messages.Pong> {
                try channel.serverStreaming(Echo.Methods.expand, request, options: options)
            }

            /// `/roost.v1.Echo/Chat`.
            ///
            /// A failure of the call is thrown where the responses are read or the requests written.
            public func chat(
                options: RPC.CallOptions = RPC.CallOptions()
            ) -> RPC.BidirectionalCall<Messages.Ping, Messages.Pong> {
                channel.bidirectional(Echo.Methods.chat, options: options)
            }
        }

        """#
}
