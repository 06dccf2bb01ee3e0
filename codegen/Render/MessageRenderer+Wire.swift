// The part of a message that moves its fields into and out of its C struct: one simple statement a field.
extension MessageRenderer {
    func oneof(_ position: Int, to source: inout SourceText) {
        source.line()
        source.documentation(message.oneofs[position].comment)
        let name = names.oneofName(position, of: message)
        source.block("public enum \(name): Swift.Hashable, Swift.Sendable") { source in
            for index in oneofMembers[position] {
                let field = message.fields[index]
                source.documentation(field.comment, isDeprecated: field.isDeprecated)
                let indirect = self.index.isRecursive(field, of: message) ? "indirect " : ""
                source.line("\(indirect)case \(Reserved.quoted(members.fields[index]))(\(type(field.type)))")
            }
        }
    }

    func wire(to source: inout SourceText) {
        source.line()
        source.line("public static var fullName: Swift.String { \"\(message.fullName)\" }")
        let position = table.position(of: message.fullName)
        source.line("public static var layout: Protobuf.MessageLayout { _FileLayout.file[\(position)] }")
        source.line()
        source.block(
            "public func write(to record: Swift.UnsafeMutableRawPointer, _ writer: inout Protobuf.MessageWriter)"
        ) { source in
            let hasDelimited = message.fields.contains { $0.type.isDelimited }
            if hasDelimited { source.line("var delimited = Protobuf.DelimitedMessages()") }
            for property in order { write(property, to: &source) }
            source.line("writer.unknown(self.unknownFields, \(hasDelimited ? "delimited, " : "")record)")
        }
        source.line()
        source.block(
            "public mutating func read(from record: Swift.UnsafeRawPointer, _ reader: inout Protobuf.MessageReader)"
        ) { source in
            for property in order { read(property, to: &source) }
            source.line("reader.unknown(record, into: &self.unknownFields)")
            for (position, field) in message.fields.enumerated() where field.label == .required {
                let value = "self.\(Reserved.quoted(members.fields[position]))"
                source.line("if \(value) == nil { reader.missing(\"\(field.name)\", of: \"\(message.fullName)\") }")
            }
        }
    }

    private func write(_ property: Property, to source: inout SourceText) {
        switch property {
        case .oneof(let position): writeOneof(position, to: &source)
        case .field(let position):
            let field = message.fields[position]
            let value = "self.\(Reserved.quoted(members.fields[position]))"
            if field.label == .required {
                source.line(
                    "if \(value) == nil { writer.missing(\"\(field.name)\", of: \"\(message.fullName)\") }")
            }
            if field.type.isDelimited {
                let place = layout.places[position]
                let slot = field.label == .repeated ? "count: \(place.quantifier)" : "at: \(place.value)"
                source.line("writer.delimited(\(value), \(field.number), &delimited, record, \(slot))")
            } else {
                source.line("writer.\(verb(position))(\(value), record, \(places(position)))")
            }
        }
    }

    private func read(_ property: Property, to source: inout SourceText) {
        switch property {
        case .oneof(let position): readOneof(position, to: &source)
        case .field(let position):
            let value = "self.\(Reserved.quoted(members.fields[position]))"
            if index.isRecursive(message.fields[position], of: message) {
                source.line("\(value) = reader.\(verb(position))(record, \(readPlaces(position)))")
            } else {
                source.line("reader.\(verb(position))(record, \(readPlaces(position)), into: &\(value))")
            }
        }
    }

    /// The method of the writer, and of the reader, that moves the field.
    private func verb(_ position: Int) -> String {
        let field = message.fields[position]
        if index.mapEntry(of: field) != nil { return "map" }
        if field.label == .repeated { return "repeated" }
        if field.type.isMessage { return "message" }
        return field.hasPresence ? "optional" : "implicit"
    }

    private func places(_ position: Int) -> String {
        let field = message.fields[position]
        let place = layout.places[position]
        if let entry = index.mapEntry(of: field) {
            let inner = StructLayout(entry)
            let key = inner.places[0]
            let value = inner.places[1]
            return "count: \(place.quantifier), at: \(place.value), entry: Protobuf.MapEntry("
                + "_FileLayout.file[\(table.position(of: entry.fullName))], hasKey: \(key.quantifier), "
                + "key: \(key.value), hasValue: \(value.quantifier), value: \(value.value))"
        }
        if field.label == .repeated { return "count: \(place.quantifier), at: \(place.value)" }
        if field.type.isMessage { return "at: \(place.value)" }
        return "has: \(place.quantifier), at: \(place.value)"
    }

    private func readPlaces(_ position: Int) -> String {
        verb(position) == "implicit" ? "at: \(layout.places[position].value)" : places(position)
    }

    private func writeOneof(_ position: Int, to source: inout SourceText) {
        source.line("switch self.\(Reserved.quoted(members.oneofs[position])) {")
        for member in oneofMembers[position] {
            let place = layout.places[member]
            let number = message.fields[member].number
            source.line("case .\(Reserved.quoted(members.fields[member]))(let value):")
            if message.fields[member].type.isDelimited {
                source.line("    writer.choose(0, record, case: \(place.quantifier))")
                source.line("    writer.delimited(value, \(number), &delimited)")
                continue
            }
            source.line("    writer.choose(\(number), record, case: \(place.quantifier))")
            source.line("    writer.store(value, record, at: \(place.value))")
        }
        let places = oneofMembers[position].first.map { layout.places[$0] }
        source.line("case nil:")
        source.line("    writer.choose(0, record, case: \(places?.quantifier ?? 0))")
        source.line("}")
    }

    private func readOneof(_ position: Int, to source: inout SourceText) {
        let property = Reserved.quoted(members.oneofs[position])
        let places = oneofMembers[position].first.map { layout.places[$0] }
        source.line("switch reader.chosen(record, case: \(places?.quantifier ?? 0)) {")
        for member in oneofMembers[position] {
            let name = Reserved.quoted(members.fields[member])
            let place = layout.places[member]
            source.line(
                "case \(message.fields[member].number): "
                    + "self.\(property) = .\(name)(reader.value(record, at: \(place.value)))")
        }
        source.line("default: break")
        source.line("}")
    }
}
