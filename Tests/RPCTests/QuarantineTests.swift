import NIOCore
import Testing

@testable import RPC

@Suite struct QuarantineTests {
    private let second: Int64 = 1_000_000_000
    private func origin(_ address: String) -> Origin {
        (try? SocketAddress(ipAddress: address, port: 1)).flatMap { Origin($0) }!
    }

    /// Which of `count` offences were told to shut the address out.
    private func shutsOut(
        _ quarantine: inout Quarantine, _ origin: Origin, count: Int, at time: (Int) -> Int64
    ) -> [Int] {
        (1...count).filter { quarantine.offend(origin, now: time($0)) }
    }

    @Test func `a few offences are overlooked, and more in a short time are not`() {
        var quarantine = Quarantine(QuarantineLimits())
        let attacker = origin("10.0.0.1")
        #expect(shutsOut(&quarantine, attacker, count: 20) { _ in 0 } == [])
        #expect(!quarantine.isBarred(attacker, now: 0))
        #expect(shutsOut(&quarantine, attacker, count: 5) { _ in 0 } == [1], "told once")
        #expect(quarantine.isBarred(attacker, now: 9 * second))
        #expect(!quarantine.isBarred(attacker, now: 10 * second))
        #expect(!quarantine.isBarred(origin("10.0.0.2"), now: 0))
    }

    @Test func `offences far apart are forgotten`() {
        var quarantine = Quarantine(QuarantineLimits())
        #expect(shutsOut(&quarantine, origin("10.0.0.1"), count: 100) { Int64($0) * 60 * second } == [])
    }

    @Test func `an attacker with many addresses does not make the table grow`() {
        var quarantine = Quarantine(QuarantineLimits())
        let first = origin("9.9.9.9")
        for _ in 0...20 { _ = quarantine.offend(first, now: 0) }
        #expect(quarantine.isBarred(first, now: 1))
        for number in 0..<Quarantine.originsMax {
            _ = quarantine.offend(origin("10.0.\(number >> 8).\(number & 255)"), now: 1)
        }
        #expect(!quarantine.isBarred(first, now: 1), "the oldest was forgotten")
    }

    @Test func `a network of IPv6 counts as one address, and a mapped IPv4 address as itself`() {
        #expect(origin("2001:db8::1") == origin("2001:db8::ffff:2"))
        #expect(origin("2001:db8::1") != origin("2001:db8:0:1::1"))
        #expect(origin("::ffff:10.0.0.1") == origin("10.0.0.1"))
        #expect(origin("::1") != origin("0.0.0.0"))
    }
}
