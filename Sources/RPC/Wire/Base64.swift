import ByteString

/// Base64 as gRPC wants it: written without padding, read with or without.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xff, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        // The URL-safe alphabet is not ours to write, but some clients do.
        values[Int(UInt8(ascii: "-"))] = 62
        values[Int(UInt8(ascii: "_"))] = 63
        return values
    }()

    static func encode(_ bytes: Bytes) -> String {
        // Every group of three bytes, and what is left of one, becomes one digit more than it has bytes; all are ASCII.
        String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { output in
            bytes.withUnsafeBytes { encode($0, into: output) }
        }
    }

    private static func encode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var written = 0
        var at = 0
        while at < input.count {
            let count = min(3, input.count - at)
            var group = UInt32(input[at]) << 16
            if count > 1 { group |= UInt32(input[at + 1]) << 8 }
            if count > 2 { group |= UInt32(input[at + 2]) }
            for digit in 0...count {
                output[written] = alphabet[Int(group >> (18 - 6 * UInt32(digit))) & 63]
                written += 1
            }
            at += count
        }
        return written
    }

    /// Nil if `text` is not base64.
    static func decode(_ text: UnsafeRawBufferPointer) -> Bytes? {
        var length = text.count
        while length > 0, text.count - length < 2, text[length - 1] == UInt8(ascii: "=") { length -= 1 }
        guard length % 4 != 1 else { return nil }
        var isValid = true
        let bytes = Bytes(count: length * 3 / 4) { output in
            var group: UInt32 = 0
            var bits = 0
            var written = 0
            for at in 0..<length {
                let value = values[Int(text[at])]
                if value == 0xff { isValid = false }
                group = group << 6 | UInt32(value & 63)
                bits += 6
                if bits >= 8 {
                    bits -= 8
                    output[written] = UInt8(truncatingIfNeeded: group >> UInt32(bits))
                    written += 1
                }
            }
        }
        return isValid && (length > 0 || text.isEmpty) ? bytes : nil
    }
}
