/// A JSON text that is being written.
struct JSONOutput {
    private(set) var text: [UInt8] = []
    /// By how many spaces members and elements are indented; nil for a text without any space.
    private let indentation: Int?
    private let depthMax: Int
    private var depth = 0
    /// Whether nothing stands yet in the innermost object or array.
    private var isEmpty = true

    init(indentation: Int?, depthMax: Int) {
        self.indentation = indentation
        self.depthMax = depthMax
    }

    mutating func beginObject() throws(JSONError) { try begin("{") }
    mutating func endObject() { end("}") }
    mutating func beginArray() throws(JSONError) { try begin("[") }
    mutating func endArray() { end("]") }

    /// What stands before an element of an array.
    mutating func element() {
        if !isEmpty { append(",") }
        isEmpty = false
        newLine()
    }

    /// What stands before the value of a member.
    mutating func member(_ name: ArraySlice<UInt8>) {
        element()
        string(name)
        append(indentation == nil ? ":" : ": ")
    }

    mutating func member(_ name: String) { member(ArraySlice(Array(name.utf8))) }

    private mutating func begin(_ bracket: StaticString) throws(JSONError) {
        if depth == depthMax { throw JSONError(.tooDeep(limit: depthMax)) }
        depth += 1
        append(bracket)
        isEmpty = true
    }

    private mutating func end(_ bracket: StaticString) {
        depth -= 1
        if !isEmpty { newLine() }
        append(bracket)
        isEmpty = false
    }

    private mutating func newLine() {
        guard let indentation else { return }
        append("\n")
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * indentation))
    }

    private mutating func append(_ ascii: StaticString) {
        text.append(contentsOf: UnsafeBufferPointer(start: ascii.utf8Start, count: ascii.utf8CodeUnitCount))
    }

    // MARK: Values

    /// A number, `true`, `false` or `null`.
    mutating func word(_ word: String) { text.append(contentsOf: word.utf8) }

    mutating func string(_ string: String) { self.string(ArraySlice(Array(string.utf8))) }

    /// A string in quotes, with the escapes that JSON demands and no other.
    ///
    /// - Parameter utf8: Valid UTF-8.
    mutating func string(_ utf8: ArraySlice<UInt8>) {
        append("\"")
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x08: append("\\b")
            case 0x09: append("\\t")
            case 0x0A: append("\\n")
            case 0x0C: append("\\f")
            case 0x0D: append("\\r")
            case ..<0x20:
                append("\\u00")
                text.append(UInt8(ascii: "0") + byte >> 4)
                text.append(Array("0123456789abcdef".utf8)[Int(byte & 0xF)])
            default: text.append(byte)
            }
        }
        append("\"")
    }

    /// The shortest text that gives the same number when it is read; infinities and NaN as strings.
    mutating func floating<Value: BinaryFloatingPoint & CustomStringConvertible>(_ value: Value) {
        if value.isNaN { return string("NaN") }
        if value.isInfinite { return string(value < 0 ? "-Infinity" : "Infinity") }
        let digits = value.description
        // Many parsers take `-0` for an integer, which has no negative zero.
        word(digits.hasSuffix(".0") && digits != "-0.0" ? String(digits.dropLast(2)) : digits)
    }
}
