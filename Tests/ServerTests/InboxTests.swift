import Driver
import NIOCore
import NIOPosix
import Testing

@testable import Server

/// Takes everything from an inbox, a turn at a time, and is never done: each turn leaves something for the next.
///
/// Proof of `@unchecked Sendable`: everything but `inbox`, which is set in `init`, is touched on the loop only.
private final class BusyTaker: @unchecked Sendable {
    private(set) var inbox: Server.Inbox!
    private(set) var turns = 0
    var isBusy = true
    private var events: [DriverEvent] = []

    init(_ loop: any EventLoop, yields: Bool) {
        inbox = Server.Inbox(loop: loop) { [unowned self] in
            inbox.take(into: &events)
            turns += 1
            if isBusy { inbox.post(.input(.tick)) }
            inbox.finish(yields: yields)
        }
    }
}

private final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.writeAndFlush(data, promise: nil) }
}

private final class FirstRead: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let promise: EventLoopPromise<String>
    init(_ promise: EventLoopPromise<String>) { self.promise = promise }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        promise.succeed(String(buffer: unwrapInboundIn(data)))
    }
}

@Suite struct `An inbox` {
    @Test(.timeLimit(.minutes(1)))
    func `that is never empty does not keep its loop from the sockets`() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let clients = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let taker = BusyTaker(group.next(), yields: true)
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Echo()) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        taker.inbox.post(.input(.tick))
        let answer = clients.next().makePromise(of: String.self)
        let client = try await ClientBootstrap(group: clients)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(FirstRead(answer))
                }
            }
            .connect(to: try #require(server.localAddress)).get()
        try await client.writeAndFlush(ByteBuffer(string: "are you there?"))
        #expect(try await answer.futureResult.get() == "are you there?")
        let turns = try await group.next().submit {
            taker.isBusy = false
            return taker.turns
        }.get()
        #expect(turns > 1)
        try await client.close()
        try await server.close()
        try await group.shutdownGracefully()
        try await clients.shutdownGracefully()
    }

    @Test(arguments: [false, true]) func `is taken again for what comes while it is taken, by one wake-up`(
        yields: Bool
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let taker = BusyTaker(loop, yields: yields)
        try await loop.submit { taker.isBusy = false }.get()
        try await loop.submit { for _ in 0..<100 { taker.inbox.post(.input(.tick)) } }.get()
        #expect(try await loop.submit { taker.turns }.get() == 1)
        try await loop.submit {
            var events: [DriverEvent] = []
            taker.inbox.take(into: &events)
            // Nobody else is woken for these.
            for _ in 0..<100 { taker.inbox.post(.input(.tick)) }
            #expect(events.isEmpty)
        }.get()
        #expect(try await loop.submit { taker.turns }.get() == 1)
        try await loop.submit { taker.inbox.finish(yields: yields) }.get()
        while try await loop.submit({ taker.turns }).get() < 2 {}
        try await loop.scheduleTask(in: .milliseconds(5)) {}.futureResult.get()
        #expect(try await loop.submit { taker.turns }.get() == 2)
        try await group.shutdownGracefully()
    }
}
