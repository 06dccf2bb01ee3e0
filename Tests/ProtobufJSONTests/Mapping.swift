import Messages
import Protobuf
import ProtobufJSON
import TestMessages

/// The mapping of everything that the tests use.
let mapping = try! JSONMapping(TestMessages.FileDescriptors.all + Messages.FileDescriptors.all)

/// The message that a JSON text says, as JSON again: in the canonical form.
func again<Value: Message>(
    _ type: Value.Type, _ text: String, _ options: JSONReadingOptions = .default
) throws -> String {
    try mapping.json(of: mapping.message(type, fromJSON: text, options: options))
}

/// Why a JSON text is refused.
func refusal<Value: Message>(
    _ type: Value.Type, _ text: String, _ options: JSONReadingOptions = .default
) -> JSONError? {
    do {
        _ = try mapping.message(type, fromJSON: text, options: options)
        return nil
    } catch {
        return error
    }
}

/// Numbers that look like chance and are the same in each run.
struct SplitMix {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(bound))
    }
}
