import ByteString
import Coordination
import Messages
import RPC

/// The observers of elections on one event loop. Confined to that loop.
///
/// An observer knows the candidates as of some revision, and goes on from there through the replicated history, as fast
/// as its client reads: so it sees every leader, however short its time in office was.
final class ElectionObservers {
    private unowned let shard: Shard
    /// By the election's path.
    private var observers: [String: [ElectionObserver]] = [:]
    private var count = 0

    static let countMax = 100_000
    /// How much history is read at a time.
    private static let pageBytes = 64 << 10

    init(shard: Shard) {
        self.shard = shard
    }

    func open(_ path: String, on stream: ServerStream) {
        guard count < Self.countMax else { return stream.finish(.failure(.overloaded)) }
        let observer = shard.reader.pin { view in
            ElectionObserver(
                path: path, stream: stream, claims: view.claims(path, limit: .max), at: view.revision)
        }
        count += 1
        observers[path, default: []].append(observer)
        stream.onCancel { [weak self, unowned observer] _ in self?.forget(observer) }
        stream.onHalfClose {}
        stream.onWritable { [weak self, unowned observer] in self?.catchUp(observer) }
        observer.tell()
    }

    private func forget(_ observer: ElectionObserver) {
        guard let place = observers[observer.path]?.firstIndex(where: { $0 === observer }) else { return }
        count -= 1
        observers[observer.path]?.remove(at: place)
        if observers[observer.path]?.isEmpty == true { observers[observer.path] = nil }
    }

    func deliver(_ batch: Batch) {
        guard !observers.isEmpty else { return }
        var affected: Set<String> = []
        if batch.isDiscontinuous {
            affected = Set(observers.keys)
        } else {
            for event in batch.events {
                guard let slash = event.path.utf8.lastIndex(of: UInt8(ascii: "/")) else { continue }
                let path = String(event.path[..<slash])
                if observers[path] != nil { affected.insert(path) }
            }
        }
        for path in affected {
            for observer in observers[path] ?? [] { catchUp(observer) }
        }
    }

    private func catchUp(_ observer: ElectionObserver) {
        while observer.stream.isOpen, observer.stream.isWritable {
            do {
                let page: HistoryPage? = try shard.reader.pin { view throws(StateError) in
                    guard observer.next.revision <= view.revision else { return nil }
                    return try view.historyPage(
                        from: observer.next, matching: observer.filter, byteCountMax: Self.pageBytes, includeData: true)
                }
                guard let page else { return }
                observer.take(page) { token in
                    self.shard.reader.pin { $0.session(ofClaim: token, to: observer.path)?.rawValue ?? 0 }
                }
            } catch {
                forget(observer)
                return observer.stream.finish(.state(error))
            }
        }
    }
}

/// One client that observes an election.
private final class ElectionObserver {
    let path: String
    let stream: ServerStream
    let filter: WatchFilter
    /// Where the history goes on.
    var next: HistoryPosition
    /// By ascending token, as of `next`.
    private var candidates: [ElectedLeader]
    /// The last revision that has changed anything.
    private var revision: Revision
    private var told: ElectedLeader?

    init(path: String, stream: ServerStream, claims: [LockClaim], at revision: Revision) {
        self.path = path
        self.stream = stream
        self.revision = revision
        filter = WatchFilter(path: path, scope: .children)
        next = HistoryPosition(Revision(revision.rawValue + 1))
        candidates = claims.map(ElectedLeader.init)
    }

    /// Tells who leads.
    func tell() {
        told = candidates.first
        stream.send(ObserveResponse(revision: revision.rawValue, leader: told))
    }

    /// - Parameter session: the session of a claim, which its creation does not tell.
    func take(_ page: HistoryPage, session: (UInt64) -> UInt64) {
        for event in page.events {
            // What a revision changes is told as a whole.
            if event.revision != revision, candidates.first != told { tell() }
            revision = event.revision
            take(event, session)
        }
        next = page.next
        let isWhole = page.next.count == 0 || page.next.revision != revision
        if isWhole, candidates.first != told { tell() }
    }

    private func take(_ event: ZnodeEvent, _ session: (UInt64) -> UInt64) {
        guard let claim = LockClaim(event, of: path) else { return }
        let place = candidates.firstIndex { $0.token >= claim.token } ?? candidates.count
        let isThere = place < candidates.count && candidates[place].token == claim.token
        switch event.kind {
        case .created:
            guard !isThere else { return }
            var candidate = ElectedLeader(claim)
            candidate.sessionID = session(claim.token)
            candidates.insert(candidate, at: place)
        case .changed:
            if isThere { candidates[place].value = claim.value }
        case .deleted:
            if isThere { candidates.remove(at: place) }
        }
    }
}
