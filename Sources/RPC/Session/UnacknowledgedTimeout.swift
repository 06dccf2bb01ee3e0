import NIOCore

#if canImport(Glibc)
import Glibc
#endif

extension Channel {
    /// Has the kernel give the connection up when what was sent is not acknowledged for so long. After a partition a
    /// connection that is merely retransmitting may stay silent for as long again as the partition has lasted; a new
    /// one goes on at once.
    func limitUnacknowledged(_ timeout: TimeAmount?) throws {
        #if canImport(Glibc)
        guard let timeout, let options = syncOptions else { return }
        let option = ChannelOptions.Types.SocketOption(
            level: .tcp, name: NIOBSDSocket.Option(rawValue: TCP_USER_TIMEOUT))
        try options.setOption(option, value: SocketOptionValue(clamping: timeout.nanoseconds / 1_000_000))
        #endif
    }
}
