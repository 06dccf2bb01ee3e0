/// The storage of a field whose message contains, at some depth, the message that it belongs to.
@propertyWrapper
public struct Indirect<Value: Hashable & Sendable>: Hashable, Sendable {
    private final class Box: Sendable {
        let value: Value

        init(_ value: Value) {
            self.value = value
        }
    }

    private var box: Box?

    public init(wrappedValue: Value?) {
        box = wrappedValue.map { Box($0) }
    }

    public var wrappedValue: Value? {
        get { box?.value }
        set { box = newValue.map { Box($0) } }
    }

    public static func == (left: Indirect, right: Indirect) -> Bool {
        left.box === right.box || left.box?.value == right.box?.value
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(box?.value)
    }
}

/// An ``Indirect`` of whatever value.
protocol AnyIndirect {
    var anyValue: Any { get }
}

extension Indirect: AnyIndirect {
    var anyValue: Any { wrappedValue as Any }
}
