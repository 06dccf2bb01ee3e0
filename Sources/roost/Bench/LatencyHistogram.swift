/// How often each latency occurred, in a fixed number of buckets: recording one costs a few instructions and no memory.
///
/// Values below 256 ns have buckets of their own; every further doubling is divided into 128 buckets of equal width, so
/// that a quantile is told to within 1 %. (The idea is that of HdrHistogram.)
struct LatencyHistogram {
    private var counts = [UInt64](repeating: 0, count: Self.bucketCount)
    /// How many latencies have been recorded.
    private(set) var count: UInt64 = 0
    /// The longest latency recorded, exactly, in nanoseconds.
    private(set) var maximum: UInt64 = 0

    private static let halfBits = 7
    private static let half: UInt64 = 1 << halfBits
    /// Some 68 seconds; what is longer is counted as this long.
    private static let longest: UInt64 = (1 << 36) - 1
    private static let bucketCount = bucket(of: longest) + 1

    /// Records one latency in nanoseconds.
    mutating func record(_ nanoseconds: UInt64) {
        counts[Self.bucket(of: min(nanoseconds, Self.longest))] += 1
        count += 1
        maximum = max(maximum, nanoseconds)
    }

    /// Adds what another histogram has recorded.
    mutating func add(_ other: LatencyHistogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
        count += other.count
        maximum = max(maximum, other.maximum)
    }

    /// The latency in nanoseconds that `fraction` (0 to 1) of all recorded ones do not exceed; 0 if there are none.
    func quantile(_ fraction: Double) -> UInt64 {
        let rank = max(1, UInt64((Double(count) * fraction).rounded(.up)))
        var seen: UInt64 = 0
        for index in counts.indices {
            seen += counts[index]
            if seen >= rank { return min(Self.upperBound(of: index), maximum) }
        }
        return maximum
    }

    private static func bucket(of nanoseconds: UInt64) -> Int {
        // The number of low bits that are dropped, so that 8 bits are left.
        let shift = max(0, UInt64.bitWidth - nanoseconds.leadingZeroBitCount - halfBits - 1)
        return shift << halfBits + Int(nanoseconds >> UInt64(shift))
    }

    /// The longest latency that falls into a bucket.
    private static func upperBound(of bucket: Int) -> UInt64 {
        let shift = UInt64(max(0, bucket >> halfBits - 1))
        let leading = UInt64(bucket) - shift << UInt64(halfBits)
        return (leading + 1) << shift - 1
    }
}
