"""Server reflection, asked by the reflection client of Python's gRPC: calls are made with nothing but what it tells."""
import grpc
import pytest
from google.protobuf import descriptor_pool, message_factory
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from grpc_reflection.v1alpha import reflection_pb2

from ensemble import Ensemble, open_channel

V1 = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"


@pytest.fixture(scope="module")
def channel():
    with Ensemble(count=1) as ensemble:
        ensemble.wait_ready()
        with open_channel(ensemble.address(1)) as made:
            yield made


@pytest.fixture(scope="module")
def pool(channel):
    return descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(channel))


def call(channel, pool, path, request):
    """A unary call of which nothing is known but its name."""
    service, method = path.rsplit("/", 1)
    described = pool.FindServiceByName(service).FindMethodByName(method)
    asked = message_factory.GetMessageClass(described.input_type)(**request)
    answer = message_factory.GetMessageClass(described.output_type)
    return channel.unary_unary(
        f"/{path}", request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=answer.FromString)(asked, timeout=10)


def test_calls_can_be_made_without_any_files(channel, pool):
    created = call(channel, pool, "roost.v1.Store/Create", {"path": "/reflected", "data": b"x"})
    got = call(channel, pool, "roost.v1.Store/Get", {"path": "/reflected"})
    assert got.data == b"x" and got.stat.created_revision == created.revision
    assert call(channel, pool, "grpc.health.v1.Health/Check", {}).status == 1


def test_the_services_that_are_listed_are_those_that_are_served(channel, pool):
    names = set(ProtoReflectionDescriptorDatabase(channel).get_services())
    assert {"roost.v1.Store", "roost.v1.Coordinator", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection"} <= names
    assert "roost.v1.Peer" not in names
    for name in names:
        assert pool.FindServiceByName(name).methods


def ask(channel, path, *requests):
    """Both versions have the same messages."""
    stream = channel.stream_stream(
        path, request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
        response_deserializer=reflection_pb2.ServerReflectionResponse.FromString)
    return list(stream(iter(requests), timeout=10))


def test_version_1_tells_files_by_names_and_symbols_and_none_twice(channel):
    request = reflection_pb2.ServerReflectionRequest
    first, second = ask(
        channel, V1, request(file_containing_symbol="roost.v1.Store.Get"),
        request(file_by_filename="roost/v1/lock.proto"))
    assert first.original_request.file_containing_symbol == "roost.v1.Store.Get"
    assert len(first.file_descriptor_response.file_descriptor_proto) > 1
    assert len(second.file_descriptor_response.file_descriptor_proto) == 1


def test_what_is_not_known_is_said_and_ends_nothing(channel):
    request = reflection_pb2.ServerReflectionRequest
    extension = reflection_pb2.ExtensionRequest(containing_type="roost.v1.Stat", extension_number=1000)
    answers = ask(
        channel, V1, request(file_containing_symbol="no.such.Thing"), request(file_by_filename="none.proto"),
        request(file_containing_extension=extension), request(all_extension_numbers_of_type="no.such.Type"), request(),
        request(all_extension_numbers_of_type="roost.v1.Stat"))
    not_found, invalid = grpc.StatusCode.NOT_FOUND.value[0], grpc.StatusCode.INVALID_ARGUMENT.value[0]
    assert [answer.error_response.error_code for answer in answers[:5]] == [not_found] * 4 + [invalid]
    assert answers[5].all_extension_numbers_response.base_type_name == "roost.v1.Stat"
