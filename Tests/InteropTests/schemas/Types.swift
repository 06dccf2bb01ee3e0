import DrawnMessages
import Protobuf

/// The message types that the testee knows, by full name.
let types = DrawnMessages.MessageRegistry.byFullName

/// What their files declare.
let descriptors = DrawnMessages.FileDescriptors.all
