import Foundation
import Protobuf
import TestMessages
import Testing
import WellKnownTypes

@Suite struct `Well-known types are at home in Swift` {
    @Test func `an Any holds a message and gives it back as what it is`() throws {
        let message = TestPoint(x: 3)
        let any = try GoogleProtobufAny(packing: message)
        #expect(any.typeURL == "type.googleapis.com/test.Point")
        #expect(any.typeName == "test.Point")
        #expect(any.holds(TestPoint.self) && !any.holds(TestEmpty.self))
        #expect(try any.unpacked() == message)
        #expect(try any.unpacked(as: TestEmpty.self) == nil)
        #expect(try GoogleProtobufAny(packing: message, urlPrefix: "example.com").typeURL == "example.com/test.Point")
        #expect(try GoogleProtobufAny(packing: message, urlPrefix: "a/b/").typeURL == "a/b/test.Point")
    }

    @Test func `an Any that is none of what is asked for says so`() throws {
        #expect(GoogleProtobufAny(typeURL: "test.Point").typeName == nil)
        #expect(try GoogleProtobufAny(typeURL: "test.Point").unpacked(as: TestPoint.self) == nil)
        #expect(try GoogleProtobufAny(typeURL: "/test.Point").unpacked() == TestPoint())
        let broken = GoogleProtobufAny(typeURL: "x/test.Point", value: [0xFF])
        let error = #expect(throws: WireError.self) { try broken.unpacked(as: TestPoint.self) }
        #expect(error?.message == "test.Point")
    }

    @Test(
        arguments: [
            (0.0, 0, 0), (1.5, 1, 500_000_000), (-0.25, -1, 750_000_000), (-1, -1, 0), (1e9, 1_000_000_000, 0),
            (0.999_999_999_9, 1, 0), (-1e-12, 0, 0),
        ] as [(Double, Int64, Int32)])
    func `a date is a timestamp, before 1970 too`(time: Double, seconds: Int64, nanoseconds: Int32) {
        // `Date` counts from 2001, which costs digits.
        let date = Date(timeIntervalSince1970: time)
        let timestamp = GoogleProtobufTimestamp(date)
        #expect(abs(timestamp.date.timeIntervalSince1970 - time) < 1e-6)
        #expect(timestamp.isValid)
        let distance = (timestamp.seconds - seconds) * 1_000_000_000 + Int64(timestamp.nanos) - Int64(nanoseconds)
        #expect(abs(distance) < 1000)
        #expect(Date(timestamp) == timestamp.date)
    }

    @Test func `timestamps and durations know what protobuf allows`() {
        #expect(GoogleProtobufTimestamp(seconds: 253_402_300_799, nanos: 999_999_999).isValid)
        #expect(!GoogleProtobufTimestamp(seconds: 253_402_300_800).isValid)
        #expect(!GoogleProtobufTimestamp(nanos: -1).isValid)
        #expect(GoogleProtobufDuration(seconds: -1, nanos: -1).isValid)
        #expect(GoogleProtobufDuration(nanos: -999_999_999).isValid)
        #expect(!GoogleProtobufDuration(seconds: 1, nanos: -1).isValid)
        #expect(!GoogleProtobufDuration(seconds: 315_576_000_001).isValid)
        #expect(!GoogleProtobufDuration(nanos: .min).isValid)
    }

    @Test(
        arguments: [
            (Duration.seconds(1.5), 1, 500_000_000), (.milliseconds(-1500), -1, -500_000_000), (.zero, 0, 0),
            (.nanoseconds(-1), 0, -1), (Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999), 0, 1),
        ] as [(Duration, Int64, Int32)])
    func `a duration is a duration`(duration: Duration, seconds: Int64, nanoseconds: Int32) {
        let message = GoogleProtobufDuration(duration)
        #expect(message == GoogleProtobufDuration(seconds: seconds, nanos: nanoseconds))
        #expect(abs((message.duration - duration) / .nanoseconds(1)) < 1)
        #expect(Duration(message) == message.duration)
    }

    @Test func `values are written as literals and read by kind`() {
        let value: GoogleProtobufValue = ["name": "a", "sizes": [1, 2.5, nil], "isOpen": true, "name": "b"]
        #expect(value["name"]?.string == "b")
        #expect(value["sizes"]?.list?.map(\.number) == [1, 2.5, nil])
        #expect(value["sizes"]?.list?.last?.isNull == true)
        #expect(value["isOpen"]?.bool == true)
        #expect(value["none"] == nil && value["name"]?["none"] == nil && value["name"]?.number == nil)
        var object = value.object
        object?["name"] = .null
        object?["isOpen"] = nil
        #expect(object == ["name": nil, "sizes": [1, 2.5, nil]])
        #expect(!GoogleProtobufValue().isNull)
        let list: GoogleProtobufListValue = [1, "x"]
        #expect(list.values.count == 2)
        let mask: GoogleProtobufFieldMask = ["a.b", "c"]
        #expect(mask.paths == ["a.b", "c"])
    }

    @Test func `wrappers are written as literals`() {
        var known = TestKnownKnown()
        known.int64Value = 5
        known.stringValue = "x"
        known.boolValue = false
        #expect(known.int64Value?.value == 5 && known.stringValue?.value == "x" && known.boolValue?.value == false)
        let double: GoogleProtobufDoubleValue = 2.5
        let float: GoogleProtobufFloatValue = 0.5
        let wide: GoogleProtobufUInt64Value = 7
        let (int, unsigned): (GoogleProtobufInt32Value, GoogleProtobufUInt32Value) = (-1, 1)
        #expect(double.value == 2.5 && float.value == 0.5 && wide.value == 7 && int.value == -1 && unsigned.value == 1)
        #expect(GoogleProtobufBytesValue([1]).value == [1])
    }
}
