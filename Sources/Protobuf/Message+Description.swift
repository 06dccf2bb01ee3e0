extension Message {
    /// The type and the fields that are set, for people to read; the same in every process.
    public var debugDescription: String {
        var parts: [String] = []
        for (label, value) in Mirror(reflecting: self).children {
            guard var label else { continue }
            // The storage of a boxed field is a property wrapper's.
            if label.hasPrefix("_"), value is any AnyIndirect { label.removeFirst() }
            if let unknown = value as? UnknownFields {
                if !unknown.isEmpty { parts.append("\(unknown.count) unknown") }
            } else if let text = describe(value, isNested: false) {
                parts.append("\(label): \(text)")
            }
        }
        return "\(Self.fullName)(\(parts.joined(separator: ", ")))"
    }
}

/// A field's value as text; nil where it is not set.
private func describe(_ value: Any, isNested: Bool) -> String? {
    if let boxed = value as? any AnyIndirect { return describe(boxed.anyValue, isNested: isNested) }
    if let field = value as? any FieldValue {
        if !isNested, field.isDefault { return nil }
        if let message = field as? any Message { return message.debugDescription }
        if let string = field as? String { return String(reflecting: string) }
        return "\(field)"
    }
    let mirror = Mirror(reflecting: value)
    let children = mirror.children
    switch mirror.displayStyle {
    case .optional:
        return children.first.flatMap { describe($0.value, isNested: true) }
    case .collection:
        if children.isEmpty { return nil }
        return "[\(children.map { describe($0.value, isNested: true) ?? "" }.joined(separator: ", "))]"
    case .dictionary:
        if children.isEmpty { return nil }
        // A dictionary's own order differs from process to process.
        let pairs = children.map { pair in
            Mirror(reflecting: pair.value).children.map { describe($0.value, isNested: true) ?? "" }
                .joined(separator: ": ")
        }
        return "[\(pairs.sorted().joined(separator: ", "))]"
    case .enum:
        // The member of a oneof that is set.
        return children.first.map { "\($0.label ?? "")(\(describe($0.value, isNested: true) ?? ""))" } ?? "\(value)"
    default:
        return "\(value)"
    }
}
