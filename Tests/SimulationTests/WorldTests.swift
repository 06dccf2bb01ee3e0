import Consensus
import Journal
import Testing

@testable import Simulation

@Suite struct `The event queue` {
    @Test func `gives events by time, and those of one time in the order scheduled`() {
        var random = Random(seed: 3)
        var queue = EventQueue<Int>()
        var expected: [(time: Int64, number: Int)] = []
        var taken: [(time: Int64, number: Int)] = []
        for number in 0..<2000 {
            let time = Int64(random.below(50)) + (taken.last?.time ?? 0)
            queue.schedule(number, at: Instant(nanoseconds: time))
            expected.append((time, number))
            if random.chance(perMille: 400), let next = queue.pop() {
                taken.append((next.time.nanoseconds, next.event))
            }
        }
        while let next = queue.pop() { taken.append((next.time.nanoseconds, next.event)) }
        #expect(taken.map(\.number) == expected.sorted { ($0.time, $0.number) < ($1.time, $1.number) }.map(\.number))
        #expect(queue.nextTime == nil)
    }
}

@Suite struct `The simulated network` {
    private func network(_ quality: Network<Int>.Quality? = nil) -> Network<Int> {
        var network = Network<Int>(
            memberCount: 3, quality: quality ?? .init(latency: .milliseconds(1)), random: Random(seed: 1))
        for lane in Connection.Lane.allCases {
            network.establish(Connection(dialer: 0, listener: 1, lane: lane))
            network.establish(Connection(dialer: 1, listener: 0, lane: lane))
        }
        return network
    }

    private let start = Instant(nanoseconds: 0)

    @Test func `keeps the order within a channel`() throws {
        var network = network(.init(latency: .milliseconds(5), spikePerMille: 300, spike: .milliseconds(100)))
        var last = start
        for number in 0..<500 {
            let now = Instant(nanoseconds: Int64(number) * 100_000)
            let sentSending = network.send(number, on: .sync, from: 0, to: 1, now: now)
            let sent = try #require(sentSending)
            #expect(sent.arrival >= last && sent.arrival > now)
            last = sent.arrival
        }
    }

    @Test func `sends nothing where there is no connection`() {
        var network = network()
        #expect(network.send(1, on: .vote, from: 0, to: 2, now: start) == nil)
        // A reply travels on the connection of whoever asked.
        #expect(network.send(1, on: .voteReply, from: 2, to: 0, now: start) == nil)
        #expect(network.send(1, on: .voteReply, from: 1, to: 0, now: start) != nil)
    }

    @Test func `loses what was under way on a connection that breaks, even after a new one stands`() throws {
        var network = network()
        let connection = Connection(dialer: 0, listener: 1, lane: .bulk)
        let oldSending = network.send(1, on: .forward, from: 0, to: 1, now: start)
        let old = try #require(oldSending)
        let otherSending = network.send(2, on: .heartbeat, from: 0, to: 1, now: start)
        let other = try #require(otherSending)
        let wasUp = network.tearDown(connection)
        #expect(wasUp && !network.isUp(connection))
        network.establish(connection)
        let newSending = network.send(3, on: .forward, from: 0, to: 1, now: start)
        let new = try #require(newSending)
        let arrived = [old, other, new].map { network.arrive($0.flight) }
        #expect(arrived == [false, true, true])
    }

    @Test func `a link that holds gives all back in order when it opens, one that drops gives nothing`() throws {
        for blockage in [Network<Int>.Blockage.holding, .dropping] {
            var network = network()
            network.block(from: 0, to: 1, blockage)
            #expect(!network.isOpen(between: 0, and: 1) && network.isOpen(from: 1, to: 0))
            for number in 0..<20 {
                let sentSending = network.send(number, on: .sync, from: 0, to: 1, now: start)
                let sent = try #require(sentSending)
                let hasArrived = network.arrive(sent.flight)
                #expect(!hasArrived)
            }
            let released = network.open(from: 0, to: 1, now: start + .seconds(1))
            #expect(released.map(\.flight.payload) == (blockage == .holding ? Array(0..<20) : []))
            #expect(zip(released, released.dropFirst()).allSatisfy { $0.arrival <= $1.arrival })
        }
    }
}

@Suite struct `The simulated disk` {
    private func disk(_ seed: UInt64) -> SimulatedDisk {
        SimulatedDisk(random: Random(seed: seed))
    }

    private func bytes(_ disk: SimulatedDisk, _ file: String) throws -> [UInt8] {
        let count = try disk.byteCount(of: file)
        var bytes = [UInt8](repeating: 0, count: count)
        let read = try bytes.withUnsafeMutableBytes { try disk.read(file, offset: 0, into: $0) }
        #expect(read == count)
        return bytes
    }

    @Test func `what was synced survives every crash`() throws {
        for seed in 0..<50 {
            let disk = disk(UInt64(seed))
            let content = (0..<5000).map { UInt8(truncatingIfNeeded: $0) }
            try disk.perform([.create("a"), .write("a", offset: 0, bytes: content), .sync("a"), .syncDirectory])
            disk.crash()
            #expect(try bytes(disk, "a") == content)
        }
    }

    @Test func `what was not synced survives by whole sectors, any of them`() throws {
        var seen: Set<[Bool]> = []
        for seed in 0..<200 {
            let disk = disk(UInt64(seed))
            try disk.perform([.create("a"), .zero("a", offset: 0, byteCount: 2048), .sync("a"), .syncDirectory])
            try disk.perform([.write("a", offset: 0, bytes: [UInt8](repeating: 7, count: 2048))])
            disk.crash()
            let after = try bytes(disk, "a")
            let sectors = (0..<4).map { after[$0 * 512..<($0 + 1) * 512] }
            #expect(sectors.allSatisfy { sector in sector.allSatisfy { $0 == sector.first } })
            seen.insert(sectors.map { $0.first == 7 })
        }
        #expect(seen.count == 16)
    }

    @Test func `names survive once the directory was synced, and only then surely`() throws {
        var outcomes: Set<[String]> = []
        for seed in 0..<100 {
            let disk = disk(UInt64(seed))
            try disk.perform([.create("old"), .write("old", offset: 0, bytes: [1]), .sync("old"), .syncDirectory])
            try disk.perform([
                .create("new"), .write("new", offset: 0, bytes: [2]), .sync("new"), .rename("new", to: "old"),
            ])
            disk.crash()
            outcomes.insert(try disk.files())
            #expect([[1], [2]].contains(try bytes(disk, "old")))
        }
        #expect(outcomes == [["old"], ["new", "old"]])
    }

    @Test func `a killed process leaves what it had written`() throws {
        let disk = disk(1)
        try disk.perform([.create("a"), .write("a", offset: 0, bytes: [1, 2, 3])])
        disk.kill()
        #expect(try bytes(disk, "a") == [1, 2, 3])
    }

    @Test func `jobs of a lane are done one after the other`() throws {
        let disk = disk(1)
        var started: [DiskLane] = []
        disk.onStart = { lane, _ in started.append(lane) }
        disk.submit(DiskJob(ticket: DiskTicket(1), lane: .log, operations: [.create("a")]))
        disk.submit(DiskJob(ticket: DiskTicket(2), lane: .log, operations: [.remove("a")]))
        disk.submit(DiskJob(ticket: DiskTicket(3), lane: .background, operations: [.sync("none")]))
        #expect(started == [.log, .background])
        #expect(disk.finish(.log).ticket == DiskTicket(1))
        #expect(try disk.files() == ["a"])
        #expect(started == [.log, .background, .log])
        #expect(disk.finish(.log).ticket == DiskTicket(2))
        let failed = disk.finish(.background)
        #expect(throws: DiskError.self) { try failed.result.get() }
    }

    @Test func `a failed sync loses some of what it was to write, and a later one does not make up for it`() throws {
        var lost = 0
        for seed in 0..<50 {
            let disk = disk(UInt64(seed))
            try disk.perform([.create("a"), .zero("a", offset: 0, byteCount: 2048), .sync("a"), .syncDirectory])
            disk.failure = .sync
            #expect(throws: DiskError.self) {
                try disk.perform([.write("a", offset: 0, bytes: [UInt8](repeating: 7, count: 2048)), .sync("a")])
            }
            let seen = try bytes(disk, "a")
            try disk.perform([.sync("a")])
            disk.crash()
            #expect(seen == [UInt8](repeating: 7, count: 2048))
            lost += try bytes(disk, "a") == seen ? 0 : 1
        }
        #expect(lost > 40)
    }

    @Test func `a full disk takes what makes no file longer`() throws {
        let disk = disk(1)
        try disk.perform([.create("a"), .zero("a", offset: 0, byteCount: 1024)])
        disk.isFull = true
        try disk.perform([.write("a", offset: 1000, bytes: [UInt8](repeating: 1, count: 24)), .sync("a")])
        #expect(throws: DiskError.self) { try disk.perform([.write("a", offset: 1024, bytes: [1])]) }
        #expect(throws: DiskError.self) { try disk.perform([.zero("a", offset: 0, byteCount: 1025)]) }
        #expect(try disk.byteCount(of: "a") == 1024 && disk.noSpaceCount == 2)
        disk.isFull = false
        try disk.perform([.write("a", offset: 1024, bytes: [1])])
    }

    @Test func `a write that fails may have been begun, and the next one succeeds`() throws {
        let disk = disk(1)
        try disk.perform([.create("a")])
        disk.failure = .write
        #expect(throws: DiskError.self) { try disk.perform([.write("a", offset: 0, bytes: [1, 2, 3, 4])]) }
        #expect([1, 2, 3, 4].starts(with: try bytes(disk, "a")))
        try disk.perform([.write("a", offset: 0, bytes: [1, 2, 3, 4])])
        #expect(try bytes(disk, "a") == [1, 2, 3, 4])
    }

    @Test(arguments: Rot.Kind.allCases)
    func `rot hits one sector before the last synced write, and can be undone`(kind: Rot.Kind) throws {
        for seed in 0..<100 {
            let disk = disk(UInt64(seed))
            var random = Random(seed: UInt64(seed))
            let name = "log-00000000000000000001"
            let header = (0..<1024).map { UInt8(truncatingIfNeeded: $0 / 512 + 1) }
            try disk.perform([.create(name), .write(name, offset: 0, bytes: header), .sync(name), .syncDirectory])
            // The header and what came with it are one write: nothing later proves them.
            #expect(disk.rot(kind, in: .log, random: &random) == nil)
            try disk.perform([.write(name, offset: 1024, bytes: [UInt8](repeating: 3, count: 512)), .sync(name)])
            let before = try bytes(disk, name)
            let region = random.element(of: [Rot.Region.log, .logEnd])
            let rot = try #require(disk.rot(kind, in: region, random: &random))
            let after = try bytes(disk, name)
            #expect(rot.offset < 1024 && after != before)
            let damaged = (0..<3).filter { after[$0 * 512..<($0 + 1) * 512] != before[$0 * 512..<($0 + 1) * 512] }
            #expect(damaged == [rot.offset / 512])
            disk.crash()
            #expect(try bytes(disk, name) == after)
            rot.undo()
            #expect(try bytes(disk, name) == before)
        }
    }

    @Test(arguments: Rot.Kind.allCases)
    func `rot hits snapshots and the identity wherever they are durable, and nothing that is not`(
        kind: Rot.Kind
    ) throws {
        let disk = disk(1)
        var random = Random(seed: 1)
        let names = [Rot.Region.snapshot: "snapshot-1", .identity: "identity"]
        for (region, name) in names.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try disk.perform([.create(name), .write(name, offset: 0, bytes: (0..<700).map { UInt8($0 % 251) })])
            #expect(disk.rot(kind, in: region, random: &random) == nil)
            try disk.perform([.sync(name), .syncDirectory])
            let before = try bytes(disk, name)
            for _ in 0..<20 {
                let rot = try #require(disk.rot(kind, in: region, random: &random))
                let after = try bytes(disk, name)
                #expect(after != before && after.count == before.count && rot.name == name)
                rot.undo()
                #expect(try bytes(disk, name) == before)
            }
        }
    }

    @Test func `a disk that was replaced is empty and sound, whatever happens to the machine`() throws {
        let disk = disk(2)
        try disk.perform([.create("a"), .write("a", offset: 0, bytes: [1]), .sync("a"), .syncDirectory])
        disk.failure = .write
        disk.isFull = true
        disk.replace()
        try disk.perform([.create("b"), .write("b", offset: 0, bytes: [2]), .sync("b"), .syncDirectory])
        disk.crash()
        #expect(try disk.files() == ["b"])
    }

    @Test func `the mutant forgets what it said it had synced`() throws {
        let forgotten = (0..<50).count { seed in
            let disk = disk(UInt64(seed))
            disk.ignoresSync = true
            disk.submit(
                DiskJob(
                    ticket: DiskTicket(1), lane: .log,
                    operations: [.create("a"), .write("a", offset: 0, bytes: [1]), .sync("a"), .syncDirectory]))
            _ = disk.finish(.log)
            disk.crash()
            return (try? bytes(disk, "a")) != [1]
        }
        #expect(forgotten > 10)
    }
}

@Suite struct `A simulated clock` {
    @Test func `runs wrong by a few per cent and never back, whatever its rate becomes`() {
        var random = Random(seed: 7)
        var clock = MemberClock(driftMax: 50_000, random: &random)
        let start = clock.monotonic(at: Instant(nanoseconds: 0))
        var now: Int64 = 0
        var last = start
        for _ in 0..<20_000 {
            now += Int64(random.below(5_000_000))
            if random.chance(perMille: 10) {
                clock.setDrift(perMillion: Int64(random.number(in: -50_000...50_000)), at: Instant(nanoseconds: now))
            }
            let reading = clock.monotonic(at: Instant(nanoseconds: now))
            #expect(reading >= last)
            last = reading
        }
        #expect(abs((last - start).nanoseconds - now) <= now / 20)
    }
}

@Suite struct `A partition` {
    @Test(arguments: Fault.Cut.Shape.allCases, 2...6)
    func `cuts links between members that exist, each once`(shape: Fault.Cut.Shape, count: Int) {
        var random = Random(seed: UInt64(count))
        for _ in 0..<50 {
            let center = random.below(count)
            let cut = Fault.Cut(shape, memberCount: count, center: center, random: &random)
            let links = cut.links.map { $0.from * count + $0.to }
            #expect(Set(links).count == links.count)
            #expect(cut.links.allSatisfy { $0.from != $0.to && (0..<count).contains($0.from) })
            // Three are a ring as they are, and so few are always bridged.
            #expect(!links.isEmpty || shape == .bridge)
        }
    }

    @Test func `in the shape of a ring leaves each member its neighbours`() {
        var random = Random(seed: 1)
        let cut = Fault.Cut(.ring, memberCount: 5, center: 0, random: &random)
        for member in 0..<5 {
            let unreachable = cut.links.filter { $0.from == member }.map(\.to).sorted()
            #expect(unreachable == [(member + 2) % 5, (member + 3) % 5].sorted())
        }
    }
}

@Suite struct `A line of the trace` {
    @Test func `is about the members that it names`() {
        func line(_ text: String) -> TraceLine {
            TraceLine(time: Instant(nanoseconds: 1_500_000), kind: .notice, text: text)
        }
        #expect(line("member 2: becameLeader").concerns(member: 2))
        #expect(!line("member 12 loses power").concerns(member: 2))
        #expect(line("1 -> 3 heartbeat").concerns(member: 3) && !line("1 -> 3 heartbeat").concerns(member: 2))
        #expect(line("x").seconds == "  0.001500")
    }
}
