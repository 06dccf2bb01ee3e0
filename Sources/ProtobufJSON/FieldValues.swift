import Protobuf

/// The fields of an encoded message by what they are in its type: what decoding means, without a Swift type.
struct FieldValues {
    /// The positions of the fields that are set, in order, each with the values that count: one of a singular field,
    /// and of a repeated one also whole runs of packed values.
    private(set) var fields: [(position: Int, values: [WireValue])] = []

    /// - Throws: What is wrong with the bytes.
    init(_ message: ArraySlice<UInt8>, of type: MessageType, in schema: Schema) throws(WireError.Malformation) {
        var found: [(position: Int, value: WireValue)] = []
        // Of the members of a oneof only the one that was set last counts, with what was merged into it since.
        var chosen = [(position: Int, since: Int)?](repeating: nil, count: type.oneofs.count)
        var records = try WireScanner.records(of: message)
        if type.isMessageSet { records = try MessageSet.fields(of: records) }
        for record in records {
            guard let position = type.fieldByNumber[record.number] else { continue }
            let field = type.fields[position]
            let values = try field.values(of: record.value, in: schema)
            if let oneof = field.oneof, !values.isEmpty {
                if chosen[oneof]?.position != position { chosen[oneof] = (position, found.count) }
            }
            for value in values { found.append((position, value)) }
        }
        for index in Self.inOrder(found) {
            let (position, value) = found[index]
            let field = type.fields[position]
            if let oneof = field.oneof, let now = chosen[oneof], now.position != position || now.since > index {
                continue
            }
            if fields.last?.position == position {
                fields[fields.count - 1].values.append(value)
            } else {
                fields.append((position, [value]))
            }
        }
        for index in fields.indices {
            let field = type.fields[fields[index].position]
            if field.cardinality == .singular { fields[index].values = [field.merged(fields[index].values)] }
        }
        // Zero is no value of a field without presence, whoever has written it.
        fields.removeAll { !type.fields[$0.position].isSet($0.values) }
    }

    /// The indices of values, by fields; those of one field stay in their order.
    private static func inOrder(_ found: [(position: Int, value: WireValue)]) -> [Int] {
        found.indices.sorted { (found[$0].position, $0) < (found[$1].position, $1) }
    }
}

extension Field {
    /// The values that a record adds to the field: none if it does not fit it. Packed values stay together, for each of
    /// them takes much more memory than its byte or two on the wire.
    func values(of value: WireValue, in schema: Schema) throws(WireError.Malformation) -> [WireValue] {
        switch (value, kind.wireType) {
        case (.varint(let number), 0):
            return isKnown(number, in: schema) ? [value] : []
        case (.fixed64, 1), (.fixed32, 5): return [value]
        case (.delimited, 2): return isDelimited ? [] : [value]
        case (.group(let bytes), 2): return isDelimited ? [.delimited(bytes)] : []
        case (.delimited(let bytes), let wireType) where cardinality == .repeated:
            guard case .enumeration(let position) = kind, schema.enums[position].isClosed else {
                return bytes.isEmpty ? [] : [value]
            }
            var scanner = WireScanner(bytes)
            var known: [WireValue] = []
            while let value = try scanner.takePacked(wireType: wireType) {
                if case .varint(let number) = value, isKnown(number, in: schema) { known.append(value) }
            }
            return known
        default: return []
        }
    }

    /// Whether a closed enum has the number.
    private func isKnown(_ number: UInt64, in schema: Schema) -> Bool {
        guard case .enumeration(let position) = kind, schema.enums[position].isClosed else { return true }
        return schema.enums[position].names[Int32(truncatingIfNeeded: number)] != nil
    }

    fileprivate func isSet(_ values: [WireValue]) -> Bool {
        hasPresence || cardinality != .singular || !values[0].isDefault
    }

    /// The last value counts, but messages are merged: that is what one after the other means.
    fileprivate func merged(_ values: [WireValue]) -> WireValue {
        guard values.count > 1, case .message = kind else { return values[values.count - 1] }
        var whole: [UInt8] = []
        for case .delimited(let part) in values { whole += part }
        return .delimited(whole[...])
    }
}
