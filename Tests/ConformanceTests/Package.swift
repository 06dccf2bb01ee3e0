// swift-tools-version: 6.2
import PackageDescription

// The package that `make conformance` puts together in .build/conformance: the testee beside the messages that are
// generated for it. Nothing of the suite's own belongs into the repository.
let package = Package(
    name: "conformance",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "roost", path: "../..")],
    targets: [
        .target(name: "ConformanceMessages", dependencies: [.product(name: "Protobuf", package: "roost")]),
        .executableTarget(
            name: "conformance-testee",
            dependencies: ["ConformanceMessages", .product(name: "ProtobufJSON", package: "roost")]),
    ]
)
