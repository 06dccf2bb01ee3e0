import ByteString
import Testing

@testable import Coordination

@Suite struct `Paths` {
    private static let longName = String(repeating: "n", count: 255)
    private static let deepest = String(repeating: "/d", count: 64)
    private static let longest = String(repeating: "/" + String(repeating: "x", count: 255), count: 16)

    @Test(arguments: [
        "/", "/a", "/a/b", "/...", "/.a", "/a..", "/a b", "/é/日本/\u{10ffff}", "/~", "/\u{a0}", "/" + longName, deepest,
        longest,
    ])
    func `are legal`(path: String) throws {
        try Limits().check(path: path)
    }

    @Test(arguments: [
        ("", "the path is empty"),
        ("a", "the path `a` is not absolute: it must begin with /"),
        ("a/b", "the path `a/b` is not absolute: it must begin with /"),
        ("//", "the path `//` has an empty component at byte 1"),
        ("/a//b", "the path `/a//b` has an empty component at byte 3"),
        ("/a/", "the path `/a/` ends with /"),
        ("/.", "the path `/.` has the component ."),
        ("/a/../b", "the path `/a/../b` has the component .."),
        ("/a\u{0}b", "the path has a control character (U+0000) at byte 2"),
        ("/a\nb", "the path has a control character (U+000A) at byte 2"),
        ("/\u{7f}", "the path has a control character (U+007F) at byte 1"),
        ("/é\u{85}", "the path has a control character (U+0085) at byte 3"),
        ("/n" + longName, "the path has a component of 256 bytes at byte 1; at most 255 are allowed"),
        (deepest + "/d", "the path has 65 components; the limit path_components_max is 64"),
        (longest + "/", "the path has 4097 bytes; the limit path_bytes_max is 4096"),
    ])
    func `are refused with what is wrong`(path: String, message: String) throws {
        let error = try #require(throws: StateError.self) { try Limits().check(path: path) }
        #expect(error.code == .invalidArgument && error.reason == .invalidPath)
        #expect(error.message == message)
    }

    @Test(arguments: [
        [0xff], [0xc3], [0x80], [0xc0, 0xaf], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80],
        [0xf8, 0x88, 0x80, 0x80, 0x80], [0xe2, 0x82],
    ])
    func `that are no UTF-8 are refused`(bytes: [UInt8]) throws {
        let error = try #require(fault(in: [0x2f, 0x61] + bytes))
        #expect(error.reason == .invalidPath && error.message == "the path is no valid UTF-8: see byte 2")
    }

    @Test func `of random bytes are judged as the standard library judges UTF-8`() {
        var generator = SplitMix(seed: 9)
        for _ in 0..<20_000 {
            let alphabet: ClosedRange<UInt8> = generator.below(2) == 0 ? 0x7e...0xff : 0x80...0xf5
            let bytes = [0x2f] + generator.bytes(1 + generator.below(6), alphabet: alphabet)
            let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
            let message = fault(in: bytes)?.message
            let isRefusedAsUTF8 = message?.contains("UTF-8") ?? false
            // A control character that comes first is told first.
            if message?.contains("control") != true { #expect(isRefusedAsUTF8 == !isUTF8) }
        }
    }

    private func fault(in path: [UInt8]) -> StateError? {
        path.withUnsafeBytes { PathRules.fault(in: $0, limits: Limits()) }
    }

    @Test func `limits are told in the error, and never exceed the format's`() throws {
        let limits = Limits(pathBytesMax: 10, pathComponentsMax: 2, dataBytesMax: 3)
        let long = try #require(throws: StateError.self) { try limits.check(path: "/1234567890") }
        #expect(long.metadata == [.init("limit", "path_bytes_max"), .init("value", "10")])
        let deep = try #require(throws: StateError.self) { try limits.check(path: "/a/b/c") }
        #expect(deep.metadata == [.init("limit", "path_components_max"), .init("value", "2")])
        let large = try #require(throws: StateError.self) {
            try limits.check(Command(path: "/a", operation: .create(data: [1, 2, 3, 4])))
        }
        #expect(large.reason == .dataTooLarge && large.code == .resourceExhausted)
        #expect(large.message == "the data has 4 bytes; the limit data_bytes_max is 3")
        let huge = Limits(pathBytesMax: .max, pathComponentsMax: .max, dataBytesMax: .max)
        #expect(huge == .ceiling)
    }

    @Test func `become keys and are found again in them`() {
        for path in ["/", "/a", "/a/b", "/a/b/c d", "/é/日"] {
            path.withUTF8Bytes { bytes in
                KeySpace.withZnode(bytes) { key in
                    #expect(key.count == bytes.count + 1 && key.count { $0 == 0 } == 1)
                    #expect(KeySpace.path(ofZnodeKey: key) == path)
                    #expect(
                        String(decoding: KeySpace.name(ofZnodeKey: key), as: UTF8.self) == path.split(separator: "/")
                            .last ?? "")
                }
            }
        }
    }
}

@Suite struct `A watch filter` {
    @Test(arguments: [
        ("/a", WatchFilter.Scope.node, ["/a"]),
        ("/a", .children, ["/a/b", "/a/c"]),
        ("/a", .recursive, ["/a", "/a/b", "/a/b/x", "/a/c"]),
        ("/", .node, ["/"]),
        ("/", .children, ["/a", "/ab", "/b"]),
        ("/", .recursive, ["/", "/a", "/a/b", "/a/b/x", "/a/c", "/ab", "/ab/y", "/b"]),
        ("/a/b/x", .recursive, ["/a/b/x"]),
        ("/nowhere", .recursive, []),
    ])
    func `matches its scope and nothing else`(path: String, scope: WatchFilter.Scope, expected: [String]) {
        let all = ["/", "/a", "/a/b", "/a/b/x", "/a/c", "/ab", "/ab/y", "/b"]
        let filter = WatchFilter(path: path, scope: scope)
        #expect(all.filter { path in path.withUTF8Bytes { filter.matches(.created, $0) } } == expected)
    }
}
