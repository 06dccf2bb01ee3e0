import ByteString
import Consensus
import Foundation
import Journal
import Server

/// A temporary path, removed with what is in it at the end.
final class TemporaryDirectory {
    let path: String

    init() {
        let base = ProcessInfo.processInfo.environment["ROOST_MEASURE_DIRECTORY"] ?? NSTemporaryDirectory()
        path = base + "/roost-test-\(UUID().uuidString)"
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// What lanes have completed, for one thread that waits for it.
final class Inbox: Sendable {
    typealias Completed = (ticket: DiskTicket, result: Result<Void, DiskError>)
    // Proof: `elements` is touched only with the condition's lock held.
    nonisolated(unsafe) private var elements: [Completed] = []
    private let condition = NSCondition()

    func post(_ ticket: DiskTicket, _ result: Result<Void, DiskError>) {
        condition.lock()
        elements.append((ticket, result))
        condition.signal()
        condition.unlock()
    }

    func take() -> [Completed] {
        condition.lock()
        defer { condition.unlock() }
        while elements.isEmpty { condition.wait() }
        defer { elements = [] }
        return elements
    }
}

/// A member's journal on real files, driven by the calling thread.
struct FileMember {
    static let id = MemberID(1)
    static let storage = StorageID(11)
    static let configuration = Configuration(members: [
        Configuration.Member(id: id, storage: storage, role: .voter, peerAddress: "a:1", clientAddress: "a:2")
    ])

    let disk: FileDisk
    let inbox = Inbox()
    var journal: Journal
    let recovered: Recovered
    private var jobsUnderWay = 0

    init(_ path: String, options: JournalOptions = .init()) throws {
        let inbox = inbox
        disk = try FileDisk(path: path) { inbox.post($0, $1) }
        if try Journal.identity(of: disk) == nil {
            try Journal.format(disk, member: Self.id, storage: Self.storage, salt: 5, options: options)
            try Journal.found(disk, ensemble: EnsembleID(7), configuration: Self.configuration)
        }
        (journal, recovered) = try Journal.open(disk, options: options)
    }

    mutating func submit() {
        for job in journal.takeJobs() {
            jobsUnderWay += 1
            disk.submit(job)
        }
    }

    /// Waits for at least one job to end.
    mutating func step() throws -> [JournalEvent] {
        var events: [JournalEvent] = []
        for (ticket, result) in inbox.take() {
            jobsUnderWay -= 1
            events += try journal.completed(ticket, result)
        }
        submit()
        return events
    }

    mutating func runAll() throws -> [JournalEvent] {
        var events: [JournalEvent] = []
        submit()
        while jobsUnderWay > 0 { events += try step() }
        return events
    }
}
