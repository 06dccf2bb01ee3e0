/// A file as the system shows it, and as the platter would show it after a crash.
///
/// The two differ in the sectors written since the last sync. A crash keeps any subset of those, each whole: a sector
/// of 512 bytes is what a disk writes or does not write.
final class SimulatedFile {
    static let sectorBytes = 512

    /// What reads see.
    private(set) var bytes: [UInt8] = []
    /// What a crash surely leaves.
    private var durable: [UInt8] = []
    /// One flag for each sector of `bytes`: written since the last sync.
    private var isDirty: [Bool] = []
    private var dirtySectors = 0
    /// All of these are among them; files are long, and most syncs are about a sector or two.
    private var dirtyRange = 0..<0
    private var isLengthDirty = false
    /// Where the writes since the last sync began, and where those that the last sync covered did. Whoever appends
    /// batches, and notes in each that those before it are durable, can miss nothing before the latter.
    private var unsyncedStart: Int?
    private(set) var provenEnd = 0

    var hasUnsynced: Bool { dirtySectors > 0 || isLengthDirty }

    func write(_ data: [UInt8], at offset: Int) {
        guard !data.isEmpty else { return }
        grow(to: offset + data.count)
        bytes.replaceSubrange(offset..<offset + data.count, with: data)
        // A file that is begun anew, under another name, proves nothing of what it held before.
        if offset == 0 { provenEnd = 0 }
        unsyncedStart = min(unsyncedStart ?? offset, offset)
        markDirty(offset..<offset + data.count)
    }

    func zero(at offset: Int, count: Int) {
        guard count > 0 else { return }
        grow(to: offset + count)
        bytes.withUnsafeMutableBytes { bytes in
            _ = UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<offset + count]).initializeMemory(
                as: UInt8.self, repeating: 0)
        }
        markDirty(offset..<offset + count)
    }

    func sync() {
        guard hasUnsynced else { return }
        provenEnd = unsyncedStart ?? provenEnd
        unsyncedStart = nil
        if durable.count < bytes.count {
            durable.append(contentsOf: repeatElement(0, count: bytes.count - durable.count))
        }
        for sector in dirtyRange where isDirty[sector] {
            copy(sector: sector)
            isDirty[sector] = false
        }
        forgetDirt()
    }

    /// A sync fails, as it does on Linux: some of what it was to write is written, nothing is tried again by a later
    /// sync, and reads go on showing what was written until a crash (Rebello et al., "Can Applications Recover from
    /// fsync Failures?", 2020).
    /// - Parameter isWritten: asked for each unsynced sector, in order.
    func failSync(isWritten: () -> Bool) {
        if durable.count < bytes.count {
            durable.append(contentsOf: repeatElement(0, count: bytes.count - durable.count))
        }
        for sector in dirtyRange where isDirty[sector] {
            if isWritten() { copy(sector: sector) }
            isDirty[sector] = false
        }
        forgetDirt()
        unsyncedStart = nil
    }

    /// Replaces bytes in the file and on the platter, as rot does.
    ///
    /// - Precondition: nothing there is unsynced.
    func replace(at offset: Int, by data: [UInt8]) {
        bytes.replaceSubrange(offset..<offset + data.count, with: data)
        durable.replaceSubrange(offset..<offset + data.count, with: data)
    }

    /// The power is gone: from now on the file is what the platter holds.
    /// - Parameter survives: asked for each unsynced sector, in order.
    func crash(survives: () -> Bool) {
        for sector in dirtyRange where isDirty[sector] {
            isDirty[sector] = false
            guard survives() else { continue }
            let end = min((sector + 1) * Self.sectorBytes, bytes.count)
            if durable.count < end { durable.append(contentsOf: repeatElement(0, count: end - durable.count)) }
            copy(sector: sector)
        }
        if isLengthDirty, durable.count < bytes.count, survives() {
            durable.append(contentsOf: repeatElement(0, count: bytes.count - durable.count))
        }
        bytes = durable
        unsyncedStart = nil
        isDirty = Array(repeating: false, count: Self.sectors(bytes.count))
        forgetDirt()
    }

    private func copy(sector: Int) {
        let start = sector * Self.sectorBytes
        let end = min(start + Self.sectorBytes, bytes.count)
        durable.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { source in
                UnsafeMutableRawBufferPointer(rebasing: target[start..<end])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start..<end]))
            }
        }
    }

    private func forgetDirt() {
        dirtySectors = 0
        dirtyRange = 0..<0
        isLengthDirty = false
    }

    private func grow(to count: Int) {
        guard count > bytes.count else { return }
        bytes.append(contentsOf: repeatElement(0, count: count - bytes.count))
        let sectors = Self.sectors(count)
        isDirty.append(contentsOf: repeatElement(false, count: sectors - isDirty.count))
        isLengthDirty = true
    }

    private func markDirty(_ range: Range<Int>) {
        let sectors = range.lowerBound / Self.sectorBytes..<(range.upperBound - 1) / Self.sectorBytes + 1
        dirtyRange =
            dirtyRange.isEmpty
            ? sectors
            : min(dirtyRange.lowerBound, sectors.lowerBound)..<max(dirtyRange.upperBound, sectors.upperBound)
        for sector in sectors where !isDirty[sector] {
            isDirty[sector] = true
            dirtySectors += 1
        }
    }

    private static func sectors(_ count: Int) -> Int { (count + sectorBytes - 1) / sectorBytes }
}
