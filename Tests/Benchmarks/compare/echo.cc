// The unary method of Tests/InteropTests/proto/echo.proto with gRPC for C++ and its callback API, to compare with. Prints
// its port and serves until its standard input ends.

#include "echo.grpc.pb.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/resource_quota.h>

#include <iostream>

class Service final : public roost::test::Echo::CallbackService {
    grpc::ServerUnaryReactor *Unary(grpc::CallbackServerContext *context, const roost::test::Payload *request,
                                    roost::test::Payload *response) override {
        *response = *request;
        auto *reactor = context->DefaultReactor();
        reactor->Finish(grpc::Status::OK);
        return reactor;
    }
};

int main() {
    Service service;
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service);
    auto server = builder.BuildAndStart();
    std::cout << "listening on " << port << std::endl;
    while (std::cin.get() != EOF) {
    }
    server->Shutdown();
}
