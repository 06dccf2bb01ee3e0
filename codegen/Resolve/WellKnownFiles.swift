/// The files that come with the compiler: protobuf's well-known types.
///
/// They can be imported without being on the proto path. Where the proto path has one, that one is read.
public enum WellKnownFiles {
    private static let texts: [String: [UInt8]] = [
        "google/protobuf/any.proto": PackageResources.any_proto,
        "google/protobuf/api.proto": PackageResources.api_proto,
        "google/protobuf/duration.proto": PackageResources.duration_proto,
        "google/protobuf/empty.proto": PackageResources.empty_proto,
        "google/protobuf/field_mask.proto": PackageResources.field_mask_proto,
        "google/protobuf/source_context.proto": PackageResources.source_context_proto,
        "google/protobuf/struct.proto": PackageResources.struct_proto,
        "google/protobuf/timestamp.proto": PackageResources.timestamp_proto,
        "google/protobuf/type.proto": PackageResources.type_proto,
        "google/protobuf/wrappers.proto": PackageResources.wrappers_proto,
    ]

    /// Their paths, as files import them, in order.
    public static let paths = texts.keys.sorted()

    /// The text of the file that others import as `path`; nil if it is none of them.
    static func text(_ path: String) -> [UInt8]? { texts[path] }
}
