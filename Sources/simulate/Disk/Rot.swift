import Journal

/// A sector of a data directory that no longer holds what was written to it.
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

    /// What it hits.
    enum Region: UInt8, CaseIterable {
        /// The log, anywhere.
        case log = 1
        /// Its last few sectors: what no snapshot contains yet, and what was truncated just now.
        case logEnd
        case snapshot
        /// Without the identity file nothing in the directory can be read.
        case identity
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
    /// Damages a sector that surely was durable; of the log only what later batches prove to have been so.
    ///
    /// Rot in the last batch looks like a write that a crash interrupted: no recovery can tell the two apart without
    /// asking the other members, and none is asked to.
    ///
    /// - Precondition: no process uses the disk.
    /// - Returns: nil if there is no such sector.
    func rot(_ kind: Rot.Kind, in region: Rot.Region, random: inout Random) -> Rot? {
        let sector = SimulatedFile.sectorBytes
        let candidates: [(name: String, file: SimulatedFile, range: Range<Int>)]
        switch region {
        case .log, .logEnd:
            candidates = files(named: "log-").compactMap { name, file in
                let start = region == .log ? 0 : max(0, file.provenEnd - 4 * sector)
                return file.provenEnd >= sector ? (name, file, start..<file.provenEnd) : nil
            }
        case .snapshot, .identity:
            candidates = files(named: region == .snapshot ? "snapshot-" : "identity").compactMap { name, file in
                file.hasUnsynced || file.bytes.isEmpty || name.hasSuffix(".tmp")
                    ? nil : (name, file, 0..<file.bytes.count)
            }
        }
        guard !candidates.isEmpty else { return nil }
        // The newer ones count for more.
        let among = region == .logEnd ? 1 : min(2, candidates.count)
        let (name, file, range) = candidates[candidates.count - 1 - random.below(among)]
        let first = range.lowerBound / sector
        let offset = (first + random.below((range.upperBound + sector - 1) / sector - first)) * sector
        let end = min(offset + sector, range.upperBound)
        let original = Array(file.bytes[offset..<end])
        var damaged = original
        switch kind {
        case .flippedBit: break
        case .zeroed: damaged = Array(repeating: 0, count: original.count)
        case .misdirected:
            let other = random.below(max(1, range.upperBound / sector)) * sector
            let stray = file.bytes[other..<min(other + original.count, file.bytes.count)]
            damaged.replaceSubrange(0..<stray.count, with: stray)
        }
        if damaged == original { damaged[random.below(damaged.count)] ^= 1 << UInt8(random.below(8)) }
        file.replace(at: offset, by: damaged)
        return Rot(kind: kind, name: name, offset: offset, file: file, original: original)
    }
}
