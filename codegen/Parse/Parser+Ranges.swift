// Ranges of numbers, and reserved names.

/// Where a `reserved` statement leads.
struct ReservedTarget {
    var ranges: DescriptorPath
    var names: DescriptorPath
    var limits: ClosedRange<Int>
    /// What the word `max` stands for.
    var max: Int
}

extension Parser {
    mutating func readExtensionRanges(
        _ path: DescriptorPath, count: Int
    ) throws(SyntaxError) -> [RangeSyntax] {
        let place = begin(path)
        advance()
        var ranges: [RangeSyntax] = []
        repeat {
            let position = Int32(count + ranges.count)
            let limits = 1...Int(Int32.max) - 1
            ranges.append(try readRange(path + [position], limits: limits, max: Self.largestFieldNumber))
        } while take(",")
        if at("[") { try readRangeOptions(path, count: count, of: &ranges) }
        try expectStatementEnd(place)
        return ranges
    }

    /// The options of several ranges. They are written once; each range has locations of its own for them.
    private mutating func readRangeOptions(
        _ path: DescriptorPath, count: Int, of ranges: inout [RangeSyntax]
    ) throws(SyntaxError) {
        let first = file.locations.count
        let options = try readBracketOptions([])
        let locations = file.locations[first...]
        file.locations.removeSubrange(first...)
        for index in ranges.indices {
            let base = file.locations.count
            for var location in locations {
                location.path = path + [Int32(count + index), PathPart.Range.options]
                file.locations.append(location)
            }
            ranges[index].options = options.map { option in
                var option = option
                option.places = option.places.map { $0 - first + base }
                return option
            }
        }
    }

    /// `reserved 1, 3 to 5;`, or `reserved "a", "b";`, in editions `reserved a, b;`
    mutating func readReserved(
        _ target: ReservedTarget, ranges: inout [RangeSyntax], names: inout [Name]
    ) throws(SyntaxError) {
        let start = current.range
        advance()
        if current.kind == .identifier || current.kind == .string {
            return try readReservedNames(target, start, &names)
        }
        let place = begin(target.ranges, at: start)
        repeat {
            let position = Int32(ranges.count)
            ranges.append(try readRange(target.ranges + [position], limits: target.limits, max: target.max))
        } while take(",")
        try expectStatementEnd(place)
    }

    private mutating func readReservedNames(
        _ target: ReservedTarget, _ start: SourceRange, _ names: inout [Name]
    ) throws(SyntaxError) {
        let isQuoted = current.kind == .string
        if isQuoted != file.edition.isSyntax {
            let rule = isQuoted ? "in editions a reserved name has no quotes" : "a reserved name must be in quotes"
            throw SyntaxError(message: rule, range: current.range)
        }
        let place = begin(target.names, at: start)
        repeat {
            let inner = begin(target.names + [Int32(names.count)])
            if isQuoted {
                let (value, range) = try expectString("a name in quotes")
                names.append(Name(text: String(decoding: value, as: UTF8.self), range: range))
            } else {
                names.append(try expectIdentifier("a name"))
            }
            end(inner)
        } while take(",")
        try expectStatementEnd(place)
    }

    /// - Parameter max: What the word `max` stands for.
    private mutating func readRange(
        _ path: DescriptorPath, limits: ClosedRange<Int>, max: Int
    ) throws(SyntaxError) -> RangeSyntax {
        let place = begin(path)
        let firstPlace = begin(path + [PathPart.Range.start])
        let first = try expectInteger("a number", in: limits, signed: true)
        end(firstPlace)
        var last = first
        var isOpen = false
        if take("to") {
            let lastPlace = begin(path + [PathPart.Range.end])
            if at("max") {
                isOpen = true
                last = Number(value: max, range: current.range)
                advance()
            } else {
                last = try expectInteger("a number or 'max'", in: limits, signed: true)
            }
            end(lastPlace)
        } else {
            record(path + [PathPart.Range.end], first.range)
        }
        end(place)
        let range = first.range.joined(last.range)
        if last.value < first.value { report("the range ends before it begins", range) }
        return RangeSyntax(first: first.value, last: Swift.max(first.value, last.value), isOpen: isOpen, range: range)
    }
}
