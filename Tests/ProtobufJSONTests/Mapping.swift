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
