/// Protobuf's own options, for checking what a file sets.
///
/// They are messages of `google/protobuf/descriptor.proto`, which a file need not import to set them. Where a file does
/// import it and the proto path has it, that file is read and this text is not.
enum DescriptorOptions {
    static let path = "google/protobuf/descriptor.proto"

    static let syntax: FileSyntax = {
        let log = DiagnosticLog()
        let source = SourceFile(displayPath: "built-in " + path, bytes: Array(text.utf8))
        let syntax = Parser.parse(path: path, source: source, log: log)
        precondition(log.diagnostics.isEmpty, "the built-in \(path) does not parse")
        return syntax
    }()

    private static let text = """
        syntax = "proto2";
        package google.protobuf;
        message FileOptions {
          optional string java_package = 1;
          optional string java_outer_classname = 8;
          optional bool java_multiple_files = 10;
          optional bool java_generate_equals_and_hash = 20;
          optional bool java_string_check_utf8 = 27;
          enum OptimizeMode { SPEED = 1; CODE_SIZE = 2; LITE_RUNTIME = 3; }
          optional OptimizeMode optimize_for = 9;
          optional string go_package = 11;
          optional bool cc_generic_services = 16;
          optional bool java_generic_services = 17;
          optional bool py_generic_services = 18;
          optional bool deprecated = 23;
          optional bool cc_enable_arenas = 31;
          optional string objc_class_prefix = 36;
          optional string csharp_namespace = 37;
          optional string swift_prefix = 39;
          optional string php_class_prefix = 40;
          optional string php_namespace = 41;
          optional string php_metadata_namespace = 44;
          optional string ruby_package = 45;
          extensions 1000 to max;
        }
        message MessageOptions {
          optional bool message_set_wire_format = 1;
          optional bool no_standard_descriptor_accessor = 2;
          optional bool deprecated = 3;
          optional bool map_entry = 7;
          optional bool deprecated_legacy_json_field_conflicts = 11;
          extensions 1000 to max;
        }
        message FieldOptions {
          enum CType { STRING = 0; CORD = 1; STRING_PIECE = 2; }
          optional CType ctype = 1;
          optional bool packed = 2;
          enum JSType { JS_NORMAL = 0; JS_STRING = 1; JS_NUMBER = 2; }
          optional JSType jstype = 6;
          optional bool lazy = 5;
          optional bool unverified_lazy = 15;
          optional bool deprecated = 3;
          optional bool weak = 10;
          optional bool debug_redact = 16;
          enum OptionRetention { RETENTION_UNKNOWN = 0; RETENTION_RUNTIME = 1; RETENTION_SOURCE = 2; }
          optional OptionRetention retention = 17;
          enum OptionTargetType {
            TARGET_TYPE_UNKNOWN = 0; TARGET_TYPE_FILE = 1; TARGET_TYPE_EXTENSION_RANGE = 2; TARGET_TYPE_MESSAGE = 3;
            TARGET_TYPE_FIELD = 4; TARGET_TYPE_ONEOF = 5; TARGET_TYPE_ENUM = 6; TARGET_TYPE_ENUM_ENTRY = 7;
            TARGET_TYPE_SERVICE = 8; TARGET_TYPE_METHOD = 9;
          }
          repeated OptionTargetType targets = 19;
          extensions 1000 to max;
        }
        message OneofOptions { extensions 1000 to max; }
        message ExtensionRangeOptions {
          message Declaration {
            optional int32 number = 1;
            optional string full_name = 2;
            optional string type = 3;
            optional bool reserved = 5;
            optional bool repeated = 6;
          }
          repeated Declaration declaration = 2;
          enum VerificationState { DECLARATION = 0; UNVERIFIED = 1; }
          optional VerificationState verification = 3;
          extensions 1000 to max;
        }
        message EnumOptions {
          optional bool allow_alias = 2;
          optional bool deprecated = 3;
          optional bool deprecated_legacy_json_field_conflicts = 6;
          extensions 1000 to max;
        }
        message EnumValueOptions {
          optional bool deprecated = 1;
          optional bool debug_redact = 3;
          extensions 1000 to max;
        }
        message ServiceOptions {
          optional bool deprecated = 33;
          extensions 1000 to max;
        }
        message MethodOptions {
          enum IdempotencyLevel { IDEMPOTENCY_UNKNOWN = 0; NO_SIDE_EFFECTS = 1; IDEMPOTENT = 2; }
          optional bool deprecated = 33;
          optional IdempotencyLevel idempotency_level = 34;
          extensions 1000 to max;
        }
        """
}
