import Protobuf
import ProtobufJSON
import TestMessages
import WellKnownTypes

private let types = TestMessages.MessageRegistry.all + WellKnownTypes.MessageRegistry.all
private let mapping = try! JSONMapping(TestMessages.FileDescriptors.all)

/// The first byte chooses a type. The second says what the rest is: a JSON text, or an encoded message that is told as
/// JSON. What can be told as JSON must be read again, and be told the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let type = types[Int(start[0]) % types.count]
    let input = [UInt8](UnsafeBufferPointer(start: start + 2, count: count - 2))
    let options = JSONReadingOptions(ignoresUnknownFields: start[1] & 2 != 0)
    if start[1] & 1 == 0 {
        guard let bytes = try? mapping.encodedMessage(type: type.fullName, fromJSON: input, options: options) else {
            return 0
        }
        tell(bytes, type.fullName)
    } else {
        tell(input, type.fullName)
    }
    return 0
}

private func tell(_ bytes: [UInt8], _ type: String) {
    guard let text = try? mapping.json(ofEncoded: bytes, type: type) else { return }
    do {
        let again = try mapping.encodedMessage(type: type, fromJSON: Array(text.utf8))
        let textAgain = try mapping.json(ofEncoded: again, type: type)
        // A NullValue is null whatever its number is, and null is read as 0, which may be as good as nothing.
        precondition(
            text == textAgain || text.contains("null"),
            "telling, reading and telling gave\n\(textAgain)\ninstead of\n\(text)")
    } catch  where isMissingRequired(error) {
        // Bytes are told as they are; what is read must be whole.
    } catch {
        preconditionFailure("cannot read what was told: \(error)\n\(text)")
    }
}

private func isMissingRequired(_ error: any Error) -> Bool {
    if case .missingRequired? = (error as? JSONError)?.kind { true } else { false }
}
