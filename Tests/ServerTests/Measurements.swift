import ByteString
import Consensus
import Foundation
import Journal
import Server
import Testing

/// Figures for people, without bars: `ROOST_MEASURE=1 swift test -c release --filter Measurements`. Where they are
/// taken: `ROOST_MEASURE_DIRECTORY`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["ROOST_MEASURE"] != nil), .serialized)
struct Measurements {
    private func microseconds(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        return (ContinuousClock.now - start) / .microseconds(1)
    }

    /// Nanoseconds of this thread.
    private func cpuTime() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }

    private func report(_ name: String, _ times: [Double]) {
        let sorted = times.sorted()
        let p = { (share: Double) in Int(sorted[Int(Double(sorted.count - 1) * share)]) }
        print("\(name): p50 \(p(0.5)) us, p90 \(p(0.9)) us, p99 \(p(0.99)) us, n \(sorted.count)")
    }

    private func write(_ sequence: Int, _ next: inout UInt64, _ count: Int, _ payload: Bytes) -> LogWrite {
        defer { next += UInt64(count) }
        return LogWrite(
            sequence: WriteSequence(UInt64(sequence)), hardState: nil, truncateFrom: nil,
            entries: (0..<count).map {
                Entry(index: LogIndex(next).advanced(by: $0), term: Term(1), kind: .command, payload: payload)
            })
    }

    private let payload = Bytes([UInt8](repeating: 0x2a, count: 100))

    @Test(arguments: [512, 4096])
    func `one append at a time, beside a bare fdatasync of as many bytes`(blockBytes: Int) throws {
        let directory = TemporaryDirectory()
        var options = JournalOptions()
        options.blockBytes = blockBytes
        var member = try FileMember(directory.path, options: options)
        _ = try member.runAll()
        let disk = member.disk
        try disk.perform([.create("bare"), .zero("bare", offset: 0, byteCount: 16 << 20), .sync("bare")])
        var next: UInt64 = 2
        var appended: [Double] = []
        var bare: [Double] = []
        var bareLane: [Double] = []
        for round in 0..<2000 {
            appended.append(
                try microseconds {
                    member.journal.append(write(round + 1, &next, 1, payload))
                    member.submit()
                    while try member.step().isEmpty {}
                })
            let operations: [DiskOperation] = [
                .write("bare", offset: round * blockBytes, bytes: [UInt8](repeating: 1, count: blockBytes)),
                .sync("bare"),
            ]
            bare.append(try microseconds { try disk.perform(operations) })
            bareLane.append(
                microseconds {
                    disk.submit(DiskJob(ticket: DiskTicket(1 << 40), lane: .background, operations: operations))
                    _ = member.inbox.take()
                })
        }
        report("block \(blockBytes): append of 100 B, durable", appended)
        report("block \(blockBytes): bare write and fdatasync, same thread", bare)
        report("block \(blockBytes): bare write and fdatasync, by way of a lane", bareLane)
        disk.close()
    }

    @Test(arguments: [1, 64, 1024])
    func `group commit of 64 x 100 B writes`(outstanding: Int) throws {
        let directory = TemporaryDirectory()
        var member = try FileMember(directory.path)
        _ = try member.runAll()
        var next: UInt64 = 2
        var sequence = 0
        var durable = 0
        let rounds = outstanding == 1 ? 3000 : outstanding == 64 ? 30_000 : 60_000
        let time = try microseconds {
            while durable < rounds {
                while sequence - durable < outstanding, sequence < rounds {
                    sequence += 1
                    member.journal.append(write(sequence, &next, 64, payload))
                }
                member.submit()
                for case .persisted(let through) in try member.step() { durable = Int(through.rawValue) }
            }
        }
        let perSecond = Double(rounds) / time * 1e6
        print(
            "\(outstanding) writes of 64 x 100 B outstanding: \(Int(perSecond)) writes/s, "
                + "\(Int(perSecond * 64)) entries/s, \(Int(perSecond * 64 * 128 / 1e6)) MB/s of log")
        member.disk.close()
    }

    @Test func `encoding alone`() throws {
        let directory = TemporaryDirectory()
        var member = try FileMember(directory.path)
        var next: UInt64 = 2
        let writes = (1...20_000).map { write($0, &next, 64, payload) }
        let start = cpuTime()
        for write in writes { member.journal.append(write) }
        print("append: \((cpuTime() - start) / 20_000 / 64) ns of CPU per entry of 100 B")
        member.disk.close()
    }

    @Test func `opening 256 MiB of log`() throws {
        let directory = TemporaryDirectory()
        var member = try FileMember(directory.path)
        var next: UInt64 = 2
        for sequence in 1...400 {
            member.journal.append(write(sequence, &next, 5000, payload))
            _ = try member.runAll()
        }
        member.disk.close()
        var again: FileMember?
        let start = cpuTime()
        let time = try microseconds { again = try FileMember(directory.path) }
        print(
            "opened \(again?.recovered.entries.count ?? 0) entries in \(Int(time / 1000)) ms, "
                + "\((cpuTime() - start) / 1_000_000) ms of CPU")
        again?.disk.close()
    }
}
