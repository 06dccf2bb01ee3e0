// swift-tools-version: 6.2
import PackageDescription

// A service of one's own with Roost's generator and RPC layer. To make it yours, copy this folder and name Roost by its
// address and version: `.package(url: "https://github.com/<owner>/roost", from: "1.0.0")`.
let package = Package(
    name: "guestbook",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "roost", path: "../../.."),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        // What `swift package compile-protos` generated from proto/: messages, and stubs of the service.
        .target(
            name: "GuestbookAPI",
            dependencies: [.product(name: "Protobuf", package: "roost"), .product(name: "RPC", package: "roost")]),
        .executableTarget(
            name: "guestbook-demo",
            dependencies: [
                "GuestbookAPI",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
    ]
)
