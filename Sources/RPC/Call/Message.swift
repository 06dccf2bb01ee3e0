/// What the typed layer needs of a message. Replaced by the codec's protocol of the same name.
public protocol Message: Sendable {
    /// Decodes a whole message.
    init(decoding buffer: UnsafeRawBufferPointer) throws
    /// Lends the encoded message to `body`.
    func withEncoded<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
}
