/// The paths of a `google.protobuf.FieldMask`: in JSON their names are in lowerCamelCase.
enum FieldPath {
    /// The path as JSON has it; nil if it would not be read as it was, for example `fooBar`, `foo__bar` or `foo_1`.
    static func camelCase(_ path: ArraySlice<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var rest = path
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "_"):
                guard let next = rest.popFirst(), isLowercase(next) else { return nil }
                result.append(next ^ 0x20)
            case UInt8(ascii: ","): return nil
            default:
                if isUppercase(byte) { return nil }
                result.append(byte)
            }
        }
        return result.isEmpty ? nil : result
    }

    /// The path as `.proto` files have it; nil if `camelCase` gives no such path.
    static func snakeCase(_ path: ArraySlice<UInt8>) -> [UInt8]? {
        if path.isEmpty || path.contains(UInt8(ascii: "_")) { return nil }
        return path.flatMap { isUppercase($0) ? [UInt8(ascii: "_"), $0 ^ 0x20] : [$0] }
    }

    private static func isLowercase(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
    private static func isUppercase(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }
}
