// What encoding and decoding costs with this project's codec: `case operation nanoseconds bytes` a line. With arguments
// only what they name, for profilers: `codec-ours GetResponse-256 decode`.

import Messages
import Protobuf

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

let stat = Stat(
    createdRevision: 1_000_000, modifiedRevision: 2_000_000, childrenRevision: 1_500_000, version: 7,
    childrenVersion: 3, createdUnixMs: 1_770_000_000_000, modifiedUnixMs: 1_770_000_100_000, dataLength: 256)

func bytes(_ count: Int) -> Bytes { Bytes((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }) }

func sync(_ count: Int, _ length: Int) -> SyncRequest {
    let entries = (0..<count).map { _ in LogEntry(term: 5, kind: .command, payload: bytes(length)) }
    return SyncRequest(
        body: .append(
            Append(term: 5, previousIndex: 1_000_000, previousTerm: 5, commitIndex: 999_990, entries: entries)))
}

/// Repeats `body` in forty stretches of at least five milliseconds, and prints how long one turn took in the fastest:
/// what else the machine does makes all others slower.
func measure(_ name: String, _ operation: String, _ count: Int, _ body: () throws -> Int) rethrows {
    if !CommandLine.arguments.dropFirst().allSatisfy({ [name, operation].contains($0) }) { return }
    var sum = 0
    for _ in 0..<1000 { sum &+= try body() }
    let clock = ContinuousClock()
    var fastest = Double.infinity
    for _ in 0..<40 {
        let begin = clock.now
        var turns = 0
        while clock.now - begin < .milliseconds(5) {
            for _ in 0..<100 { sum &+= try body() }
            turns += 100
        }
        fastest = min(fastest, (clock.now - begin) / .nanoseconds(1) / Double(turns))
    }
    print(name, operation, fastest, count)
    // The sum is used, so that nothing can be left out.
    if sum == 0 { exit(1) }
}

func run<Value: Message>(_ name: String, _ message: Value, _ look: (Value) -> Int) throws {
    let encoded = try message.encoded()
    // As the RPC layer does: into a buffer that is there already.
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: encoded.count * 2, alignment: 16)
    try measure(name, "encode", encoded.count) { try message.withPacker { $0.pack(into: buffer) } }
    try measure(name, "to-array", encoded.count) { try message.encoded().count }
    try measure(name, "decode", encoded.count) { look(try Value(decoding: encoded)) }
}

func entries(_ request: SyncRequest) -> Int {
    if case .append(let append)? = request.body { append.entries.count } else { 0 }
}

try run("GetResponse-256", GetResponse(revision: 2_000_001, data: bytes(256), stat: stat)) { $0.data.count }
let set = SetRequest(
    path: "/services/search/leader", data: bytes(64), expectedVersion: 41,
    requestID: RequestId(clientID: "0b6e4a52-93c1-4f27-a1d0-5c8e7e1f3a90", sequence: 12_345))
try run("SetRequest-64", set) { $0.data.count }
try run("Sync-16x1024", sync(16, 1024), entries)
try run("Sync-256x64", sync(256, 64), entries)
