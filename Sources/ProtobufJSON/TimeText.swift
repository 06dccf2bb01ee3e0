/// What a `google.protobuf.Timestamp` or `Duration` holds, and how it is written: in RFC 3339 with `Z`, as
/// `1972-01-01T10:00:20.021Z`, and as seconds with an `s`, as `1.000340012s`.
struct TimeText {
    let seconds: Int64
    let nanoseconds: Int32

    private static let nanosecondsPerSecond: Int32 = 1_000_000_000
    /// From the beginning of the year 1 to the end of the year 9999, counted from 1970.
    private static let timestampSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
    /// About ten thousand years.
    private static let durationSeconds: ClosedRange<Int64> = -315_576_000_000...315_576_000_000

    /// Whether it can be a `Timestamp`.
    var isTimestamp: Bool {
        Self.timestampSeconds.contains(seconds) && nanoseconds >= 0 && nanoseconds < Self.nanosecondsPerSecond
    }

    /// Whether it can be a `Duration`: its two parts have the same sign.
    var isDuration: Bool {
        Self.durationSeconds.contains(seconds) && nanoseconds.magnitude < Self.nanosecondsPerSecond.magnitude
            && !(seconds < 0 && nanoseconds > 0) && !(seconds > 0 && nanoseconds < 0)
    }

    // MARK: Writing

    /// - Precondition: `isTimestamp`.
    var timestamp: String {
        let day = Int(seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400)
        let second = Int(seconds) - day * 86400
        let (year, month, dayOfMonth) = Self.date(ofDay: day)
        let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))"
        let (hour, minute) = (Self.padded(second / 3600, 2), Self.padded(second / 60 % 60, 2))
        return "\(date)T\(hour):\(minute):\(Self.padded(second % 60, 2))\(fraction)Z"
    }

    /// - Precondition: `isDuration`.
    var duration: String {
        let isNegative = seconds < 0 || nanoseconds < 0
        return "\(isNegative ? "-" : "")\(seconds.magnitude)\(fraction)s"
    }

    /// No, three, six or nine digits after a point, as many as are needed.
    private var fraction: String {
        if nanoseconds == 0 { return "" }
        let digits = Self.padded(Int(nanoseconds.magnitude), 9)
        if digits.hasSuffix("000000") { return ".\(digits.dropLast(6))" }
        if digits.hasSuffix("000") { return ".\(digits.dropLast(3))" }
        return ".\(digits)"
    }

    private static func padded(_ number: Int, _ count: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    // MARK: Reading

    /// Why a text is none of these.
    enum Fault: Error {
        case malformed, outOfRange
    }

    static func timestamp(_ text: [UInt8]) throws(Fault) -> TimeText {
        var rest = text[...]
        let year = try takeNumber(&rest, 4)
        try take("-", &rest)
        let month = try takeNumber(&rest, 2)
        try take("-", &rest)
        let day = try takeNumber(&rest, 2)
        try take("T", &rest)
        let hour = try takeNumber(&rest, 2)
        try take(":", &rest)
        let minute = try takeNumber(&rest, 2)
        try take(":", &rest)
        let second = try takeNumber(&rest, 2)
        let nanoseconds = try takeFraction(&rest)
        let offset = try takeOffset(&rest)
        guard rest.isEmpty, (1...12).contains(month), day >= 1, day <= dayCount(ofMonth: month, year), hour < 24,
            minute < 60, second < 60
        else { throw .malformed }
        let time = hour * 3600 + minute * 60 + second - offset
        let result = TimeText(
            seconds: Int64(dayNumber(year, month, day) * 86400 + time), nanoseconds: nanoseconds)
        guard result.isTimestamp else { throw .outOfRange }
        return result
    }

    static func duration(_ text: [UInt8]) throws(Fault) -> TimeText {
        var rest = text[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        let digits = rest.prefix { JSONNumber.isDigit($0) }
        if digits.isEmpty { throw .malformed }
        rest = rest[digits.endIndex...]
        let nanoseconds = try takeFraction(&rest)
        guard rest.elementsEqual("s".utf8) else { throw .malformed }
        guard let seconds = Int64(String(decoding: digits, as: UTF8.self)) else { throw .outOfRange }
        let result = TimeText(
            seconds: isNegative ? -seconds : seconds, nanoseconds: isNegative ? -nanoseconds : nanoseconds)
        guard result.isDuration else { throw .outOfRange }
        return result
    }

    private static func take(_ byte: Unicode.Scalar, _ text: inout ArraySlice<UInt8>) throws(Fault) {
        guard text.popFirst() == UInt8(ascii: byte) else { throw .malformed }
    }

    private static func takeNumber(_ text: inout ArraySlice<UInt8>, _ count: Int) throws(Fault) -> Int {
        let digits = text.prefix(count)
        guard digits.count == count, digits.allSatisfy({ JSONNumber.isDigit($0) }) else { throw .malformed }
        text = text[digits.endIndex...]
        return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    /// The nanoseconds that one to nine digits after a point say; none without a point.
    private static func takeFraction(_ text: inout ArraySlice<UInt8>) throws(Fault) -> Int32 {
        guard text.first == UInt8(ascii: ".") else { return 0 }
        text.removeFirst()
        let digits = text.prefix { JSONNumber.isDigit($0) }
        guard (1...9).contains(digits.count) else { throw .malformed }
        text = text[digits.endIndex...]
        let zeros = repeatElement(UInt8(ascii: "0"), count: 9 - digits.count)
        return (digits + zeros).reduce(0) { $0 * 10 + Int32($1) - 48 }
    }

    /// How many seconds the time is ahead of UTC.
    private static func takeOffset(_ text: inout ArraySlice<UInt8>) throws(Fault) -> Int {
        guard let sign = text.popFirst() else { throw .malformed }
        if sign == UInt8(ascii: "Z") { return 0 }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { throw .malformed }
        let hours = try takeNumber(&text, 2)
        try take(":", &text)
        let minutes = try takeNumber(&text, 2)
        guard hours < 24, minutes < 60 else { throw .malformed }
        let offset = hours * 3600 + minutes * 60
        return sign == UInt8(ascii: "+") ? offset : -offset
    }

    // MARK: The calendar

    // Years are counted from March here: then the day that only some of them have is the last one.

    /// How many days after 1970-01-01 a day is.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year + 399 : year + 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468 - 146_097
    }

    /// The date so many days after 1970-01-01.
    private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468 + 146_097
        let (cycle, dayOfCycle) = shifted.quotientAndRemainder(dividingBy: 146_097)
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = (cycle - 1) * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func dayCount(ofMonth month: Int, _ year: Int) -> Int {
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        if month == 2 { return isLeapYear ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}
