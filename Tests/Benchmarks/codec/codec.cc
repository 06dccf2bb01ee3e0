// What encoding and decoding costs with protobuf for C++: `case operation nanoseconds bytes` a line. Decoding is into
// arenas.

#include <google/protobuf/arena.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "roost/v1/peer.pb.h"
#include "roost/v1/store.pb.h"

using namespace roost::v1;

static std::string bytes(int count) {
    std::string text;
    for (int i = 0; i < count; i++) text.push_back(static_cast<char>(i * 7));
    return text;
}

static SyncRequest sync(int count, int length) {
    SyncRequest request;
    Append *append = request.mutable_append();
    append->set_term(5);
    append->set_previous_index(1000000);
    append->set_previous_term(5);
    append->set_commit_index(999990);
    for (int i = 0; i < count; i++) {
        LogEntry *entry = append->add_entries();
        entry->set_term(5);
        entry->set_payload(bytes(length));
    }
    return request;
}

// Repeats `body` in forty stretches of at least five milliseconds, and prints how long one turn took in the fastest:
// what else the machine does makes all others slower.
template <typename Body>
static void measure(const char *name, const char *operation, size_t count, Body body) {
    size_t sum = 0;
    for (int i = 0; i < 1000; i++) sum += body();
    double fastest = 1e9;
    for (int stretch = 0; stretch < 40; stretch++) {
        auto begin = std::chrono::steady_clock::now();
        std::chrono::duration<double, std::nano> passed{};
        long turns = 0;
        do {
            for (int i = 0; i < 100; i++) sum += body();
            turns += 100;
            passed = std::chrono::steady_clock::now() - begin;
        } while (passed.count() < 5e6);
        fastest = std::min(fastest, passed.count() / turns);
    }
    printf("%s %s %f %zu\n", name, operation, fastest, count);
    if (sum == 0) exit(1);
}

template <typename Value, typename Look>
static void run(const char *name, const Value &message, Look look) {
    std::string encoded = message.SerializeAsString();
    std::string buffer(encoded.size() * 2, 0);
    measure(name, "encode", encoded.size(), [&] {
        return message.SerializeToArray(&buffer[0], (int)buffer.size()) ? buffer.size() : 0;
    });
    measure(name, "to-array", encoded.size(), [&] { return message.SerializeAsString().size(); });
    measure(name, "decode", encoded.size(), [&] {
        google::protobuf::Arena arena;
        auto *value = google::protobuf::Arena::CreateMessage<Value>(&arena);
        if (!value->ParseFromString(encoded)) exit(1);
        return look(*value);
    });
}

int main() {
    GetResponse response;
    response.set_revision(2000001);
    response.set_data(bytes(256));
    Stat *stat = response.mutable_stat();
    stat->set_created_revision(1000000);
    stat->set_modified_revision(2000000);
    stat->set_children_revision(1500000);
    stat->set_version(7);
    stat->set_children_version(3);
    stat->set_created_unix_ms(1770000000000);
    stat->set_modified_unix_ms(1770000100000);
    stat->set_data_length(256);
    SetRequest set;
    set.set_path("/services/search/leader");
    set.set_data(bytes(64));
    set.set_expected_version(41);
    set.mutable_request_id()->set_client_id("0b6e4a52-93c1-4f27-a1d0-5c8e7e1f3a90");
    set.mutable_request_id()->set_sequence(12345);
    auto entries = [](const SyncRequest &request) { return (size_t)request.append().entries_size(); };
    run("GetResponse-256", response, [](const GetResponse &value) { return value.data().size(); });
    run("SetRequest-64", set, [](const SetRequest &value) { return value.data().size(); });
    run("Sync-16x1024", sync(16, 1024), entries);
    run("Sync-256x64", sync(256, 64), entries);
}
