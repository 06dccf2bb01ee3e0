// Fields: plain ones, groups and maps.

/// The beginning of a field, up to its type.
private struct FieldStart {
    var path: DescriptorPath
    var place: Place
    var label: FieldSyntax.Label?
    var comment: [String]
}

extension Parser {
    mutating func readField(
        _ fieldPlace: FieldPlace, _ path: DescriptorPath, _ scope: DefinitionScope, extendee: SourceRange? = nil,
        definitions: inout DefinitionsSyntax
    ) throws(SyntaxError) -> FieldSyntax {
        let start = current.range
        var field = FieldStart(path: path, place: begin(path), comment: comment)
        if let extendee { record(path + [PathPart.Field.extendee], extendee) }
        field.label = readLabel(path)
        if case .oneof = fieldPlace, field.label != nil {
            report("a field of a oneof has no label", start)
            field.label = nil
        }
        var result: FieldSyntax
        if at("map"), matches(next, "<") {
            if field.label != nil { report("a map field has no label", start) }
            result = try readMapField(field, fieldPlace, definitions: &definitions)
        } else {
            checkLabel(field.label, fieldPlace, start)
            if at("group"), next.kind == .identifier {
                result = try readGroup(field, scope, definitions: &definitions)
            } else {
                result = try readPlainField(field)
            }
        }
        if case .oneof(let index) = fieldPlace { result.oneofIndex = index }
        return result
    }

    private mutating func readLabel(_ path: DescriptorPath) -> FieldSyntax.Label? {
        // `optional`, `required` and `repeated` are labels wherever a type could follow; `Optional x = 1` is not one.
        guard current.kind == .identifier, let label = FieldSyntax.Label(rawValue: text(current)) else { return nil }
        guard !matches(next, "=") else { return nil }
        record(path + [PathPart.Field.label], current.range)
        advance()
        return label
    }

    private func checkLabel(_ label: FieldSyntax.Label?, _ place: FieldPlace, _ start: SourceRange) {
        if case .oneof = place { return }
        if !file.edition.isSyntax, label == .optional {
            report("editions have no label 'optional': a field has presence unless it is given up", start)
        } else if !file.edition.isSyntax, label == .required {
            report("editions have no label 'required'; set features.field_presence = LEGACY_REQUIRED", start)
        } else if label == nil, file.edition == .proto2 {
            report("a proto2 field needs a label: optional, required or repeated", current.range)
        }
    }

    private mutating func readPlainField(_ start: FieldStart) throws(SyntaxError) -> FieldSyntax {
        let place = begin(start.path)
        let typeName = try expectTypeName("a field's type")
        let type = fieldType(typeName)
        var part = PathPart.Field.type
        if case .named = type { part = PathPart.Field.typeName }
        file.locations[place].path.append(part)
        end(place)
        let name = try readName(start.path + [PathPart.Field.name], "a field's name")
        let number = try readFieldNumber(start)
        var field = FieldSyntax(
            label: start.label, type: type, typeRange: typeName.range, name: name, number: number,
            comment: start.comment)
        field.options = try readFieldOptions(start)
        try expectStatementEnd(start.place)
        return field
    }

    /// What a type's name stands for.
    private func fieldType(_ name: Name) -> TypeSyntax {
        let types = file.edition == .unstable ? FieldType.unstableScalars : FieldType.scalars
        if let type = types[name.text] { return .scalar(type) }
        if FieldType.scalars[name.text] != nil {
            report("the type \"\(name.text)\" has another name in this edition", name.range)
        }
        return .named(name)
    }

    private mutating func readFieldNumber(_ start: FieldStart) throws(SyntaxError) -> Number {
        try expect("=", "and a field number")
        let place = begin(start.path + [PathPart.Field.number])
        let number = try expectInteger("a field number", in: nil, signed: true)
        end(place)
        return number
    }

    /// The options in brackets. `default` and `json_name` are written like options and are parts of the field.
    private mutating func readFieldOptions(_ start: FieldStart) throws(SyntaxError) -> [OptionSyntax] {
        guard at("[") else { return [] }
        let path = start.path + [PathPart.Field.options]
        let whole = begin(path)
        advance()
        var options: [OptionSyntax] = []
        repeat {
            if at("default"), matches(next, "=") {
                options.append(try readDefault(start))
            } else if at("json_name"), matches(next, "=") {
                let place = begin(start.path + [PathPart.Field.jsonName])
                let option = try readOption(place)
                end(place)
                record(start.path + [PathPart.Field.jsonName], option.value.range)
                options.append(option)
            } else {
                let place = beginOption(path)
                options.append(try readOption(place))
                end(place)
            }
        } while take(",")
        try expect("]")
        end(whole)
        return options
    }

    /// `default = value`: its location is that of the value.
    private mutating func readDefault(_ start: FieldStart) throws(SyntaxError) -> OptionSyntax {
        let option = try readOption(0)
        record(start.path + [PathPart.Field.defaultValue], option.value.range)
        return option
    }

    private mutating func readGroup(
        _ start: FieldStart, _ scope: DefinitionScope, definitions: inout DefinitionsSyntax
    ) throws(SyntaxError) -> FieldSyntax {
        let keyword = current.range
        record(start.path + [PathPart.Field.type], keyword)
        advance()
        if file.edition == .proto3 { report("proto3 has no groups; use a message", keyword) }
        if !file.edition.isSyntax {
            report("editions have no groups; set features.message_encoding = DELIMITED on a message field", keyword)
        }
        let name = try readName(start.path + [PathPart.Field.name], "a group's name")
        if name.text.utf8.first?.isUpper != true {
            report("a group's name must start with a capital letter", name.range)
        }
        var field = FieldSyntax(
            label: start.label, type: .named(name), typeRange: name.range,
            name: Name(text: name.text.lowercased(), range: name.range), number: try readFieldNumber(start), comment: []
        )
        field.isGroup = true
        field.options = try readFieldOptions(start)
        let position = Int32(scope.messageCount + definitions.messages.count)
        let path = scope.path + [scope.messagePart, position]
        let place = begin(path, at: file.locations[start.place].range)
        record(path + [PathPart.Message.name], name.range)
        record(start.path + [PathPart.Field.typeName], name.range)
        var message = MessageSyntax(kind: .group, name: name, comment: start.comment)
        try readMessageBody(&message, path, place)
        definitions.messages.append(message)
        end(place)
        end(start.place)
        return field
    }

    private mutating func readMapField(
        _ start: FieldStart, _ fieldPlace: FieldPlace, definitions: inout DefinitionsSyntax
    ) throws(SyntaxError) -> FieldSyntax {
        let typeStart = current.range
        switch fieldPlace {
        case .message: break
        case .extension: report("a map field cannot be an extension", typeStart)
        case .oneof: report("a map field cannot be in a oneof", typeStart)
        }
        advance()
        try expect("<")
        let key = try expectTypeName("a map's key type")
        try expect(",")
        let value = try expectTypeName("a map's value type")
        try expect(">")
        let range = typeStart.joined(previous.range)
        record(start.path + [PathPart.Field.typeName], range)
        let name = try readName(start.path + [PathPart.Field.name], "a field's name")
        let entry = Name(text: name.text.mapEntryName, range: name.range)
        var field = FieldSyntax(
            label: .repeated, type: .named(entry), typeRange: range, name: name, number: try readFieldNumber(start),
            comment: start.comment)
        field.isMap = true
        field.options = try readFieldOptions(start)
        try expectStatementEnd(start.place)
        // What is a feature of the map is one of its keys and values.
        let features = field.options.filter { $0.name[0].text == "features" && !$0.name[0].isExtension }
        definitions.messages.append(mapEntry(entry, key: key, value: value, options: features))
        return field
    }

    private func mapEntry(_ name: Name, key: Name, value: Name, options: [OptionSyntax]) -> MessageSyntax {
        var entry = MessageSyntax(kind: .mapEntry, name: name)
        let options = options.map { option in
            var option = option
            option.places = []
            return option
        }
        for (index, (fieldName, type)) in [("key", key), ("value", value)].enumerated() {
            entry.fields.append(
                FieldSyntax(
                    label: .optional, type: fieldType(type), typeRange: type.range,
                    name: Name(text: fieldName, range: type.range),
                    number: Number(value: index + 1, range: type.range), options: options, comment: []))
        }
        return entry
    }
}

extension String {
    /// The name of the entry type of the map field of this name: `foo_bar` has `FooBarEntry`.
    var mapEntryName: String {
        var result: [UInt8] = []
        var capitalize = true
        for byte in utf8 {
            if byte == UInt8(ascii: "_") {
                capitalize = true
            } else {
                let isLower = byte.isLetter && !byte.isUpper
                result.append(capitalize && isLower ? byte & ~0x20 : byte)
                capitalize = false
            }
        }
        return String(decoding: result, as: UTF8.self) + "Entry"
    }
}
