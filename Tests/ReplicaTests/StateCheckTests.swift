import ByteString
import Consensus
import Coordination
import Replica
import Testing

import struct Messages.CreateRequest

@Suite("States are compared")
struct StateCheckTests {
    private static func moment(_ milliseconds: Int64) -> Moment {
        Moment(monotonic: Instant(nanoseconds: 1_000_000_000 + milliseconds * 1_000_000), wallMilliseconds: 0)
    }

    private static let configuration = Configuration(
        members: (1...3).map {
            Configuration.Member(
                id: MemberID($0), storage: StorageID($0), role: .voter, peerAddress: "m\($0):1", clientAddress: "")
        })

    private static func replica(_ id: UInt64) -> Replica {
        Replica(
            id: MemberID(id), storage: StorageID(id), incarnation: Incarnation(id), settings: Replica.Settings(),
            restored: Consensus.Restored(founding: configuration), state: Coordination(), seed: id, now: moment(0))
    }

    private static func append(_ range: ClosedRange<UInt64>, commit: UInt64) -> Append {
        Append(
            term: Term(1),
            previous: LogPosition(
                index: LogIndex(range.lowerBound - 1), term: range.lowerBound == 1 ? .zero : Term(1)),
            commit: LogIndex(commit),
            entries: range.map { Entry(index: LogIndex($0), term: Term(1), kind: .noop, payload: Bytes()) })
    }

    private static func take(_ message: MemberMessage, from: UInt64, _ replica: inout Replica, at time: Int64 = 1) {
        replica.step(.message(message, from: MemberID(from), storage: StorageID(from)), now: moment(time))
    }

    @discardableResult
    private static func settle(
        _ replica: inout Replica, at time: Int64 = 1
    ) -> (sent: [Addressed], divergence: StateDivergence?) {
        var sent: [Addressed] = []
        var divergence: StateDivergence?
        for _ in 0..<5 {
            let outbound = replica.takeOutbound(now: moment(time))
            sent += outbound.now + outbound.afterSync
            if let write = outbound.write { replica.step(.persisted(through: write.sequence), now: moment(time)) }
            divergence = divergence ?? replica.applyCommitted(now: moment(time)).divergence
        }
        return (sent, divergence)
    }

    /// Has a member follow member 1 and apply 512 entries. Returns what it tells the leader.
    private static func follow(_ replica: inout Replica) -> StateCheckpoint? {
        take(.consensus(.append(append(1...512, commit: 512))), from: 1, &replica)
        let told = settle(&replica).sent.compactMap { addressed -> StateCheckpoint? in
            guard case .forward(let forward) = addressed.message, addressed.to == MemberID(1) else { return nil }
            return forward.checkpoint
        }
        return told.last
    }

    @Test func `a follower tells the leader its state, and goes on as long as nobody objects`() throws {
        var replica = Self.replica(2)
        let told = Self.follow(&replica)
        let checkpoint = try #require(told)
        #expect(checkpoint.revision == LogIndex(512))
    }

    @Test func `a follower that is told of another state by its leader must not go on`() throws {
        var replica = Self.replica(2)
        let told = Self.follow(&replica)
        let own = try #require(told)
        func tell(_ digest: UInt64, revision: UInt64 = 512, from: UInt64 = 1) -> StateDivergence? {
            let checkpoint = StateCheckpoint(revision: LogIndex(revision), digest: digest)
            let reply = ForwardReply(term: Term(1), refusals: [], barriers: [], divergedFrom: checkpoint)
            Self.take(.forwardReply(reply), from: from, &replica)
            return Self.settle(&replica).divergence
        }
        #expect(tell(own.digest) == nil)
        #expect(tell(own.digest ^ 1, revision: 1024) == nil, "it has no such state")
        #expect(tell(own.digest ^ 1, from: 3) == nil, "member 3 does not lead")
        #expect(tell(own.digest ^ 1) == StateDivergence(own: own, expected: own.digest ^ 1))
    }

    /// Member 1, elected by member 2, with 512 entries applied.
    private static func leader() -> Replica {
        var replica = replica(1)
        var time: Int64 = 5
        while !replica.consensus.isLeader && time < 5_000 {
            replica.step(.tick, now: moment(time))
            var sent = settle(&replica, at: time).sent[...]
            while let addressed = sent.popFirst() {
                guard case .consensus(.voteRequest(let request)) = addressed.message else { continue }
                let reply = VoteReply(term: request.term, isPreVote: request.isPreVote, refusal: nil)
                take(.consensus(.voteReply(reply)), from: addressed.to.rawValue, &replica, at: time)
                sent += settle(&replica, at: time).sent
            }
            time += 5
        }
        for token in 1...511 as ClosedRange<UInt64> {
            var request = CreateRequest()
            request.path = "/n\(token)"
            let write = ClientWrite(
                token: RequestToken(token), kind: .create, principal: "",
                request: (try? request.encodedBytes()) ?? Bytes(), hasRequestID: false, deadline: nil)
            replica.step(.write(write), now: moment(time))
        }
        settle(&replica, at: time)
        let last = replica.consensus.lastPosition.index
        let reply = AppendReply(term: replica.consensus.term, result: .accepted(last))
        take(.consensus(.appendReply(reply)), from: 2, &replica, at: time)
        settle(&replica, at: time)
        #expect(replica.appliedPosition.index >= LogIndex(512))
        return replica
    }

    private static func tell(
        _ digest: UInt64, from: UInt64, _ replica: inout Replica
    ) -> (toldTo: [MemberID], divergence: StateDivergence?) {
        let checkpoint = StateCheckpoint(revision: LogIndex(512), digest: digest)
        let forward = Forward(term: replica.consensus.term, writes: [], barriers: [], checkpoint: checkpoint)
        take(.forward(forward), from: from, &replica, at: 5_000)
        let (sent, divergence) = settle(&replica, at: 5_000)
        let told = sent.filter {
            guard case .forwardReply(let reply) = $0.message else { return false }
            return reply.divergedFrom != nil
        }
        return (told.map(\.to), divergence)
    }

    @Test func `a leader tells the one that differs from a majority`() {
        var replica = Self.leader()
        let digest = replica.state.digest
        #expect(Self.tell(digest ^ 1, from: 2, &replica).toldTo.isEmpty, "one against one")
        let verdict = Self.tell(digest, from: 3, &replica)
        #expect(verdict.toldTo == [MemberID(2)])
        #expect(verdict.divergence == nil)
    }

    @Test func `a leader that differs from a majority itself must not go on`() {
        var replica = Self.leader()
        let digest = replica.state.digest
        #expect(Self.tell(digest ^ 1, from: 2, &replica).divergence == nil)
        let verdict = Self.tell(digest ^ 1, from: 3, &replica)
        #expect(verdict.toldTo.isEmpty)
        #expect(verdict.divergence?.expected == digest ^ 1)
    }
}
