import ByteString

@testable import Consensus

/// Runs an interaction script: each line that begins with `> ` is a command, and what follows up to the next one is
/// what the members did about it.
///
///     ensemble VOTERS [LEARNERS]     begins; `retain BYTES` before it sets how much of a compacted log is kept
///     campaign M                     member M stands for election
///     propose M TEXT...              commands, one entry each
///     read M TOKEN                   a linearizable read
///     sync M                         M's disk finishes all it has to do
///     deliver [FROM TO]              what is on the way arrives (on one link), in order; answers stay on the way
///     drop [FROM TO]                 what is on the way is lost
///     stabilize                      disks and messages go on until nothing is left
///     pass MILLISECONDS              time passes, in ticks of 5 ms; nothing is delivered
///     run MILLISECONDS               time passes, and disks and messages with it
///     cut A B, isolate M, heal       links
///     crash M, restart M             a crash loses what was not synced
///     evidence M OF KIND             the transport of M learns: lost, refused, newIncarnation, established
///     snapshot M                     M begins to save a snapshot
///     transfer M TO                  M is asked to hand over
///     hide, show                     from here on nothing is told; everything is again
///     hide heartbeats                those that tell no suspicion, and their replies
///     status                         one line for each member
final class Script {
    private var bench = Bench(voters: 1, isStarted: false)
    private var settings = Consensus.Settings()
    private var lines: [String] = []
    private var isHiding = false
    private var hidesHeartbeats = false

    /// The script again, with what it gives.
    static func run(_ text: String) -> String {
        let script = Script()
        var output: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("#") || (line.isEmpty && output.last?.isEmpty != true) {
                output.append(String(line))
            } else if line.hasPrefix("> ") {
                output.append(String(line))
                script.lines = []
                script.carryOut(line.dropFirst(2).split(separator: " ").map(String.init))
                output += script.lines.isEmpty ? [] : script.lines
            }
        }
        while output.last?.isEmpty ?? false { output.removeLast() }
        return output.joined(separator: "\n") + "\n"
    }

    private func begin(_ numbers: [Int]) {
        bench = Bench(
            voters: numbers[0], learners: numbers.count > 1 ? numbers[1] : 0, settings: settings, isStarted: false)
        for node in bench.nodes {
            node.onEffects = { [unowned self, unowned node] in tell(node.id, $0) }
            node.start(seed: node.id.rawValue, now: bench.now)
        }
    }

    private func carryOut(_ words: [String]) {
        let numbers = words.dropFirst().compactMap { UInt64($0) }
        let id = numbers.first ?? 1
        switch words[0] {
        case "retain":
            settings.retainedLogBytes = Int(id)
            settings.retainedLogBytesWhileSending = Int(id)
            settings.snapshotChunkBytes = 100
        case "ensemble": begin(numbers.map { Int($0) })
        case "campaign": bench.campaign(id)
        case "propose":
            let result = bench[id].propose(words.dropFirst(2).map { Bytes(utf8: $0) }, now: bench.now)
            if case .refused(let refusal)? = result { lines.append("\(id) refuses: \(refusal)") }
        case "read": bench[id].step(.readBarrier(ReadToken(numbers[1])), now: bench.now)
        case "sync": bench.sync(id)
        case "deliver": move(numbers) { bench.deliver($0) }
        case "drop": move(numbers) { _ in }
        case "stabilize": bench.stabilize()
        case "pass", "run": bench.pass(milliseconds: Int(id), delivering: words[0] == "run")
        case "cut":
            bench.cut.insert(.init(from: MemberID(numbers[0]), to: MemberID(numbers[1])))
            bench.cut.insert(.init(from: MemberID(numbers[1]), to: MemberID(numbers[0])))
        case "isolate": bench.isolate(id)
        case "heal": bench.heal()
        case "crash": bench[id].crash()
        case "restart": bench[id].start(seed: id, now: bench.now)
        case "evidence":
            let kinds: [String: ConnectionEvidence] = [
                "lost": .lost, "refused": .refused, "newIncarnation": .newIncarnation, "established": .established,
            ]
            bench[id].step(.connection(kinds[words[3]]!, to: MemberID(numbers[1])), now: bench.now)
        case "hide": if words.count > 1 { hidesHeartbeats = true } else { isHiding = true }
        case "show": (isHiding, hidesHeartbeats) = (false, false)
        case "snapshot": bench[id].beginSnapshot()
        case "transfer":
            let now = bench.now
            bench[id].change { _ = $0.transferLeadership(to: MemberID(numbers[1]), now: now) }
        case "status":
            for node in bench.nodes { lines.append(status(node)) }
        default: lines.append("no such command")
        }
        bench.collect()
    }

    private func move(_ link: [UInt64], _ body: (Envelope) -> Void) {
        bench.collect()
        let moved = bench.wire.filter { link.isEmpty || [$0.from.rawValue, $0.to.rawValue] == link }
        bench.wire.removeAll { link.isEmpty || [$0.from.rawValue, $0.to.rawValue] == link }
        moved.forEach(body)
    }

    // MARK: Telling

    private func tell(_ id: MemberID, _ effects: Effects) {
        func line(_ text: String) { lines.append("\(id) \(text)") }
        if isHiding { return }
        effects.notices.forEach { line(Render.notice($0)) }
        for outgoing in effects.now where !isHidden(outgoing.message) {
            line("-> \(outgoing.to) \(Render.message(outgoing.message))")
        }
        if let write = effects.write { line("writes \(Render.write(write))") }
        for outgoing in effects.afterSync where !isHidden(outgoing.message) {
            line("-> \(outgoing.to) \(Render.message(outgoing.message)), after its sync")
        }
        if !effects.committed.isEmpty { line("commits \(Render.entries(effects.committed))") }
        for read in effects.readsConfirmed { line("confirms read \(read.token.rawValue) at \(read.index)") }
        for token in effects.readsRefused { line("refuses read \(token.rawValue)") }
        for read in effects.snapshotReads { line("reads its snapshot from \(read.offset) on for \(read.to)") }
        for chunk in effects.snapshotWrites {
            line("stores \(chunk.offset)..<\(chunk.offset + UInt64(chunk.data.count)) of a snapshot")
        }
    }

    private func isHidden(_ message: PeerMessage) -> Bool {
        switch message {
        case .heartbeat(let heartbeat): hidesHeartbeats && heartbeat.suspicions.isEmpty
        case .heartbeatReply: hidesHeartbeats
        default: false
        }
    }

    private func status(_ node: Node) -> String {
        guard let status = node.core?.status(now: bench.now) else { return "\(node.id) is down" }
        let leader = status.leader.map { ", leader \($0)" } ?? ""
        let suspects = status.members.filter { $0.suspicion != nil }.map { "\($0.id)" }
        return "\(node.id) \(status.office) in term \(status.term)\(leader), log \(status.first)...\(status.last), "
            + "commit \(status.commit)" + (suspects.isEmpty ? "" : ", suspects \(suspects.joined(separator: " "))")
    }
}

/// One line for each thing, short enough to read many.
enum Render {
    static func message(_ message: PeerMessage) -> String {
        switch message {
        case .heartbeat(let heartbeat):
            let suspicions = heartbeat.suspicions.map { " suspects \($0.member) (\($0.reason), \($0.silence))" }
                .joined()
            return "heartbeat term \(heartbeat.term) \(heartbeat.office) commit \(heartbeat.commit)"
                + (heartbeat.probe == 0 ? "" : " probe \(heartbeat.probe)") + suspicions
        case .heartbeatReply(let reply): return "heartbeat reply term \(reply.term) probe \(reply.probe)"
        case .voteRequest(let request):
            return "\(request.isPreVote ? "pre-vote" : "vote") request term \(request.term) last \(request.last)"
                + (request.isLeadershipTransfer ? " (transfer)" : "")
        case .voteReply(let reply):
            return "\(reply.isPreVote ? "pre-vote" : "vote") \(reply.refusal.map { "refused (\($0))" } ?? "granted") "
                + "term \(reply.term)"
        case .append(let append):
            return
                "append term \(append.term) after \(append.previous) commit \(append.commit) \(entries(append.entries))"
        case .appendReply(let reply):
            switch reply.result {
            case .accepted(let index): return "append reply term \(reply.term) accepted \(index)"
            case .refused(let previous, let hint):
                return "append reply term \(reply.term) refused after \(previous), hint \(hint)"
            }
        case .snapshotChunk(let chunk):
            return "snapshot chunk term \(chunk.term) \(chunk.snapshot.position) "
                + "\(chunk.offset)..<\(chunk.offset + UInt64(chunk.data.count)) of \(chunk.snapshot.byteCount)"
        case .snapshotReply(let reply):
            return "snapshot reply term \(reply.term) \(reply.position) next \(reply.nextOffset)"
                + (reply.isInstalled ? " installed" : "")
        case .timeoutNow(let term): return "stand for election now, term \(term)"
        }
    }

    static func entries(_ entries: [Entry]) -> String {
        let texts = entries.map { entry in
            let payload = entry.kind == .command ? entry.payload.description : "\(entry.kind)"
            return "\(entry.index)@\(entry.term) \(payload)"
        }
        return "[\(texts.joined(separator: ", "))]"
    }

    static func write(_ write: LogWrite) -> String {
        var parts: [String] = []
        if let hardState = write.hardState {
            parts.append("term \(hardState.term) vote \(hardState.vote.map { "\($0)" } ?? "-")")
        }
        if let from = write.truncateFrom { parts.append("cut from \(from)") }
        if !write.entries.isEmpty { parts.append(entries(write.entries)) }
        return parts.joined(separator: ", ")
    }

    static func notice(_ notice: Notice) -> String {
        switch notice {
        case .suspected(let suspicion): "suspects \(suspicion.member) (\(suspicion.reason), \(suspicion.silence))"
        case .toldOfSuspicion(let suspicion, let member): "is told by \(member) that it suspects \(suspicion.member)"
        case .cleared(let member): "no longer suspects \(member)"
        case .becamePreCandidate(let term): "asks whether it could be elected for term \(term)"
        case .becameCandidate(let term): "stands for election in term \(term)"
        case .voted(let candidate, let term): "votes for \(candidate) in term \(term)"
        case .receivedVote(let voter, let term, let isPreVote):
            "has the \(isPreVote ? "pre-vote" : "vote") of \(voter) for term \(term)"
        case .becameLeader(let term, let votes, let voters): "leads term \(term) with \(votes) of \(voters) votes"
        case .followed(let leader, let term): "follows \(leader.map { "\($0)" } ?? "nobody") in term \(term)"
        case .steppedDown(let term): "steps down in term \(term)"
        case .handingOver(let member, let term, let reason): "hands term \(term) over to \(member): \(reason)"
        case .notTakenOver(let member, let term): "goes on leading term \(term) without \(member)"
        case .removed(let index): "is no member as of \(index)"
        case .sendingTail(let member, let index): "sends \(member) the tail from \(index) on"
        case .sendingSnapshot(let member, let position): "sends \(member) the snapshot of \(position)"
        case .truncated(let index): "cuts its log from \(index) on"
        case .raisedFormatLevel(let level, let index): "has format level \(level) from \(index) on"
        case .synchronised(let leader, let index): "is in step with \(leader) at \(index)"
        case .dropped(let flaw, let member): "drops a message from \(member): \(flaw)"
        }
    }
}
