import ByteString
import Testing

@testable import Coordination

@Suite struct `A remembered outcome` {
    private func id(_ sequence: UInt64, _ client: String = "client") -> RequestIdentity {
        RequestIdentity(client: client, sequence: sequence)
    }

    @Test func `answers a repeated write, which has no second effect`() throws {
        let state = Fixture()
        let created = try state.create("/a", [1], id: id(1)).get()
        let set = try state.set("/a", [2], id: id(2)).get()
        let deleted = try state.delete("/a", id: id(3)).get()
        state.create("/a")
        #expect(try state.create("/a", [1], id: id(1)).get() == created)
        #expect(try state.set("/a", [2], id: id(2)).get() == set)
        #expect(try state.delete("/a", id: id(3)).get() == deleted)
        #expect(state.stat("/a")?.version == 0)
        #expect(created.revision == Revision(1) && set.revision == Revision(2) && deleted.revision == Revision(3))
        let repeated = state.apply(Command(path: "/a", operation: .create(data: [1]), requestID: id(1)))
        #expect(repeated.isRepeated && repeated.revision == Revision(8))
    }

    @Test func `is kept for failures too`() throws {
        let state = Fixture()
        let first = state.set("/a", [1], version: 3, id: id(1))
        #expect(first.reason == .znodeNotFound)
        state.create("/a")
        #expect(state.set("/a", [1], version: 3, id: id(1)) == first)
        let mismatch = state.set("/a", [1], version: 3, id: id(2))
        #expect(mismatch.reason == .versionMismatch)
        state.set("/a")
        #expect(state.set("/a", [1], version: 3, id: id(2)) == mismatch)
        let illegal = state.create("a", id: id(3))
        #expect(illegal.reason == .invalidPath && state.create("a", id: id(3)) == illegal)
    }

    @Test func `belongs to its client and principal`() {
        let state = Fixture()
        #expect(state.create("/a", id: id(1, "one")).reason == nil)
        #expect(state.create("/a", id: id(1, "two")).reason == .znodeExists)
        state.principal = "another"
        #expect(state.create("/a", id: id(1, "one")).reason == .znodeExists)
    }

    @Test func `is not given for another request with the same id`() throws {
        let state = Fixture()
        state.create("/a", [1], id: id(1))
        guard case .failure(let error) = state.create("/a", [2], id: id(1)) else { throw Unexpected() }
        #expect(error.code == .invalidArgument && error.reason == .requestIDReused)
        #expect(state.create("/b", [1], id: id(1)).reason == .requestIDReused)
        #expect(state.set("/a", [1], id: id(1)).reason == .requestIDReused)
        state.set("/a", [1], id: id(2))
        #expect(state.set("/a", [1], version: 0, id: id(2)).reason == .requestIDReused)
        #expect(state.delete("/a", id: id(2)).reason == .requestIDReused)
    }

    @Test func `needs a legal id`() {
        let state = Fixture()
        for illegal in [id(0), id(1, ""), id(1, String(repeating: "c", count: 65))] {
            #expect(state.create("/a", id: illegal).reason == .invalidRequestID)
            #expect(state.create("/a", id: illegal).code == .invalidArgument)
        }
        #expect(state.create("/a", id: id(.max, String(repeating: "c", count: 64))).reason == nil)
        #expect(state.create("/a", id: id(.max, String(repeating: "c", count: 64))).reason == nil)
        state.principal = String(repeating: "p", count: 1025)
        #expect(state.create("/b", id: id(1)).reason == .invalidPrincipal)
        #expect(state.create("/b").reason == nil)
    }

    @Test(arguments: [UInt64(1), 3])
    func `is one of at least the last 1,024 of a client, and older ids are refused`(step: UInt64) {
        let state = Fixture()
        state.create("/a")
        for index in 1...3000 as ClosedRange<UInt64> { state.set("/a", [UInt8(index & 255)], id: id(index * step)) }
        #expect(state.stat("/a")?.version == 3000)
        var expired: UInt64 = 0
        for index in 1...3000 as ClosedRange<UInt64> {
            let outcome = state.set("/a", [UInt8(index & 255)], id: id(index * step))
            if case .failure(let error) = outcome {
                #expect(error.reason == .requestIDExpired && error.code == .failedPrecondition)
                #expect(expired == index - 1)
                expired = index
            } else {
                #expect((try? outcome.get().revision.rawValue) == index + 1)
            }
        }
        #expect(expired <= 3000 - 1024 && expired > 3000 - 1024 - 64)
        #expect(state.stat("/a")?.version == 3000)
    }

    @Test(arguments: 0..<6)
    func `is found whatever the order in which ids came`(seed: Int) {
        var generator = SplitMix(seed: UInt64(seed))
        let bound: UInt64 = seed < 3 ? 1000 : .max
        var sequences = Set((0..<700).map { _ in generator.next() % bound + 1 }).sorted()
        sequences.shuffle(using: &generator)
        let state = Fixture()
        state.create("/a")
        for (index, sequence) in sequences.enumerated() {
            #expect((try? state.set("/a", id: id(sequence)).get().stat?.version) == UInt64(index + 1))
        }
        for (index, sequence) in sequences.enumerated() {
            #expect((try? state.set("/a", id: id(sequence)).get().stat?.version) == UInt64(index + 1))
        }
        #expect(state.stat("/a")?.version == UInt64(sequences.count))
    }

    @Test func `is forgotten after ten minutes of log time, but not its sequence`() {
        let state = Fixture()
        state.create("/a")
        for index in 1...100 as ClosedRange<UInt64> { state.set("/a", id: id(index)) }
        state.seconds = 599
        #expect(state.set("/a", id: id(1)).reason == nil)
        #expect(state.set("/a", id: id(100)).reason == nil)
        // The client writes again after a pause: of what is older, full chunks go.
        state.seconds = 640
        for index in 101...110 as ClosedRange<UInt64> { state.set("/a", id: id(index)) }
        #expect(state.set("/a", id: id(1)).reason == .requestIDExpired)
        #expect(state.set("/a", id: id(110)).reason == nil)
        #expect(state.stat("/a")?.version == 110)
    }

    @Test func `of an idle client goes when others write, and its ids stay refused`() {
        let state = Fixture()
        state.create("/a")
        for index in 1...100 as ClosedRange<UInt64> { state.set("/a", id: id(index)) }
        let before = entries(of: KeySpace.outcome, state)
        #expect(before > 0)
        state.seconds = 700
        for index in 1...4 as ClosedRange<UInt64> { state.set("/a", id: id(index, "other")) }
        #expect(entries(of: KeySpace.outcome, state) == 0)
        for index in 1...100 as ClosedRange<UInt64> {
            #expect(state.set("/a", id: id(index)).reason == .requestIDExpired)
        }
        #expect(state.set("/a", id: id(101)).reason == nil)
        #expect(state.set("/a", id: id(101)).reason == nil)
        #expect(state.stat("/a")?.version == 105)
    }

    @Test func `is kept for so many clients, and the idlest one is forgotten`() {
        var retention = Retention()
        retention.clientsMax = 10
        let state = Fixture(retention: retention)
        state.create("/a")
        for client in 0..<10 {
            state.seconds += 10
            for index in 1...40 as ClosedRange<UInt64> { state.set("/a", id: id(index, "c\(client)")) }
        }
        state.seconds += 10
        state.set("/a", id: id(41, "c0"))
        #expect(entries(of: KeySpace.client, state) == 10)
        // c1 has been idle for longest now.
        state.set("/a", id: id(1, "c10"))
        #expect(entries(of: KeySpace.client, state) == 10)
        #expect(entries(of: KeySpace.activity, state) == 10)
        let version = state.stat("/a")?.version ?? 0
        state.set("/a", id: id(1, "c0"))
        state.set("/a", id: id(40, "c2"))
        #expect(state.stat("/a")?.version == version)
        state.set("/a", id: id(1, "c1"))
        #expect(state.stat("/a")?.version == version + 1)
    }

    /// The number of entries in a part of the key space.
    private func entries(of space: UInt8, _ state: Fixture) -> Int {
        _ = state.coordination.publish()
        let pin = MapPin(state.coordination.readers.core)
        return pin.version.contents().keys.count { $0.first == space }
    }
}
