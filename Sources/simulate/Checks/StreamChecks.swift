import Coordination

extension Simulation {
    /// The verdict on streams, by the history of all changes: the writes of each took effect in order, from the first
    /// one to that which the next stream was told of, and none of one after those of the next.
    func judgeStreams(_ changes: [Change]) throws(Violation) {
        for (place, pages) in streamBook.streams.enumerated() {
            let path = Self.streamPath(place)
            var stream: UInt64 = 1
            // The first operation of all creates the znode; that of any later stream finds it there.
            var applied: UInt64 = 0
            func close() throws(Violation) { try check(pages, stream, applied, of: place) }
            for change in changes where change.path == path {
                let (changed, operation) = (change.value >> 24 & 0xff_ffff, change.value & 0xff_ffff)
                while stream < changed {
                    try close()
                    stream += 1
                    applied = 0
                }
                let isNext = operation == applied + 1 || (applied == 0 && operation == 2)
                guard stream == changed, isNext else {
                    throw Violation(
                        claim: "a stream's writes take effect in order, and not after the next stream has begun",
                        evidence: "operation \(operation) of stream \(changed) of streamer \(place), at revision "
                            + "\(change.revision), after operation \(applied) of stream \(stream)")
                }
                applied = operation
            }
            while stream <= pages.count {
                try close()
                stream += 1
                applied = 0
            }
        }
    }

    private func check(
        _ pages: [StreamBook.Page], _ stream: UInt64, _ applied: UInt64, of streamer: Int
    ) throws(Violation) {
        guard stream <= pages.count else { return }
        let page = pages[Int(stream) - 1]
        // An operation that only finds the znode there leaves no trace.
        let isAsTold = page.applied.map { applied == $0 || (applied == 0 && $0 == 1) } ?? true
        guard isAsTold, applied >= page.answered || (applied == 0 && page.answered == 1) else {
            throw Violation(
                claim: "a stream's writes have taken effect as far as was told",
                evidence: "stream \(stream) of streamer \(streamer) came to operation \(applied); told were the "
                    + "outcome of \(page.answered) and the end at \(page.applied.map { "\($0)" } ?? "no place")")
        }
    }
}
