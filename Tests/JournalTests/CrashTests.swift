import ByteString
import Consensus
import Foundation
import Journal
import Testing

/// What a member does to its journal, at random.
struct Workload {
    let rig: Rig
    /// No entry up to here is ever dropped.
    var committed: LogIndex

    init(_ rig: Rig) {
        self.rig = rig
        committed = rig.snapshotReported.index
    }

    mutating func step() throws {
        switch Int.random(in: 0..<100, using: &rig.generator) {
        case 0..<30: rig.append(count: Int.random(in: 1...6, using: &rig.generator))
        case 30..<32: rig.append(count: 2, bytesMax: 12_000)
        case 32..<40: changeHardState()
        case 40..<45: truncate()
        case 45..<48: committed = max(committed, index(from: committed, to: rig.state.last.index))
        case 48..<50: beginSnapshot()
        case 50..<51: receiveSnapshot()
        case 51..<56: rig.journal?.idle()
        case 56..<82: try rig.run(.log)
        default: try rig.run(.background)
        }
    }

    private func index(from low: LogIndex, to high: LogIndex) -> LogIndex {
        LogIndex(UInt64.random(in: low.rawValue...max(low.rawValue, high.rawValue), using: &rig.generator))
    }

    private mutating func changeHardState() {
        let state = rig.state.hardState
        if state.vote == nil, state.term > .zero, Bool.random(using: &rig.generator) {
            rig.append(hardState: HardState(term: state.term, vote: MemberID(2)))
        } else {
            rig.append(hardState: HardState(term: state.term.next, vote: nil))
        }
    }

    private mutating func truncate() {
        let state = rig.state
        guard committed < state.last.index else { return }
        let from = index(from: committed.next, to: state.last.index)
        // A new leader's entries take the place of the old ones.
        let term = state.hardState.term.next
        rig.append(
            hardState: HardState(term: term, vote: nil), truncateFrom: from,
            entries: (0..<Int.random(in: 0...3, using: &rig.generator)).map {
                rig.entry(from.advanced(by: $0), term: term, bytesMax: 100)
            })
    }

    private mutating func beginSnapshot() {
        guard !rig.isSnapshotUnderWay, committed > rig.snapshotReported.index,
            let term = rig.state.term(at: committed)
        else { return }
        rig.beginSnapshot(LogPosition(index: committed, term: term))
    }

    private mutating func receiveSnapshot() {
        guard !rig.isSnapshotUnderWay else { return }
        let state = rig.state
        let term = max(state.hardState.term, state.last.term)
        // Mostly beyond the log's end; sometimes within it, where the terms agree or do not.
        let position: LogPosition
        if Bool.random(using: &rig.generator) {
            position = LogPosition(index: state.last.index.advanced(by: 20), term: term)
        } else {
            let index = index(from: committed.next, to: state.last.index)
            let other = Bool.random(using: &rig.generator)
            position = LogPosition(index: index, term: other ? term.next : state.term(at: index) ?? term)
        }
        if position.term > state.hardState.term {
            rig.append(hardState: HardState(term: position.term, vote: nil))
        }
        committed = max(committed, position.index)
        rig.receiveSnapshot(position, from: rig.state.hardState.term)
    }
}

/// Runs a member through several lives. Each ends at a random operation: the power fails, or the operation does, or the
/// process is killed.
func runLives(seed: Int, lives: Int, options: JournalOptions = .small, isLyingAboutSyncs: Bool = false) throws {
    let rig = Rig(seed: seed, options: options)
    try rig.format()
    rig.disk.isLyingAboutSyncs = isLyingAboutSyncs
    for _ in 0..<lives {
        try runLife(rig, operationsMax: Int.random(in: 0..<200, using: &rig.generator))
    }
    try rig.start()
}

func runLife(_ rig: Rig, operationsMax: Int) throws {
    let end = rig.disk.operationCount + operationsMax
    let isPowerFailure = Int.random(in: 0..<4, using: &rig.generator) < 3
    rig.disk.faultAt = end
    rig.disk.fault = isPowerFailure ? .crash : Bool.random(using: &rig.generator) ? .error(.failed(code: 5)) : .none
    do {
        try rig.start()
        var workload = Workload(rig)
        while rig.disk.operationCount <= end, !rig.disk.isDown { try workload.step() }
    } catch let error as JournalError {
        guard case .disk = error else { throw error }
    }
    if isPowerFailure {
        rig.disk.crash(using: &rig.generator)
    } else {
        rig.disk.endProcess()
    }
}

@Suite struct CrashTests {
    @Test(arguments: 0..<40)
    func `whatever a crash takes, recovery gives every durable write, in order, and nothing else`(block: Int) throws {
        for seed in block * 10..<block * 10 + 10 {
            do { try runLives(seed: seed, lives: 12) } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }

    @Test(arguments: 0..<4)
    func `a crash at any operation at all is survived`(script: Int) throws {
        for operation in 0..<120 {
            let rig = Rig(seed: 9000 + script)
            try rig.format()
            do {
                try runLife(rig, operationsMax: operation)
                // Whatever the first crash left, a second one during or soon after recovery is survived as well.
                try runLife(rig, operationsMax: operation % 12)
                try rig.start()
            } catch { Issue.record("script \(script), operation \(operation): \(error)") }
        }
    }

    @Test func `larger blocks survive the same`() throws {
        var options = JournalOptions.small
        options.blockBytes = 4096
        options.segmentBytes = 65536
        for seed in 5000..<5060 {
            do { try runLives(seed: seed, lives: 8, options: options) } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }

    /// `ROOST_JOURNAL_SEEDS=10000-20000` runs that many members more, and prints each seed that fails.
    @Test(.enabled(if: seedsAskedFor != nil)) func `as many seeds as asked for survive`() throws {
        for seed in try #require(seedsAskedFor) {
            do { try runLives(seed: seed, lives: 12) } catch { Issue.record("seed \(seed): \(error)") }
        }
    }

    @Test func `the check notices a disk whose syncs do nothing`() {
        var noticed = 0
        for seed in 0..<20 where (try? runLives(seed: seed, lives: 6, isLyingAboutSyncs: true)) == nil { noticed += 1 }
        #expect(noticed > 15)
    }
}

private let seedsAskedFor: ClosedRange<Int>? = {
    let parts = ProcessInfo.processInfo.environment["ROOST_JOURNAL_SEEDS"]?.split(separator: "-").compactMap { Int($0) }
    guard let parts, parts.count == 2, parts[0] <= parts[1] else { return nil }
    return parts[0]...parts[1]
}()
