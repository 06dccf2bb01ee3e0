import Consensus
import Journal

/// A member's data directory in memory.
///
/// Faults it can show, all of which the journal must survive:
/// - a crash that loses any subset of the unsynced 512-byte sectors, in the middle of any job;
/// - a crash that loses names created, renamed or removed since the directory was synced: all after some point, or any
///   subset;
/// - jobs that take long, up to seconds;
/// - a read, a write or a sync that fails, after which what was to be synced may be lost without another word;
/// - no space: what would make a file longer fails;
/// - sectors of any file that hold something else than was written to them.
///
/// A kill of the process alone loses nothing that was written: the page cache outlives it.
final class SimulatedDisk: Disk {
    /// How long things take.
    struct Speed {
        var sync = Span.microseconds(200)
        var bytesPerMillisecond = 500_000
        /// How many jobs in a thousand take up to `stall` longer.
        var stallPerMille = 0
        var stall = Span.zero
    }

    /// A change of the directory that no sync has covered yet.
    private enum NameChange {
        case create(String, SimulatedFile)
        case rename(String, to: String)
        case remove(String)
    }

    private struct Lane {
        var queue: [DiskJob] = []
        var isBusy = false
    }

    private var names: [String: SimulatedFile] = [:]
    private var durableNames: [String: SimulatedFile] = [:]
    private var unsyncedNames: [NameChange] = []
    /// Every file that has unsynced sectors, in the order in which that happened; may hold files that are clean again.
    private var unsyncedFiles: [SimulatedFile] = []
    private var lanes: [Lane]
    private var random: Random
    var speed = Speed()
    /// The mutant: the syncs of jobs report success and do nothing. (Those of setting up and recovering are honest: a
    /// member that could not even start again would show little.)
    var ignoresSync = false
    /// The process dies at the operation that makes this zero, if it is synchronous.
    private(set) var operationsLeft: Int?
    /// Called when a job has been submitted to an idle lane: it will be done after that span.
    var onStart: ((DiskLane, Span) -> Void)?
    private(set) var syncCount = 0
    /// The next operation of this kind fails.
    var failure: Failure?
    var isFull = false
    /// How often an operation found no space.
    private(set) var noSpaceCount = 0

    /// What can fail.
    enum Failure: UInt8, CaseIterable {
        case read = 1
        case write
        case sync
    }

    init(random: Random) {
        self.random = random
        lanes = Array(repeating: Lane(), count: DiskLane.allCases.count)
    }

    // MARK: Disk

    func files() throws(DiskError) -> [String] {
        names.keys.sorted()
    }

    func byteCount(of file: String) throws(DiskError) -> Int {
        try existing(file, "stat").bytes.count
    }

    func read(_ file: String, offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(DiskError) -> Int {
        let bytes = try existing(file, "read").bytes
        try failIfDue(.read, "read", file)
        guard offset < bytes.count else { return 0 }
        let count = min(buffer.count, bytes.count - offset)
        bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count])) }
        return count
    }

    func perform(_ operations: [DiskOperation]) throws(DiskError) {
        for operation in operations {
            if let left = operationsLeft {
                guard left > 0 else {
                    throw DiskError(.failed(code: 5), operation: "perform", file: "", text: "the member dies here")
                }
                operationsLeft = left - 1
            }
            try carryOut(operation, syncs: true)
        }
    }

    func submit(_ job: DiskJob) {
        let lane = Int(job.lane.rawValue)
        lanes[lane].queue.append(job)
        if !lanes[lane].isBusy { startNext(job.lane) }
    }

    /// By name, which is the order in which they were begun. Only for a disk that no process uses.
    func files(named prefix: String) -> [(name: String, file: SimulatedFile)] {
        names.keys.filter { $0.hasPrefix(prefix) }.sorted().compactMap { name in names[name].map { (name, $0) } }
    }

    /// A new and empty disk is in the place of the old one.
    func replace() {
        kill()
        names = [:]
        durableNames = [:]
        unsyncedNames = []
        unsyncedFiles = []
        failure = nil
        isFull = false
    }

    // MARK: Time

    private func startNext(_ lane: DiskLane) {
        let index = Int(lane.rawValue)
        guard let job = lanes[index].queue.first else { return }
        lanes[index].isBusy = true
        onStart?(lane, duration(of: job))
    }

    private func duration(of job: DiskJob) -> Span {
        var span = Span.microseconds(5)
        for operation in job.operations {
            switch operation {
            case .write(_, _, let bytes): span = span + transfer(bytes.count)
            case .zero(_, _, let byteCount): span = span + transfer(byteCount)
            case .sync, .syncDirectory: span = span + random.span(around: speed.sync)
            case .create, .rename, .remove: span = span + .microseconds(10)
            }
        }
        if random.chance(perMille: speed.stallPerMille) { span = span + random.span(in: .zero...speed.stall) }
        return span
    }

    private func transfer(_ byteCount: Int) -> Span {
        .microseconds(byteCount * 1000 / speed.bytesPerMillisecond)
    }

    /// The job at the head of a lane is done now.
    func finish(_ lane: DiskLane) -> (ticket: DiskTicket, result: Result<Void, DiskError>) {
        let index = Int(lane.rawValue)
        let job = lanes[index].queue.removeFirst()
        var result = Result<Void, DiskError>.success(())
        do throws(DiskError) {
            for operation in job.operations { try carryOut(operation, syncs: !ignoresSync) }
        } catch {
            result = .failure(error)
        }
        lanes[index].isBusy = false
        startNext(lane)
        return (job.ticket, result)
    }

    // MARK: Death

    /// The next synchronous operations up to `count` still happen; then the process is to die.
    func dieAfter(_ count: Int?) {
        operationsLeft = count
    }

    /// The process is gone. What it had handed to the system so far stays: some of the jobs under way, in order.
    func kill() {
        operationsLeft = nil
        for index in lanes.indices {
            if let job = lanes[index].queue.first { carryOutSome(of: job) }
            lanes[index] = Lane()
        }
    }

    /// The power is gone.
    func crash() {
        kill()
        let style = random.below(4)
        for file in unsyncedFiles {
            file.crash {
                switch style {
                case 0: false
                case 1: true
                default: random.chance(perMille: 500)
                }
            }
        }
        unsyncedFiles.removeAll()
        crashNames()
    }

    private func crashNames() {
        let isPrefix = random.chance(perMille: 700)
        var surviving = random.below(unsyncedNames.count + 1)
        for change in unsyncedNames {
            let survives = isPrefix ? surviving > 0 : random.chance(perMille: 500)
            surviving -= 1
            if survives { Self.apply(change, to: &durableNames) }
        }
        unsyncedNames.removeAll()
        names = durableNames
    }

    private func carryOutSome(of job: DiskJob) {
        for operation in job.operations.prefix(random.below(job.operations.count + 1)) {
            // An operation that fails here would have failed the job; the process is not there to be told.
            do throws(DiskError) { try carryOut(operation, syncs: !ignoresSync) } catch { return }
        }
    }

    // MARK: Operations

    private func carryOut(_ operation: DiskOperation, syncs: Bool) throws(DiskError) {
        switch operation {
        case .create(let name):
            // Emptying a file is a new file under an old name: a crash may show either, as on a real file system.
            change(.create(name, SimulatedFile()))
        case .write(let name, let offset, let bytes):
            let file = try existing(name, "write")
            try checkSpace(file, end: offset + bytes.count, "write", name)
            willChange(file)
            if failure == .write { file.write(Array(bytes.prefix(random.below(bytes.count + 1))), at: offset) }
            try failIfDue(.write, "write", name)
            file.write(bytes, at: offset)
        case .zero(let name, let offset, let byteCount):
            let file = try existing(name, "zero")
            try checkSpace(file, end: offset + byteCount, "zero", name)
            try failIfDue(.write, "zero", name)
            willChange(file)
            file.zero(at: offset, count: byteCount)
        case .sync(let name):
            let file = try existing(name, "sync")
            syncCount += 1
            if failure == .sync { file.failSync { random.chance(perMille: 500) } }
            try failIfDue(.sync, "sync", name)
            if syncs { file.sync() }
        case .rename(let name, let newName):
            _ = try existing(name, "rename")
            change(.rename(name, to: newName))
        case .remove(let name):
            if names[name] != nil { change(.remove(name)) }
        case .syncDirectory:
            syncCount += 1
            guard syncs else { return }
            durableNames = names
            unsyncedNames.removeAll()
        }
    }

    private func failIfDue(_ kind: Failure, _ operation: String, _ name: String) throws(DiskError) {
        guard failure == kind else { return }
        failure = nil
        throw DiskError(.failed(code: 5), operation: operation, file: name, text: "injected")
    }

    private func checkSpace(
        _ file: SimulatedFile, end: Int, _ operation: String, _ name: String
    ) throws(DiskError) {
        guard isFull, end > file.bytes.count else { return }
        noSpaceCount += 1
        throw DiskError(.noSpace, operation: operation, file: name)
    }

    private func existing(_ name: String, _ operation: String) throws(DiskError) -> SimulatedFile {
        guard let file = names[name] else { throw DiskError(.notFound, operation: operation, file: name) }
        return file
    }

    private func willChange(_ file: SimulatedFile) {
        guard !file.hasUnsynced else { return }
        if unsyncedFiles.count > 64 { unsyncedFiles.removeAll { !$0.hasUnsynced } }
        if !unsyncedFiles.contains(where: { $0 === file }) { unsyncedFiles.append(file) }
    }

    private func change(_ change: NameChange) {
        Self.apply(change, to: &names)
        unsyncedNames.append(change)
    }

    private static func apply(_ change: NameChange, to names: inout [String: SimulatedFile]) {
        switch change {
        case .create(let name, let file):
            names[name] = file
        case .rename(let name, let newName):
            guard let file = names.removeValue(forKey: name) else { return }
            names[newName] = file
        case .remove(let name):
            names[name] = nil
        }
    }
}
