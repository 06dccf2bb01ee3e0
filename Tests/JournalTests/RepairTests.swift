import ByteString
import Consensus
import Journal
import Testing

@Suite struct RepairTests {
    /// Three members with the same log, of several segments and terms, each cut into other batches.
    private func ensemble(_ sizes: [Int] = [3, 5, 4]) throws -> [Node] {
        let log = Node.entries(1...60, term: 2) + Node.entries(61...110, term: 3) + Node.entries(111...150, term: 6)
        return try sizes.enumerated().map { place, size in
            let node = try Node(UInt64(place + 1))
            var next = 0
            while next < log.count {
                let batch = Array(log[next..<min(log.count, next + size)])
                let term = batch[batch.count - 1].term
                let state = HardState(term: term, vote: MemberID(2))
                try node.append(batch, hardState: state == node.hardState ? nil : state)
                next += batch.count
            }
            try node.append([], hardState: HardState(term: Term(9), vote: MemberID(1)))
            try node.settle()
            return node
        }
    }

    private func expectWhole(_ recovered: Recovered?, _ node: Node, _ what: String) {
        #expect(recovered?.entries == node.entries, "\(what)")
        #expect(recovered?.hardState == node.hardState, "\(what)")
    }

    /// Damages a copy of the first member's disk and repairs it from the others, and from nobody.
    private func check(
        _ nodes: [Node], _ peer: RepairPeer, _ what: String, _ damage: (MemoryDisk) -> Void
    ) throws -> Outcome {
        let alone = nodes[0].disk.copy()
        damage(alone)
        let before = alone.contents
        let without = try openOrRepair(alone, from: [])
        switch without.outcome {
        case .opened, .repaired: expectWhole(without.recovered, nodes[0], "\(what), alone")
        case .stuck: #expect(alone.contents == before, "\(what): not repaired, but changed the disk")
        case .refused(let error): Issue.record("\(what): \(error)")
        }
        let disk = nodes[0].disk.copy()
        damage(disk)
        let with = try openOrRepair(disk, from: [peer])
        guard with.outcome == .opened || with.outcome == .repaired else {
            Issue.record("\(what): \(with.outcome)")
            return with.outcome
        }
        expectWhole(with.recovered, nodes[0], what)
        // What was repaired is a log like any other.
        expectWhole(try Journal.open(disk, options: .small).recovered, nodes[0], "\(what), once more")
        return without.outcome
    }

    @Test func `every byte of every header, and bytes all over the records, are repaired from a peer`() throws {
        let nodes = try ensemble()
        let peer = try RepairPeer(nodes[1].disk)
        var stuck = 0
        let files = nodes[0].disk.contents.keys.filter { $0.hasPrefix("log-") }.sorted()
        #expect(files.count >= 4)
        for file in files.prefix(2) {
            for offset in stride(from: 0, to: 128, by: 3) {
                _ = try check(nodes, peer, "\(file):\(offset)") { disk in disk.rot(file) { $0[offset] ^= 0x40 } }
            }
        }
        for (number, batch) in nodes[0].batches().enumerated() {
            // Every byte of a few batches, and some of each.
            let all = number % 20 == 5 ? Array(0..<batch.bytes) : [8, 70, 100, batch.bytes - 1]
            for byte in all where byte < batch.bytes {
                let outcome = try check(nodes, peer, "\(batch.file):\(batch.offset)+\(byte)") { disk in
                    disk.rot(batch.file) { $0[batch.offset + byte] ^= 0x40 }
                }
                if case .stuck = outcome { stuck += 1 }
            }
        }
        #expect(stuck > 100)
    }

    @Test func `lost and misplaced writes are repaired from a peer`() throws {
        let nodes = try ensemble()
        let peer = try RepairPeer(nodes[1].disk)
        let batches = nodes[0].batches()
        for (number, batch) in batches.enumerated() {
            let bytes = (batch.bytes + 511) / 512 * 512
            _ = try check(nodes, peer, "lost \(batch.file):\(batch.offset)") { disk in
                disk.rot(batch.file) {
                    $0.replaceSubrange(
                        batch.offset..<batch.offset + bytes, with: [UInt8](repeating: 0, count: bytes))
                }
            }
            // A valid batch of another place, perhaps of another segment.
            let other = batches[(number + 7) % batches.count]
            _ = try check(nodes, peer, "\(other.file):\(other.offset) at \(batch.file):\(batch.offset)") { disk in
                let valid = disk.contents[other.file]?[other.offset..<other.offset + 512] ?? []
                disk.rot(batch.file) { $0.replaceSubrange(batch.offset..<batch.offset + 512, with: valid) }
            }
        }
        for file in nodes[0].disk.contents.keys.sorted() where file.hasPrefix("log-") && file < batches.last!.file {
            _ = try check(nodes, peer, "without \(file)") { $0.lose(file) }
            _ = try check(nodes, peer, "\(file) cut short") { disk in
                disk.rot(file) { $0.removeLast($0.count - 1536) }
            }
        }
    }

    @Test func `different damage on every member is repaired, as long as each entry is somewhere`() throws {
        let nodes = try ensemble()
        var generator = SeededGenerator(4)
        for round in 0..<60 {
            let disks = nodes.map { $0.disk.copy() }
            // Each member loses three batches of its own third of the log.
            for (place, node) in nodes.enumerated() {
                let batches = node.batches().dropLast(2)
                let third = batches.count / 3
                for _ in 0..<3 {
                    let number = Int.random(in: third * place + 2..<third * (place + 1) - 2, using: &generator)
                    let batch = batches[number]
                    let byte = Int.random(in: 0..<batch.bytes, using: &generator)
                    disks[place].rot(batch.file) { $0[batch.offset + byte] ^= 1 }
                }
            }
            let peers = try disks.map { try RepairPeer($0.copy()) }
            for (place, disk) in disks.enumerated() {
                let others = peers.enumerated().filter { $0.offset != place }.map(\.element)
                let (outcome, recovered) = try openOrRepair(disk, from: others)
                #expect(outcome == .repaired, "round \(round), member \(place + 1)")
                expectWhole(recovered, nodes[place], "round \(round), member \(place + 1)")
            }
        }
    }

    @Test func `what is damaged on every member is refused everywhere, and nothing is changed`() throws {
        let nodes = try ensemble([4, 4, 4])
        let batch = nodes[0].batches()[12]
        let disks = nodes.map { $0.disk.copy() }
        for disk in disks { disk.rot(batch.file) { $0[batch.offset + 120] ^= 1 } }
        let peers = try disks.map { try RepairPeer($0) }
        for (place, disk) in disks.enumerated() {
            let before = disk.contents
            let others = peers.enumerated().filter { $0.offset != place }.map(\.element)
            let (outcome, _) = try openOrRepair(disk, from: others)
            guard case .stuck(let gaps) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(gaps.count == 1)
            #expect(disk.contents == before)
        }
    }

    @Test func `a truncation that was lost in a hole does not bring back what it dropped`() throws {
        for keepsHeader in [true, false] {
            let node = try Node(1)
            let peer = try Node(2)
            try node.append(Node.entries(1...10, term: 1), hardState: HardState(term: Term(1), vote: nil))
            for index in 11...20 as ClosedRange<UInt64> { try node.append(Node.entries(index...index, term: 3)) }
            let place = node.batches().count
            let state = HardState(term: Term(4), vote: nil)
            try node.append(Node.entries(14...16, term: 4), truncateFrom: LogIndex(14), hardState: state)
            try node.append(Node.entries(17...20, term: 4))
            try node.settle()
            let batch = node.batches()[place]
            for byte in 0..<3 { try peer.append(Array(node.entries[byte * 6..<byte * 6 + 6])) }
            try peer.append(Array(node.entries[18...]))
            try peer.settle()
            node.disk.rot(batch.file) { $0[batch.offset + (keepsHeader ? 100 : 70)] ^= 1 }
            let (outcome, recovered) = try openOrRepair(node.disk, from: [try RepairPeer(peer.disk)])
            #expect(outcome == .repaired)
            expectWhole(recovered, node, "keeps the header: \(keepsHeader)")
        }
    }

    @Test func `entries that nobody else has are dropped only when they contradict a committed one`() throws {
        let node = try Node(1)
        try node.append(Node.entries(1...10, term: 2), hardState: HardState(term: Term(2), vote: MemberID(1)))
        let place = node.batches().count
        try node.append(Node.entries(11...14, term: 2))
        try node.append(Node.entries(15...18, term: 2))
        try node.settle()
        let batch = node.batches()[place]
        node.disk.rot(batch.file) { $0[batch.offset + 100] ^= 1 }
        let peer = try Node(2)
        try peer.append(Node.entries(1...10, term: 2) + Node.entries(11...11, term: 2))
        try peer.settle()
        let before = node.disk.contents
        // It may have been committed by this member and one that is down.
        let committed = LogPosition(index: LogIndex(11), term: Term(2))
        var other = try RepairPeer(peer.disk, committed: committed, isRunning: true)
        let (outcome, _) = try openOrRepair(node.disk, from: [other])
        #expect(outcome == .stuck(gaps: [LogIndex(12)...LogIndex(14)]))
        #expect(node.disk.contents == before)
        // The others have elected a leader without it.
        try peer.append(Node.entries(12...12, term: 5))
        try peer.settle()
        let elected = LogPosition(index: LogIndex(12), term: Term(5))
        other = try RepairPeer(peer.disk, committed: elected, isRunning: true)
        let (second, recovered) = try openOrRepair(node.disk, from: [other])
        #expect(second == .repaired)
        #expect(recovered?.entries == peer.entries)
        #expect(recovered?.hardState == HardState(term: Term(5), vote: nil))
    }

    @Test func `a peer that has compacted its log gives its snapshot`() throws {
        let nodes = try ensemble()
        // Only the snapshot and what comes after it is left.
        let peer = nodes[1]
        for index in [70, 100, 130] as [UInt64] { try peer.snapshot(at: index) }
        try peer.settle()
        var held = try RepairPeer(peer.disk)
        #expect(held.repair.snapshot?.position.index == LogIndex(130))
        held = try RepairPeer(peer.disk)
        let batch = nodes[0].batches()[3]
        nodes[0].disk.rot(batch.file) { $0[batch.offset + 99] ^= 1 }
        let (outcome, recovered) = try openOrRepair(nodes[0].disk, from: [held])
        #expect(outcome == .repaired)
        #expect(recovered?.snapshot?.position.index == LogIndex(130))
        #expect(recovered?.entries.last == nodes[0].entries.last)
        #expect(recovered?.hardState == nodes[0].hardState)
        let (journal, again) = try Journal.open(nodes[0].disk, options: .small)
        let snapshot = try #require(again.snapshot)
        #expect(
            try journal.read(snapshot, offset: 0, byteCountMax: 1000) == Node.content(snapshot.position))
    }

    @Test func `a damaged snapshot is made up for by a peer's`() throws {
        let node = try Node(1)
        let peer = try Node(2)
        for node in [node, peer] {
            for first in stride(from: 1, to: 200, by: 5) as StrideTo<UInt64> {
                try node.append(Node.entries(first...first + 4, term: 2, bytes: 90))
                if first % 50 == 46 { try node.snapshot(at: first + 2) }
            }
            try node.settle()
        }
        let files = node.disk.contents.keys.filter { $0.hasPrefix("snapshot") }.sorted()
        #expect(files.count == 2)
        for offset in [0, 8, 13, 20, 30, 50, 120] {
            let disk = node.disk.copy()
            for file in files { disk.rot(file) { $0[min(offset, $0.count - 1)] ^= 1 } }
            let before = disk.contents
            let alone = try openOrRepair(disk, from: [])
            guard case .stuck = alone.outcome else {
                Issue.record("\(offset): \(alone.outcome)")
                continue
            }
            #expect(disk.contents == before)
            let (outcome, recovered) = try openOrRepair(disk, from: [try RepairPeer(peer.disk)])
            #expect(outcome == .repaired)
            #expect(recovered?.snapshot?.position.index == LogIndex(198))
            #expect(recovered?.entries.last == node.entries.last)
        }
    }

    @Test func `snapshots that are not trusted are replaced by a peer's, and the log and vote are kept`() throws {
        let node = try Node(1)
        let peer = try Node(2)
        for node in [node, peer] {
            for first in stride(from: 1, to: 200, by: 5) as StrideTo<UInt64> {
                try node.append(Node.entries(first...first + 4, term: 2, bytes: 90))
                if first % 50 == 46 { try node.snapshot(at: first + 2) }
            }
        }
        try node.append([], hardState: HardState(term: Term(7), vote: MemberID(2)))
        for node in [node, peer] { try node.settle() }
        node.journal?.distrustSnapshots()
        try node.runAll()
        #expect(node.disk.contents.keys.contains("distrust"))
        // A crash at any operation of the removal is taken up by the next start.
        var generator = SeededGenerator(4)
        for operation in 0..<12 {
            let disk = node.disk.copy()
            disk.faultAt = operation
            disk.fault = .crash
            #expect(throws: JournalError.self) { try Journal.open(disk, options: .small) }
            disk.crash(using: &generator)
            let (outcome, recovered) = try openOrRepair(disk, from: [try RepairPeer(peer.disk)])
            #expect(outcome == .repaired)
            #expect(recovered?.snapshot?.position.index == LogIndex(198))
            #expect(recovered?.entries.last == node.entries.last)
            #expect(recovered?.hardState == HardState(term: Term(7), vote: MemberID(2)))
            #expect(!disk.contents.keys.contains("distrust"))
        }
    }

    @Test func `a crash at any operation of a repair leaves it to be repeated`() throws {
        let nodes = try ensemble()
        let batches = nodes[0].batches()
        for batch in [batches[4], batches[19]] { nodes[0].disk.rot(batch.file) { $0[batch.offset + 99] ^= 1 } }
        var generator = SeededGenerator(9)
        for survival in 0..<4 {
            for operation in 0..<80 {
                let disk = nodes[0].disk.copy()
                disk.faultAt = operation
                disk.fault = .crash
                do {
                    _ = try openOrRepair(disk, from: [try RepairPeer(nodes[1].disk)])
                } catch let error as JournalError {
                    guard case .disk = error else { throw error }
                }
                disk.crash(using: &generator)
                let (outcome, recovered) = try openOrRepair(disk, from: [try RepairPeer(nodes[2].disk)])
                #expect(outcome == .repaired || outcome == .opened)
                expectWhole(recovered, nodes[0], "operation \(operation), \(survival)")
            }
        }
    }
}
