import Messages
import NIOCore
import RPC
import Testing

@testable import Server

/// A stream that notes nothing: only who is told is of interest here.
private final class SilentSink: WatchSink {
    var isOpen: Bool { true }
    var hasRoomForNotices: Bool { true }
    func add(to footprint: inout Footprint) {}
    func begin(_ watch: UInt64, from revision: UInt64) {}
    func send(_ response: SharedWatchResponse, to watches: [UInt64]) {}
    func fallBehind() {}
    func finish(_ watch: UInt64, _ status: RPCStatus) {}
}

@Suite struct `A group of watches` {
    private let group: WatchGroup
    private let sinks = [SilentSink(), SilentSink(), SilentSink()]

    init() throws {
        var request = WatchRequest()
        request.path = "/watched"
        group = WatchGroup(try WatchContent(request))
    }

    private func watch(_ number: UInt64, of sink: SilentSink, next: UInt64 = 1) -> Watch {
        group.cohort(of: sink).add(number: number, next: next, interval: .seconds(10))
    }

    @Test func `tells each sink once for all of its watches that are live`() {
        let watches = (1...6).map { watch($0, of: sinks[Int($0) % 2]) }
        #expect(group.cohorts.map(\.numbers) == [[], []])
        for watch in watches where watch.number != 3 { watch.cohort.makeLive(watch) }
        #expect(group.cohorts.map { $0.numbers.sorted() } == [[1, 5], [2, 4, 6]])
        #expect(group.cohorts.allSatisfy { cohort in cohort.live.map(\.number) == cohort.numbers })
    }

    @Test func `knows its live watches in whatever order they leave and come back`() {
        let watches = (1...5).map { watch($0, of: sinks[0]) }
        let cohort = group.cohort(of: sinks[0])
        var expected: Set<UInt64> = []
        for round in 0..<1_000 {
            let watch = watches[(round * round + round / 3) % watches.count]
            if watch.isLive { cohort.suspend(watch) } else { cohort.makeLive(watch) }
            if expected.remove(watch.number) == nil { expected.insert(watch.number) }
            #expect(Set(cohort.numbers) == expected && cohort.numbers.count == expected.count)
            #expect(cohort.live.map(\.number) == cohort.numbers)
            #expect(watches.allSatisfy { $0.isLive == expected.contains($0.number) })
        }
    }

    @Test func `forgets a sink with its last watch, live or not`() {
        let watches = [watch(1, of: sinks[0]), watch(1, of: sinks[1]), watch(2, of: sinks[1]), watch(1, of: sinks[2])]
        for watch in watches.dropLast() { watch.cohort.makeLive(watch) }
        watches[0].cohort.remove(watches[0])
        #expect(group.cohorts.map { $0.sink === sinks[2] } == [true, false])
        watches[2].cohort.remove(watches[2])
        #expect(group.cohort(of: sinks[1]).numbers == [1])
        watches[3].cohort.remove(watches[3])
        watches[1].cohort.remove(watches[1])
        #expect(group.isEmpty)
        // One that comes again begins anew.
        #expect(watch(7, of: sinks[0]).cohort.numbers.isEmpty)
        #expect(group.cohorts.count == 1)
    }

    @Test func `knows from which revision on its watches differ`() {
        let (early, late) = (watch(1, of: sinks[0], next: 5), watch(2, of: sinks[0], next: 9))
        let cohort = group.cohort(of: sinks[0])
        cohort.makeLive(early)
        #expect(cohort.common == 5)
        cohort.makeLive(late)
        #expect(cohort.common == 9)
        cohort.suspend(late)
        cohort.measure()
        #expect(cohort.common == 5)
    }
}
