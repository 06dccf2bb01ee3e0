/// What a path may be: `/` alone, or components of 1 to 255 bytes of UTF-8 without control characters, each after a
/// `/`; `.` and `..` are no components.
enum PathRules {
    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    /// The first rule that the path breaks, going from left to right; nil if it is fine.
    static func fault(in path: UnsafeRawBufferPointer, limits: Limits) -> StateError? {
        guard path.count > 0 else { return invalid("the path is empty") }
        guard path[0] == slash else { return invalid("the path \(quoted(path)) is not absolute: it must begin with /") }
        if path.count == 1 { return nil }
        guard path.count <= limits.pathBytesMax else {
            return invalid(
                "the path has \(path.count) bytes; the limit path_bytes_max is \(limits.pathBytesMax)",
                limit: "path_bytes_max", limits.pathBytesMax)
        }
        var components = 0
        var start = 1
        var index = 1
        while true {
            if index == path.count || path[index] == slash {
                components += 1
                if let fault = faultOfComponent(path, start, index) { return fault }
                if index == path.count { break }
                start = index + 1
                index = start
                continue
            }
            let byte = path[index]
            if byte >= 0x20 && byte < 0x7f {
                index += 1
                continue
            }
            guard let scalar = Scalar(path, at: index) else {
                return invalid("the path is no valid UTF-8: see byte \(index)")
            }
            if scalar.isControl {
                return invalid("the path has a control character (\(hexadecimal(scalar.value))) at byte \(index)")
            }
            index += scalar.count
        }
        guard components <= limits.pathComponentsMax else {
            return invalid(
                "the path has \(components) components; the limit path_components_max is \(limits.pathComponentsMax)",
                limit: "path_components_max", limits.pathComponentsMax)
        }
        return nil
    }

    private static func faultOfComponent(_ path: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> StateError? {
        let count = end - start
        if count == 0 {
            return end == path.count
                ? invalid("the path \(quoted(path)) ends with /")
                : invalid("the path \(quoted(path)) has an empty component at byte \(start)")
        }
        if path[start] == dot && (count == 1 || (count == 2 && path[start + 1] == dot)) {
            return invalid("the path \(quoted(path)) has the component \(count == 1 ? "." : "..")")
        }
        guard count <= Limits.componentBytesMax else {
            return invalid(
                "the path has a component of \(count) bytes at byte \(start); at most "
                    + "\(Limits.componentBytesMax) are allowed",
                limit: "component_bytes_max", Limits.componentBytesMax)
        }
        return nil
    }

    private static func invalid(_ message: String) -> StateError {
        StateError(.invalidArgument, .invalidPath, message)
    }

    private static func invalid(_ message: String, limit: String, _ value: Int) -> StateError {
        StateError(.invalidArgument, .invalidPath, message, [.init("limit", limit), .init("value", "\(value)")])
    }

    /// The path for a message, cut where it is long. Equal on all members: such messages are remembered.
    static func quoted(_ path: UnsafeRawBufferPointer) -> String {
        var count = min(path.count, 128)
        // Not in the middle of a character.
        while count < path.count, count > 0, path[count] & 0xc0 == 0x80 { count -= 1 }
        let shown = path.prefix(count)
        let text = String(decoding: shown, as: UTF8.self)
        return shown.count < path.count ? "`\(text)...`" : "`\(text)`"
    }

    static func quoted(_ path: String) -> String { path.withUTF8Bytes { quoted($0) } }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// A scalar value in UTF-8, as RFC 3629, section 4, allows it: shortest form, no surrogates, at most U+10FFFF.
    private struct Scalar {
        var value: UInt32
        var count: Int

        init?(_ bytes: UnsafeRawBufferPointer, at index: Int) {
            let first = bytes[index]
            let minimum: UInt32
            switch first {
            case 0x00...0x7f: (value, count, minimum) = (UInt32(first), 1, 0)
            case 0xc2...0xdf: (value, count, minimum) = (UInt32(first & 0x1f), 2, 0x80)
            case 0xe0...0xef: (value, count, minimum) = (UInt32(first & 0x0f), 3, 0x800)
            case 0xf0...0xf4: (value, count, minimum) = (UInt32(first & 0x07), 4, 0x1_0000)
            default: return nil
            }
            guard index + count <= bytes.count else { return nil }
            for offset in 1..<max(1, count) {
                let next = bytes[index + offset]
                guard next & 0xc0 == 0x80 else { return nil }
                value = value << 6 | UInt32(next & 0x3f)
            }
            guard value >= minimum, value <= 0x10_ffff, !(0xd800...0xdfff).contains(value) else { return nil }
        }

        /// Unicode's category Cc: C0, DEL and C1.
        var isControl: Bool { value < 0x20 || (0x7f...0x9f).contains(value) }
    }
}
