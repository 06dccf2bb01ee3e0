import Protobuf

// A wrapper is a number or text whose absence can be told from its default: `request.limit = 5`.

extension GoogleProtobufDoubleValue: ExpressibleByFloatLiteral {
    public init(_ value: Double) { self.init(value: value) }
    public init(floatLiteral value: Double) { self.init(value: value) }
}

extension GoogleProtobufFloatValue: ExpressibleByFloatLiteral {
    public init(_ value: Float) { self.init(value: value) }
    public init(floatLiteral value: Float) { self.init(value: value) }
}

extension GoogleProtobufInt64Value: ExpressibleByIntegerLiteral {
    public init(_ value: Int64) { self.init(value: value) }
    public init(integerLiteral value: Int64) { self.init(value: value) }
}

extension GoogleProtobufUInt64Value: ExpressibleByIntegerLiteral {
    public init(_ value: UInt64) { self.init(value: value) }
    public init(integerLiteral value: UInt64) { self.init(value: value) }
}

extension GoogleProtobufInt32Value: ExpressibleByIntegerLiteral {
    public init(_ value: Int32) { self.init(value: value) }
    public init(integerLiteral value: Int32) { self.init(value: value) }
}

extension GoogleProtobufUInt32Value: ExpressibleByIntegerLiteral {
    public init(_ value: UInt32) { self.init(value: value) }
    public init(integerLiteral value: UInt32) { self.init(value: value) }
}

extension GoogleProtobufBoolValue: ExpressibleByBooleanLiteral {
    public init(_ value: Bool) { self.init(value: value) }
    public init(booleanLiteral value: Bool) { self.init(value: value) }
}

extension GoogleProtobufStringValue: ExpressibleByStringLiteral {
    public init(_ value: String) { self.init(value: value) }
    public init(stringLiteral value: String) { self.init(value: value) }
}

extension GoogleProtobufBytesValue {
    public init(_ value: Bytes) { self.init(value: value) }
}
