@_spi(Comparison) import Protobuf
import TestMessages

/// The types that a first byte chooses from.
private let types = MessageRegistry.all

/// The first byte chooses a type; the rest is decoded as a message of it. What decodes must encode, within the bound
/// that was promised for its length, and give an equal message again with equal bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let type: any Message.Type = types[Int(start[0]) % types.count]
    decode(type, UnsafeRawBufferPointer(start: start + 1, count: count - 1))
    return 0
}

private func decode<Value: Message>(_ type: Value.Type, _ input: UnsafeRawBufferPointer) {
    let message: Value
    do {
        message = try Value(decoding: input)
    } catch {
        expectRefusal(type, input, error)
        return
    }
    do {
        let other = try Value(decodingByLibrary: input)
        let (ours, theirs) = (try message.encoded(), try other.encoded())
        precondition(ours == theirs, "libprotobuf-c unpacks another message")
        // `pack` asserts that libprotobuf-c's own size is within the bound.
        let bytes = try message.withPacker { packer in
            let room = UnsafeMutableRawPointer.allocate(byteCount: packer.sizeBound, alignment: 1)
            defer { room.deallocate() }
            let length = packer.pack(into: room)
            precondition(length <= packer.sizeBound, "more was packed than the bound says")
            let bytes = [UInt8](UnsafeRawBufferPointer(start: room, count: length))
            let expected = UnsafeRawBufferPointer(start: room, count: packer.packByLibrary(into: room))
            precondition(bytes.elementsEqual(expected), "libprotobuf-c packs other bytes")
            return bytes
        }
        let again = try Value(decoding: bytes)
        // A message that holds a NaN is not equal to its twin; its bytes are.
        let bytesAgain = try again.encoded()
        precondition(bytesAgain == bytes, "decoding and encoding once more gave other bytes")
        let twin = try Value(decoding: input)
        if message == twin { precondition(again == message, "encoding and decoding gave another message") }
    } catch {
        preconditionFailure("what was decoded cannot go round: \(error)")
    }
}

/// The same error at the same place: that is what people see.
private func expectRefusal<Value: Message>(_ type: Value.Type, _ input: UnsafeRawBufferPointer, _ error: WireError) {
    do {
        _ = try Value(decodingByLibrary: input)
        preconditionFailure("libprotobuf-c unpacks what is refused: \(error)")
    } catch let other {
        precondition("\(other)" == "\(error)", "\(other), and the other way \(error)")
    }
}
