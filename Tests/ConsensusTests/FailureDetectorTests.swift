import Testing

@testable import Consensus

@Suite("The failure detector, with a clock held in the hand")
struct FailureDetectorTests {
    private let a = MemberID(1)
    private let b = MemberID(2)

    /// A detector and the hand that moves its clock.
    private struct Watch {
        var detector: FailureDetector
        var now = Instant(nanoseconds: 0)

        init(_ settings: Consensus.Settings = .init()) {
            detector = FailureDetector(settings: settings, now: now)
            detector.watch([MemberID(2), MemberID(1)], now: now)
        }

        /// Time passes in ticks of five milliseconds.
        mutating func pass(_ milliseconds: Int, heartbeatsOf members: [MemberID] = [], every interval: Int = 50)
            -> [Suspicion]
        {
            var suspicions: [Suspicion] = []
            for step in 1...(milliseconds / 5) {
                now = now + .milliseconds(5)
                if step * 5 % interval == 0 {
                    for member in members { _ = detector.heard(member, isHeartbeat: true, now: now) }
                }
                suspicions += detector.tick(now: now)
            }
            return suspicions
        }
    }

    @Test func `a member that is silent for longer than the timeout is suspected, once, with the silence as evidence`()
    {
        var watch = Watch()
        let first = watch.pass(1000, heartbeatsOf: [a, b])
        #expect(first.isEmpty)
        let second = watch.pass(300, heartbeatsOf: [b])
        #expect(second.isEmpty)
        let suspicions = watch.pass(500, heartbeatsOf: [b])
        #expect(suspicions == [Suspicion(member: a, reason: .silence, silence: .milliseconds(305))])
        #expect(watch.detector.suspicions(now: watch.now).map(\.silence) == [.milliseconds(800)])
        #expect(!watch.detector.isAlive(a, now: watch.now) && watch.detector.isAlive(b, now: watch.now))
    }

    @Test func `a suspected member that is heard again is suspected no longer`() {
        var watch = Watch()
        _ = watch.pass(400, heartbeatsOf: [b])
        #expect(watch.detector.suspicion(of: a) != nil)
        let first = watch.detector.heard(a, isHeartbeat: false, now: watch.now)
        #expect(first)
        #expect(watch.detector.suspicion(of: a) == nil)
        let second = watch.detector.heard(a, isHeartbeat: false, now: watch.now)
        #expect(!second)
        let third = watch.pass(295, heartbeatsOf: [b])
        #expect(third.isEmpty)
    }

    @Test func `a silence that was noticed makes the next one noticed no later, whatever message ended it`() {
        var watch = Watch()
        _ = watch.pass(1000, heartbeatsOf: [a, b])
        _ = watch.pass(3000, heartbeatsOf: [b])
        // What comes first after a partition may be an answer, and the first heartbeat a good while after it.
        _ = watch.detector.heard(a, isHeartbeat: false, now: watch.now)
        _ = watch.pass(200, heartbeatsOf: [b])
        _ = watch.pass(1000, heartbeatsOf: [a, b])
        #expect(watch.detector.timeout(of: a) == .milliseconds(300))
    }

    @Test func `the textbook's one second and three seconds`() {
        var watch = Watch(.textbook)
        let first = watch.pass(10_000, heartbeatsOf: [a, b], every: 1000)
        #expect(first.isEmpty)
        let second = watch.pass(3000, heartbeatsOf: [b], every: 1000)
        #expect(second.isEmpty)
        let third = watch.pass(10, heartbeatsOf: [b], every: 1000)
        #expect(third.map(\.member) == [a])
        #expect(watch.detector.timeout(of: a) == .seconds(3))
    }

    @Test func `a lost connection alone proves nothing, nor does a refused one`() {
        var watch = Watch()
        _ = watch.pass(100, heartbeatsOf: [a, b])
        let first = watch.detector.connection(.lost, to: a, now: watch.now)
        #expect(first == nil)
        let second = watch.detector.connection(.established, to: a, now: watch.now)
        #expect(second == nil)
        let third = watch.detector.connection(.refused, to: a, now: watch.now)
        #expect(third == nil)
        let fourth = watch.detector.connection(.newIncarnation, to: b, now: watch.now)
        #expect(fourth == nil)
        #expect(watch.detector.isAlive(a, now: watch.now) && watch.detector.isAlive(b, now: watch.now))
    }

    @Test(arguments: [
        (ConnectionEvidence.refused, Suspicion.Reason.connectionRefused),
        (.newIncarnation, .newIncarnation),
    ])
    func `lost and then refused, or answered by another process, is death at once`(
        evidence: ConnectionEvidence, reason: Suspicion.Reason
    ) {
        var watch = Watch()
        _ = watch.pass(120, heartbeatsOf: [a, b])
        let first = watch.detector.connection(.lost, to: a, now: watch.now)
        #expect(first == nil)
        let suspicion = watch.detector.connection(evidence, to: a, now: watch.now)
        #expect(suspicion == Suspicion(member: a, reason: reason, silence: .milliseconds(20)))
        let second = watch.detector.connection(evidence, to: a, now: watch.now)
        #expect(second == nil, "told once")
        #expect(!watch.detector.isAlive(a, now: watch.now))
    }

    @Test func `last words do not raise the dead, a heartbeat does`() {
        var watch = Watch()
        _ = watch.detector.connection(.lost, to: a, now: watch.now)
        _ = watch.detector.connection(.refused, to: a, now: watch.now)
        let first = watch.detector.heard(a, isHeartbeat: false, now: watch.now)
        #expect(!first)
        #expect(watch.detector.suspicion(of: a) != nil)
        let second = watch.detector.heard(a, isHeartbeat: true, now: watch.now)
        #expect(second)
    }

    @Test func `connection evidence can be switched off`() {
        var watch = Watch(.init(useConnectionEvidence: false))
        _ = watch.detector.connection(.lost, to: a, now: watch.now)
        let first = watch.detector.connection(.refused, to: a, now: watch.now)
        #expect(first == nil)
        #expect(watch.detector.isAlive(a, now: watch.now))
    }

    @Test func `a member whose own tick came late accuses nobody for one interval`() {
        var watch = Watch()
        _ = watch.pass(1000, heartbeatsOf: [a, b])
        watch.now = watch.now + .seconds(5)
        #expect(watch.detector.isAlive(a, now: watch.now), "even before the tick")
        let first = watch.detector.tick(now: watch.now)
        #expect(first.isEmpty)
        let second = watch.pass(45)
        #expect(second.isEmpty)
        // Meanwhile it has read what lay there from b.
        _ = watch.detector.heard(b, isHeartbeat: true, now: watch.now)
        let third = watch.pass(10)
        #expect(third.map(\.member) == [a])
    }

    @Test func `ticks that are a little late do not keep it from judging`() {
        var watch = Watch()
        var suspicions: [Suspicion] = []
        for _ in 0..<12 {
            watch.now = watch.now + .milliseconds(55)
            suspicions += watch.detector.tick(now: watch.now)
        }
        #expect(suspicions.map(\.member) == [a, b])
    }

    @Test
    func `irregular heartbeats lengthen the timeout, up to the ceiling, and regular ones shorten it to the floor`() {
        var watch = Watch()
        #expect(watch.detector.timeout(of: a) == .milliseconds(300))
        for _ in 0..<30 {
            _ = watch.pass(250, heartbeatsOf: [b])
            _ = watch.detector.heard(a, isHeartbeat: true, now: watch.now)
            _ = watch.detector.heard(a, isHeartbeat: true, now: watch.now)
        }
        let lengthened = watch.detector.timeout(of: a)
        #expect(lengthened > .milliseconds(600) && lengthened <= .seconds(2))
        #expect(watch.detector.timeout(of: b) == .milliseconds(300))
        _ = watch.pass(60_000, heartbeatsOf: [a, b])
        #expect(watch.detector.timeout(of: a) == .milliseconds(300))
        for gap in [250, 550, 1000, 1600] {
            for _ in 0..<30 {
                _ = watch.pass(gap, heartbeatsOf: [b])
                _ = watch.detector.heard(a, isHeartbeat: true, now: watch.now)
                _ = watch.detector.heard(a, isHeartbeat: true, now: watch.now)
            }
        }
        #expect(watch.detector.timeout(of: a) == .seconds(2))
    }

    @Test func `a member that was paused and suspected again and again is noticed as quickly each time`() {
        var watch = Watch()
        for _ in 0..<10 {
            _ = watch.pass(1000, heartbeatsOf: [a, b])
            let suspected = watch.pass(1200, heartbeatsOf: [b])
            #expect(suspected.map(\.member) == [a])
            #expect(watch.detector.timeout(of: a) == .milliseconds(300))
        }
    }

    @Test func `what arrives after an own stall does not count as irregularity`() {
        var watch = Watch()
        _ = watch.pass(1000, heartbeatsOf: [a, b])
        for _ in 0..<5 {
            watch.now = watch.now + .milliseconds(1000)
            _ = watch.detector.heard(a, isHeartbeat: true, now: watch.now)
            _ = watch.pass(500, heartbeatsOf: [a, b])
        }
        #expect(watch.detector.timeout(of: a) == .milliseconds(300))
    }

    @Test func `a death does not count as irregularity`() {
        var watch = Watch()
        _ = watch.pass(1000, heartbeatsOf: [a, b])
        _ = watch.pass(5000, heartbeatsOf: [b])
        _ = watch.pass(100, heartbeatsOf: [a, b])
        #expect(watch.detector.timeout(of: a) == .milliseconds(300))
        _ = watch.pass(1500, heartbeatsOf: [b])
        _ = watch.detector.connection(.lost, to: a, now: watch.now)
        _ = watch.detector.connection(.newIncarnation, to: a, now: watch.now)
        _ = watch.pass(100, heartbeatsOf: [a, b])
        #expect(watch.detector.timeout(of: a) == .milliseconds(300))
    }

    @Test func `on a link that loses every tenth heartbeat nobody is accused falsely, and the dead are still found`() {
        var random = SeededRandom(seed: 7)
        var watch = Watch()
        var accusations = 0
        // An hour, by heartbeats: each lost one widens the gap.
        for _ in 0..<72_000 {
            watch.now = watch.now + .milliseconds(50)
            if random.next() % 10 != 0 { _ = watch.detector.heard(a, isHeartbeat: true, now: watch.now) }
            _ = watch.detector.heard(b, isHeartbeat: true, now: watch.now)
            accusations += watch.detector.tick(now: watch.now).count
        }
        #expect(accusations == 0)
        let first = watch.pass(600, heartbeatsOf: [b])
        #expect(first.map(\.member) == [a])
    }

    @Test func `what others suspect is noted once, and those who are not members are passed over`() {
        var watch = Watch()
        let suspicion = Suspicion(member: a, reason: .silence, silence: .milliseconds(400))
        let stranger = Suspicion(member: MemberID(99), reason: .silence, silence: .milliseconds(400))
        let first = watch.detector.told([suspicion, stranger], by: b)
        #expect(first == [suspicion])
        #expect(watch.detector.accusers(of: a) == 1)
        let second = watch.detector.told([suspicion], by: b)
        #expect(second.isEmpty)
        let third = watch.detector.told([], by: b)
        #expect(third.isEmpty)
        #expect(watch.detector.accusers(of: a) == 0)
        let fourth = watch.detector.told([suspicion], by: b)
        #expect(fourth == [suspicion])
        let fifth = watch.detector.told([suspicion], by: MemberID(99))
        #expect(fifth.isEmpty)
    }

    @Test func `a member that is watched anew counts as heard`() {
        var watch = Watch()
        _ = watch.pass(200, heartbeatsOf: [a, b])
        watch.detector.watch([a, MemberID(3)], now: watch.now)
        #expect(watch.detector.silence(of: MemberID(3), now: watch.now) == .zero)
        #expect(watch.detector.silence(of: b, now: watch.now) == nil && !watch.detector.isAlive(b, now: watch.now))
    }
}

@Suite("What members do about the dead")
struct DetectionTests {
    /// A leader that vanishes; how long until another one leads.
    private func failover(_ bench: Bench, evidence: Bool) -> Int {
        bench.elect(1)
        bench.pass(milliseconds: 500)
        bench[1].crash()
        if evidence {
            for other in bench.nodes where other.isUp {
                other.step(.connection(.lost, to: MemberID(1)), now: bench.now)
                other.step(.connection(.refused, to: MemberID(1)), now: bench.now)
            }
            bench.stabilize()
        }
        let start = bench.now
        bench.pass(milliseconds: 2000) { bench.leader != nil }
        #expect(bench.leader != nil)
        return Int((bench.now - start).milliseconds)
    }

    @Test(arguments: [3, 4, 5])
    func `a refused connection brings a new leader within milliseconds`(voters: Int) {
        for seed in 1...20 as ClosedRange<UInt64> {
            let delay = failover(Bench(voters: voters, seed: seed), evidence: true)
            #expect(delay <= 20, "\(delay) ms with seed \(seed)")
        }
    }

    @Test(arguments: [3, 4, 5])
    func `a leader that falls silent is replaced soon after the timeout`(voters: Int) {
        for seed in 1...20 as ClosedRange<UInt64> {
            let delay = failover(Bench(voters: voters, seed: seed), evidence: false)
            #expect((250...400).contains(delay), "\(delay) ms with seed \(seed)")
        }
    }

    @Test func `the textbook setting elects within four seconds of a death`() {
        for seed in 1...5 as ClosedRange<UInt64> {
            let bench = Bench(voters: 4, settings: .textbook, seed: seed)
            bench.elect(1)
            bench.pass(milliseconds: 5000)
            bench[1].crash()
            let start = bench.now
            bench.pass(milliseconds: 6000) { bench.leader != nil }
            let delay = (bench.now - start).milliseconds
            #expect((2000...4000).contains(delay), "\(delay) ms with seed \(seed)")
        }
    }

    @Test func `a suspicion is told to everybody at once, with its evidence`() {
        let bench = Bench(voters: 4)
        bench.elect(1)
        bench.pass(milliseconds: 500)
        bench[2].outbox = []
        bench[2].step(.connection(.lost, to: MemberID(4)), now: bench.now)
        bench[2].step(.connection(.refused, to: MemberID(4)), now: bench.now)
        let told = bench[2].outbox.compactMap { envelope -> MemberID? in
            guard let heartbeat = envelope.message.heartbeatMessage else { return nil }
            return heartbeat.suspicions.map(\.reason) == [.connectionRefused] ? envelope.to : nil
        }
        #expect(told.map(\.rawValue) == [1, 3, 4])
        bench.stabilize()
        #expect(
            bench[3].notices.contains { notice in
                if case .toldOfSuspicion(let suspicion, by: MemberID(2)) = notice {
                    suspicion.member == MemberID(4)
                } else {
                    false
                }
            })
        #expect(bench.core(1).status(now: bench.now).members.last?.accusers == 1)
    }

    @Test func `connection evidence loosens only the voter that has it; the others are asked again within 10 ms`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 500)
        bench[1].crash()
        for evidence in [ConnectionEvidence.lost, .refused] {
            bench[2].step(.connection(evidence, to: MemberID(1)), now: bench.now)
        }
        bench.stabilize()
        #expect(bench.core(2).office == .preCandidate && bench.core(3).leader == MemberID(1))
        for evidence in [ConnectionEvidence.lost, .refused] {
            bench[3].step(.connection(evidence, to: MemberID(1)), now: bench.now)
        }
        bench.pass(milliseconds: 10)
        #expect(bench.leader == 2)
    }

    @Test func `a leader that was stopped is replaced and steps down when it goes on`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 500)
        bench.isolate(1)
        bench.pass(milliseconds: 700, except: [1])
        #expect(bench.leaders.count == 2)
        bench.heal()
        bench.pass(milliseconds: 100)
        #expect(bench.leaders.count == 1 && bench.leader != 1)
        #expect(bench.core(1).leader?.rawValue == bench.leader)
    }

    @Test func `a follower that was stopped for two seconds changes nothing`() {
        let bench = Bench()
        bench.elect(1)
        for _ in 0..<3 {
            bench.pass(milliseconds: 1000)
            // What is sent to it meanwhile lies in its sockets.
            var held: [Envelope] = []
            for _ in 0..<400 {
                bench.pass(milliseconds: 5, except: [3], delivering: false)
                bench.collect()
                held += bench.wire.filter { $0.to == MemberID(3) }
                bench.wire.removeAll { $0.to == MemberID(3) }
                bench.stabilize()
            }
            bench[3].step(.tick, now: bench.now)
            held.forEach(bench.deliver)
        }
        bench.pass(milliseconds: 1000)
        #expect(bench.leader == 1 && bench.core(1).term == Term(1))
    }

    @Test func `a restarted leader is replaced at once: its own heartbeat says that it leads no longer`() {
        let bench = Bench()
        bench.elect(1)
        bench.pass(milliseconds: 500)
        bench.restart(1)
        let start = bench.now
        bench.pass(milliseconds: 1000) { bench.leader != nil }
        #expect((bench.now - start).milliseconds <= 100)
    }

    @Test func `the bystander whose log is longer stands instead of the one that asked first`() {
        let bench = Bench(pasts: [.init(terms: [1]), .init(terms: [1]), .init(terms: [1, 1])])
        bench.elect(3)
        bench.pass(milliseconds: 500)
        // Member 3 leads; its last entry reaches only member 2.
        bench.cut.insert(.init(from: MemberID(3), to: MemberID(1)))
        bench.propose(3, "x")
        bench.stabilize()
        bench[3].crash()
        let start = bench.now
        bench.pass(milliseconds: 1000) { bench.leader != nil }
        #expect(bench.leader == 2 && (bench.now - start).milliseconds < 450)
    }
}
