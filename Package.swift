// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is built with warnings as errors; packages we depend on are not affected.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// The targets that must stay free of I/O, clocks and threads (checked by TidyTests).
let pure: [SwiftSetting] = strict

let package = Package(
    name: "roost",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "roost", targets: ["roost"]),
        .executable(name: "codegen", targets: ["codegen"]),
        .executable(name: "simulate", targets: ["simulate"]),
        .library(name: "RoostClient", targets: ["Client"]),
        .library(name: "Protobuf", targets: ["Protobuf", "WellKnownTypes", "Descriptors"]),
        .library(name: "ProtobufJSON", targets: ["ProtobufJSON"]),
        .library(name: "RPC", targets: ["RPC"]),
        .plugin(name: "CompileProtos", targets: ["CompileProtos"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    ],
    targets: [
        // MARK: Bytes and messages
        .target(name: "ByteString", swiftSettings: pure),
        .target(name: "CProtobuf", linkerSettings: [.linkedLibrary("protobuf-c")]),
        .target(name: "Protobuf", dependencies: ["CProtobuf", "ByteString"], swiftSettings: strict),
        .target(name: "WellKnownTypes", dependencies: ["Protobuf"], swiftSettings: strict),
        .target(name: "Messages", dependencies: ["WellKnownTypes"], swiftSettings: strict),
        .target(name: "Descriptors", dependencies: ["Protobuf"], swiftSettings: strict),
        .target(name: "ProtobufJSON", dependencies: ["Descriptors"], swiftSettings: strict),

        // MARK: The generator
        .target(
            name: "CodegenCore", dependencies: ["Descriptors"], path: "codegen",
            exclude: ["Command", "Examples", "Plugin"],
            sources: ["Parse", "Resolve", "Describe", "Render"],
            resources: [.embedInCode("Protos/google/protobuf")], swiftSettings: strict),
        .executableTarget(
            name: "codegen",
            dependencies: ["CodegenCore", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "codegen/Command", swiftSettings: strict),
        .plugin(
            name: "CompileProtos",
            capability: .command(
                intent: .custom(
                    verb: "compile-protos", description: "Compiles .proto files to Swift messages and service stubs."),
                permissions: [.writeToPackageDirectory(reason: "It writes the Swift that it generates.")]),
            dependencies: ["codegen"], path: "codegen/Plugin"),

        // MARK: gRPC
        .target(name: "CNghttp2", linkerSettings: [.linkedLibrary("nghttp2"), .linkedLibrary("z")]),
        .target(
            name: "RPC",
            dependencies: [
                "CNghttp2", "Protobuf", "ByteString",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict),
        .target(name: "Stubs", dependencies: ["Messages", "RPC"], swiftSettings: strict),
        .target(name: "COpenSSL", linkerSettings: [.linkedLibrary("crypto")]),
        .target(
            name: "Credentials",
            dependencies: ["COpenSSL", "RPC", "ByteString"], swiftSettings: strict),

        // MARK: The pure core
        .target(
            name: "Consensus",
            dependencies: ["ByteString", .product(name: "DequeModule", package: "swift-collections")],
            swiftSettings: pure),
        .target(
            name: "Coordination",
            dependencies: ["Messages", "ByteString", .product(name: "HeapModule", package: "swift-collections")],
            swiftSettings: pure),
        .target(
            name: "Replica",
            dependencies: ["Consensus", "Coordination", .product(name: "DequeModule", package: "swift-collections")],
            swiftSettings: pure),

        // MARK: Disk and the loop
        .target(name: "CChecksum"),
        .target(name: "Journal", dependencies: ["Consensus", "CChecksum", "ByteString"], swiftSettings: strict),
        .target(
            name: "Driver",
            dependencies: ["Replica", "Journal", .product(name: "DequeModule", package: "swift-collections")],
            swiftSettings: strict),

        // MARK: The service
        .target(
            name: "Server",
            dependencies: [
                "Client", "Credentials", "Descriptors", "Driver", "Stubs",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .target(
            name: "Client",
            dependencies: [
                "Stubs",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "roost",
            dependencies: [
                "Server", "Client", "Credentials",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "simulate",
            dependencies: [
                "Simulation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/simulate/Command", swiftSettings: strict),
        .target(
            name: "Simulation", dependencies: ["Driver"], path: "Sources/simulate", exclude: ["Command"],
            swiftSettings: strict),

        // MARK: Tests
        .target(
            name: "TestMessages", dependencies: ["WellKnownTypes", "Descriptors"], path: "Tests/TestMessages",
            exclude: ["Protos"],
            swiftSettings: strict),
        .executableTarget(
            name: "wire-testee", dependencies: ["Messages", "ProtobufJSON", "TestMessages"],
            path: "Tests/InteropTests/testee", swiftSettings: strict),
        .testTarget(
            name: "ProtobufTests",
            dependencies: ["CProtobuf", "Protobuf", "Messages", "WellKnownTypes", "Descriptors", "TestMessages"],
            swiftSettings: strict),
        .testTarget(
            name: "ProtobufJSONTests",
            dependencies: ["ProtobufJSON", "Messages", "WellKnownTypes", "TestMessages"], swiftSettings: strict),
        .testTarget(
            name: "CodegenTests", dependencies: ["CodegenCore", "Descriptors", "Messages", "TestMessages"],
            exclude: ["Corpus"], swiftSettings: strict),
        .testTarget(
            name: "RPCTests",
            dependencies: [
                "RPC", "Stubs", "Credentials", "Protobuf",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CredentialsTests",
            dependencies: ["Credentials", "RPC", .product(name: "NIOSSL", package: "swift-nio-ssl")],
            swiftSettings: strict),
        .executableTarget(
            name: "echo-server",
            dependencies: [
                "RPC",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/InteropTests/echo", swiftSettings: strict),
        .target(
            name: "InteropMessages", dependencies: ["Protobuf"], path: "Tests/InteropTests/InteropMessages",
            swiftSettings: strict),
        .target(
            name: "InteropStubs", dependencies: ["InteropMessages", "RPC"], path: "Tests/InteropTests/InteropStubs",
            swiftSettings: strict),
        .executableTarget(
            name: "interop-server",
            dependencies: [
                "InteropStubs",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/InteropTests/server", swiftSettings: strict),
        .executableTarget(
            name: "interop-client",
            dependencies: [
                "InteropStubs",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/InteropTests/client", swiftSettings: strict),
        .executableTarget(
            name: "echo-caller",
            dependencies: [
                "RPC",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/InteropTests/caller", swiftSettings: strict),
        .executableTarget(
            name: "rpc-benchmark",
            dependencies: [
                "RPC",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Benchmarks/rpc", swiftSettings: strict),
        .testTarget(
            name: "ConsensusTests", dependencies: ["Consensus", "ByteString"], exclude: ["Golden"],
            swiftSettings: strict),
        .testTarget(name: "CoordinationTests", dependencies: ["Coordination"], swiftSettings: strict),
        .testTarget(name: "JournalTests", dependencies: ["Journal", "CChecksum"], swiftSettings: strict),
        .testTarget(name: "ReplicaTests", dependencies: ["Replica", "Messages"], swiftSettings: strict),
        .testTarget(
            name: "SimulationTests", dependencies: ["Simulation"], exclude: ["README.md"], swiftSettings: strict),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Server", "Journal",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ClientTests",
            dependencies: [
                "Client", "Stubs", "Protobuf",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "IntegrationTests",
            dependencies: ["Server", "Client", .product(name: "Logging", package: "swift-log")], exclude: ["python"],
            swiftSettings: strict),
        .testTarget(name: "BenchTests", dependencies: ["roost"], swiftSettings: strict),
        .testTarget(name: "TidyTests", swiftSettings: strict),
    ]
)
