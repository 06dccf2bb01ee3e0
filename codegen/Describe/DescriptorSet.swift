import Descriptors
import Protobuf

/// The files of a run as a `google.protobuf.FileDescriptorSet`.
public enum DescriptorSet {
    /// The encoded set: the requested files, or with imports all of them, each after what it imports.
    ///
    /// - Throws: A ``WireError`` if the set would be larger than protobuf allows, 2 GiB.
    public static func make(
        _ schema: Schema, includesImports: Bool, includesSourceInfo: Bool
    ) throws(WireError) -> [UInt8] {
        var set = FileDescriptorSet()
        for file in schema.files where includesImports || file.isRequested {
            var descriptor = file.descriptor
            if includesSourceInfo { descriptor.sourceCodeInfo = file.sourceInfo }
            set.file.append(descriptor)
        }
        return try set.encoded()
    }
}
