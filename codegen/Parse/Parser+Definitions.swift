// Enums, services and options.

extension Parser {
    mutating func readEnum(comment: [String]) throws(SyntaxError) -> EnumSyntax {
        advance()
        var result = EnumSyntax(name: try expectIdentifier("an enum's name"), comment: comment)
        try block("and the enum's values") { parser throws(SyntaxError) in
            if parser.at("option") {
                result.options.append(try parser.readOptionStatement())
            } else if parser.at("reserved") {
                try parser.readReserved(
                    ranges: &result.reservedRanges, names: &result.reservedNames,
                    limits: Int(Int32.min)...Int(Int32.max), max: Int(Int32.max))
            } else {
                result.values.append(try parser.readEnumValue())
            }
        }
        return result
    }

    private mutating func readEnumValue() throws(SyntaxError) -> EnumSyntax.Value {
        let comment = current.comment
        let name = try expectIdentifier("an enum value's name")
        try expect("=", "and the value's number")
        let number = try expectInteger("an enum value's number", in: Int(Int32.min)...Int(Int32.max), signed: true)
        let options = try readBracketOptions()
        try expectStatementEnd()
        return EnumSyntax.Value(name: name, number: number, options: options, comment: comment)
    }

    mutating func readService(comment: [String]) throws(SyntaxError) -> ServiceSyntax {
        advance()
        var service = ServiceSyntax(name: try expectIdentifier("a service's name"), comment: comment)
        try block("and the service's methods") { parser throws(SyntaxError) in
            if parser.at("option") {
                service.options.append(try parser.readOptionStatement())
            } else {
                service.methods.append(try parser.readMethod())
            }
        }
        return service
    }

    private mutating func readMethod() throws(SyntaxError) -> ServiceSyntax.Method {
        let comment = current.comment
        try expect("rpc", "or 'option'")
        let name = try expectIdentifier("a method's name")
        let (input, isClientStreaming) = try readMethodType("a request message's name")
        try expect("returns")
        let (output, isServerStreaming) = try readMethodType("a response message's name")
        var method = ServiceSyntax.Method(
            name: name, input: input, output: output, isClientStreaming: isClientStreaming,
            isServerStreaming: isServerStreaming, comment: comment)
        if at("{") {
            try block("and the method's options") { parser throws(SyntaxError) in
                guard parser.at("option") else { throw parser.unexpected("'option' or '}'") }
                method.options.append(try parser.readOptionStatement())
            }
        } else {
            try expectStatementEnd()
        }
        return method
    }

    private mutating func readMethodType(_ what: String) throws(SyntaxError) -> (Name, Bool) {
        try expect("(")
        let isStreaming = take("stream")
        let name = try expectTypeName(what)
        try expect(")")
        return (name, isStreaming)
    }
}

// MARK: Options

extension Parser {
    mutating func readOptionStatement() throws(SyntaxError) -> OptionSyntax {
        advance()
        let option = try readOption()
        try expectStatementEnd()
        return option
    }

    /// `[name = value, ...]`, or nothing.
    mutating func readBracketOptions() throws(SyntaxError) -> [OptionSyntax] {
        guard take("[") else { return [] }
        var options: [OptionSyntax] = []
        repeat {
            options.append(try readOption())
        } while take(",")
        try expect("]")
        return options
    }

    private mutating func readOption() throws(SyntaxError) -> OptionSyntax {
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
        try expect("=")
        let value = try readOptionValue()
        return OptionSyntax(name: parts, value: value, range: start.joined(previous.range))
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
