// swift-tools-version: 6.2
import PackageDescription

// The package that `make soak-schemas` puts together in .build/soak-schemas: the interoperability tests' testee beside
// the messages of .proto files that were drawn by chance.
let package = Package(
    name: "soak-schemas",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "roost", path: "../..")],
    targets: [
        .target(
            name: "DrawnMessages", dependencies: [.product(name: "Protobuf", package: "roost")],
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "wire-testee", dependencies: ["DrawnMessages", .product(name: "ProtobufJSON", package: "roost")]),
    ]
)
