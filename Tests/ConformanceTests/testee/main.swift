// The side of protobuf's conformance tests that is tested.
//
// The runner sends requests on standard input and takes answers from standard output: each is a message of the suite's
// own, after its length in four bytes, the least significant first.

import ConformanceMessages
import Protobuf
import ProtobufJSON

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Exactly `count` bytes of standard input; nil at its end.
func take(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
        let got = bytes.withUnsafeMutableBytes { read(0, $0.baseAddress! + filled, count - filled) }
        if got <= 0 { return nil }
        filled += got
    }
    return bytes
}

func put(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
        let count = bytes.withUnsafeBytes { write(1, $0.baseAddress! + sent, bytes.count - sent) }
        if count <= 0 { exit(1) }
        sent += count
    }
}

/// What became of one request.
func answer(_ request: ConformanceConformanceRequest) -> ConformanceConformanceResponse.Result {
    guard let type = MessageRegistry.byFullName[request.messageType] else {
        return .skipped("no such message type: \(request.messageType)")
    }
    return answer(request, type)
}

func answer<Value: Message>(
    _ request: ConformanceConformanceRequest, _ type: Value.Type
) -> ConformanceConformanceResponse.Result {
    let message: Value
    do {
        switch request.payload {
        case .protobufPayload(let bytes): message = try Value(decoding: bytes)
        case .jsonPayload(let text):
            let ignoresUnknownFields = request.testCategory == .jsonIgnoreUnknownParsingTest
            message = try mapping.message(fromJSON: text, options: .init(ignoresUnknownFields: ignoresUnknownFields))
        default: return .skipped("neither protobuf nor JSON is sent")
        }
    } catch {
        return .parseError("\(error)")
    }
    do {
        switch request.requestedOutputFormat {
        case .protobuf: return .protobufPayload(try message.encodedBytes())
        case .json: return .jsonPayload(try mapping.json(of: message))
        default: return .skipped("neither protobuf nor JSON is wanted")
        }
    } catch {
        return .serializeError("\(error)")
    }
}

let mapping = try JSONMapping(FileDescriptors.all)
while let head = take(4), let bytes = take(head.reversed().reduce(0) { $0 << 8 | Int($1) }) {
    let result = answer(try ConformanceConformanceRequest(decoding: bytes))
    let response = try ConformanceConformanceResponse(result: result).encoded()
    put((0..<4).map { UInt8(truncatingIfNeeded: response.count >> (8 * $0)) } + response)
}
