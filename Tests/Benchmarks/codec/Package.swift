// swift-tools-version: 6.2
import PackageDescription

// The package that `make benchmark-codec` puts together in .build/benchmark-codec: links to this project's codec, and
// what swift-protobuf generates from the same files.
let package = Package(
    name: "benchmark-codec",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0")],
    targets: [
        .target(name: "ByteString", path: "Sources/ByteString"),
        .target(name: "CProtobuf", path: "Sources/CProtobuf", linkerSettings: [.linkedLibrary("protobuf-c")]),
        .target(name: "Protobuf", dependencies: ["CProtobuf", "ByteString"], path: "Sources/Protobuf"),
        .target(name: "WellKnownTypes", dependencies: ["Protobuf"], path: "Sources/WellKnownTypes"),
        .target(name: "Messages", dependencies: ["WellKnownTypes"], path: "Sources/Messages"),
        .executableTarget(name: "codec-ours", dependencies: ["Messages"], path: "benchmark/ours"),
        .executableTarget(
            name: "codec-theirs", dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
            path: "theirs"),
    ]
)
