// What encoding and decoding costs with swift-protobuf: `case operation nanoseconds bytes` a line.

import Foundation
import SwiftProtobuf

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

let stat = Roost_V1_Stat.with {
    $0.createdRevision = 1_000_000
    $0.modifiedRevision = 2_000_000
    $0.childrenRevision = 1_500_000
    $0.version = 7
    $0.childrenVersion = 3
    $0.createdUnixMs = 1_770_000_000_000
    $0.modifiedUnixMs = 1_770_000_100_000
    $0.dataLength = 256
}

func bytes(_ count: Int) -> Data { Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }) }

func sync(_ count: Int, _ length: Int) -> Roost_V1_SyncRequest {
    .with {
        $0.append = .with {
            $0.term = 5
            $0.previousIndex = 1_000_000
            $0.previousTerm = 5
            $0.commitIndex = 999_990
            $0.entries = (0..<count).map { _ in
                .with {
                    $0.term = 5
                    $0.payload = bytes(length)
                }
            }
        }
    }
}

/// Repeats `body` in forty stretches of at least five milliseconds, and prints how long one turn took in the fastest:
/// what else the machine does makes all others slower.
func measure(_ name: String, _ operation: String, _ count: Int, _ body: () throws -> Int) rethrows {
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
    let encoded: [UInt8] = try message.serializedBytes()
    // It always makes a new array.
    for operation in ["encode", "to-array"] {
        try measure(name, operation, encoded.count) { (try message.serializedBytes() as [UInt8]).count }
    }
    try measure(name, "decode", encoded.count) { look(try Value(serializedBytes: encoded)) }
}

let response = Roost_V1_GetResponse.with {
    $0.revision = 2_000_001
    $0.data = bytes(256)
    $0.stat = stat
}
let set = Roost_V1_SetRequest.with {
    $0.path = "/services/search/leader"
    $0.data = bytes(64)
    $0.expectedVersion = 41
    $0.requestID = .with {
        $0.clientID = "0b6e4a52-93c1-4f27-a1d0-5c8e7e1f3a90"
        $0.sequence = 12_345
    }
}
try run("GetResponse-256", response) { $0.data.count }
try run("SetRequest-64", set) { $0.data.count }
try run("Sync-16x1024", sync(16, 1024)) { $0.append.entries.count }
try run("Sync-256x64", sync(256, 64)) { $0.append.entries.count }
