import Testing

@testable import roost

@Suite struct LatencyHistogramTests {
    @Test func `an empty histogram tells zero`() {
        let histogram = LatencyHistogram()
        #expect(histogram.quantile(0.5) == 0)
        #expect(histogram.maximum == 0)
    }

    @Test(arguments: [0, 1, 127, 128, 255, 256, 257, 511, 512, 1_000, 123_456, 1_000_000, 987_654_321, (1 << 36) - 1])
    func `a latency is told to within one percent`(_ nanoseconds: UInt64) {
        var histogram = LatencyHistogram()
        histogram.record(nanoseconds)
        histogram.record(1 << 40)
        let told = histogram.quantile(0.5)
        #expect(told >= nanoseconds)
        #expect(Double(told) <= Double(nanoseconds) * 1.01)
    }

    @Test func `quantiles are those of the sorted latencies`() {
        var histogram = LatencyHistogram()
        for nanoseconds in (1...1000).reversed() { histogram.record(UInt64(nanoseconds * 1000)) }
        for (fraction, expected) in [(0.5, 500_000.0), (0.9, 900_000), (0.99, 990_000), (1, 1_000_000)] {
            let told = Double(histogram.quantile(fraction))
            #expect(told >= expected && told <= expected * 1.01)
        }
        #expect(histogram.quantile(1) == 1_000_000)
        #expect(histogram.count == 1000)
    }

    @Test func `what is longer than the longest bucket is counted and the maximum stays exact`() {
        var histogram = LatencyHistogram()
        histogram.record(1 << 40)
        #expect(histogram.count == 1)
        #expect(histogram.maximum == 1 << 40)
    }

    @Test func `adding histograms is like recording into one`() {
        var one = LatencyHistogram()
        var left = LatencyHistogram()
        var right = LatencyHistogram()
        for nanoseconds in stride(from: UInt64(3), to: 3_000_000, by: 7_919) {
            one.record(nanoseconds)
            if nanoseconds.isMultiple(of: 2) { left.record(nanoseconds) } else { right.record(nanoseconds) }
        }
        left.add(right)
        #expect(left.count == one.count)
        #expect(left.maximum == one.maximum)
        for fraction in [0.0, 0.1, 0.5, 0.9, 0.99, 1] { #expect(left.quantile(fraction) == one.quantile(fraction)) }
    }
}
