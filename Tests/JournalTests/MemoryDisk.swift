import Journal

/// A disk in memory that loses what a real one may lose.
///
/// What a crash does, drawn from a generator:
/// - Of every write since its file's last sync, each 512-byte sector survives or not by itself; so a write may be
///   torn in the middle, later writes may survive earlier ones, and a file may have holes.
/// - Of the names created, renamed and removed since the last sync of the directory, only the first few survive.
/// - What was synced stays.
///
/// It can also fail at a chosen operation (a failed sync loses what it was to write, though processes still see it:
/// Rebello et al., "Can Applications Recover from fsync Failures?", 2020), be full, and lie about
/// syncs (so that a test can prove that it would notice).
final class MemoryDisk: Disk {
    final class File {
        enum Change {
            case empty
            case write(offset: Int, bytes: [UInt8])
        }
        /// What a process sees.
        var bytes: [UInt8] = []
        /// What a crash cannot take.
        var durable: [UInt8] = []
        var unsynced: [Change] = []
    }

    enum NameChange {
        case link(String, File)
        case remove(String)
        case rename(String, to: String)
    }

    enum Fault {
        case none
        /// The power fails just before an operation.
        case crash
        case error(DiskError.Reason)
    }

    private var names: [String: File] = [:]
    private var durableNames: [String: File] = [:]
    private var unsyncedNames: [NameChange] = []
    private var queues: [DiskLane: [DiskJob]] = [:]

    /// Operations carried out so far.
    private(set) var operationCount = 0
    /// What happens at operation number `faultAt`.
    var fault = Fault.none
    var faultAt = Int.max
    private(set) var isDown = false
    var isLyingAboutSyncs = false
    /// Bytes in all files together.
    var capacity = Int.max
    private(set) var syncCounts: [String: Int] = [:]

    // MARK: - Disk

    func files() throws(DiskError) -> [String] { names.keys.sorted() }

    func byteCount(of file: String) throws(DiskError) -> Int { try find(file, "stat").bytes.count }

    func read(_ file: String, offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(DiskError) -> Int {
        let bytes = try find(file, "read").bytes
        let count = max(0, min(buffer.count, bytes.count - offset))
        if count > 0 {
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
            }
        }
        return count
    }

    func perform(_ operations: [DiskOperation]) throws(DiskError) {
        for operation in operations { try perform(operation) }
    }

    func submit(_ job: DiskJob) { queues[job.lane, default: []].append(job) }

    // MARK: - For tests

    var isIdle: Bool { queues.values.allSatisfy(\.isEmpty) }
    func hasJob(_ lane: DiskLane) -> Bool { queues[lane]?.isEmpty == false }

    /// Carries out the oldest job of a lane. Nil if there is none, or if the power failed in it.
    func runJob(_ lane: DiskLane) -> (DiskTicket, Result<Void, DiskError>)? {
        guard let job = queues[lane]?.first else { return nil }
        queues[lane]?.removeFirst()
        let result = Result { () throws(DiskError) in try perform(job.operations) }
        return isDown ? nil : (job.ticket, result)
    }

    /// The power failed; afterwards it is back.
    func crash<Generator: RandomNumberGenerator>(using generator: inout Generator) {
        // Sometimes nothing, sometimes all of it survives; mostly a part.
        let survival = [0.0, 1.0, 0.5, 0.9, 0.1][Int.random(in: 0..<5, using: &generator)]
        let kept = survival == 1 ? unsyncedNames.count : Int.random(in: 0...unsyncedNames.count, using: &generator)
        for change in unsyncedNames.prefix(survival == 0 ? 0 : kept) { Self.apply(change, to: &durableNames) }
        names = durableNames
        unsyncedNames = []
        for name in names.keys.sorted() {
            guard let file = names[name] else { continue }
            for change in file.unsynced {
                switch change {
                case .empty where Double.random(in: 0..<1, using: &generator) < survival:
                    file.durable = []
                case .empty:
                    break
                case .write(let offset, let bytes):
                    Self.tear(bytes, at: offset, into: &file.durable, survival, &generator)
                }
            }
            file.unsynced = []
            file.bytes = file.durable
        }
        queues = [:]
        isDown = false
        fault = .none
        faultAt = .max
    }

    /// A process that ended without a crash of the machine: what it wrote is still there, though not durable.
    func endProcess() {
        queues = [:]
        isDown = false
        fault = .none
        faultAt = .max
    }

    /// A disk with the same files, all of them durable.
    func copy() -> MemoryDisk {
        let copy = MemoryDisk()
        for (name, file) in names { copy.put(name, file.bytes) }
        return copy
    }

    /// Everything, as a process sees it.
    var contents: [String: [UInt8]] { names.mapValues(\.bytes) }

    /// Changes durable bytes, as rot does.
    func rot(_ file: String, _ change: (inout [UInt8]) -> Void) {
        guard let found = names[file] else { return }
        change(&found.bytes)
        found.durable = found.bytes
        found.unsynced = []
    }

    /// Somebody removes a file for good.
    func lose(_ file: String) {
        names[file] = nil
        durableNames[file] = nil
    }

    func put(_ file: String, _ bytes: [UInt8]) {
        let new = File()
        new.bytes = bytes
        new.durable = bytes
        names[file] = new
        durableNames[file] = new
    }

    // MARK: - Operations

    private func find(_ file: String, _ operation: String) throws(DiskError) -> File {
        guard let found = names[file] else { throw DiskError(.notFound, operation: operation, file: file) }
        return found
    }

    private func perform(_ operation: DiskOperation) throws(DiskError) {
        if operationCount == faultAt, case .crash = fault { isDown = true }
        if isDown { throw DiskError(.failed(code: -1), operation: "power", file: "") }
        if operationCount == faultAt, case .error(let reason) = fault {
            operationCount += 1
            // What Linux does: the pages count as clean from now on, so no later sync writes them.
            if case .sync(let name) = operation { names[name]?.unsynced = [] }
            throw DiskError(reason, operation: "\(operation)".prefix(while: { $0 != "(" }).description, file: "")
        }
        operationCount += 1
        switch operation {
        case .create(let name):
            if let file = names[name] {
                file.bytes = []
                file.unsynced.append(.empty)
            } else {
                change(.link(name, File()))
            }
        case .write(let name, let offset, let bytes):
            try write(name, offset, bytes)
        case .zero(let name, let offset, let byteCount):
            try write(name, offset, [UInt8](repeating: 0, count: byteCount))
        case .sync(let name):
            let file = try find(name, "sync")
            syncCounts[name, default: 0] += 1
            guard !isLyingAboutSyncs else { return }
            // Only what is still to be written: what a failed sync dropped never becomes durable by a later one.
            for change in file.unsynced {
                switch change {
                case .empty: file.durable = []
                case .write(let offset, let bytes): Self.store(bytes[...], at: offset, into: &file.durable)
                }
            }
            file.unsynced = []
        case .rename(let name, let new):
            _ = try find(name, "rename")
            change(.rename(name, to: new))
        case .remove(let name):
            if names[name] != nil { change(.remove(name)) }
        case .syncDirectory:
            guard !isLyingAboutSyncs else { return }
            durableNames = names
            unsyncedNames = []
        }
    }

    private func write(_ name: String, _ offset: Int, _ bytes: [UInt8]) throws(DiskError) {
        let file = try find(name, "write")
        let growth = max(0, offset + bytes.count - file.bytes.count)
        let used = names.values.reduce(0) { $0 + $1.bytes.count }
        guard used + growth <= capacity else { throw DiskError(.noSpace, operation: "write", file: name) }
        Self.store(bytes[...], at: offset, into: &file.bytes)
        file.unsynced.append(.write(offset: offset, bytes: bytes))
    }

    private func change(_ change: NameChange) {
        Self.apply(change, to: &names)
        unsyncedNames.append(change)
    }

    private static func apply(_ change: NameChange, to names: inout [String: File]) {
        switch change {
        case .link(let name, let file): names[name] = file
        case .remove(let name): names[name] = nil
        case .rename(let name, let new):
            names[new] = names[name]
            names[name] = nil
        }
    }

    private static func store(_ bytes: ArraySlice<UInt8>, at offset: Int, into target: inout [UInt8]) {
        let missing = offset + bytes.count - target.count
        if missing > 0 { target += [UInt8](repeating: 0, count: missing) }
        target.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: target[offset...]).copyMemory(from: $0) }
        }
    }

    private static func tear<Generator: RandomNumberGenerator>(
        _ bytes: [UInt8], at offset: Int, into target: inout [UInt8], _ survival: Double,
        _ generator: inout Generator
    ) {
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, (offset + start) / 512 * 512 + 512 - offset)
            if Double.random(in: 0..<1, using: &generator) < survival {
                store(bytes[start..<end], at: offset + start, into: &target)
            }
            start = end
        }
    }
}

/// SplitMix64: the same numbers from the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: some BinaryInteger) { state = UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15 }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
