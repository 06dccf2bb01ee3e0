import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The socket under a channel, to send by without the channel.
///
/// What a channel sends passes the contexts of a pipeline, a queue and its bookkeeping, each in a place of its own in
/// memory. Where something is to be told to a thousand connections that have been quiet, none of that is in the
/// processor's caches, and fetching it is a sixth of the work.
///
/// The descriptor belongs to the channel. Between closing it and telling the handlers (`channelInactive`) the channel
/// runs nothing but what waits for the outcome of its writes and of `close`: that must not send by this, and whoever
/// does lets go of it then.
struct OutputSocket {
    private let descriptor: NIOBSDSocket.Handle

    /// - Returns: nil if there is no socket under the channel.
    init?(of context: ChannelHandlerContext) {
        let descriptor = try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(
            of: NIOBSDSocket.Handle.self
        ) { $0 }
        guard let descriptor else { return nil }
        self.descriptor = descriptor
    }

    /// Sends what the socket has room for of `bytes`, without waiting.
    ///
    /// - Returns: how many bytes that were, from the first one on: none if there is no room, or if the connection has
    ///   failed, which the channel finds out when it sends the rest.
    func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
        // The channel has turned SIGPIPE off for its sockets.
        let flags = MSG_DONTWAIT
        #else
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        #endif
        return max(0, send(descriptor, bytes.baseAddress, bytes.count, flags))
    }
}
