import ByteString
import Consensus
import Coordination
import Messages
import Testing

@testable import Replica

/// One member without disk, network and clocks: time passes, and writes become durable, when the test says so.
private struct Bench: ~Copyable {
    var replica: Replica
    private(set) var now: Moment

    /// - Parameter voters: the members of the ensemble, of which this is the first.
    init(voters: Int, settings: Replica.Settings = .init()) {
        let members = (1...voters).map { number in
            Configuration.Member(
                id: MemberID(UInt64(number)), storage: StorageID(UInt64(number) * 100), role: .voter,
                peerAddress: "p\(number):1", clientAddress: "c\(number):1")
        }
        now = Moment(monotonic: Instant(nanoseconds: 0), wallMilliseconds: 1_700_000_000_000)
        replica = Replica(
            id: MemberID(1), storage: StorageID(100), incarnation: Incarnation(7), settings: settings,
            restored: Consensus.Restored(founding: Configuration(members: members)), state: Coordination(), seed: 1,
            now: now)
    }

    /// Lets time pass in ticks; every write is durable at once. Returns all answers and what was sent.
    mutating func pass(milliseconds: Int) -> (answers: [Answers], sent: [Addressed]) {
        var answers: [Answers] = []
        var sent: [Addressed] = []
        for _ in 0..<max(1, milliseconds / 5) {
            now.monotonic = now.monotonic + .milliseconds(5)
            replica.step(.tick, now: now)
            let done = carryOut()
            answers += done.answers
            sent += done.sent
        }
        return (answers, sent)
    }

    mutating func carryOut() -> (answers: [Answers], sent: [Addressed]) {
        var answers: [Answers] = []
        var sent: [Addressed] = []
        while true {
            let outbound = replica.takeOutbound(now: now)
            sent += outbound.now + outbound.afterSync
            answers.append(replica.applyCommitted(now: now))
            guard let write = outbound.write else { return (answers, sent) }
            replica.step(.persisted(through: write.sequence), now: now)
        }
    }

    mutating func create(_ path: String, token: UInt64, deadline: Instant? = nil) {
        let request = try! CreateRequest(path: path).encodedBytes()
        let write = ClientWrite(
            token: RequestToken(token), kind: .create, principal: "", request: request, hasRequestID: false,
            deadline: deadline)
        replica.step(.write(write), now: now)
    }

    mutating func receive(_ message: MemberMessage, from member: UInt64) {
        replica.step(.message(message, from: MemberID(member), storage: StorageID(member * 100)), now: now)
    }

    /// Makes this member follow `leader` in `term`.
    mutating func follow(_ leader: UInt64, term: UInt64) {
        let append = Append(term: Term(term), previous: .zero, commit: .zero, entries: [])
        receive(.consensus(.append(append)), from: leader)
        _ = carryOut()
    }
}

extension [Answers] {
    fileprivate func result(of token: UInt64) -> WriteAnswer? {
        flatMap(\.writes).first { $0.token == RequestToken(token) }?.result
    }
}

extension WriteAnswer {
    fileprivate var failure: RequestFailure? { if case .failed(let failure) = self { failure } else { nil } }
    fileprivate var isApplied: Bool { if case .applied(.success) = self { true } else { false } }
}

extension [Addressed] {
    fileprivate var forwards: [Forward] {
        compactMap { if case .forward(let forward) = $0.message { forward } else { nil } }
    }
}

@Suite struct `A replica` {
    @Test func `that leads alone answers a write once it is durable and applied`() {
        var bench = Bench(voters: 1)
        _ = bench.pass(milliseconds: 50)
        bench.create("/a", token: 1)
        let answers = bench.carryOut().answers
        #expect(answers.result(of: 1)?.isApplied == true)
        let hasBatch = answers.contains { $0.batch?.events.map(\.path) == ["/a"] }
        #expect(hasBatch)
    }

    @Test func `answers a read only when it may be answered`() {
        var bench = Bench(voters: 1)
        bench.replica.step(.read(RequestToken(9)), now: bench.now)
        let early = bench.carryOut().answers.flatMap(\.readsReady)
        let later = bench.pass(milliseconds: 50).answers.flatMap(\.readsReady)
        #expect((early + later) == [RequestToken(9)])
    }

    @Test func `without a leader holds a write and then says that it was not applied`() {
        var settings = Replica.Settings()
        settings.leaderWait = .milliseconds(200)
        var bench = Bench(voters: 3, settings: settings)
        bench.create("/a", token: 1)
        #expect(bench.pass(milliseconds: 100).answers.result(of: 1) == nil)
        #expect(bench.pass(milliseconds: 300).answers.result(of: 1)?.failure == .notApplied(leader: nil))
    }

    @Test func `never sends a write whose deadline has passed`() {
        var bench = Bench(voters: 3)
        bench.create("/a", token: 1, deadline: bench.now.monotonic + .milliseconds(20))
        _ = bench.pass(milliseconds: 100)
        bench.follow(2, term: 3)
        #expect(bench.pass(milliseconds: 10).sent.forwards.isEmpty)
    }

    @Test func `that follows sends a write to the leader, once, and names the term`() {
        var bench = Bench(voters: 3)
        bench.follow(2, term: 3)
        bench.create("/a", token: 1)
        let sent = bench.pass(milliseconds: 200).sent
        #expect(sent.forwards.map(\.term) == [Term(3)])
        #expect(sent.forwards.flatMap(\.writes).map(\.token) == [RequestToken(1)])
    }

    @Test func `sends a refused write again, and ignores the refusal of another term`() {
        var bench = Bench(voters: 3)
        bench.follow(2, term: 3)
        bench.create("/a", token: 1)
        _ = bench.carryOut()
        let refusal = ForwardReply.Refusal(token: RequestToken(1), reason: .notLeader, leader: nil)
        bench.receive(.forwardReply(ForwardReply(term: Term(2), refusals: [refusal], barriers: [])), from: 2)
        #expect(bench.pass(milliseconds: 50).sent.forwards.isEmpty)
        bench.receive(.forwardReply(ForwardReply(term: Term(3), refusals: [refusal], barriers: [])), from: 2)
        #expect(bench.pass(milliseconds: 50).sent.forwards.count == 1)
    }

    @Test func `sends an unanswered write again once an entry of a newer term proves the first sending lost`() {
        var bench = Bench(voters: 3)
        bench.follow(2, term: 3)
        bench.create("/a", token: 1)
        #expect(bench.carryOut().sent.forwards.map(\.term) == [Term(3)])
        bench.follow(3, term: 4)
        #expect(bench.carryOut().sent.forwards.isEmpty, "the first sending may still be committed")
        let noop = Entry(index: LogIndex(1), term: Term(4), kind: .noop, payload: Bytes())
        bench.receive(
            .consensus(.append(Append(term: Term(4), previous: .zero, commit: LogIndex(1), entries: [noop]))), from: 3)
        let sent = bench.carryOut().sent + bench.pass(milliseconds: 20).sent
        #expect(sent.forwards.map(\.term) == [Term(4)])
        #expect(sent.forwards.flatMap(\.writes).map(\.token) == [RequestToken(1)])
    }

    @Test func `refuses what was forwarded to it for a term in which it does not lead`() {
        var bench = Bench(voters: 3)
        bench.follow(2, term: 3)
        let write = ForwardWrite(
            token: RequestToken(5), incarnation: Incarnation(1), timeout: nil, kind: .create, principal: "",
            request: Bytes())
        bench.receive(.forward(Forward(term: Term(3), writes: [write], barriers: [BarrierID(6)])), from: 3)
        let replies = bench.carryOut().sent.compactMap { addressed -> ForwardReply? in
            if case .forwardReply(let reply) = addressed.message { reply } else { nil }
        }
        #expect(replies.flatMap(\.refusals).map(\.reason) == [.notLeader])
        #expect(replies.flatMap(\.refusals).map(\.leader) == [MemberID(2)])
        #expect(replies.flatMap(\.barriers) == [ForwardReply.BarrierReply(id: BarrierID(6), index: nil)])
    }

    @Test func `ignores what comes from another data directory under a member's name`() {
        var bench = Bench(voters: 3)
        bench.follow(2, term: 3)
        let forward = Forward(term: Term(3), writes: [], barriers: [BarrierID(6)])
        bench.replica.step(.message(.forward(forward), from: MemberID(3), storage: StorageID(999)), now: bench.now)
        #expect(bench.carryOut().sent.isEmpty)
    }

    @Test func `takes a snapshot of little when no entry has come for a while`() {
        var settings = Replica.Settings()
        settings.calmSnapshotLogBytes = 500
        settings.calmSnapshotPause = .seconds(1)
        var bench = Bench(voters: 1, settings: settings)
        _ = bench.pass(milliseconds: 1000)
        bench.create("/a", token: 1)
        #expect(!bench.pass(milliseconds: 2000).answers.contains { $0.isSnapshotDue })
        for token in UInt64(2)...10 { bench.create("/\(token)", token: token) }
        #expect(!bench.pass(milliseconds: 900).answers.contains { $0.isSnapshotDue })
        #expect(bench.pass(milliseconds: 200).answers.count { $0.isSnapshotDue } == 1)
        #expect(!bench.pass(milliseconds: 3000).answers.contains { $0.isSnapshotDue })
    }

    @Test func `refuses a write beyond its bound as overloaded`() {
        var settings = Replica.Settings()
        settings.pendingWritesMax = 2
        var bench = Bench(voters: 3, settings: settings)
        for token in 1...3 { bench.create("/a", token: UInt64(token)) }
        #expect(bench.carryOut().answers.result(of: 3)?.failure == .overloaded)
    }
}

@Suite struct `The log's clock` {
    private func instant(_ milliseconds: Int) -> Instant { Instant(nanoseconds: 0) + .milliseconds(milliseconds) }

    @Test func `stands still without an office`() {
        var clock = LogClock(stepMax: .milliseconds(50))
        clock.advance(to: instant(1000))
        #expect(clock.nanoseconds == 0)
    }

    @Test func `goes on from the last stamp of the log`() {
        var clock = LogClock(stepMax: .milliseconds(50))
        clock.start(from: 7_000_000, at: instant(1000))
        clock.advance(to: instant(1010))
        #expect(clock.nanoseconds == 17_000_000)
    }

    /// Log time stood still while nobody led.
    @Test func `does not go on from what it showed in an earlier office`() {
        var clock = LogClock(stepMax: .milliseconds(50))
        clock.start(from: 0, at: instant(0))
        clock.advance(to: instant(50))
        clock.stop()
        clock.start(from: 20_000_000, at: instant(1000))
        clock.advance(to: instant(1010))
        #expect(clock.nanoseconds == 30_000_000)
    }

    @Test func `loses what a pause was longer than one step`() {
        var clock = LogClock(stepMax: .milliseconds(50))
        clock.start(from: 0, at: instant(0))
        clock.advance(to: instant(10_000))
        #expect(clock.nanoseconds == 50_000_000)
    }
}
