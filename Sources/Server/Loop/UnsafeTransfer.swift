import NIOCore

/// Carries a value that is confined to one event loop through a `@Sendable` closure that runs on that very loop.
///
/// Proof of `@unchecked Sendable`: whoever makes one hands its `value` only to code on the event loop that `value` is
/// confined to; the box itself is never changed.
struct UnsafeTransfer<Value>: @unchecked Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}

/// The largest message between members: a batch of forwarded writes, an append of one entry as large as a client's
/// message, or a part of a snapshot, each with what is around it. In bytes.
let peerMessageBytesMax = 8 << 20

/// After so long without an acknowledgement a connection between members is made anew. Heartbeats see to it that there
/// always is something to acknowledge.
let peerUnacknowledgedTimeout = TimeAmount.seconds(2)
