import Consensus

// A full disk. Nothing that was acknowledged is harmed by it, and nothing need stop: what cannot be written waits. But
// a member whose log takes nothing at all can neither vote nor learn of a term, and where all members are full nothing
// could be deleted any more. So there is a reserve, written ahead, and those who append spare it: ``hasRoom(for:)``.
extension Journal {
    /// Bytes that the log can take without any more space.
    public var roomBytes: Int {
        var room = current.byteCount - max(end.offset, flight.map { $0.newSegment == nil ? $0.end.offset : 0 } ?? 0)
        if let next = flight?.newSegment { room = next.byteCount - (flight?.end.offset ?? 0) }
        if case .ready(let byteCount) = preparation { room += byteCount - options.blockBytes }
        if case .ready(let byteCount) = reserve { room += byteCount - options.blockBytes }
        return max(0, room)
    }

    /// Whether entries of so many bytes may be appended without taking what is spared for votes and terms: half of the
    /// reserve. Always, as long as the disk is not full.
    public func hasRoom(for byteCount: Int) -> Bool {
        guard isFull else { return true }
        // Each write may be a batch of its own, in blocks of its own.
        return roomBytes - backlogBytes - byteCount - 2 * options.blockBytes >= options.reserveLength / 2
    }

    /// Tries again what there was no space for. To be called every few seconds while ``isFull``.
    public mutating func retry() {
        guard failure == nil, isFull else { return }
        if case .failed = preparation { preparation = .none }
        if reserve == .missing { reserve = .none }
        if let flight, flight.isStalled {
            self.flight?.isStalled = false
            _ = submit(.log, .flush, flight.operations)
        }
        updateFullness()
    }

    mutating func updateFullness() {
        guard case .ready = preparation, case .ready = reserve, flight?.isStalled != true else { return }
        isFull = false
    }

    // MARK: The reserve

    mutating func findReserve(_ files: [String]) throws(JournalError) {
        let name = JournalFile.reserve.name
        guard files.contains(name) else { return }
        do {
            let byteCount = try disk.byteCount(of: name)
            if byteCount >= options.reserveLength { reserve = .ready(byteCount: byteCount) }
        } catch { throw .disk(error) }
    }

    /// Once the next segment is there, or there is no space for it.
    mutating func prepareReserve() {
        guard reserve == .none else { return }
        switch preparation {
        case .ready, .failed: break
        case .none, .filling, .renaming: return
        }
        let unfinished = JournalFile.unfinished(.reserve).name
        reserve = .filling
        _ = submit(
            .background, .reserve,
            [
                .create(unfinished), .zero(unfinished, offset: 0, byteCount: options.reserveLength), .sync(unfinished),
                .rename(unfinished, to: JournalFile.reserve.name), .syncDirectory,
            ])
    }

    mutating func completedReserve() {
        reserve = .ready(byteCount: options.reserveLength)
        updateFullness()
    }

    mutating func reserveFailed() {
        reserve = .missing
        isFull = true
        _ = submit(.background, .removal, [.remove(JournalFile.unfinished(.reserve).name)])
    }

    /// It becomes the next segment.
    mutating func useReserve() {
        guard case .ready(let byteCount) = reserve else { return }
        let next = (flight?.newSegment?.id ?? current.id).next
        reserve = .missing
        preparation = .renaming(byteCount: byteCount)
        _ = submit(.background, .prepare, [.rename(JournalFile.reserve.name, to: next.file), .syncDirectory])
    }
}
