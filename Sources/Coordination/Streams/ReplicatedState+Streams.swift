/// Streams: their writes take effect in the order in which they were sent, or not at all.
///
/// A session's record names the stream that may write, and the last of its writes that took effect. Writes say which
/// one they come after: so whatever becomes of them on their way, through members that fail and leaders that change,
/// none overtakes another, and none takes effect twice.
extension ReplicatedState {
    mutating func change(
        _ change: StreamChange, _ context: CommandContext, _ revision: Revision
    ) throws(StateError) -> WriteResult {
        switch change {
        case .attach(let session, let secret):
            var record = try livingSession(session, context)
            guard record.secret == secret else { throw .wrongSecret(session) }
            record.stream = StreamID(revision.rawValue)
            record.keepAlive(context)
            put(record, session)
            attachments.append(StreamAttachment(session: session, stream: record.stream))
            return WriteResult(kind: .streamAttached, revision: revision, streamProgress: record.progress)
        case .write(let writes):
            try admit(writes, context)
            let outcomes = writes.commands.map { carryOutOnce($0, context, revision).outcome }
            return WriteResult(kind: .streamWritten, revision: revision, outcomes: outcomes)
        }
    }

    private mutating func admit(_ writes: StreamBatch, _ context: CommandContext) throws(StateError) {
        var record = try livingSession(writes.session, context)
        guard record.stream == writes.stream else { throw .streamSuperseded(writes.session) }
        // A stream that has not written yet has its predecessor's progress in the record.
        let lastOperation = record.progress.stream == writes.stream ? record.progress.operation : 0
        guard lastOperation == writes.after else {
            let isRepeated = lastOperation >= writes.last
            throw StateError(
                .aborted, isRepeated ? .streamWritesRepeated : .streamOutOfOrder,
                "the last write of the stream that took effect is operation \(lastOperation), not "
                    + "\(writes.after)")
        }
        record.progress = StreamProgress(stream: writes.stream, operation: writes.last)
        record.keepAlive(context)
        put(record, writes.session)
    }
}

extension StateError {
    /// ABORTED: another stream has resumed the session.
    public static func streamSuperseded(_ session: SessionID) -> StateError {
        StateError(.aborted, .streamSuperseded, "another stream has resumed session \(session)")
    }
}
