import CProtobuf

/// The message types of one `.proto` file, as the C shim knows them. Generated code makes one for each file, once.
public struct FileLayout: @unchecked Sendable {
    // Proof of `@unchecked Sendable`: `cpb_build` finishes the memory before this value exists; it is never written
    // again and never freed.
    @usableFromInline let types: UnsafePointer<cpb_type>

    /// - Parameters:
    ///   - words: The table described at `cpb_build`.
    ///   - names: One line a message: its full name and its fields' names.
    ///   - imports: The types of other files that this file's fields refer to.
    public init(words: [UInt32], names: StaticString, imports: [MessageLayout] = []) {
        let pointers = imports.map { Optional($0.type) }
        types = names.withUTF8Buffer { text in
            words.withUnsafeBufferPointer { words in
                pointers.withUnsafeBufferPointer { pointers in
                    text.withMemoryRebound(to: CChar.self) { text in
                        cpb_build(
                            words.baseAddress, words.count, text.baseAddress, text.count, pointers.baseAddress,
                            pointers.count)
                    }
                }
            }
        }
    }

    /// The type at a position in the file's table.
    @inlinable public subscript(index: Int) -> MessageLayout { MessageLayout(types + index) }
}

/// A message type, as the C shim knows it.
public struct MessageLayout: @unchecked Sendable {
    // Proof of `@unchecked Sendable`: see FileLayout.
    @usableFromInline let type: UnsafePointer<cpb_type>

    @inlinable init(_ type: UnsafePointer<cpb_type>) {
        self.type = type
    }

    /// The size of the C struct, in bytes.
    @inlinable var size: Int { type.pointee.descriptor.sizeof_message }

    /// The name of the field with this number.
    func fieldName(_ number: UInt32) -> String? {
        cpb_field_name(type, number).map { String(cString: $0) }
    }

    /// The full name of the message type.
    var fullName: String { String(cString: type.pointee.descriptor.name) }
}
