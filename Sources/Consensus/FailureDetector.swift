/// Decides whom this member holds to be dead, from times and connections alone. It owns no clock: every question
/// brings its `now`.
///
/// - Silence: nothing came from a member for longer than its timeout. The timeout is the floor that was set, lengthened
///   by ``ArrivalEstimate`` up to the ceiling, never shortened.
/// - Connection evidence, if switched on: the connection was lost without a goodbye, and then either nobody listened at
///   the member's address or another process did. One of the two alone proves nothing.
/// - A member that was itself stalled accuses nobody: if its own tick came late by more than a heartbeat interval, it
///   waits for one more interval, so that what piled up meanwhile is read first (compare Lifeguard: Dadgar, Phillips
///   and Currey, 2018, on members that blame others for their own slowness).
public struct FailureDetector: Sendable {
    /// By ascending id.
    private var watched: [Watched] = []
    private let interval: Span
    private let floor: Span
    private let ceiling: Span
    private let tickIntervalMax: Span
    private let useConnectionEvidence: Bool
    private var lastTick: Instant
    private var quietUntil: Instant

    private struct Watched: Sendable {
        let member: MemberID
        var lastHeard: Instant
        var lastHeartbeat: Instant?
        var arrivals: ArrivalEstimate
        var isConnectionLost = false
        var suspicion: Suspicion?
        /// Whom this member said to suspect in its last heartbeat.
        var accuses: [MemberID] = []
    }

    public init(settings: Consensus.Settings, now: Instant) {
        interval = settings.heartbeatInterval
        floor = settings.timeoutFloor
        ceiling = settings.timeoutCeiling
        tickIntervalMax = settings.tickIntervalMax
        useConnectionEvidence = settings.useConnectionEvidence
        lastTick = now
        quietUntil = now
    }

    /// From now on watches these members and no others. A new one is as if just heard.
    public mutating func watch(_ members: [MemberID], now: Instant) {
        watched = members.sorted().map { member in
            watched.first { $0.member == member }
                ?? Watched(member: member, lastHeard: now, arrivals: ArrivalEstimate(interval: interval))
        }
    }

    // MARK: What happens

    /// Something came from `member`. A suspicion for silence ends with any message; one by connection evidence only
    /// with a heartbeat, for other connections may still deliver what the dead process sent.
    ///
    /// - Returns: whether it was suspected until now.
    public mutating func heard(_ member: MemberID, isHeartbeat: Bool, now: Instant) -> Bool {
        guard let place = place(of: member) else { return false }
        watched[place].lastHeard = now
        if isHeartbeat {
            // A gap in which this member was stalled itself says nothing about how regularly heartbeats arrive.
            if let last = watched[place].lastHeartbeat, !isQuiet(now) {
                watched[place].arrivals.add(now - last)
            }
            watched[place].lastHeartbeat = now
        }
        guard let suspicion = watched[place].suspicion, isHeartbeat || suspicion.reason == .silence else {
            return false
        }
        watched[place].suspicion = nil
        return true
    }

    /// The transport learnt something about the connection to `member`.
    ///
    /// - Returns: the suspicion that follows from it, if it is new.
    public mutating func connection(_ evidence: ConnectionEvidence, to member: MemberID, now: Instant) -> Suspicion? {
        guard let place = place(of: member) else { return nil }
        let reason: Suspicion.Reason
        switch evidence {
        case .lost:
            watched[place].isConnectionLost = true
            return nil
        case .established:
            watched[place].isConnectionLost = false
            return nil
        case .refused:
            reason = .connectionRefused
        case .newIncarnation:
            // Another process: its rhythm is not yet known.
            watched[place].arrivals = ArrivalEstimate(interval: interval)
            watched[place].lastHeartbeat = nil
            reason = .newIncarnation
        }
        let wasLost = watched[place].isConnectionLost
        if evidence == .newIncarnation { watched[place].isConnectionLost = false }
        guard useConnectionEvidence, wasLost, watched[place].suspicion == nil else { return nil }
        return suspect(place, reason, now)
    }

    /// Time has passed.
    ///
    /// - Returns: the suspicions that are new, by ascending member.
    public mutating func tick(now: Instant) -> [Suspicion] {
        if isTickLate(now) { quietUntil = now + interval }
        lastTick = now
        guard now >= quietUntil else { return [] }
        var new: [Suspicion] = []
        for place in watched.indices
        where watched[place].suspicion == nil && now - watched[place].lastHeard > timeout(watched[place]) {
            new.append(suspect(place, .silence, now))
        }
        return new
    }

    /// `member` told whom it suspects.
    ///
    /// - Returns: those that it did not suspect in its last heartbeat.
    public mutating func told(_ suspicions: [Suspicion], by member: MemberID) -> [Suspicion] {
        guard let place = place(of: member) else { return [] }
        let known = suspicions.filter { self.place(of: $0.member) != nil }
        let new = known.filter { !watched[place].accuses.contains($0.member) }
        if !new.isEmpty || !watched[place].accuses.isEmpty { watched[place].accuses = known.map(\.member) }
        return new
    }

    // MARK: What is known

    /// Whether there is no reason to hold `member` to be dead at this moment. One that is not watched is not alive.
    public func isAlive(_ member: MemberID, now: Instant) -> Bool {
        guard let place = place(of: member), watched[place].suspicion == nil else { return false }
        return isQuiet(now) || now - watched[place].lastHeard <= timeout(watched[place])
    }

    /// Why `member` is suspected, with the silence at the time of the verdict.
    public func suspicion(of member: MemberID) -> Suspicion? {
        place(of: member).flatMap { watched[$0].suspicion }
    }

    /// Everybody who is suspected, with the silence as it is now.
    public func suspicions(now: Instant) -> [Suspicion] {
        watched.compactMap { watched in
            watched.suspicion.map {
                Suspicion(member: $0.member, reason: $0.reason, silence: now - watched.lastHeard)
            }
        }
    }

    /// How long nothing came from `member`.
    public func silence(of member: MemberID, now: Instant) -> Span? {
        place(of: member).map { now - watched[$0].lastHeard }
    }

    /// The silence after which `member` is suspected.
    public func timeout(of member: MemberID) -> Span {
        place(of: member).map { timeout(watched[$0]) } ?? floor
    }

    /// How many members told in their last heartbeats that they suspect `member`.
    public func accusers(of member: MemberID) -> Int {
        watched.count { $0.accuses.contains(member) }
    }

    /// Whether this member was stalled itself and therefore judges nobody.
    public func isQuiet(_ now: Instant) -> Bool { now < quietUntil || isTickLate(now) }

    // MARK: Details

    private func isTickLate(_ now: Instant) -> Bool { now - lastTick > interval + tickIntervalMax }

    private func timeout(_ watched: Watched) -> Span { min(ceiling, max(floor, watched.arrivals.limit)) }

    private func place(of member: MemberID) -> Int? { watched.firstIndex { $0.member == member } }

    private mutating func suspect(_ place: Int, _ reason: Suspicion.Reason, _ now: Instant) -> Suspicion {
        let suspicion = Suspicion(
            member: watched[place].member, reason: reason, silence: now - watched[place].lastHeard)
        watched[place].suspicion = suspicion
        // Nor does a gap that ended in a verdict: counting it would make the next death be noticed later than this one.
        // (The verdict may be lifted by another message than the heartbeat that ends the gap.)
        watched[place].lastHeartbeat = nil
        return suspicion
    }
}
