// The server of gRPC's interoperability tests with gRPC for C++. Prints its port and serves until its standard input
// ends.

#include "compression.h"
#include "grpc/testing/test.grpc.pb.h"

#include <chrono>
#include <iostream>
#include <string>
#include <thread>

namespace t = grpc::testing;
using grpc::ServerContext;
using grpc::Status;

static void echo_metadata(ServerContext *context) {
    const auto &metadata = context->client_metadata();
    auto text = metadata.find("x-grpc-test-echo-initial");
    if (text != metadata.end()) {
        context->AddInitialMetadata("x-grpc-test-echo-initial", {text->second.data(), text->second.size()});
    }
    auto bytes = metadata.find("x-grpc-test-echo-trailing-bin");
    if (bytes != metadata.end()) {
        context->AddTrailingMetadata("x-grpc-test-echo-trailing-bin", {bytes->second.data(), bytes->second.size()});
    }
}

template <typename Request> static Status asked_status(const Request &request) {
    const t::EchoStatus &status = request.response_status();
    return {static_cast<grpc::StatusCode>(status.code()), status.message()};
}

template <typename Request> static bool is_unexpected(const ServerContext &context, const Request &request) {
    return request.has_expect_compressed() &&
           request.expect_compressed().value() != t::InteropServerContextInspector::was_compressed(context);
}

static const Status unexpected(grpc::StatusCode::INVALID_ARGUMENT, "the request is not compressed as it says");

class Service final : public t::TestService::Service {
    Status EmptyCall(ServerContext *, const t::Empty *, t::Empty *) override { return Status::OK; }

    Status UnaryCall(ServerContext *context, const t::SimpleRequest *request, t::SimpleResponse *response) override {
        echo_metadata(context);
        if (is_unexpected(*context, *request)) {
            return unexpected;
        }
        if (request->response_compressed().value()) {
            context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
        }
        response->mutable_payload()->set_body(std::string(request->response_size(), '\0'));
        return asked_status(*request);
    }

    Status StreamingInputCall(ServerContext *context, grpc::ServerReader<t::StreamingInputCallRequest> *reader,
                              t::StreamingInputCallResponse *response) override {
        t::StreamingInputCallRequest request;
        size_t sum = 0;
        while (reader->Read(&request)) {
            if (is_unexpected(*context, request)) {
                return unexpected;
            }
            sum += request.payload().body().size();
        }
        response->set_aggregated_payload_size(static_cast<int32_t>(sum));
        return Status::OK;
    }

    template <typename Stream> static void answer(const t::StreamingOutputCallRequest &request, Stream *stream) {
        for (const t::ResponseParameters &parameters : request.response_parameters()) {
            std::this_thread::sleep_for(std::chrono::microseconds(parameters.interval_us()));
            t::StreamingOutputCallResponse response;
            response.mutable_payload()->set_body(std::string(parameters.size(), '\0'));
            grpc::WriteOptions options;
            if (!parameters.compressed().value()) {
                options.set_no_compression();
            }
            stream->Write(response, options);
        }
    }

    Status StreamingOutputCall(ServerContext *context, const t::StreamingOutputCallRequest *request,
                               grpc::ServerWriter<t::StreamingOutputCallResponse> *writer) override {
        context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
        answer(*request, writer);
        return asked_status(*request);
    }

    Status FullDuplexCall(
        ServerContext *context,
        grpc::ServerReaderWriter<t::StreamingOutputCallResponse, t::StreamingOutputCallRequest> *stream) override {
        echo_metadata(context);
        t::StreamingOutputCallRequest request;
        while (stream->Read(&request)) {
            answer(request, stream);
            if (request.response_status().code() != 0) {
                return asked_status(request);
            }
        }
        return Status::OK;
    }
};

int main() {
    Service service;
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service);
    std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
    std::cout << "listening on " << port << std::endl;
    while (std::cin.get() != EOF) {
    }
    server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
}
