import Messages
import Protobuf
import TestMessages
import WellKnownTypes

/// The message types that the testee knows, by full name.
let types = Dictionary(
    (Messages.MessageRegistry.all + TestMessages.MessageRegistry.all + WellKnownTypes.MessageRegistry.all)
        .map { ($0.fullName, $0) }
) { first, _ in first }

/// What their files declare.
let descriptors =
    Messages.FileDescriptors.all + TestMessages.FileDescriptors.all + WellKnownTypes.FileDescriptors.all
