#pragma once

// Whether a message came compressed. gRPC for C++ tells that to its own interoperability tests only: to two classes of
// these names, and by a function that is in the library but in no header.

#include <grpcpp/grpcpp.h>

// NOLINTNEXTLINE: declared as the library has it.
uint32_t grpc_call_test_only_get_message_flags(grpc_call *call);

namespace grpc::testing {

// As it came, or as it was before the library inflated it.
constexpr uint32_t kCompressed = 0x80000000u | 0x40000000u;

class InteropServerContextInspector {
public:
    static bool was_compressed(const ServerContext &context) {
        return grpc_call_test_only_get_message_flags(context.call_.call) & kCompressed;
    }
};

class InteropClientContextInspector {
public:
    static bool was_compressed(const ClientContext &context) {
        return grpc_call_test_only_get_message_flags(context.call_) & kCompressed;
    }
};

} // namespace grpc::testing
