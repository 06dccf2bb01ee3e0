import ProtobufJSON
import TestMessages
import Testing

@Suite struct `numbers are read exactly or refused` {
    @Test(arguments: [
        ("int32Value", "1", "1"), ("int32Value", "-2147483648", "-2147483648"), ("int32Value", "\"17\"", "17"),
        ("int32Value", "1e3", "1000"), ("int32Value", "1.50E+1", "15"), ("int32Value", "\"1e3\"", "1000"),
        ("int32Value", "3000e-3", "3"), ("int32Value", "100000000000000000000e-19", "10"),
        ("uint32Value", "4294967295", "4294967295"), ("uint32Value", "1.0", "1"),
        ("sint32Value", "-2147483648", "-2147483648"), ("fixed32Value", "4294967295", "4294967295"),
        ("sfixed32Value", "-1", "-1"),
        ("int64Value", "9223372036854775807", "\"9223372036854775807\""),
        ("int64Value", "\"-9223372036854775808\"", "\"-9223372036854775808\""),
        ("int64Value", "922337203685477580.7e1", "\"9223372036854775807\""),
        ("uint64Value", "18446744073709551615", "\"18446744073709551615\""),
        ("uint64Value", "9007199254740993", "\"9007199254740993\""),
        ("sint64Value", "-9223372036854775808", "\"-9223372036854775808\""),
        ("fixed64Value", "\"18446744073709551615\"", "\"18446744073709551615\""),
        ("sfixed64Value", "-2", "\"-2\""),
        ("doubleValue", "1.7976931348623157e308", "1.7976931348623157e+308"), ("doubleValue", "0.1", "0.1"),
        ("doubleValue", "5e-324", "5e-324"), ("doubleValue", "\"-1.5\"", "-1.5"), ("doubleValue", "1e2", "100"),
        ("doubleValue", "-0", "-0.0"), ("doubleValue", "\"NaN\"", "\"NaN\""),
        ("doubleValue", "\"-Infinity\"", "\"-Infinity\""), ("floatValue", "\"Infinity\"", "\"Infinity\""),
        ("floatValue", "3.4028235e38", "3.4028235e+38"), ("floatValue", "0.1", "0.1"), ("floatValue", "-0.0", "-0.0"),
        ("floatValue", "16777217", "16777216"), ("floatValue", "1e-45", "1e-45"),
    ])
    func `in range`(field: String, text: String, canonical: String) throws {
        #expect(try again(TestEverything.self, "{\"\(field)\":\(text)}") == "{\"\(field)\":\(canonical)}")
    }

    @Test(arguments: ["0", "-0", "0.0", "0e999999999999999999999", "\"0\"", "-0.000e-7"])
    func `zero is not written`(text: String) throws {
        #expect(try again(TestEverything.self, "{\"int32Value\":\(text)}") == "{}")
    }

    @Test(arguments: [
        ("int32Value", "2147483648"), ("int32Value", "-2147483649"), ("int32Value", "1e10"),
        ("int32Value", "1e999999999"), ("int32Value", "1e99999999999999999999999999"), ("uint32Value", "-1"),
        ("uint32Value", "4294967296"), ("int64Value", "9223372036854775808"), ("uint64Value", "18446744073709551616"),
        ("uint64Value", "\"-1\""), ("doubleValue", "1.8e308"), ("doubleValue", "-1e999999999"),
        ("floatValue", "3.4028236e38"), ("floatValue", "\"1e39\""),
    ])
    func `out of range`(field: String, text: String) throws {
        guard case .outOfRange? = refusal(TestEverything.self, "{\"\(field)\":\(text)}")?.kind else {
            Issue.record("\(text) is not refused as \(field)")
            return
        }
    }

    @Test(arguments: [
        ("int32Value", "0.5"), ("int32Value", "1e-1"), ("int32Value", "1e-999999999"), ("int32Value", "\"\""),
        ("int32Value", "\" 1\""), ("int32Value", "\"1 \""), ("int32Value", "\"01\""), ("int32Value", "\"+1\""),
        ("int32Value", "\"0x1\""), ("int32Value", "\"1\\u0000\""), ("int64Value", "\"9223372036854775807.5\""),
        ("doubleValue", "\"nan\""), ("doubleValue", "\"inf\""), ("doubleValue", "\"0x1p3\""), ("doubleValue", "\"\""),
        ("floatValue", "\" 1\""), ("floatValue", "\"+Infinity\""),
    ])
    func `no number of the type`(field: String, text: String) throws {
        guard case .malformed? = refusal(TestEverything.self, "{\"\(field)\":\(text)}")?.kind else {
            Issue.record("\(text) is not refused as \(field)")
            return
        }
    }

    @Test(arguments: ["true", "[]", "{}", "[1]"])
    func `a value of another kind`(text: String) {
        let error = refusal(TestEverything.self, "{\"int32Value\":\(text)}")
        #expect(error?.kind == .wrongKind(wanted: "a number"))
    }
}
