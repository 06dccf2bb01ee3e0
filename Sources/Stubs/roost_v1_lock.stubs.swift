// Generated from roost/v1/lock.proto by codegen. Do not edit.
// swift-format-ignore-file

import Messages
import RPC

/// Locks that are held by sessions: exclusive ones, ones that readers share, and semaphores.
///
/// A lock is a path, and needs no preparation: the znode is created with the first claim, as a container, and so are the
/// ones above it. A claim is an ephemeral child of it, named by 20 digits, how it shares the lock, and the owner, such as
/// `00000000000000000123-exclusive-worker-7`; its data are the claim's value. So a claim goes with its session, and
/// whoever wants to follow a lock watches its children.
///
/// The queue is fair: claims hold the lock in the order in which they came. Those from the first on that go together hold
/// it, and the next one waits, with all behind it, until those that are in its way have gone. Whoever waits is answered
/// by the member that it asked, and only when its turn has come: a release wakes up its successors and nobody else.
///
/// The digits are the claim's fencing token: a revision, greater than that of whoever held the lock before. A session may
/// end, and the lock pass on, without its owner's noticing in time. What the lock protects is safe in spite of it if each
/// write says which token it relies on: Fence for what Roost itself keeps, and for anything else that keeps the highest
/// token it has seen and refuses lower ones.
public enum Lock {
    /// The service's full name.
    public static let serviceName = "roost.v1.Lock"

    /// The service's methods, as both sides of a call name them.
    public enum Methods {
        /// Claims a lock, and answers when the claim holds it. FAILED_PRECONDITION and LOCK_HELD if it does not at once and
        /// wait_ms is 0; DEADLINE_EXCEEDED and LOCK_HELD if it does not in time: the claim is gone then. NOT_FOUND if the session
        /// has ended. A call that is cancelled takes its claim away again; so does one whose connection breaks, unless it has
        /// a request id: such a claim keeps its place, for the call to be sent again. If it is the member that dies, the claim
        /// stays in any case: its owner finds it by asking again, and it goes with its session. Where several calls of an owner
        /// wait, or one was sent several times, it is the last one that counts: if that ends the claim goes, and the others are
        /// told CLAIM_NOT_FOUND.
        ///
        /// An owner has one claim. Acquire, called again for the same session and owner, is answered as to the claim that is
        /// there, with the same token; so it is safe to send again, and to nest.
        public static let acquire = RPC.Method<Messages.AcquireRequest, Messages.AcquireResponse>(
            "/roost.v1.Lock/Acquire",
            kind: .unary
        )

        /// Takes a claim away, whether it holds the lock or waits. NOT_FOUND and CLAIM_NOT_FOUND if it has gone: its owner may
        /// have been without the lock for a while.
        public static let release = RPC.Method<Messages.ReleaseRequest, Messages.ReleaseResponse>(
            "/roost.v1.Lock/Release",
            kind: .unary
        )

        /// Tells who holds a lock and who waits for it. A lock without claims is no error.
        public static let describe = RPC.Method<Messages.DescribeLockRequest, Messages.DescribeLockResponse>(
            "/roost.v1.Lock/Describe",
            kind: .unary
        )

        /// The path of every method, in the order of their declaration.
        public static let paths: [RPC.MethodPath] = [acquire.path, release.path, describe.path]
    }

    /// Makes `registry` serve every method by `service`.
    ///
    /// - Precondition: The registry has no handler for any of them.
    public static func register(_ service: some LockService, in registry: inout RPC.ServiceRegistry) {
        registry.unary(Methods.acquire) { request, context in
            try await service.acquire(request, context: context)
        }
        registry.unary(Methods.release) { request, context in
            try await service.release(request, context: context)
        }
        registry.unary(Methods.describe) { request, context in
            try await service.describe(request, context: context)
        }
    }
}

/// What a server of `roost.v1.Lock` implements.
///
/// ``Lock/register(_:in:)`` makes a server use it.
///
/// A method that throws an `RPC.RPCStatus` ends its call with that status, any other error with UNKNOWN.
public protocol LockService: Sendable {
    /// Claims a lock, and answers when the claim holds it. FAILED_PRECONDITION and LOCK_HELD if it does not at once and
    /// wait_ms is 0; DEADLINE_EXCEEDED and LOCK_HELD if it does not in time: the claim is gone then. NOT_FOUND if the session
    /// has ended. A call that is cancelled takes its claim away again; so does one whose connection breaks, unless it has
    /// a request id: such a claim keeps its place, for the call to be sent again. If it is the member that dies, the claim
    /// stays in any case: its owner finds it by asking again, and it goes with its session. Where several calls of an owner
    /// wait, or one was sent several times, it is the last one that counts: if that ends the claim goes, and the others are
    /// told CLAIM_NOT_FOUND.
    ///
    /// An owner has one claim. Acquire, called again for the same session and owner, is answered as to the claim that is
    /// there, with the same token; so it is safe to send again, and to nest.
    func acquire(
        _ request: Messages.AcquireRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.AcquireResponse

    /// Takes a claim away, whether it holds the lock or waits. NOT_FOUND and CLAIM_NOT_FOUND if it has gone: its owner may
    /// have been without the lock for a while.
    func release(
        _ request: Messages.ReleaseRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.ReleaseResponse

    /// Tells who holds a lock and who waits for it. A lock without claims is no error.
    func describe(
        _ request: Messages.DescribeLockRequest,
        context: RPC.ServerContext
    ) async throws -> Messages.DescribeLockResponse
}

/// Calls `roost.v1.Lock` over a channel.
public struct LockClient: Sendable {
    /// What the calls go over.
    public let channel: any RPC.CallChannel

    /// A client that calls over `channel`.
    public init(_ channel: any RPC.CallChannel) {
        self.channel = channel
    }

    /// Claims a lock, and answers when the claim holds it. FAILED_PRECONDITION and LOCK_HELD if it does not at once and
    /// wait_ms is 0; DEADLINE_EXCEEDED and LOCK_HELD if it does not in time: the claim is gone then. NOT_FOUND if the session
    /// has ended. A call that is cancelled takes its claim away again; so does one whose connection breaks, unless it has
    /// a request id: such a claim keeps its place, for the call to be sent again. If it is the member that dies, the claim
    /// stays in any case: its owner finds it by asking again, and it goes with its session. Where several calls of an owner
    /// wait, or one was sent several times, it is the last one that counts: if that ends the claim goes, and the others are
    /// told CLAIM_NOT_FOUND.
    ///
    /// An owner has one claim. Acquire, called again for the same session and owner, is answered as to the claim that is
    /// there, with the same token; so it is safe to send again, and to nest.
    public func acquire(
        _ request: Messages.AcquireRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.AcquireResponse {
        try await channel.unary(Lock.Methods.acquire, request, options: options)
    }

    /// Takes a claim away, whether it holds the lock or waits. NOT_FOUND and CLAIM_NOT_FOUND if it has gone: its owner may
    /// have been without the lock for a while.
    public func release(
        _ request: Messages.ReleaseRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.ReleaseResponse {
        try await channel.unary(Lock.Methods.release, request, options: options)
    }

    /// Tells who holds a lock and who waits for it. A lock without claims is no error.
    public func describe(
        _ request: Messages.DescribeLockRequest,
        options: RPC.CallOptions = RPC.CallOptions()
    ) async throws(RPC.RPCFailure) -> Messages.DescribeLockResponse {
        try await channel.unary(Lock.Methods.describe, request, options: options)
    }
}
