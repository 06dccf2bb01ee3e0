/// A `.proto` file that is described in the program: what server reflection tells. Generated code makes them.
public struct FileDescriptor: Sendable {
    /// The path by which other files import it, for example `roost/v1/store.proto`.
    public let name: String
    /// The names of the files that it imports.
    public let dependencies: [String]
    private let text: StaticString

    /// - Parameter text: The encoded `google.protobuf.FileDescriptorProto`, each byte as the Unicode scalar of its
    ///   value: a literal that costs nothing to compile, to load or to have.
    public init(name: String, dependencies: [String], text: StaticString) {
        self.name = name
        self.dependencies = dependencies
        self.text = text
    }

    /// The encoded `google.protobuf.FileDescriptorProto`, without source info.
    public var encoded: [UInt8] {
        text.withUTF8Buffer { utf8 in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(utf8.count)
            var position = 0
            while position < utf8.count {
                // Of a scalar from 0x80 to 0xFF, UTF-8 puts the upper two bits into a first byte, 0xC2 or 0xC3.
                let isWide = utf8[position] >= 0x80 && position + 1 < utf8.count
                bytes.append(isWide ? utf8[position] << 6 | utf8[position + 1] & 0x3F : utf8[position])
                position += isWide ? 2 : 1
            }
            return bytes
        }
    }
}
