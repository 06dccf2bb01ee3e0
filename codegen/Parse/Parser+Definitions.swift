import Descriptors

// Enums, services and options.

extension Parser {
    mutating func readEnum(
        _ path: DescriptorPath, _ visibility: SymbolVisibility?, comment: [String]
    ) throws(SyntaxError) -> EnumSyntax {
        let place = begin(path)
        advance()
        let name = try readName(path + [PathPart.Enumeration.name], "an enum's name")
        var result = EnumSyntax(name: name, visibility: visibility, comment: comment)
        try block(place, "and the enum's values") { parser throws(SyntaxError) in
            if parser.at("option") {
                result.options.append(try parser.readOptionStatement(path + [PathPart.Enumeration.options]))
            } else if parser.at("reserved") {
                let target = ReservedTarget(
                    ranges: path + [PathPart.Enumeration.reservedRange],
                    names: path + [PathPart.Enumeration.reservedName], limits: Int(Int32.min)...Int(Int32.max),
                    max: Int(Int32.max))
                try parser.readReserved(target, ranges: &result.reservedRanges, names: &result.reservedNames)
            } else {
                let position = Int32(result.values.count)
                result.values.append(try parser.readEnumValue(path + [PathPart.Enumeration.value, position]))
            }
        }
        end(place)
        return result
    }

    private mutating func readEnumValue(_ path: DescriptorPath) throws(SyntaxError) -> EnumSyntax.Value {
        let comment = self.comment
        let place = begin(path)
        let name = try readName(path + [PathPart.Member.name], "an enum value's name")
        try expect("=", "and the value's number")
        let numberPlace = begin(path + [PathPart.Member.number])
        let number = try expectInteger("an enum value's number", in: Int(Int32.min)...Int(Int32.max), signed: true)
        end(numberPlace)
        let options = try readBracketOptions(path + [PathPart.Member.options])
        try expectStatementEnd(place)
        return EnumSyntax.Value(name: name, number: number, options: options, comment: comment)
    }

    mutating func readService(_ path: DescriptorPath, comment: [String]) throws(SyntaxError) -> ServiceSyntax {
        let place = begin(path)
        advance()
        let name = try readName(path + [PathPart.Member.name], "a service's name")
        var service = ServiceSyntax(name: name, comment: comment)
        try block(place, "and the service's methods") { parser throws(SyntaxError) in
            if parser.at("option") {
                service.options.append(try parser.readOptionStatement(path + [PathPart.Member.options]))
            } else {
                let position = Int32(service.methods.count)
                service.methods.append(try parser.readMethod(path + [PathPart.Member.method, position]))
            }
        }
        end(place)
        return service
    }

    private mutating func readMethod(_ path: DescriptorPath) throws(SyntaxError) -> ServiceSyntax.Method {
        let comment = self.comment
        let place = begin(path)
        try expect("rpc", "or 'option'")
        let name = try readName(path + [PathPart.Method.name], "a method's name")
        let (input, isClientStreaming) = try readMethodType(
            "a request message's name", path + [PathPart.Method.input], stream: path + [PathPart.Method.clientStreaming]
        )
        try expect("returns")
        let (output, isServerStreaming) = try readMethodType(
            "a response message's name", path + [PathPart.Method.output],
            stream: path + [PathPart.Method.serverStreaming])
        var method = ServiceSyntax.Method(
            name: name, input: input, output: output, isClientStreaming: isClientStreaming,
            isServerStreaming: isServerStreaming, comment: comment)
        if at("{") {
            method.hasBlock = true
            try block(place, "and the method's options") { parser throws(SyntaxError) in
                guard parser.at("option") else { throw parser.unexpected("'option' or '}'") }
                method.options.append(try parser.readOptionStatement(path + [PathPart.Method.options]))
            }
            end(place)
        } else {
            try expectStatementEnd(place)
        }
        return method
    }

    private mutating func readMethodType(
        _ what: String, _ path: DescriptorPath, stream: DescriptorPath
    ) throws(SyntaxError) -> (Name, Bool) {
        try expect("(")
        let isStreaming = at("stream")
        if isStreaming {
            record(stream, current.range)
            advance()
        }
        let place = begin(path)
        let name = try expectTypeName(what)
        end(place)
        try expect(")")
        return (name, isStreaming)
    }

    /// A name, and where it stands.
    mutating func readName(_ path: DescriptorPath, _ what: String) throws(SyntaxError) -> Name {
        let name = try expectIdentifier(what)
        record(path, name.range)
        return name
    }
}

// MARK: Options

extension Parser {
    /// `option name = value;`, of the options message at `path`.
    mutating func readOptionStatement(_ path: DescriptorPath) throws(SyntaxError) -> OptionSyntax {
        let whole = begin(path)
        let place = beginOption(path)
        advance()
        let option = try readOption(place)
        try expectStatementEnd(place)
        end(whole)
        return option
    }

    /// `[name = value, ...]`, or nothing.
    mutating func readBracketOptions(_ path: DescriptorPath) throws(SyntaxError) -> [OptionSyntax] {
        guard at("[") else { return [] }
        let whole = begin(path)
        advance()
        var options: [OptionSyntax] = []
        repeat {
            let place = beginOption(path)
            options.append(try readOption(place))
            end(place)
        } while take(",")
        try expect("]")
        end(whole)
        return options
    }

    mutating func beginOption(_ path: DescriptorPath) -> Place {
        let place = begin(path)
        file.locations[place].isOption = true
        return place
    }

    mutating func readOption(_ place: Place) throws(SyntaxError) -> OptionSyntax {
        let start = current.range
        var parts: [OptionSyntax.Part] = []
        repeat {
            let partStart = current.range
            if take("(") {
                let name = try expectTypeName("an option's name")
                try expect(")")
                parts.append(
                    OptionSyntax.Part(text: name.text, isExtension: true, range: partStart.joined(previous.range)))
            } else {
                let name = try expectIdentifier("an option's name")
                parts.append(OptionSyntax.Part(text: name.text, isExtension: false, range: name.range))
            }
        } while take(".")
        if parts.count > Self.deepestValue {
            throw SyntaxError(
                message: "an option's name may have \(Self.deepestValue) parts, not more",
                range: start.joined(previous.range))
        }
        try expect("=")
        let value = try readOptionValue()
        return OptionSyntax(name: parts, value: value, range: start.joined(previous.range), places: [place])
    }

    private mutating func readOptionValue() throws(SyntaxError) -> OptionValue {
        if at("{") { return try readAggregate() }
        return try readScalar("an option's value")
    }

    /// An identifier, a number or a string.
    private mutating func readScalar(_ what: String) throws(SyntaxError) -> OptionValue {
        let start = current.range
        if current.kind == .string, !current.isMalformed {
            let (value, range) = try expectString(what)
            return OptionValue(kind: .string(value), range: range)
        }
        let isNegative = take("-")
        let token = current
        let range = start.joined(token.range)
        if token.isMalformed { throw unexpected(what) }
        switch token.kind {
        case .identifier:
            let word = text(token)
            advance()
            guard isNegative else { return OptionValue(kind: .identifier(word), range: range) }
            guard word == "inf" || word == "nan" else {
                throw SyntaxError(message: "'-' must be followed by a number", range: range)
            }
            return OptionValue(kind: .float(word == "inf" ? -.infinity : .nan), range: range)
        case .integer:
            advance()
            if let value = token.integerValue(in: source) {
                return OptionValue(kind: .integer(value, isNegative: isNegative), range: range)
            }
            return OptionValue(kind: .float(floatValue(token, isNegative)), range: range)
        case .float:
            advance()
            return OptionValue(kind: .float(floatValue(token, isNegative)), range: range)
        default:
            throw unexpected(isNegative ? "a number after '-'" : what)
        }
    }

    private func floatValue(_ token: Token, _ isNegative: Bool) -> Double {
        let value = token.floatValue(in: source) ?? 0
        return isNegative ? -value : value
    }
}

// MARK: Text format

extension Parser {
    /// A message in text format, in `{}` or `<>`.
    private mutating func readAggregate() throws(SyntaxError) -> OptionValue {
        guard valueDepth < Self.deepestValue else {
            throw SyntaxError(
                message: "an option's value may be nested \(Self.deepestValue) levels deep, not deeper",
                range: current.range)
        }
        valueDepth += 1
        defer { valueDepth -= 1 }
        let start = current.range
        let close = at("{") ? "}" : ">"
        advance()
        var fields: [AggregateField] = []
        while !take(close) {
            if atEnd { throw unexpected("'\(close)'") }
            fields.append(try readAggregateField())
            if !take(",") { _ = take(";") }
        }
        return OptionValue(kind: .message(fields), range: start.joined(previous.range))
    }

    private mutating func readAggregateField() throws(SyntaxError) -> AggregateField {
        let start = current.range
        let name: AggregateField.FieldName
        if take("[") {
            var word = try expectTypeName("the name of an extension").text
            if take("/") {
                word += "/" + (try expectTypeName("the name of a message", absolute: false).text)
                name = .any(word)
            } else {
                name = .extension(word)
            }
            try expect("]")
        } else {
            name = .plain(try expectIdentifier("a field's name").text)
        }
        let range = start.joined(previous.range)
        let hasColon = take(":")
        if !hasColon, !at("{"), !at("<"), !at("[") {
            throw unexpected("':' and the field's value")
        }
        let value = try readAggregateValue(allowsList: true)
        return AggregateField(name: name, range: range, value: value)
    }

    private mutating func readAggregateValue(allowsList: Bool) throws(SyntaxError) -> OptionValue {
        if at("{") || at("<") { return try readAggregate() }
        guard allowsList, at("[") else { return try readScalar("a value") }
        let start = current.range
        advance()
        var elements: [OptionValue] = []
        if !take("]") {
            repeat {
                elements.append(try readAggregateValue(allowsList: false))
            } while take(",")
            try expect("]")
        }
        return OptionValue(kind: .list(elements), range: start.joined(previous.range))
    }
}
