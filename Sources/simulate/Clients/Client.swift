import Consensus

/// What happens to a client.
enum ClientHappening {
    /// Time for the next call, or for another attempt. Only the last one that was announced counts.
    case wake(Int)
    /// A request arrives at a member.
    case request(Request, member: Int)
    /// An answer arrives.
    case reply(attempt: UInt64, Reply, member: Int, life: Int)
    /// The client waits no longer.
    case impatience(attempt: UInt64)
}

/// A call as it travels to a member.
struct Request {
    var client: Int
    /// Names this sending among all sendings of all clients.
    var attempt: UInt64
    var path: String
    var call: Register.Call
    var data: [UInt8]
    var level: CallRecord.Level
    /// The client's count of this write, if it carries an id.
    var sequence: UInt64?
    var patience: Span
}

/// What a member answers.
enum Reply: Hashable {
    case answer(Register.Answer, revision: UInt64?)
    /// Surely without effect.
    case refused
    /// The same, and it will not be otherwise soon.
    case unsupported
    /// With or without effect: the member does not know, or the connection broke.
    case unknown
}

/// A client that does one call after the other and keeps a record of what it was told.
final class Client {
    let place: Int
    var random: Random
    /// The member that it talks to.
    var member: Int
    var lastSequence: UInt64 = 0
    /// Counts the announced wakes.
    var wakes = 0
    /// The next call is a linearizable read.
    var wantsToRead = false
    /// The call under way: its index among all calls.
    var call: Int?
    /// The request of the call under way.
    var request: Request?
    /// The sending whose answer is awaited; 0 if none.
    var attempt: UInt64 = 0
    var attempts = 0
    /// A sending ended without an answer: the call may have taken effect.
    var mayHaveEffect = false
    /// By key: the version that this client saw last, if the znode was there.
    var lastVersions: [UInt64?]
    /// What a client that tries one member after the repair has left to do; nil for any other, or when it is done.
    var probe: Plan.Workload.Kind?
    let isProbe: Bool

    /// - Parameter probed: the one member that a probe talks to; nil for an ordinary client.
    init(place: Int, plan: Plan, random: Random, probed: Int? = nil) {
        self.place = place
        self.random = random
        isProbe = probed != nil
        probe = isProbe ? .create : nil
        member = probed ?? place % plan.memberCount
        lastVersions = Array(repeating: nil, count: plan.workload.keyCount)
    }
}

extension Simulation {
    static let clientLatency = Span.microseconds(200)

    func onClient(_ place: Int, _ happening: ClientHappening) {
        let client = clients[place]
        switch happening {
        case .wake(let number):
            guard client.wakes == number else { return }
            if client.call == nil {
                if client.isProbe { beginProbe(client) } else if phase == .trouble { beginCall(client) }
            } else {
                sendAttempt(client)
            }
        case .request(let request, let member):
            receive(request, at: members[member])
        case .reply(let attempt, let reply, let member, let life):
            guard client.attempt == attempt else { return }
            client.attempt = 0
            onReply(client, reply, member: member, life: life)
        case .impatience(let attempt):
            guard client.attempt == attempt else { return }
            client.attempt = 0
            onReply(client, .unknown, member: client.member, life: 0)
        }
    }

    // MARK: Calls

    private func beginCall(_ client: Client) {
        let workload = plan.workload
        let number = UInt64(calls.count) + 1
        let key = client.random.below(workload.keyCount)
        let version = client.lastVersions[key]
        let expected = client.random.chance(perMille: workload.conditionalPerMille) ? version : nil
        let drawn = client.random.element(weighted: workload.operations)
        let kind = client.wantsToRead ? .get : drawn
        let call: Register.Call =
            switch kind {
            case .create: .create(number)
            case .set: .set(number, expected: expected)
            case .delete: .delete(expected: expected)
            case .get: .read
            case .transact: .several(drawTransaction(number, client))
            }
        var level = CallRecord.Level.linearizable
        if kind == .get, !client.wantsToRead, client.random.chance(perMille: workload.serializablePerMille) {
            level = .serializable
        }
        client.wantsToRead = false
        let hasID = kind != .get && client.random.chance(perMille: workload.requestIDPerMille)
        if hasID { client.lastSequence += UInt64(client.random.number(in: 1...2)) }
        begin(
            CallRecord(
                number: number, client: client.place, path: Self.path(ofKey: key), call: call, level: level,
                hasRequestID: hasID, invoked: now),
            client)
    }

    /// Comparisons that mostly hold, and two or three steps of which each branch has one that writes first.
    private func drawTransaction(_ number: UInt64, _ client: Client) -> MultiCall {
        let keyCount = plan.workload.keyCount
        func key() -> Int { client.random.below(keyCount) }
        func branch() -> [MultiCall.Step] {
            let first = key()
            let write: Register.Call = client.lastVersions[first] == nil ? .create(number) : .set(number, expected: nil)
            let rest = (0...client.random.below(2)).map { _ in
                let key = key()
                let call: Register.Call = client.random.element(of: [
                    .read, .read, .set(number, expected: nil), .set(number, expected: client.lastVersions[key]),
                    .delete(expected: nil), .create(number),
                ])
                return MultiCall.Step(path: Self.path(ofKey: key), call: call)
            }
            return [MultiCall.Step(path: Self.path(ofKey: first), call: write)] + rest
        }
        let comparisons = (0..<client.random.below(3)).map { _ in
            let key = key()
            return MultiCall.Comparison(path: Self.path(ofKey: key), version: client.lastVersions[key])
        }
        // Reads alone show whether several znodes are read at one revision. (What is read is kept for a request id, and
        // more than this would be refused as too long.)
        let reads = (0..<min(keyCount, 4)).map { MultiCall.Step(path: Self.path(ofKey: $0), call: .read) }
        let otherwise = client.random.chance(perMille: 500) ? reads : branch()
        let then = client.random.chance(perMille: 200) ? reads : branch()
        return MultiCall(comparisons: comparisons, then: then, otherwise: otherwise)
    }

    /// Where troubles kept clients from their calls, they hurry in the end.
    private var isLate: Bool {
        now - Instant(nanoseconds: 0) > plan.troubleTime && calls.count < Plan.callCountMin
    }

    /// A write that only this client makes, then a linearizable read.
    private func beginProbe(_ client: Client) {
        guard let kind = client.probe else { return }
        if kind == .create { client.lastSequence += 1 }
        let number = UInt64(calls.count) + 1
        begin(
            CallRecord(
                number: number, client: client.place, path: "/probe\(client.place)",
                call: kind == .create ? .create(number) : .read, level: .linearizable, hasRequestID: kind == .create,
                invoked: now),
            client)
    }

    private func begin(_ record: CallRecord, _ client: Client) {
        client.call = calls.count
        calls.append(record)
        client.request = Request(
            client: client.place, attempt: 0, path: record.path, call: record.call,
            data: data(record.number, client), level: record.level,
            sequence: record.hasRequestID ? client.lastSequence : nil,
            patience: client.isProbe ? .seconds(1) : isLate ? .milliseconds(300) : plan.workload.patience)
        client.attempts = 0
        client.mayHaveEffect = false
        statistics[.calls] += 1
        trace.note(
            now, .invoke, record.number, UInt64(client.place), record.hasRequestID ? client.lastSequence : 0,
            text: "client \(client.place) calls #\(record.number) \(record.call) on \(record.path), \(record.level)"
                + (record.hasRequestID ? ", id \(client.lastSequence)" : ""))
        sendAttempt(client)
    }

    static func path(ofKey key: Int) -> String { "/k\(key)" }

    /// Eight bytes that name the write, and padding.
    private func data(_ number: UInt64, _ client: Client) -> [UInt8] {
        let count = client.random.number(in: 8...plan.workload.dataBytesMax)
        var data = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: count)
        for index in 0..<8 { data[index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index)) }
        return data
    }

    /// The number of the write that wrote `data`.
    static func number(in data: some RandomAccessCollection<UInt8>) -> UInt64 {
        data.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func sendAttempt(_ client: Client) {
        guard var request = client.request else { return }
        lastAttempt += 1
        client.attempt = lastAttempt
        client.attempts += 1
        request.attempt = lastAttempt
        let span = client.random.span(around: Self.clientLatency)
        schedule(.client(client.place, .request(request, member: client.member)), after: span)
        schedule(.client(client.place, .impatience(attempt: lastAttempt)), after: request.patience)
    }

    private func onReply(_ client: Client, _ reply: Reply, member: Int, life: Int) {
        guard let index = client.call else { return }
        trace.note(
            now, .answer, calls[index].number, UInt64(member),
            text: "client \(client.place) is told of #\(calls[index].number): \(reply)")
        switch reply {
        case .answer(let answer, let revision):
            calls[index].outcome = .answered(answer, revision: revision, at: now)
            calls[index].member = member
            calls[index].life = life
            learn(client, calls[index].call, calls[index].path, answer)
            statistics[.answered] += 1
            if case .settled = answer { statistics[.transactions] += 1 }
            endCall(client)
        case .refused:
            retry(client, index, wasRefused: true)
        case .unsupported:
            calls[index].outcome = client.mayHaveEffect ? .unknown : .refused(at: now)
            endCall(client)
        case .unknown:
            client.mayHaveEffect = true
            retry(client, index, wasRefused: false)
        }
        if client.random.chance(perMille: plan.workload.wanderPerMille) { changeMember(client) }
    }

    private func changeMember(_ client: Client) {
        guard !client.isProbe else { return }
        client.member = client.random.below(members.count)
    }

    private func learn(_ client: Client, _ call: Register.Call, _ path: String, _ answer: Register.Answer) {
        guard !client.isProbe, let key = Int(path.dropFirst(2)) else { return }
        switch answer {
        case .done(let version): client.lastVersions[key] = version
        case .found(let content): client.lastVersions[key] = content.version
        case .missing: client.lastVersions[key] = nil
        case .exists, .wrongVersion, .stepFailed: break
        case .settled(let outcome):
            guard case .several(let several) = call else { return }
            let steps = outcome.failedComparison == nil ? several.then : several.otherwise
            for (step, answer) in zip(steps, outcome.answers) { learn(client, step.call, step.path, answer) }
        }
    }

    /// A call that surely had no effect may be sent again; so may one that carries an id, and a read. Once all is
    /// healed, whatever may be sent again is, until it is answered.
    private func retry(_ client: Client, _ index: Int, wasRefused: Bool) {
        let isRepeatable = calls[index].hasRequestID || !calls[index].isWrite || !client.mayHaveEffect
        let isWorthwhile = phase != .trouble || client.attempts < 8
        guard isRepeatable, isWorthwhile else {
            calls[index].outcome = client.mayHaveEffect ? .unknown : .refused(at: now)
            if client.mayHaveEffect { statistics[.unknown] += 1 }
            changeMember(client)
            endCall(client)
            return
        }
        if client.random.chance(perMille: 600) { changeMember(client) }
        wake(client, after: client.random.span(around: .milliseconds(wasRefused ? 20 : 5)))
    }

    private func endCall(_ client: Client) {
        client.call = nil
        client.request = nil
        if client.isProbe {
            client.probe = client.probe == .create ? .get : nil
            if client.probe != nil { wake(client, after: .milliseconds(1)) }
            return
        }
        guard phase == .trouble else { return }
        let isRush = client.random.chance(perMille: plan.workload.rushPerMille) || isLate
        let pause = client.random.span(around: isRush ? .milliseconds(1) : plan.workload.thinkTime)
        wake(client, after: pause)
    }

    func wake(_ client: Client, after span: Span) {
        client.wakes += 1
        schedule(.client(client.place, .wake(client.wakes)), after: span)
    }

    /// A leader was paused and goes on: clients that are idle ask it at once, perhaps before it notices that another
    /// leads by now.
    func hurryReaders(to place: Int) {
        guard phase == .trouble else { return }
        for client in clients where !client.isProbe && client.call == nil && random.repair.chance(perMille: 500) {
            client.member = place
            client.wantsToRead = true
            wake(client, after: random.repair.span(in: .zero...(.milliseconds(1))))
        }
    }

    // MARK: The way back

    /// Sends an answer to a client, if the network between them lets it through.
    func reply(_ reply: Reply, to client: Int, attempt: UInt64, from member: Member) {
        guard !member.areClientsCut else { return }
        let span = clients[client].random.span(around: Self.clientLatency)
        schedule(
            .client(client, .reply(attempt: attempt, reply, member: member.place, life: member.life)), after: span)
    }
}
