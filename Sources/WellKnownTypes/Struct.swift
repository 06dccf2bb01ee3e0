import Protobuf

// Literals: `let value: GoogleProtobufValue = ["name": "a", "sizes": [1, 2.5, nil], "isOpen": true]`.

extension GoogleProtobufValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// JSON's null.
    public static let null = Self(kind: .nullValue(.nullValue))

    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self.init(value) }
    public init(integerLiteral value: Int32) { self.init(Double(value)) }
    public init(floatLiteral value: Double) { self.init(value) }
    public init(stringLiteral value: String) { self.init(value) }
    public init(arrayLiteral elements: Self...) { self.init(GoogleProtobufListValue(values: elements)) }

    /// An object; of two members with one name the last one counts.
    public init(dictionaryLiteral elements: (String, Self)...) {
        self.init(GoogleProtobufStruct(fields: Dictionary(elements) { _, last in last }))
    }

    public init(_ value: Bool) { self.init(kind: .boolValue(value)) }
    public init(_ value: Double) { self.init(kind: .numberValue(value)) }
    public init(_ value: String) { self.init(kind: .stringValue(value)) }
    public init(_ value: GoogleProtobufStruct) { self.init(kind: .structValue(value)) }
    public init(_ value: GoogleProtobufListValue) { self.init(kind: .listValue(value)) }

    /// Whether it is JSON's null. A value of no kind is not: it is nothing.
    public var isNull: Bool { if case .nullValue? = kind { true } else { false } }
    /// The boolean; nil if it is none. The same for the properties below.
    public var bool: Bool? { if case .boolValue(let value)? = kind { value } else { nil } }
    public var number: Double? { if case .numberValue(let value)? = kind { value } else { nil } }
    public var string: String? { if case .stringValue(let value)? = kind { value } else { nil } }
    public var list: [Self]? { if case .listValue(let value)? = kind { value.values } else { nil } }
    public var object: GoogleProtobufStruct? { if case .structValue(let value)? = kind { value } else { nil } }

    /// The member of an object; nil if it has none of this name, or is no object.
    public subscript(name: String) -> Self? { object?.fields[name] }
}

extension GoogleProtobufStruct: ExpressibleByDictionaryLiteral {
    /// Of two members with one name the last one counts.
    public init(dictionaryLiteral elements: (String, GoogleProtobufValue)...) {
        self.init(fields: Dictionary(elements) { _, last in last })
    }

    /// The member of this name. Setting nil removes it; JSON's null is ``GoogleProtobufValue/null``.
    public subscript(name: String) -> GoogleProtobufValue? {
        get { fields[name] }
        set { fields[name] = newValue }
    }
}

extension GoogleProtobufListValue: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: GoogleProtobufValue...) { self.init(values: elements) }
}

extension GoogleProtobufFieldMask: ExpressibleByArrayLiteral {
    /// The paths, named as in the `.proto` file.
    public init(arrayLiteral paths: String...) { self.init(paths: paths) }
}
