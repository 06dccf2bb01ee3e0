import NIOCore
import Testing

@testable import Server

@Suite struct HealthTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    @Test func `a member is healthy for as long after a confirmed read as an election may take`() {
        var record = HealthRecord()
        #expect(!record.isLinearizable(start))
        record.onConfirmed(start)
        #expect(record.isLinearizable(start + .seconds(2)))
        #expect(!record.isLinearizable(start + .milliseconds(2_001)))
    }

    @Test func `nothing is read while nobody wants to know`() {
        var record = HealthRecord()
        #expect(!record.isProbeDue(start, isWatched: false))
        record.onQuestion(start)
        #expect(record.isProbeDue(start, isWatched: false))
        record.onProbe(start)
        #expect(!record.isProbeDue(start + .milliseconds(499), isWatched: false))
        #expect(record.isProbeDue(start + .milliseconds(500), isWatched: false))
        #expect(!record.isProbeDue(start + .seconds(61), isWatched: false))
        #expect(record.isProbeDue(start + .seconds(61), isWatched: true))
    }

    @Test func `a member that is about to stop is neither healthy nor alive, whatever it has confirmed`() {
        var record = HealthRecord()
        record.onConfirmed(start)
        #expect(record.isAlive)
        record.onDrain()
        #expect(!record.isAlive)
        #expect(!record.isLinearizable(start))
        #expect(!record.isProbeDue(start + .seconds(1), isWatched: true))
    }
}
