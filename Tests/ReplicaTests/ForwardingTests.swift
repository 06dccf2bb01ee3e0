import ByteString
import Consensus
import Coordination
import Messages
import Replica
import Testing

@Suite struct `Forwarding` {
    private static func moment(_ milliseconds: Int64) -> Moment {
        Moment(monotonic: Instant(nanoseconds: 1_000_000_000 + milliseconds * 1_000_000), wallMilliseconds: 0)
    }

    private static let configuration = Configuration(
        members: (1...3).map {
            Configuration.Member(
                id: MemberID($0), storage: StorageID($0), role: .voter, peerAddress: "", clientAddress: "")
        })

    /// Member 2, which follows member 1 in term 1.
    private static func follower() -> Replica {
        var replica = Replica(
            id: MemberID(2), storage: StorageID(2), incarnation: Incarnation(7), settings: Replica.Settings(),
            restored: Consensus.Restored(founding: configuration), state: Coordination(), seed: 1, now: moment(0))
        let heartbeat = Heartbeat(
            term: Term(1), office: .leader, leader: MemberID(1), commit: .zero, probe: 1, suspicions: [])
        replica.step(
            .message(.consensus(.heartbeat(heartbeat)), from: MemberID(1), storage: StorageID(1)), now: moment(1))
        _ = replica.takeOutbound(now: moment(1))
        return replica
    }

    private static func write(_ token: UInt64, hasRequestID: Bool) -> Input {
        .write(
            ClientWrite(
                token: RequestToken(token), kind: .create, principal: "", request: Bytes(utf8: "write \(token)"),
                hasRequestID: hasRequestID, deadline: nil))
    }

    private static func forwarded(_ outbound: Outbound) -> [RequestToken] {
        outbound.now.flatMap { addressed -> [RequestToken] in
            guard case .forward(let forward) = addressed.message else { return [] }
            return forward.writes.map(\.token)
        }
    }

    @Test func `a write with an id goes again after an interruption, but not at once`() {
        var replica = Self.follower()
        replica.step(Self.write(1, hasRequestID: true), now: Self.moment(2))
        #expect(Self.forwarded(replica.takeOutbound(now: Self.moment(2))) == [RequestToken(1)])
        // A transport without a stream interrupts in the same moment in which it is given something to forward.
        replica.step(.forwardingInterrupted(MemberID(1)), now: Self.moment(2))
        #expect(Self.forwarded(replica.takeOutbound(now: Self.moment(2))).isEmpty)
        replica.step(.tick, now: Self.moment(12))
        #expect(Self.forwarded(replica.takeOutbound(now: Self.moment(12))) == [RequestToken(1)])
    }

    @Test func `a write without an id is not sent twice`() {
        var replica = Self.follower()
        replica.step(Self.write(1, hasRequestID: false), now: Self.moment(2))
        #expect(Self.forwarded(replica.takeOutbound(now: Self.moment(2))) == [RequestToken(1)])
        replica.step(.forwardingInterrupted(MemberID(1)), now: Self.moment(3))
        replica.step(.tick, now: Self.moment(50))
        #expect(Self.forwarded(replica.takeOutbound(now: Self.moment(50))).isEmpty)
    }
}
