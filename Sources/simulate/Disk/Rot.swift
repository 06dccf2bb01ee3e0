import Journal

/// A sector of a log that no longer holds what was written to it.
struct Rot: CustomStringConvertible {
    /// How it came to that.
    enum Kind: UInt8, CaseIterable {
        /// One bit is another.
        case flippedBit = 1
        /// The sector is all zeros.
        case zeroed
        /// It holds what was meant for another sector.
        case misdirected
    }

    var kind: Kind
    var name: String
    var offset: Int
    fileprivate var file: SimulatedFile
    fileprivate var original: [UInt8]

    var description: String { "\(kind) at \(offset) of \(name)" }

    /// Puts back what was there.
    func undo() { file.replace(at: offset, by: original) }
}

extension SimulatedDisk {
    /// Damages a sector of the log that surely was durable and that later batches prove to have been so.
    ///
    /// Rot in the last batch looks like a write that a crash interrupted: no recovery can tell the two apart without
    /// asking the other members, and none is asked to.
    ///
    /// - Precondition: no process uses the disk.
    /// - Returns: nil if there is no such sector.
    func rot(_ kind: Rot.Kind, random: inout Random) -> Rot? {
        let sector = SimulatedFile.sectorBytes
        let candidates = logFiles.filter { $0.file.provenEnd >= sector }
        guard !candidates.isEmpty else { return nil }
        let (name, file) = candidates[candidates.count - 1 - random.below(min(2, candidates.count))]
        let offset = random.below(file.provenEnd / sector) * sector
        let original = Array(file.bytes[offset..<offset + sector])
        var damaged = original
        switch kind {
        case .flippedBit: break
        case .zeroed: damaged = Array(repeating: 0, count: sector)
        case .misdirected:
            let other = random.below(file.provenEnd / sector) * sector
            damaged = Array(file.bytes[other..<other + sector])
        }
        if damaged == original { damaged[random.below(sector)] ^= 1 << UInt8(random.below(8)) }
        file.replace(at: offset, by: damaged)
        return Rot(kind: kind, name: name, offset: offset, file: file, original: original)
    }
}
