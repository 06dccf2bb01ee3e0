# `make` alone says what there is. Each target installs what it needs and is not there yet, and may be run again at any time.

SEEDS ?= 300
SOAK_SEEDS ?= 20000
MUTANT_SEEDS ?= 6000
JOBS ?= $(shell getconf _NPROCESSORS_ONLN)
# Python tests wait more than they compute, but what they start computes.
TEST_JOBS ?= $(shell test $(JOBS) -gt 4 && echo 4 || echo $(JOBS))
ARGUMENTS ?= --members 3
FUZZ_SECONDS ?= 60

# Homebrew's libraries are outside of the paths that the compiler looks in.
ifeq ($(shell uname -s),Darwin)
BREW := $(shell brew --prefix 2>/dev/null)
SWIFT_FLAGS := -Xcc -I$(BREW)/include -Xcc -I$(BREW)/opt/zlib/include -Xcc -I$(BREW)/opt/openssl@3/include \
    -Xlinker -L$(BREW)/lib -Xlinker -L$(BREW)/opt/zlib/lib -Xlinker -L$(BREW)/opt/openssl@3/lib
endif

# The Python tests start the `roost` that the variable ROOST names, and find other executables beside it.
DEBUG := .build/debug
RELEASE := .build/release

PYTHON := .venv/bin/python
PYTHON_TESTS := $(sort $(dir $(wildcard Tests/InteropTests/python/test_*.py Tests/IntegrationTests/python/test_*.py)))

# The messages of the codec's own tests.
TEST_MESSAGES := --proto-path Tests/TestMessages/Protos --messages-out Tests/TestMessages \
    --stubs-out Tests/TestMessages

# The service of gRPC's interoperability tests.
INTEROP_MESSAGES := --proto-path Tests/InteropTests/proto --messages-out Tests/InteropTests/InteropMessages \
    --stubs-out Tests/InteropTests/InteropStubs grpc/testing/test.proto

# What the compiler describes .proto files with: its own output.
DESCRIPTORS := --proto-path codegen/Protos --messages-out Sources/Descriptors --stubs-out Sources/Descriptors \
    --type-prefix google.protobuf= google/protobuf/descriptor.proto

# The types that come with protobuf.
WELL_KNOWN := --proto-path codegen/Protos --messages-out Sources/WellKnownTypes --stubs-out Sources/WellKnownTypes \
    $(filter-out %/descriptor.proto,$(wildcard codegen/Protos/google/protobuf/*.proto))

# The Swift files that people write.
HAND_WRITTEN = git ls-files -z -- '*.swift' ':!*.pb.swift' ':!*.stubs.swift' ':!*/Registry.swift' ':!*/Descriptors.swift'

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-threads deps generate format lint clean simulate mutants interop-cpp fuzz-http2 fuzz-codec conformance corpus \
    benchmark-rpc benchmark-codec benchmark-codegen example build-dependencies debug-build release-build check-generated swift-test python-test mutants-check \
    soak-simulate soak-failover soak-load soak-steady soak-laggard soak-histories soak-sessions soak-locks soak-million \
    soak-wire soak-attacks soak-proxies soak-conformance soak-schemas

help:
	@echo "make run             build for release, then start three members on this machine (ARGUMENTS=\"--members 5\")"
	@echo "make test            every short test (about 20 minutes on two cores)"
	@echo "make deps            install what building and testing needs, nothing else"
	@echo "make generate        write the generated Swift anew from proto/"
	@echo "make format          format the Swift sources;  make lint: only check them"
	@echo "make simulate        $(SEEDS) simulated ensembles (SEEDS=n);  make soak-simulate: $(SOAK_SEEDS)"
	@echo "make test-threads    the RPC and client tests under ThreadSanitizer"
	@echo "make interop-cpp     gRPC's interoperability cases with gRPC for C++ too (installs it)"
	@echo "make benchmark-rpc   what a call costs, with and without TLS, beside gRPC for C++ (installs it)"
	@echo "make benchmark-codec what encoding and decoding costs, beside swift-protobuf and protobuf for C++ (fetches them)"
	@echo "make benchmark-codegen  how long a .proto file of 1,000 messages takes to become Swift"
	@echo "make fuzz-http2      fuzz the HTTP/2 shim for $(FUZZ_SECONDS) s with AddressSanitizer (FUZZ_SECONDS=n)"
	@echo "make fuzz-codec      fuzz the codec (FUZZER=FuzzDecode), its JSON (FuzzJSON) or the compiler (FuzzProto), the same way"
	@echo "make mutants         put known bugs back, one at a time: the simulator must find each"
	@echo "make conformance     protobuf's conformance tests, binary and JSON (RUNNER=program TEST_PROTOS=folder)"
	@echo "make example         build and run codegen/Examples/Guestbook, a package of its own"
	@echo "make corpus          other people's .proto files: descriptors as protoc's, Swift that compiles (fetches them)"
	@echo "make soak-failover   kill leaders of real ensembles, over and over"
	@echo "make soak-load       saturating load on a real ensemble"
	@echo "make soak-steady     an hour on a lossy network beside a member that stalls: no election (as root)"
	@echo "make soak-laggard    a dead, a slow and a returning follower beside writers"
	@echo "make soak-histories  real members under faults, every answer judged by the simulator's checks"
	@echo "make soak-locks      a lock whose holders are stopped and whose leaders die: no stale write"
	@echo "make soak-million    a million znodes: memory, restart, listing, writes beside a snapshot"
	@echo "make soak-sessions   ten thousand sessions: half of their clients die, then the leader"
	@echo "make soak-proxies    HAProxy, nginx and Envoy in front of an ensemble that restarts (installs them)"
	@echo "make soak-wire       hostile and random bytes at a real member"
	@echo "make soak-schemas    .proto files drawn by chance: $(MESSAGES) messages to Python and back (SCHEMA_SEED=n MESSAGES=n)"
	@echo "make soak-conformance  the promises of ZooKeeper's guide and etcd's guarantees, all while leaders die"
	@echo "make soak-attacks    floods, bombs and slow clients, one after the other: memory and others' latency"
	@echo "make clean           remove everything that was built or installed in this folder, but no data"

# MARK: The two commands

run: build-dependencies
	@echo "==> Building roost for release"
	@swift build $(SWIFT_FLAGS) --configuration release --product roost
	@echo "==> roost up $(ARGUMENTS)"
	@exec $(RELEASE)/roost up $(ARGUMENTS)

test: deps debug-build check-generated swift-test python-test mutants-check simulate example
	@echo "==> All tests passed"

# MARK: Steps

deps:
	@.ci/install-dependencies test

build-dependencies:
	@.ci/install-dependencies build

debug-build: build-dependencies
	@echo "==> Building for debugging, with tests"
	@swift build $(SWIFT_FLAGS) --build-tests

release-build: build-dependencies
	@echo "==> Building for release"
	@swift build $(SWIFT_FLAGS) --configuration release

check-generated: debug-build
	@echo "==> Checking that the generated Swift is what proto/ gives"
	@swift run $(SWIFT_FLAGS) --skip-build codegen --check
	@swift run $(SWIFT_FLAGS) --skip-build codegen --check $(TEST_MESSAGES)
	@swift run $(SWIFT_FLAGS) --skip-build codegen --check $(INTEROP_MESSAGES)
	@swift run $(SWIFT_FLAGS) --skip-build codegen --check $(DESCRIPTORS)
	@swift run $(SWIFT_FLAGS) --skip-build codegen --check $(WELL_KNOWN)

swift-test: debug-build
	@echo "==> Testing"
	@swift test $(SWIFT_FLAGS) --skip-build --parallel

python-test: deps debug-build
	@for tests in $(PYTHON_TESTS); do \
	    echo "==> Testing with Python: $$tests"; \
	    ROOST="$(CURDIR)/$(DEBUG)/roost" SWIFT_FLAGS="$(SWIFT_FLAGS)" $(PYTHON) -m pytest -q -p no:cacheprovider \
	        --numprocesses $(TEST_JOBS) --dist loadfile "$$tests" || exit 1; \
	done

simulate: build-dependencies
	@echo "==> Simulating $(SEEDS) seeds"
	@swift build $(SWIFT_FLAGS) --configuration release --product simulate
	@$(RELEASE)/simulate --seeds $(SEEDS) --jobs $(JOBS)

test-threads: build-dependencies
	@echo "==> Testing the RPC layer under ThreadSanitizer"
	@TSAN_OPTIONS=halt_on_error=1 swift test $(SWIFT_FLAGS) --sanitize=thread --scratch-path .build-tsan \
	    --filter 'RPCTests|ClientTests'

mutants: build-dependencies
	@echo "==> Putting known bugs back"
	@SWIFT_FLAGS="$(SWIFT_FLAGS)" python3 Tests/Mutants/run.py --seeds $(MUTANT_SEEDS) --jobs $(JOBS)

# gRPC for C++ takes longer to install and compile than all the other cases together, so it is not part of `test`.
CPP := .build/interop-cpp

interop-cpp: deps debug-build
	@.ci/install-dependencies interop-cpp
	@echo "==> Building the C++ client and server"
	@mkdir -p $(CPP)
	@protoc -I Tests/InteropTests/proto --cpp_out=$(CPP) --grpc_out=$(CPP) \
	    --plugin=protoc-gen-grpc="$$(command -v grpc_cpp_plugin)" grpc/testing/test.proto
	@for program in client server; do \
	    g++ -std=c++17 -I $(CPP) Tests/InteropTests/cpp/$$program.cc $(CPP)/grpc/testing/test.pb.cc \
	        $(CPP)/grpc/testing/test.grpc.pb.cc $$(pkg-config --cflags --libs grpc++ protobuf) \
	        -o $(CPP)/interop-$$program || exit 1; \
	done
	@INTEROP_CPP="$(CURDIR)/$(CPP)" $(PYTHON) -m pytest -q -p no:cacheprovider Tests/InteropTests/python/test_interop.py

# What a call costs, beside gRPC for C++.
benchmark-rpc: deps release-build
	@.ci/install-dependencies benchmark
	@mkdir -p $(CPP)
	@protoc -I Tests/InteropTests/proto --cpp_out=$(CPP) --grpc_out=$(CPP) \
	    --plugin=protoc-gen-grpc="$$(command -v grpc_cpp_plugin)" echo.proto
	@g++ -O2 -std=c++17 -I $(CPP) Tests/Benchmarks/compare/echo.cc $(CPP)/echo.pb.cc $(CPP)/echo.grpc.pb.cc \
	    $$(pkg-config --cflags --libs grpc++ protobuf) -o $(CPP)/echo-cpp
	@$(PYTHON) Tests/Benchmarks/compare/compare.py --ours $(RELEASE) --cpp $(CPP)
	@$(RELEASE)/rpc-benchmark

# How long a .proto file of many messages takes to become Swift.
benchmark-codegen: build-dependencies
	@swift build $(SWIFT_FLAGS) --configuration release --product codegen
	@python3 Tests/Benchmarks/codegen.py --codegen $(RELEASE)/codegen --out .build/benchmark-codegen

fuzz-http2: build-dependencies
	@echo "==> Fuzzing Sources/CNghttp2"
	@mkdir -p .build/fuzz-http2
	@clang -g -O1 -fsanitize=fuzzer,address,undefined -I Sources/CNghttp2 -I Sources/CNghttp2/include \
	    Tests/FuzzTests/http2/fuzz.c Sources/CNghttp2/*.c -lnghttp2 -lz -o .build/fuzz-http2/fuzz
	@.build/fuzz-http2/fuzz -max_total_time=$(FUZZ_SECONDS) -max_len=4096 .build/fuzz-http2

# What encoding and decoding costs, beside swift-protobuf and protobuf for C++.
CODEC := .build/benchmark-codec
CODEC_PROTOS := roost/v1/types.proto roost/v1/store.proto roost/v1/peer.proto

benchmark-codec: deps
	@.ci/install-dependencies benchmark
	@mkdir -p $(CODEC)/theirs $(CODEC)/cpp
	@ln -sfn ../../Tests/Benchmarks/codec/Package.swift $(CODEC)/Package.swift
	@ln -sfn ../../Sources $(CODEC)/Sources
	@ln -sfn ../../Tests/Benchmarks/codec $(CODEC)/benchmark
	@cp Tests/Benchmarks/codec/theirs/main.swift $(CODEC)/theirs/
	@echo "==> Building swift-protobuf and what it generates"
	@swift build $(SWIFT_FLAGS) --package-path $(CODEC) --configuration release --product protoc-gen-swift
	@protoc -I proto --plugin=protoc-gen-swift=$(CODEC)/.build/release/protoc-gen-swift \
	    --swift_opt=FileNaming=PathToUnderscores --swift_out=$(CODEC)/theirs $(CODEC_PROTOS)
	@protoc -I proto --cpp_out=$(CODEC)/cpp $(CODEC_PROTOS)
	@g++ -O3 -std=c++17 -I $(CODEC)/cpp Tests/Benchmarks/codec/codec.cc $(CODEC)/cpp/roost/v1/*.cc \
	    $$(pkg-config --cflags --libs protobuf) -o $(CODEC)/codec-cpp
	@for product in codec-ours codec-theirs; do \
	    swift build $(SWIFT_FLAGS) --package-path $(CODEC) --configuration release --product $$product || exit 1; \
	done
	@python3 Tests/Benchmarks/codec/codec.py --ours $(CODEC)/.build/release/codec-ours \
	    --swift $(CODEC)/.build/release/codec-theirs --cpp $(CODEC)/codec-cpp

# FUZZER is FuzzDecode, FuzzJSON or FuzzProto. What is found is kept in .build/fuzz-codec/corpus/FUZZER.
FUZZER ?= FuzzDecode
FUZZ_CODEC := .build/fuzz-codec
FUZZ_LENGTH ?= 4096
FUZZ_WITH := $(wildcard $(CURDIR)/Tests/FuzzTests/codec/findings/$(FUZZER))
ifeq ($(FUZZER),FuzzProto)
FUZZ_WITH += -dict=$(CURDIR)/Tests/FuzzTests/codec/FuzzProto.dict
FUZZ_WITH += $(addprefix $(CURDIR)/,Tests/TestMessages/Protos/test proto/roost/v1 codegen/Protos/google/protobuf)
endif

fuzz-codec: build-dependencies
	@echo "==> Building $(FUZZER) with AddressSanitizer and UndefinedBehaviorSanitizer"
	@mkdir -p $(FUZZ_CODEC)/corpus/$(FUZZER)
	@ln -sfn ../../Tests/FuzzTests/codec/Package.swift $(FUZZ_CODEC)/Package.swift
	@for link in Sources codegen Tests/TestMessages; do \
	    ln -sfn "$(CURDIR)/$$link" $(FUZZ_CODEC)/$$(basename $$link); \
	done
	@ln -sfn "$(CURDIR)/Tests/FuzzTests/codec" $(FUZZ_CODEC)/fuzz
	@swift build $(SWIFT_FLAGS) --package-path $(FUZZ_CODEC) --product $(FUZZER) \
	    -Xswiftc -sanitize=fuzzer,address -Xswiftc -O -Xswiftc -assert-config -Xswiftc Debug \
	    -Xswiftc -parse-as-library \
	    -Xcc -fsanitize=fuzzer-no-link,address,undefined -Xcc -fsanitize-trap=undefined -Xcc -O1
	@echo "==> Fuzzing for $(FUZZ_SECONDS) s"
	@cd $(FUZZ_CODEC) && .build/debug/$(FUZZER) -max_total_time=$(FUZZ_SECONDS) -max_len=$(FUZZ_LENGTH) -timeout=10 \
	    -artifact_prefix=corpus/ corpus/$(FUZZER) $(FUZZ_WITH)

# Protobuf's own conformance tests. RUNNER is their `conformance_test_runner`, TEST_PROTOS a folder with
# conformance/conformance.proto and google/protobuf/{test_messages_proto2,test_messages_proto3,any,...}.proto.
CONFORMANCE := .build/conformance
CONFORMANCE_SOURCES := $(CONFORMANCE)/Sources

conformance: build-dependencies
	@test -x "$(RUNNER)" && test -f "$(TEST_PROTOS)/conformance/conformance.proto" || \
	    { echo "make conformance RUNNER=path/to/conformance_test_runner TEST_PROTOS=folder"; exit 1; }
	@echo "==> Building the testee"
	@swift build $(SWIFT_FLAGS) --product codegen
	@mkdir -p $(CONFORMANCE_SOURCES)/conformance-testee
	@cp Tests/ConformanceTests/Package.swift $(CONFORMANCE)/
	@cp Tests/ConformanceTests/testee/main.swift $(CONFORMANCE_SOURCES)/conformance-testee/
	@$(DEBUG)/codegen --proto-path "$(TEST_PROTOS)" --messages-out $(CONFORMANCE_SOURCES)/ConformanceMessages \
	    --stubs-out $(CONFORMANCE)/stubs
	@swift build $(SWIFT_FLAGS) --package-path $(CONFORMANCE) --product conformance-testee
	@echo "==> Protobuf's conformance tests"
	@"$(RUNNER)" --enforce_recommended --output_dir $(CONFORMANCE)/ $(CONFORMANCE)/.build/debug/conformance-testee

# The example as others would build it; in this folder's .build, where what it depends on has been built already.
EXAMPLE := codegen/Examples/Guestbook

EXAMPLE_MESSAGES := --messages-out Sources/GuestbookAPI --stubs-out Sources/GuestbookAPI --type-prefix guestbook.v1=

example: debug-build
	@echo "==> Building and running $(EXAMPLE)"
	@swift package $(SWIFT_FLAGS) --package-path $(EXAMPLE) --scratch-path .build \
	    --allow-writing-to-package-directory compile-protos --check $(EXAMPLE_MESSAGES)
	@swift build $(SWIFT_FLAGS) --package-path $(EXAMPLE) --scratch-path .build
	@$(DEBUG)/guestbook-demo

corpus: deps
	@swift build $(SWIFT_FLAGS) --product codegen
	@swift build $(SWIFT_FLAGS) --product wire-testee
	@echo "==> Comparing descriptors with protoc's, and compiling what is generated"
	@SWIFT_FLAGS="$(SWIFT_FLAGS)" $(PYTHON) Tests/InteropTests/python/corpus.py --codegen $(DEBUG)/codegen

# Schemas that are drawn from a seed, and messages of them that Python and Roost exchange.
SCHEMAS := .build/soak-schemas
ifndef SCHEMA_SEED
SCHEMA_SEED := $(shell date +%s)
endif
MESSAGES ?= 100000

soak-schemas: deps
	@echo "==> Drawing schemas: SCHEMA_SEED=$(SCHEMA_SEED)"
	@swift build $(SWIFT_FLAGS) --product codegen
	@rm -rf $(SCHEMAS)/protos && mkdir -p $(SCHEMAS)/Sources/wire-testee
	@$(PYTHON) Tests/InteropTests/python/schemas.py --seed $(SCHEMA_SEED) --files 6 --messages 6 --clashes \
	    --out $(SCHEMAS)/protos >/dev/null
	@cp Tests/InteropTests/schemas/Package.swift $(SCHEMAS)/
	@cp Tests/InteropTests/testee/main.swift Tests/InteropTests/schemas/Types.swift $(SCHEMAS)/Sources/wire-testee/
	@$(DEBUG)/codegen --proto-path $(SCHEMAS)/protos --messages-out $(SCHEMAS)/Sources/DrawnMessages \
	    --stubs-out $(SCHEMAS)/stubs 2>$(SCHEMAS)/warnings || { cat $(SCHEMAS)/warnings; exit 1; }
	@echo "==> Building the testee"
	@swift build $(SWIFT_FLAGS) --package-path $(SCHEMAS) --product wire-testee
	@echo "==> Exchanging $(MESSAGES) messages with Python: SCHEMA_SEED=$(SCHEMA_SEED)"
	@$(PYTHON) Tests/InteropTests/python/exchange.py --protos $(SCHEMAS)/protos \
	    --testee $(SCHEMAS)/.build/debug/wire-testee --seed $(SCHEMA_SEED) --messages $(MESSAGES)

mutants-check:
	@python3 Tests/Mutants/run.py --check

# MARK: Sources

generate: build-dependencies
	@swift run $(SWIFT_FLAGS) codegen
	@swift run $(SWIFT_FLAGS) codegen $(TEST_MESSAGES)
	@swift run $(SWIFT_FLAGS) codegen $(INTEROP_MESSAGES)
	@swift run $(SWIFT_FLAGS) codegen $(DESCRIPTORS)
	@swift run $(SWIFT_FLAGS) codegen $(WELL_KNOWN)
	@swift package $(SWIFT_FLAGS) --package-path $(EXAMPLE) --scratch-path .build \
	    --allow-writing-to-package-directory compile-protos $(EXAMPLE_MESSAGES)

format:
	@$(HAND_WRITTEN) | xargs -0 swift format format --in-place --parallel

lint:
	@$(HAND_WRITTEN) | xargs -0 swift format lint --strict --parallel

# MARK: The long shows

soak-simulate:
	@$(MAKE) --no-print-directory simulate SEEDS=$(SOAK_SEEDS)

FAILOVER := Tests/IntegrationTests/python/failover.py
STEADY := Tests/IntegrationTests/python/steady.py
HISTORIES := Tests/IntegrationTests/python/histories.py
LAGGARD := Tests/IntegrationTests/python/laggard.py
SESSIONS := Tests/IntegrationTests/python/sessions.py
MILLION := Tests/IntegrationTests/python/million.py
LOCKS := Tests/IntegrationTests/python/locks.py
LOAD := Tests/IntegrationTests/python/load.py
PROXIES := Tests/IntegrationTests/python/proxies.py
ATTACKS := Tests/InteropTests/python/attacks.py
WIRE := Tests/InteropTests/python/wire.py
SOAK := ROOST="$(CURDIR)/$(RELEASE)/roost" $(PYTHON)

soak-failover: deps release-build
	@echo "==> Killing, stopping, cutting off and stalling the leader, killing every member, handing over"
	@$(SOAK) $(FAILOVER) kill --rounds 20
	@$(SOAK) $(FAILOVER) stop --rounds 20
	@$(SOAK) $(FAILOVER) all --rounds 20
	@$(SOAK) $(FAILOVER) partition --rounds 20
	@$(SOAK) $(FAILOVER) stall --rounds 20
	@$(SOAK) $(FAILOVER) transfer --rounds 20

soak-load: deps release-build
	@echo "==> $(LOAD)"
	@$(SOAK) $(LOAD)

soak-steady: deps release-build
	@echo "==> $(STEADY)"
	@$(SOAK) $(STEADY)

soak-laggard: deps release-build
	@echo "==> $(LAGGARD)"
	@$(SOAK) $(LAGGARD) beside
	@$(SOAK) $(LAGGARD) return

soak-histories: deps release-build
	@echo "==> $(HISTORIES)"
	@$(SOAK) $(HISTORIES) --rounds 60 --seconds 20

soak-sessions: deps release-build
	@echo "==> $(SESSIONS)"
	@$(SOAK) $(SESSIONS)

soak-locks: deps release-build
	@echo "==> $(LOCKS)"
	@$(SOAK) $(LOCKS)

soak-million: deps release-build
	@echo "==> $(MILLION)"
	@$(SOAK) $(MILLION)

soak-proxies: deps release-build
	@.ci/install-dependencies proxies
	@echo "==> $(PROXIES)"
	@$(SOAK) $(PROXIES)

soak-conformance: deps release-build
	@ROOST_CONFORMANCE=whole $(SOAK) -m pytest -q -p no:cacheprovider \
	    Tests/IntegrationTests/python/test_conformance_*.py

soak-attacks: deps release-build
	@echo "==> $(ATTACKS)"
	@$(SOAK) $(ATTACKS)

soak-wire: deps release-build
	@echo "==> $(WIRE)"
	@$(SOAK) $(WIRE)

clean:
	rm -rf .build .venv
