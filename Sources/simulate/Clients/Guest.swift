import Consensus
import Coordination

/// What happens to a guest.
enum GuestHappening {
    /// Time for the next step, or for another attempt. Only the last one that was announced counts.
    case wake(Int)
    /// A request arrives at a member.
    case request(GuestRequest, member: Int)
    /// An answer arrives.
    case reply(attempt: UInt64, GuestReply)
}

/// A request about a session as it travels to a member.
struct GuestRequest {
    enum What: Hashable {
        /// With a request id, so that it opens one session however often it is sent.
        case open(sequence: UInt64, timeoutMilliseconds: UInt32)
        case keepAlive
        case close
        /// An ephemeral znode of the session, with this number.
        case create(number: UInt64)
        /// Two of them in one transaction, with this number and the next one.
        case createPair(number: UInt64)
        /// One in a transaction of which another operation fails.
        case createInVain(number: UInt64)
        /// Something about the lock of this number.
        case lock(Int, LockStep)
    }

    var guest: Int
    /// Names this sending among all of them.
    var attempt: UInt64
    var session: SessionID
    var what: What
}

/// What a member answers.
enum GuestReply: Hashable {
    /// Carried out, at that revision.
    case done(Revision)
    /// The session has ended.
    case ended(SessionEnding)
    /// A claim to a lock is in its queue.
    case claimed(UInt64)
    /// What has become of a claim, as of a revision.
    case claim(ClaimState, Revision)
    /// The token is not valid, as a member says that has come to this revision.
    case fenced(Revision)
    /// Not carried out here and now; or nobody knows.
    case failed
}

/// A client that holds a session: it opens one, keeps it alive through whichever member answers, creates ephemeral
/// znodes, and in the end closes it, or falls silent.
final class Guest {
    let place: Int
    var random: Random
    /// The member that it talks to.
    var member: Int
    /// Counts the announced wakes.
    var wakes = 0
    /// What it has asked for and not been told of yet; nil if nothing.
    var what: GuestRequest.What?
    /// The sending of that whose answer counts; 0 if none does.
    var attempt: UInt64 = 0
    /// When what is awaited was sent, for the first time.
    var sent = Instant(nanoseconds: 0)
    var openings: UInt64 = 0
    var session: SessionID?
    var timeout = Span.zero
    /// Between two keep-alives, and before a request is sent again.
    var pause: Span { Span(nanoseconds: timeout.nanoseconds / 3) }
    /// Its claim to a lock, as far as it knows.
    var claim: Claim?
    /// Keep-alives until it does something else.
    var keepAlivesLeft = 0

    init(place: Int, plan: Plan, random: Random) {
        self.place = place
        self.random = random
        member = place % plan.memberCount
    }
}

/// What guests were promised and what became of their sessions.
struct SessionBook {
    struct Page {
        var guest: Int
        /// Until then it was promised to live, if clocks ran right.
        var promisedUntil: Instant
        var timeout: Span
        /// Its owner has asked to close it.
        var isClosing = false
        /// The newest revision at which it was said to be kept alive.
        var keptAliveAt = Revision.zero
        /// The revisions at which its znodes were said to be created, by path.
        var created: [(path: String, revision: Revision)] = []
    }

    /// Znodes that transactions which failed would have created.
    var vain: Set<String> = []
    /// Looked up by key; the order is that of `opened`.
    var pages: [SessionID: Page] = [:]
    var opened: [SessionID] = []
    /// The ends that members have told, and when the first one did.
    var endings: [SessionID: (revision: Revision, at: Instant)] = [:]
}

extension Simulation {
    func onGuest(_ place: Int, _ happening: GuestHappening) throws(Violation) {
        let guest = guests[place]
        switch happening {
        case .wake(let number):
            guard guest.wakes == number else { return }
            guest.what == nil ? proceed(guest) : retry(guest)
        case .request(let request, let member):
            receive(request, at: members[member])
        case .reply(let attempt, let reply):
            guard guest.attempt == attempt else { return }
            try take(reply, guest)
        }
    }

    // MARK: What guests do

    /// The next step of a guest that waits for nothing.
    private func proceed(_ guest: Guest) {
        guard phase == .trouble else { return }
        guard let session = guest.session else {
            // One that has lost its session, and may not know that its lock is lost with it.
            if let claim = guest.claim, claim.isHeld {
                guest.claim = nil
                return ask(.lock(claim.lock, drawWrite(guest, under: claim)), guest)
            }
            guest.claim = nil
            return open(guest)
        }
        guest.keepAlivesLeft -= 1
        if guest.keepAlivesLeft > 0 { return ask(drawRequest(guest), guest) }
        if guest.random.chance(perMille: 400) {
            sessionBook.pages[session]?.isClosing = true
            return ask(.close, guest)
        }
        // It falls silent. Whether its session has ended when it comes back, it will be told.
        guest.keepAlivesLeft = guest.random.number(in: 1...20)
        wake(guest, after: guest.random.span(in: .zero...guest.timeout * 3))
    }

    private func drawRequest(_ guest: Guest) -> GuestRequest.What {
        if let step = drawLockStep(guest) { return step }
        guard guest.random.chance(perMille: 300) else { return .keepAlive }
        defer { lastEphemeral += 2 }
        let number = lastEphemeral + 1
        switch guest.random.below(4) {
        case 0: return .createPair(number: number)
        case 1: return .createInVain(number: number)
        default: return .create(number: number)
        }
    }

    private func open(_ guest: Guest) {
        guest.openings += 1
        let milliseconds = guest.random.element(of: [400, 1_000, 3_000] as [UInt32])
        guest.timeout = .milliseconds(Int(milliseconds))
        guest.keepAlivesLeft = guest.random.number(in: 1...40)
        ask(.open(sequence: guest.openings, timeoutMilliseconds: milliseconds), guest)
    }

    private func ask(_ what: GuestRequest.What, _ guest: Guest) {
        if case .createInVain(let number) = what, let session = guest.session {
            sessionBook.vain.insert(Self.ephemeralPath(session, number))
        }
        guest.what = what
        guest.sent = now
        send(guest)
    }

    private func send(_ guest: Guest) {
        guard let what = guest.what else { return }
        lastAttempt += 1
        guest.attempt = lastAttempt
        let request = GuestRequest(
            guest: guest.place, attempt: lastAttempt, session: guest.session ?? SessionID(0), what: what)
        let span = guest.random.span(around: Self.clientLatency)
        schedule(.guest(guest.place, .request(request, member: guest.member)), after: span)
        wake(guest, after: guest.pause)
    }

    /// No answer has come in time, or one that says nothing: the same again, elsewhere.
    private func retry(_ guest: Guest) {
        guest.attempt = 0
        guest.member = guest.random.below(members.count)
        guard phase == .trouble else { return }
        // A keep-alive counts from when it is sent, and this is another one.
        if guest.what == .keepAlive { guest.sent = now }
        send(guest)
    }

    func wake(_ guest: Guest, after span: Span) {
        guest.wakes += 1
        schedule(.guest(guest.place, .wake(guest.wakes)), after: span)
    }

    // MARK: What guests are told

    private func take(_ reply: GuestReply, _ guest: Guest) throws(Violation) {
        trace.note(
            now, .answer, UInt64(guest.place), guest.attempt,
            text: "guest \(guest.place) is told of \(guest.what.map { "\($0)" } ?? ""): \(reply)")
        switch reply {
        case .failed:
            guest.attempt = 0
            wake(guest, after: guest.random.span(around: .milliseconds(20)))
        case .ended(let ending):
            try note(ending)
            leave(guest)
        case .claimed, .claim, .fenced:
            guard case .lock(let lock, let step) = guest.what else { preconditionFailure("nobody asked for a lock") }
            try learn(reply, of: lock, step, guest)
        case .done(let revision):
            if case .lock(let lock, let step) = guest.what { return try learn(reply, of: lock, step, guest) }
            try learn(revision, guest)
        }
    }

    private func learn(_ revision: Revision, _ guest: Guest) throws(Violation) {
        let what = guest.what
        guest.attempt = 0
        guest.what = nil
        if case .open = what {
            let session = SessionID(revision.rawValue)
            guest.session = session
            sessionBook.opened.append(session)
            sessionBook.pages[session] = SessionBook.Page(
                guest: guest.place, promisedUntil: guest.sent + guest.timeout, timeout: guest.timeout)
            statistics[.sessions] += 1
        }
        guard let session = guest.session else { return }
        switch what {
        case .open:
            try checkPromise(of: session)
        case .keepAlive:
            sessionBook.pages[session]?.promisedUntil = guest.sent + guest.timeout
            sessionBook.pages[session]?.keptAliveAt = revision
            try checkPromise(of: session)
        case .create(let number):
            sessionBook.pages[session]?.created.append((Self.ephemeralPath(session, number), revision))
        case .createPair(let number):
            for number in [number, number + 1] {
                sessionBook.pages[session]?.created.append((Self.ephemeralPath(session, number), revision))
            }
        case .createInVain, .lock:
            break
        case .close:
            try note(SessionEnding(session: session, reason: "closed", revision: revision))
            return leave(guest)
        case nil:
            break
        }
        wake(guest, after: guest.pause)
    }

    /// The session is over; the next one comes.
    private func leave(_ guest: Guest) {
        guest.session = nil
        guest.attempt = 0
        guest.what = nil
        wake(guest, after: guest.random.span(in: .zero...(.seconds(2))))
    }

    static func ephemeralPath(_ session: SessionID, _ number: UInt64) -> String { "/e\(session)-\(number)" }

    /// The session whose ephemeral znode that is; nil for any other path.
    static func session(ofPath path: String) -> SessionID? {
        guard path.hasPrefix("/e"), let end = path.firstIndex(of: "-") else { return nil }
        return UInt64(path[..<end].dropFirst(2)).map { SessionID($0) }
    }
}
