import CChecksum
import Testing

@Suite struct ChecksumTests {
    typealias Function = (UInt32, UnsafeRawPointer?, Int) -> UInt32

    private func checksum(_ function: Function, _ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { function(0, $0.baseAddress, $0.count) }
    }

    @Test func `CRC-32C gives the values of RFC 3720, appendix B 4`() {
        let vectors: [([UInt8], UInt32)] = [
            ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
            ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
            ([UInt8](0..<32), 0x46dd_794e),
            ([UInt8](0..<32).reversed(), 0x113f_db5c),
            ([UInt8]("123456789".utf8), 0xe306_9283),
            ([], 0),
        ]
        for (bytes, expected) in vectors {
            #expect(checksum(cchecksum_crc32c, bytes) == expected)
            #expect(checksum(cchecksum_crc32c_portable, bytes) == expected)
        }
    }

    @Test func `instructions and tables agree for every length, alignment and split`() {
        var generator = SeededGenerator(1)
        let bytes = (0..<600).map { _ in UInt8.random(in: 0...255, using: &generator) }
        bytes.withUnsafeBytes { buffer in
            for start in 0..<9 {
                for count in 0..<256 {
                    let slice = UnsafeRawBufferPointer(rebasing: buffer[start..<start + count])
                    let whole = cchecksum_crc32c_portable(0, slice.baseAddress, count)
                    #expect(cchecksum_crc32c(0, slice.baseAddress, count) == whole)
                    let split = count / 3
                    let first = cchecksum_crc32c(0, slice.baseAddress, split)
                    let rest = slice.baseAddress.map { $0 + split }
                    #expect(cchecksum_crc32c(first, rest, count - split) == whole)
                }
            }
        }
    }
}
