import ByteString

@testable import Consensus

/// An ensemble over a simulated network with simulated disks, all of it drawn from one seed: its size, how bad the
/// network is, who crashes and when. Every step of every member is watched by ``SafetyChecker``; at the end the faults
/// heal and the ensemble must come to rest with everything agreed.
///
/// Faults that it draws: loss, duplication, delay, reordering; cut links, one way or both, and isolated members;
/// crashes that lose all that was not synced, or all but a beginning of it; members that stall; disks that stall;
/// connection evidence, true and late.
final class Simulation {
    struct Mix {
        var voters: Int
        var learners: Int
        var loss: Int
        var duplication: Int
        var delayMax: Span
        var isOrdered: Bool
        var diskMax: Span
        var crashEvery: Span
        var cutEvery: Span
        var stallEvery: Span
        var snapshotEvery: Span
        var transferEvery: Span
        var changesMembers: Bool
        var tellsEvidence: Bool
    }

    enum Action {
        case tick(MemberID)
        case deliver(Envelope)
        case disk(MemberID)
        case restart(MemberID)
        case evidence(ConnectionEvidence, of: MemberID, to: MemberID)
        case crash, cut, heal, stall, snapshot, transfer, change, propose, read
    }

    let seed: UInt64
    let mix: Mix
    let checker = SafetyChecker()
    private(set) var now = Instant(nanoseconds: 0)
    private(set) var nodes: [Node] = []
    private var random: SeededRandom
    private var agenda = Agenda<Action>()
    private var cut: Set<Bench.Link> = []
    private var lastArrival: [Bench.Link: Instant] = [:]
    private var stalledUntil: [MemberID: Instant] = [:]
    private var diskBusy: Set<MemberID> = []
    private var isHealed = false
    private var isWorking = true
    private var proposals = 0
    private var tokens: UInt64 = 0
    /// For each read under way, what was committed somewhere when it began.
    private var reads: [ReadToken: (reader: MemberID, needed: LogIndex)] = [:]
    private(set) var readsConfirmed = 0
    private(set) var crashes = 0
    private(set) var changes = 0
    private(set) var dropped = 0
    private let liesAboutSync: Bool
    /// What happened, for reading after a failure; kept only if asked for.
    private(set) var trace: [String] = []
    private let keepsTrace: Bool
    /// Everything that happened, in one number.
    private(set) var traceDigest: UInt64 = 0

    init(seed: UInt64, liesAboutSync: Bool = false, keepsTrace: Bool = false) {
        self.seed = seed
        self.liesAboutSync = liesAboutSync
        self.keepsTrace = keepsTrace
        var random = SeededRandom(seed: seed)
        let isLossy = random.chance(60)
        mix = Mix(
            voters: random.pick([3, 3, 3, 4, 5]), learners: random.chance(25) ? 1 : 0,
            loss: isLossy ? random.pick([1, 5, 10, 20]) : 0, duplication: random.pick([0, 0, 2, 10]),
            delayMax: .milliseconds(random.pick([1, 5, 20, 80])), isOrdered: random.chance(50),
            diskMax: .milliseconds(random.pick([1, 5, 30])), crashEvery: .milliseconds(random.pick([400, 900, 3000])),
            cutEvery: .milliseconds(random.pick([400, 1000, 5000])),
            stallEvery: .milliseconds(random.pick([700, 5000])),
            snapshotEvery: .milliseconds(random.pick([100, 400, 3000])),
            transferEvery: .milliseconds(random.pick([1000, 10_000])), changesMembers: random.chance(30),
            tellsEvidence: random.chance(70))
        self.random = random
        begin()
    }

    private func begin() {
        var settings = Consensus.Settings(useConnectionEvidence: mix.tellsEvidence)
        settings.maxAppendBytes = random.pick([100, 1000, 256 << 10])
        settings.maxInflightAppends = random.pick([1, 4, 64])
        settings.snapshotChunkBytes = random.pick([50, 150, 1000])
        settings.maxInflightSnapshotChunks = random.pick([1, 3])
        settings.retainedLogBytes = random.pick([0, 500, 5000])
        settings.retainedLogBytesWhileSending = settings.retainedLogBytes * 2
        settings.maxUncommittedBytes = random.pick([2000, 64 << 20])
        let configuration = Bench.configuration(voters: mix.voters, learners: mix.learners)
        nodes = configuration.members.map { member in
            let durable = DurableState(
                hardState: .initial, snapshot: SnapshotFile(founding: configuration), entries: [])
            let node = Node(
                id: member.id, storage: member.storage, settings: settings, durable: durable, checker: checker)
            node.liesAboutSync = liesAboutSync
            return node
        }
        checker.disks = { [unowned self] in nodes.map { ($0.id, $0.durable) } }
        for node in nodes {
            node.start(seed: random.next(), now: now)
            agenda.add(.tick(node.id), at: now + random.span(below: .milliseconds(10)))
            gather(node)
        }
        for action in [Action.crash, .cut, .stall, .snapshot, .transfer, .change, .propose, .read] {
            schedule(action)
        }
    }

    private func schedule(_ action: Action) {
        let every: Span =
            switch action {
            case .crash: mix.crashEvery
            case .cut: mix.cutEvery
            case .stall: mix.stallEvery
            case .snapshot: mix.snapshotEvery
            case .transfer: mix.transferEvery
            case .change: .milliseconds(500)
            case .propose, .read: .milliseconds(8)
            default: .zero
            }
        agenda.add(action, at: now + random.span(below: every * 2))
    }

    // MARK: Running

    func run(for span: Span) {
        let end = now + span
        while let (at, action) = agenda.removeFirst(before: end) {
            now = max(now, at)
            carryOut(action)
            if !checker.violations.isEmpty { return }
        }
        now = end
    }

    /// Faults end, everybody is up.
    func heal() {
        isHealed = true
        cut = []
        stalledUntil = [:]
        for node in nodes where !node.isUp { restart(node) }
    }

    /// Nothing more is proposed, except a last entry that shows that the ensemble works.
    func stopWork() { isWorking = false }

    /// After healing: one leader whom everybody follows, the same applied by all, nothing left to do.
    var isAtRest: Bool {
        let leaders = nodes.filter { $0.core?.isLeader ?? false }
        guard leaders.count == 1, let leader = leaders[0].core else { return false }
        let members = leader.configuration.members.map(\.id)
        return leader.commit == leader.log.last.index && leader.transfer == nil && reads.isEmpty
            && !nodes.contains { node in
                members.contains(node.id)
                    && (node.core?.leader != leader.id || node.applied != leader.commit
                        || node.digest != checker.digest(at: node.applied))
            }
    }

    private func carryOut(_ action: Action) {
        switch action {
        case .tick(let id):
            agenda.add(action, at: now + .milliseconds(8) + random.span(below: .milliseconds(4)))
            guard let node = awake(id) else { return }
            node.step(.tick, now: now)
            gather(node)
        case .deliver(let envelope): deliver(envelope)
        case .disk(let id):
            diskBusy.remove(id)
            guard let node = awake(id) else { return startDisk(node(id), after: .milliseconds(5)) }
            node.finishJob(now: now)
            gather(node)
        case .restart(let id): if !node(id).isUp { restart(node(id)) }
        case .evidence(let evidence, let of, let to):
            guard let node = awake(to) else { return }
            node.step(.connection(evidence, to: of), now: now)
            gather(node)
        case .propose, .read:
            schedule(action)
            guard let node = awake(random.pick(nodes).id) else { return }
            if case .propose = action { propose(node) } else { read(node) }
        case .snapshot:
            schedule(action)
            let node = random.pick(nodes)
            if node.isUp { node.beginSnapshot() }
            startDisk(node)
        case .heal: cut = []
        case .crash, .cut, .stall, .transfer, .change:
            guard !isHealed else { return }
            schedule(action)
            harm(action)
        }
    }

    private func node(_ id: MemberID) -> Node { nodes.first { $0.id == id }! }

    /// A member that can do something now. One that is stalled does it when it wakes up (see `deliver` and `tick`).
    private func awake(_ id: MemberID) -> Node? {
        let node = node(id)
        guard node.isUp, stalledUntil[id, default: now] <= now else { return nil }
        return node
    }

    private func deliver(_ envelope: Envelope) {
        if let until = stalledUntil[envelope.to], until > now {
            return agenda.add(.deliver(envelope), at: until + random.span(below: .milliseconds(3)))
        }
        guard !cut.contains(.init(from: envelope.from, to: envelope.to)), let node = awake(envelope.to) else { return }
        node.step(.received(envelope.message, from: envelope.from, storage: envelope.storage), now: now)
        gather(node)
    }

    /// After a member did something: its messages go onto the network and its disk to work.
    private func gather(_ node: Node) {
        for envelope in node.outbox {
            note("\(now.nanoseconds / 1000) \(envelope.from)->\(envelope.to) \(envelope.message)")
            if !isHealed && random.chance(mix.loss) { continue }
            let copies = !isHealed && random.chance(mix.duplication) ? 2 : 1
            for _ in 0..<copies {
                var at = now + .microseconds(50) + random.span(below: mix.delayMax)
                if mix.isOrdered {
                    let link = Bench.Link(from: envelope.from, to: envelope.to)
                    at = max(at, lastArrival[link, default: now])
                    lastArrival[link] = at
                }
                agenda.add(.deliver(envelope), at: at)
            }
        }
        node.outbox = []
        for notice in node.notices {
            note("\(now.nanoseconds / 1000) \(node.id): \(notice)")
            if case .dropped(let flaw, let from) = notice {
                dropped += 1
                checker.violate("member \(node.id) dropped a message from \(from) as \(flaw)")
            }
        }
        node.notices = []
        settleReads(node)
        startDisk(node)
    }

    private func startDisk(_ node: Node, after delay: Span? = nil) {
        guard node.isUp, !node.jobs.isEmpty, diskBusy.insert(node.id).inserted else { return }
        agenda.add(.disk(node.id), at: now + (delay ?? random.span(below: mix.diskMax)))
    }

    // MARK: Work

    private func propose(_ node: Node) {
        guard isWorking, node.core?.isLeader ?? false else { return }
        let payloads = (0...Int(random.next() % 3)).map { _ in
            proposals += 1
            return Bytes(utf8: "p\(proposals)")
        }
        _ = node.propose(payloads, now: now)
        gather(node)
    }

    private func read(_ node: Node) {
        guard isWorking, node.core?.isLeader ?? false else { return }
        tokens += 1
        reads[ReadToken(tokens)] = (node.id, checker.chosenLast)
        node.step(.readBarrier(ReadToken(tokens)), now: now)
        gather(node)
    }

    private func settleReads(_ node: Node) {
        for read in node.confirmed {
            guard let needed = reads.removeValue(forKey: read.token)?.needed else {
                checker.violate("member \(node.id) answered a read twice")
                continue
            }
            readsConfirmed += 1
            if read.index < needed {
                checker.violate("stale read: member \(node.id) named \(read.index), \(needed) was committed before")
            }
        }
        for token in node.refused { reads[token] = nil }
        node.confirmed = []
        node.refused = []
    }

    // MARK: Harm

    private func harm(_ action: Action) {
        let node = random.pick(nodes)
        switch action {
        case .crash: if node.isUp { crash(node) }
        case .cut: cutSomething(node)
        case .stall:
            stalledUntil[node.id] = now + random.span(below: .milliseconds(random.pick([30, 200, 1500])))
        case .transfer:
            guard let node = awake(node.id) else { return }
            node.change { _ = $0.transferLeadership(now: now) }
            gather(node)
        case .change:
            if mix.changesMembers { changeMembers() }
        default: break
        }
    }

    private func crash(_ node: Node) {
        crashes += 1
        note("\(now.nanoseconds / 1000) \(node.id): crash")
        node.crash(surviving: random.chance(50) ? 0 : Int(random.next() % UInt64(node.jobs.count + 1)))
        // Its reads are answered by nobody.
        reads = reads.filter { $0.value.reader != node.id }
        for other in nodes where other.id != node.id && mix.tellsEvidence {
            let delay = random.span(below: .milliseconds(random.pick([1, 1, 50])))
            agenda.add(.evidence(.lost, of: node.id, to: other.id), at: now + delay)
            agenda.add(.evidence(.refused, of: node.id, to: other.id), at: now + delay + .milliseconds(1))
        }
        agenda.add(.restart(node.id), at: now + random.span(below: .milliseconds(random.pick([20, 500, 2000]))))
    }

    private func restart(_ node: Node) {
        note("\(now.nanoseconds / 1000) \(node.id): restart")
        node.start(seed: random.next(), now: now)
        gather(node)
        for other in nodes where other.id != node.id && mix.tellsEvidence {
            agenda.add(.evidence(.newIncarnation, of: node.id, to: other.id), at: now + .milliseconds(2))
            agenda.add(.evidence(.established, of: node.id, to: other.id), at: now + .milliseconds(3))
        }
    }

    private func cutSomething(_ node: Node) {
        cut = []
        switch random.next() % 4 {
        case 0:  // One member alone.
            for other in nodes where other.id != node.id { cutBothWays(node.id, other.id) }
        case 1:  // Two halves.
            let side = nodes.map { _ in random.chance(50) }
            for (left, leftSide) in zip(nodes, side) {
                for (right, rightSide) in zip(nodes, side) where leftSide && !rightSide {
                    cutBothWays(left.id, right.id)
                }
            }
        case 2:  // Links, one way.
            for _ in 0..<3 { cut.insert(.init(from: random.pick(nodes).id, to: random.pick(nodes).id)) }
        default:  // One link.
            let other = random.pick(nodes)
            if other.id != node.id { cutBothWays(node.id, other.id) }
        }
        agenda.add(.heal, at: now + random.span(below: .milliseconds(1500)))
    }

    private func cutBothWays(_ left: MemberID, _ right: MemberID) {
        cut.insert(.init(from: left, to: right))
        cut.insert(.init(from: right, to: left))
    }

    /// The leader proposes that somebody changes its role, or comes or goes.
    private func changeMembers() {
        guard let node = nodes.first(where: { awake($0.id)?.core?.isLeader ?? false }) else { return }
        var members = node.core!.configuration.members
        let chosen = random.pick(nodes)
        if let place = members.firstIndex(where: { $0.id == chosen.id }) {
            if members[place].role == .learner {
                members[place].role = .voter
            } else if members.count(where: { $0.role == .voter }) > 2 {
                if random.chance(50) { members[place].role = .learner } else { members.remove(at: place) }
            }
        } else {
            var member = Bench.configuration(voters: nodes.count).members.first { $0.id == chosen.id }!
            member.role = .learner
            members.append(member)
        }
        let configuration = Configuration(members: members)
        guard configuration != node.core!.configuration else { return }
        let now = now
        let changed = node.change { core in (try? core.propose(configuration, now: now)) != nil }
        if changed { changes += 1 }
        gather(node)
    }

    private func note(_ line: @autoclosure () -> String) {
        guard keepsTrace else { return }
        let line = line()
        trace.append(line)
        for byte in line.utf8 { traceDigest = (traceDigest ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }
}

extension SeededRandom {
    mutating func chance(_ percent: Int) -> Bool { next() % 100 < UInt64(percent) }
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int(next() % UInt64(elements.count))] }
}

/// What is to happen, by time; at the same time in the order it was added. A binary heap of places, so that what moves
/// in it is small.
struct Agenda<Action> {
    private struct Item {
        var at: Int64
        var number: Int64
        var place: Int

        func precedes(_ other: Item) -> Bool { at == other.at ? number < other.number : at < other.at }
    }

    private var heap: [Item] = []
    private var actions: [Action?] = []
    private var free: [Int] = []
    private var count: Int64 = 0

    mutating func add(_ action: Action, at: Instant) {
        count += 1
        let place = free.popLast() ?? actions.count
        if place == actions.count { actions.append(action) } else { actions[place] = action }
        let item = Item(at: at.nanoseconds, number: count, place: place)
        heap.append(item)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard item.precedes(heap[parent]) else { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = item
    }

    mutating func removeFirst(before end: Instant) -> (Instant, Action)? {
        guard let first = heap.first, first.at < end.nanoseconds else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            var parent = 0
            while true {
                var child = 2 * parent + 1
                guard child < heap.count else { break }
                if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
                guard heap[child].precedes(last) else { break }
                heap[parent] = heap[child]
                parent = child
            }
            heap[parent] = last
        }
        defer {
            actions[first.place] = nil
            free.append(first.place)
        }
        return (Instant(nanoseconds: first.at), actions[first.place]!)
    }
}
