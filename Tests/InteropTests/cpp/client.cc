// gRPC's interoperability cases with the client of gRPC for C++: `interop-client port [case ...]`. Prints a line for
// each case, `case passed` or `case failed: why`.

#include "compression.h"
#include "grpc/testing/test.grpc.pb.h"

#include <chrono>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace t = grpc::testing;
using grpc::ClientContext;
using grpc::Status;

static void expect(bool condition, const std::string &what) {
    if (!condition) {
        throw std::runtime_error(what);
    }
}

static void expect_code(const Status &status, grpc::StatusCode code) {
    std::ostringstream what;
    what << "status " << status.error_code() << " (" << status.error_message() << ") instead of " << code;
    expect(status.error_code() == code, what.str());
}

static void expect_zeros(const t::Payload &payload, size_t count) {
    expect(payload.body() == std::string(count, '\0'), "the payload is not " + std::to_string(count) + " zeros");
}

// A context with a limit, so that no case hangs.
static std::unique_ptr<ClientContext> limited() {
    auto context = std::make_unique<ClientContext>();
    context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    return context;
}

static t::SimpleRequest large() {
    t::SimpleRequest request;
    request.set_response_size(314159);
    request.mutable_payload()->set_body(std::string(271828, '\0'));
    return request;
}

static t::StreamingOutputCallRequest output(const std::vector<int> &sizes, int payload = -1) {
    t::StreamingOutputCallRequest request;
    for (int size : sizes) {
        request.add_response_parameters()->set_size(size);
    }
    if (payload >= 0) {
        request.mutable_payload()->set_body(std::string(payload, '\0'));
    }
    return request;
}

struct Cases {
    std::unique_ptr<t::TestService::Stub> service;
    std::unique_ptr<t::UnimplementedService::Stub> other;

    void empty_unary() {
        auto context = limited();
        t::Empty response;
        expect_code(service->EmptyCall(context.get(), {}, &response), grpc::OK);
    }

    void large_unary() {
        auto context = limited();
        t::SimpleResponse response;
        expect_code(service->UnaryCall(context.get(), large(), &response), grpc::OK);
        expect_zeros(response.payload(), 314159);
    }

    void client_compressed_unary() {
        t::SimpleResponse response;
        t::SimpleRequest request = large();
        request.mutable_expect_compressed()->set_value(true);
        auto probe = limited();
        expect_code(service->UnaryCall(probe.get(), request, &response), grpc::INVALID_ARGUMENT);
        for (bool is_compressed : {true, false}) {
            auto context = limited();
            context->set_compression_algorithm(is_compressed ? GRPC_COMPRESS_GZIP : GRPC_COMPRESS_NONE);
            request.mutable_expect_compressed()->set_value(is_compressed);
            expect_code(service->UnaryCall(context.get(), request, &response), grpc::OK);
            expect_zeros(response.payload(), 314159);
        }
    }

    void server_compressed_unary() {
        for (bool is_compressed : {true, false}) {
            auto context = limited();
            t::SimpleRequest request = large();
            t::SimpleResponse response;
            request.mutable_response_compressed()->set_value(is_compressed);
            expect_code(service->UnaryCall(context.get(), request, &response), grpc::OK);
            expect(t::InteropClientContextInspector::was_compressed(*context) == is_compressed,
                   "the response is not compressed as asked");
            expect_zeros(response.payload(), 314159);
        }
    }

    void client_streaming() {
        auto context = limited();
        t::StreamingInputCallResponse response;
        auto writer = service->StreamingInputCall(context.get(), &response);
        for (int size : {27182, 8, 1828, 45904}) {
            t::StreamingInputCallRequest request;
            request.mutable_payload()->set_body(std::string(size, '\0'));
            expect(writer->Write(request), "the stream broke");
        }
        writer->WritesDone();
        expect_code(writer->Finish(), grpc::OK);
        expect(response.aggregated_payload_size() == 74922, "a wrong sum");
    }

    void client_compressed_streaming() {
        t::StreamingInputCallRequest request;
        request.mutable_payload()->set_body(std::string(27182, '\0'));
        request.mutable_expect_compressed()->set_value(true);
        t::StreamingInputCallResponse response;
        auto probe = limited();
        probe->set_compression_algorithm(GRPC_COMPRESS_GZIP);
        auto probed = service->StreamingInputCall(probe.get(), &response);
        probed->Write(request, grpc::WriteOptions().set_no_compression());
        probed->WritesDone();
        expect_code(probed->Finish(), grpc::INVALID_ARGUMENT);

        auto context = limited();
        context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
        auto writer = service->StreamingInputCall(context.get(), &response);
        expect(writer->Write(request), "the stream broke");
        request.mutable_payload()->set_body(std::string(45904, '\0'));
        request.mutable_expect_compressed()->set_value(false);
        expect(writer->Write(request, grpc::WriteOptions().set_no_compression()), "the stream broke");
        writer->WritesDone();
        expect_code(writer->Finish(), grpc::OK);
        expect(response.aggregated_payload_size() == 73086, "a wrong sum");
    }

    void server_streaming() {
        const std::vector<int> sizes = {31415, 9, 2653, 58979};
        auto context = limited();
        auto reader = service->StreamingOutputCall(context.get(), output(sizes));
        t::StreamingOutputCallResponse response;
        for (int size : sizes) {
            expect(reader->Read(&response), "a response is missing");
            expect_zeros(response.payload(), size);
        }
        expect(!reader->Read(&response), "a response too many");
        expect_code(reader->Finish(), grpc::OK);
    }

    void server_compressed_streaming() {
        auto context = limited();
        auto request = output({31415, 92653});
        request.mutable_response_parameters(0)->mutable_compressed()->set_value(true);
        request.mutable_response_parameters(1)->mutable_compressed()->set_value(false);
        auto reader = service->StreamingOutputCall(context.get(), request);
        for (const t::ResponseParameters &parameters : request.response_parameters()) {
            t::StreamingOutputCallResponse response;
            expect(reader->Read(&response), "a response is missing");
            expect(t::InteropClientContextInspector::was_compressed(*context) == parameters.compressed().value(),
                   "a response is not compressed as asked");
            expect_zeros(response.payload(), parameters.size());
        }
        expect_code(reader->Finish(), grpc::OK);
    }

    void ping_pong() {
        auto context = limited();
        auto stream = service->FullDuplexCall(context.get());
        const int turns[][2] = {{31415, 27182}, {9, 8}, {2653, 1828}, {58979, 45904}};
        t::StreamingOutputCallResponse response;
        for (auto [size, payload] : turns) {
            expect(stream->Write(output({size}, payload)), "the stream broke");
            expect(stream->Read(&response), "a response is missing");
            expect_zeros(response.payload(), size);
        }
        stream->WritesDone();
        expect(!stream->Read(&response), "a response too many");
        expect_code(stream->Finish(), grpc::OK);
    }

    void empty_stream() {
        auto context = limited();
        auto stream = service->FullDuplexCall(context.get());
        stream->WritesDone();
        t::StreamingOutputCallResponse response;
        expect(!stream->Read(&response), "a response without a request");
        expect_code(stream->Finish(), grpc::OK);
    }

    void cancel_after_begin() {
        auto context = limited();
        t::StreamingInputCallResponse response;
        auto writer = service->StreamingInputCall(context.get(), &response);
        context->TryCancel();
        expect_code(writer->Finish(), grpc::CANCELLED);
    }

    void cancel_after_first_response() {
        auto context = limited();
        auto stream = service->FullDuplexCall(context.get());
        t::StreamingOutputCallResponse response;
        expect(stream->Write(output({31415}, 27182)) && stream->Read(&response), "no response");
        expect_zeros(response.payload(), 31415);
        context->TryCancel();
        expect_code(stream->Finish(), grpc::CANCELLED);
    }

    void timeout_on_sleeping_server() {
        ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(1));
        auto stream = service->FullDuplexCall(&context);
        stream->Write(output({}, 27182));
        t::StreamingOutputCallResponse response;
        stream->Read(&response);
        expect_code(stream->Finish(), grpc::DEADLINE_EXCEEDED);
    }

    static std::unique_ptr<ClientContext> with_metadata() {
        auto context = limited();
        context->AddMetadata("x-grpc-test-echo-initial", "test_initial_metadata_value");
        context->AddMetadata("x-grpc-test-echo-trailing-bin", "\xab\xab\xab");
        return context;
    }

    static void expect_metadata(const ClientContext &context) {
        auto text = context.GetServerInitialMetadata().find("x-grpc-test-echo-initial");
        expect(text != context.GetServerInitialMetadata().end() && text->second == "test_initial_metadata_value",
               "wrong headers");
        auto bytes = context.GetServerTrailingMetadata().find("x-grpc-test-echo-trailing-bin");
        expect(bytes != context.GetServerTrailingMetadata().end() && bytes->second == "\xab\xab\xab",
               "wrong trailers");
    }

    void custom_metadata() {
        auto unary = with_metadata();
        t::SimpleResponse response;
        expect_code(service->UnaryCall(unary.get(), large(), &response), grpc::OK);
        expect_metadata(*unary);
        auto duplex = with_metadata();
        auto stream = service->FullDuplexCall(duplex.get());
        stream->Write(output({314159}, 271828));
        stream->WritesDone();
        t::StreamingOutputCallResponse streamed;
        expect(stream->Read(&streamed), "no response");
        expect_code(stream->Finish(), grpc::OK);
        expect_metadata(*duplex);
    }

    static void expect_status(const Status &status, const std::string &message) {
        expect_code(status, grpc::UNKNOWN);
        expect(status.error_message() == message, "the message is " + status.error_message());
    }

    void status_code_and_message() {
        const std::string message = "test status message";
        t::SimpleRequest request;
        request.mutable_response_status()->set_code(2);
        request.mutable_response_status()->set_message(message);
        auto unary = limited();
        t::SimpleResponse response;
        expect_status(service->UnaryCall(unary.get(), request, &response), message);
        auto duplex = limited();
        auto stream = service->FullDuplexCall(duplex.get());
        t::StreamingOutputCallRequest streaming;
        *streaming.mutable_response_status() = request.response_status();
        stream->Write(streaming);
        stream->WritesDone();
        expect_status(stream->Finish(), message);
    }

    void special_status_message() {
        const std::string message = "\t\ntest with whitespace\r\nand Unicode BMP \u263A and non-BMP \U0001F608\t\n";
        t::SimpleRequest request;
        request.mutable_response_status()->set_code(2);
        request.mutable_response_status()->set_message(message);
        auto context = limited();
        t::SimpleResponse response;
        expect_status(service->UnaryCall(context.get(), request, &response), message);
    }

    void unimplemented_method() {
        auto context = limited();
        t::Empty response;
        expect_code(service->UnimplementedCall(context.get(), {}, &response), grpc::UNIMPLEMENTED);
    }

    void unimplemented_service() {
        auto context = limited();
        t::Empty response;
        expect_code(other->UnimplementedCall(context.get(), {}, &response), grpc::UNIMPLEMENTED);
    }
};

#define CASE(name) {#name, &Cases::name}
static const std::map<std::string, void (Cases::*)()> all = {
    CASE(empty_unary), CASE(large_unary), CASE(client_compressed_unary), CASE(server_compressed_unary),
    CASE(client_streaming), CASE(client_compressed_streaming), CASE(server_streaming),
    CASE(server_compressed_streaming), CASE(ping_pong), CASE(empty_stream), CASE(cancel_after_begin),
    CASE(cancel_after_first_response), CASE(timeout_on_sleeping_server), CASE(custom_metadata),
    CASE(status_code_and_message), CASE(special_status_message), CASE(unimplemented_method),
    CASE(unimplemented_service),
};

int main(int count, char **arguments) {
    if (count < 2) {
        std::cerr << "usage: interop-client port [case ...]\n";
        return 2;
    }
    auto channel = grpc::CreateChannel(std::string("127.0.0.1:") + arguments[1], grpc::InsecureChannelCredentials());
    Cases cases = {t::TestService::NewStub(channel), t::UnimplementedService::NewStub(channel)};
    std::vector<std::string> names(arguments + 2, arguments + count);
    if (names.empty()) {
        for (const auto &entry : all) {
            names.push_back(entry.first);
        }
    }
    bool has_failed = false;
    for (const std::string &name : names) {
        try {
            (cases.*all.at(name))();
            std::cout << name << " passed" << std::endl;
        } catch (const std::exception &failure) {
            std::cout << name << " failed: " << failure.what() << std::endl;
            has_failed = true;
        }
    }
    return has_failed ? 1 : 0;
}
