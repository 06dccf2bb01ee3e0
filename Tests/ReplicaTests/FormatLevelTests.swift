import ByteString
import Consensus
import Coordination
import Messages
import Testing

@testable import Replica

/// A few members whose messages arrive at once and whose disks are never slow.
private final class Ensemble {
    final class Node {
        var replica: Replica
        var notices: [Notice] = []
        var unsupported: UnsupportedFormatLevel?
        var administrations: [AdministrationAnswer] = []
        var isDown = false

        init(_ replica: consuming Replica) { self.replica = replica }
    }

    private(set) var nodes: [Node] = []
    private var milliseconds: Int64 = 0
    /// The command entries that were sent.
    private(set) var commands: [LogIndex: Envelope] = [:]

    var now: Moment {
        Moment(monotonic: Instant(nanoseconds: 1_000_000_000 + milliseconds * 1_000_000), wallMilliseconds: 0)
    }

    /// - Parameter supported: what each member's release supports, beginning with member 1.
    init(_ supported: [UInt32], learners: Set<UInt64> = []) {
        let configuration = Configuration(
            members: supported.indices.map { Self.member(UInt64($0) + 1, isLearner: learners.contains(UInt64($0) + 1)) }
        )
        for (index, level) in supported.enumerated() {
            var settings = Replica.Settings()
            settings.supported = FormatLevel(level)
            let id = UInt64(index) + 1
            nodes.append(
                Node(
                    Replica(
                        id: MemberID(id), storage: StorageID(id), incarnation: Incarnation(id), settings: settings,
                        restored: Consensus.Restored(founding: configuration),
                        state: Coordination(supported: Coordination.FormatLevel(level)), seed: id, now: now)))
        }
    }

    static func member(_ id: UInt64, isLearner: Bool) -> Configuration.Member {
        Configuration.Member(
            id: MemberID(id), storage: StorageID(id), role: isLearner ? .learner : .voter, peerAddress: "m\(id):1",
            clientAddress: "")
    }

    var leader: Node? { nodes.first { !$0.isDown && $0.replica.consensus.isLeader } }
    var levels: [UInt32] { nodes.map { $0.replica.level.rawValue } }

    func pass(milliseconds span: Int64) {
        for _ in 0..<(span / 5) {
            milliseconds += 5
            for node in nodes where !node.isDown { node.replica.step(.tick, now: now) }
            settle()
        }
    }

    /// Until nobody has anything to say.
    func settle() {
        var isQuiet = false
        while !isQuiet {
            isQuiet = true
            for node in nodes where !node.isDown {
                let outbound = node.replica.takeOutbound(now: now)
                if let write = outbound.write {
                    node.replica.step(.persisted(through: write.sequence), now: now)
                    isQuiet = false
                }
                take(node.replica.applyCommitted(now: now), of: node)
                for message in outbound.now + outbound.afterSync {
                    deliver(message, from: node.replica.id)
                    isQuiet = false
                }
            }
        }
    }

    private func take(_ answers: Answers, of node: Node) {
        node.notices += answers.notices
        node.administrations += answers.administrations.map(\.answer)
        if let unsupported = answers.unsupported {
            node.unsupported = unsupported
            node.isDown = true
        }
    }

    private func deliver(_ addressed: Addressed, from: MemberID) {
        if case .consensus(.append(let append)) = addressed.message {
            for entry in append.entries where entry.kind == .command {
                commands[entry.index] = try? Envelope(decoding: entry.payload)
            }
        }
        let place = Int(addressed.to.rawValue) - 1
        guard nodes.indices.contains(place), !nodes[place].isDown else { return }
        nodes[place].replica.step(
            .message(addressed.message, from: from, storage: StorageID(from.rawValue)), now: now)
    }

    func create(_ path: String) throws {
        let node = try #require(leader)
        let request = try CreateRequest(path: path).encodedBytes()
        node.replica.step(
            .write(
                ClientWrite(
                    token: RequestToken(1), kind: .create, principal: "", request: request, hasRequestID: false,
                    deadline: nil)), now: now)
        settle()
    }

    func add(_ id: UInt64, supported: UInt32) throws -> AdministrationAnswer? {
        let node = try #require(leader)
        let administration = Administration.add(
            Self.member(id, isLearner: true), supported: FormatLevel(supported))
        node.replica.step(
            .administration(AdministrationRequest(token: RequestToken(9), administration: administration)), now: now)
        settle()
        return node.administrations.last
    }
}

@Suite struct `The ensemble's format level` {
    @Test func `rises by one entry when every member supports more`() throws {
        let ensemble = Ensemble([2, 2, 2])
        ensemble.pass(milliseconds: 2_000)
        #expect(ensemble.levels == [2, 2, 2])
        let raises = ensemble.commands.values.filter { $0.kind == .raiseFormatLevel }
        #expect(raises.count == 1)
        #expect(raises.first?.formatLevel == 1 && raises.first?.originMember == 0)
        for node in ensemble.nodes {
            let told = node.notices.compactMap { notice -> FormatLevel? in
                if case .raisedFormatLevel(let level, _) = notice { level } else { nil }
            }
            #expect(told == [FormatLevel(2)])
        }
        let digests = ensemble.nodes.map { $0.replica.state.digest }
        #expect(digests.allSatisfy { $0 == digests[0] })
    }

    @Test func `is what entries are stamped with from then on`() throws {
        let ensemble = Ensemble([2, 2, 2])
        ensemble.pass(milliseconds: 2_000)
        try ensemble.create("/a")
        let last = try #require(ensemble.commands.keys.max())
        #expect(ensemble.commands[last]?.kind == .create && ensemble.commands[last]?.formatLevel == 2)
        ensemble.pass(milliseconds: 100)
        let counts = ensemble.nodes.map { $0.replica.state.znodeCount }
        #expect(counts == [2, 2, 2])
    }

    @Test(arguments: [[1, 2, 2], [2, 1, 2], [2, 2, 1]] as [[UInt32]])
    func `stays while one member supports no more`(supported: [UInt32]) throws {
        let ensemble = Ensemble(supported)
        ensemble.pass(milliseconds: 3_000)
        try ensemble.create("/a")
        #expect(ensemble.levels == [1, 1, 1])
        #expect(ensemble.commands.values.allSatisfy { $0.formatLevel == 1 && $0.kind == .create })
    }

    @Test func `rises only as far as all members support`() {
        let ensemble = Ensemble([4, 3, 2])
        ensemble.pass(milliseconds: 2_000)
        #expect(ensemble.levels == [2, 2, 2])
    }

    @Test func `waits for learners, and for members that are down`() {
        let learning = Ensemble([2, 2, 2, 1], learners: [4])
        learning.pass(milliseconds: 3_000)
        #expect(learning.levels == [1, 1, 1, 1])

        let lacking = Ensemble([2, 2, 2])
        lacking.nodes[2].isDown = true
        lacking.pass(milliseconds: 3_000)
        #expect(lacking.levels == [1, 1, 1])
        lacking.nodes[2].isDown = false
        lacking.pass(milliseconds: 3_000)
        #expect(lacking.levels == [2, 2, 2])
    }

    @Test func `is not raised by a leader that heard a member before that was connected anew`() throws {
        let ensemble = Ensemble([2, 2, 2])
        // Member 3 says what it supports and is gone before anybody leads.
        for node in ensemble.nodes[..<2] {
            let heartbeat = Heartbeat(
                term: .zero, office: .follower, leader: nil, commit: .zero, probe: 0, suspicions: [],
                supported: FormatLevel(2))
            node.replica.step(
                .message(.consensus(.heartbeat(heartbeat)), from: MemberID(3), storage: StorageID(3)),
                now: ensemble.now)
            node.replica.step(.connection(.established, to: MemberID(3)), now: ensemble.now)
        }
        ensemble.nodes[2].isDown = true
        ensemble.pass(milliseconds: 3_000)
        let leader = try #require(ensemble.leader)
        let common = leader.replica.consensus.commonlySupported
        #expect(common == nil && ensemble.levels == [1, 1, 1])
    }

    @Test func `above what a member supports stops that member alone, with nothing applied`() throws {
        let ensemble = Ensemble([2, 2, 2])
        ensemble.pass(milliseconds: 2_000)
        try ensemble.create("/a")
        // The log as an older release would be given it.
        let old = Ensemble([1, 1, 1]).nodes[2]
        let log = try #require(ensemble.leader).replica.consensus.keptEntries(
            from: LogIndex(1), through: LogIndex(.max), byteCountMax: .max)
        let raise = try #require(
            log.first { $0.kind == .command && Coordination.levelRaised(by: $0.payload) != nil })
        let append = Append(
            term: Term(9), previous: .zero, commit: log.last?.index ?? .zero, entries: log)
        old.replica.step(
            .message(.consensus(.append(append)), from: MemberID(1), storage: StorageID(1)), now: ensemble.now)
        for _ in 0..<3 {
            _ = old.replica.takeOutbound(now: ensemble.now)
            let unsupported = old.replica.applyCommitted(now: ensemble.now).unsupported
            #expect(
                unsupported
                    == UnsupportedFormatLevel(
                        needed: Coordination.FormatLevel(2), supported: .first,
                        raisedBy: Revision(raise.index.rawValue)))
            let applied = old.replica.appliedPosition.index
            #expect(applied == raise.index.previous && old.replica.level == .first)
        }
    }

    @Test func `is what a newcomer has to support`() throws {
        let ensemble = Ensemble([2, 2, 2])
        ensemble.pass(milliseconds: 2_000)
        let refused = try ensemble.add(4, supported: 1)
        #expect(
            refused == .refused(.releaseTooOld(MemberID(4), supported: .first, needed: FormatLevel(2))))
        guard case .members(let configuration, _)? = try ensemble.add(4, supported: 3) else {
            Issue.record("a newer release was not admitted")
            return
        }
        #expect(configuration[MemberID(4)] != nil)
    }

    @Test func `is not asked for by another member`() throws {
        let ensemble = Ensemble([1, 1, 1])
        ensemble.pass(milliseconds: 2_000)
        let leader = try #require(ensemble.leader)
        let other = try #require(ensemble.nodes.first { !$0.replica.consensus.isLeader }).replica.id
        let last = leader.replica.consensus.lastPosition
        let write = ForwardWrite(
            token: RequestToken(1), incarnation: Incarnation(1), timeout: nil, kind: .raiseFormatLevel, principal: "",
            request: Coordination.request(toRaiseTo: Coordination.FormatLevel(2)))
        let forward = Forward(term: leader.replica.consensus.term, writes: [write], barriers: [])
        leader.replica.step(
            .message(.forward(forward), from: other, storage: StorageID(other.rawValue)), now: ensemble.now)
        ensemble.settle()
        let end = leader.replica.consensus.lastPosition
        #expect(end == last)
    }
}
