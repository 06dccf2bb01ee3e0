import Protobuf

extension GoogleProtobufAny {
    /// What type URLs begin with, up to the full name of the type.
    public static let defaultURLPrefix = "type.googleapis.com/"

    /// An `Any` that holds `message`.
    ///
    /// - Parameter urlPrefix: What the type's URL begins with; a slash follows if it does not end with one.
    /// - Throws: A ``WireError`` if the message cannot be encoded.
    public init(
        packing message: some Protobuf.Message, urlPrefix: String = Self.defaultURLPrefix
    ) throws(WireError) {
        let slash = urlPrefix.hasSuffix("/") ? "" : "/"
        self.init(typeURL: urlPrefix + slash + type(of: message).fullName, value: try message.encodedBytes())
    }

    /// The full name of the type that it holds, which is what its URL ends with; nil if the URL has no slash.
    public var typeName: String? {
        guard let slash = typeURL.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return String(typeURL[typeURL.utf8.index(after: slash)...])
    }

    /// Whether it holds a message of this type.
    public func holds(_ type: (some Protobuf.Message).Type) -> Bool { typeName == type.fullName }

    /// The message that it holds; nil if that is of another type.
    ///
    /// - Throws: A ``WireError`` if the type is right and the bytes are no such message.
    public func unpacked<Value: Protobuf.Message>(
        as type: Value.Type = Value.self, limits: DecodingLimits = .default
    ) throws(WireError) -> Value? {
        guard holds(type) else { return nil }
        return try Value(decoding: value, limits: limits)
    }
}
