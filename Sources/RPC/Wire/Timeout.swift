/// The value of `grpc-timeout`: at most eight digits and a unit, never less than `nanoseconds`.
enum Timeout {
    static func encode(nanoseconds: Int64) -> String {
        let digitsMax: Int64 = 99_999_999
        let units: [(Int64, String)] = [
            (1, "n"), (1_000, "u"), (1_000_000, "m"), (1_000_000_000, "S"), (60_000_000_000, "M"),
        ]
        let time = max(nanoseconds, 1)
        for (unit, letter) in units where (time - 1) / unit + 1 <= digitsMax {
            return "\((time - 1) / unit + 1)\(letter)"
        }
        return "\(min((time - 1) / 3_600_000_000_000 + 1, digitsMax))H"
    }
}

extension Duration {
    /// Whole nanoseconds, at most about 73 years: deadlines beyond that are never reached.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let limit = Int64.max / 4
        guard seconds < limit / 1_000_000_000 else { return limit }
        guard seconds > -limit / 1_000_000_000 else { return -limit }
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
