// swift-tools-version: 6.2
import PackageDescription

// The package that `make fuzz-codec` puts together in .build/fuzz-codec, of links to this project's folders: what is
// fuzzed is built with sanitizers, and without everything that has no part in it.
let package = Package(
    name: "fuzz-codec",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "ByteString", path: "Sources/ByteString"),
        .target(name: "CProtobuf", path: "Sources/CProtobuf", linkerSettings: [.linkedLibrary("protobuf-c")]),
        .target(name: "Protobuf", dependencies: ["CProtobuf", "ByteString"], path: "Sources/Protobuf"),
        .target(name: "Descriptors", dependencies: ["Protobuf"], path: "Sources/Descriptors"),
        .target(name: "ProtobufJSON", dependencies: ["Descriptors"], path: "Sources/ProtobufJSON"),
        .target(name: "WellKnownTypes", dependencies: ["Protobuf"], path: "Sources/WellKnownTypes"),
        .target(
            name: "TestMessages", dependencies: ["WellKnownTypes", "Descriptors"], path: "TestMessages",
            exclude: ["Protos"]),
        .target(
            name: "CodegenCore", dependencies: ["Descriptors"], path: "codegen",
            exclude: ["Command", "Examples", "Plugin"],
            sources: ["Parse", "Resolve", "Describe", "Render"],
            resources: [.embedInCode("Protos/google/protobuf")]),
        .target(name: "Driver", path: "fuzz/Driver"),
        .executableTarget(name: "FuzzDecode", dependencies: ["TestMessages", "Driver"], path: "fuzz/FuzzDecode"),
        .executableTarget(
            name: "FuzzJSON", dependencies: ["TestMessages", "ProtobufJSON", "Driver"], path: "fuzz/FuzzJSON"),
        .executableTarget(name: "FuzzProto", dependencies: ["CodegenCore", "Driver"], path: "fuzz/FuzzProto"),
    ]
)
