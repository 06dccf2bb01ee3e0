"""TLS, and who is calling: certificates and tokens, at stock clients of real members."""
import shutil
import socket
import ssl
import time

import grpc
import pytest

from ensemble import (
    Client, Ensemble, code_and_reason, peer_grpc, peer_pb2, roost, sessions_pb2, store_pb2, types_pb2)


@pytest.fixture(scope="module")
def certs(tmp_path_factory):
    """A folder of `roost certs` for three members, with two clients."""
    folder = tmp_path_factory.mktemp("certs")
    made = roost("certs", "--out", folder, *(f"--member={m}=localhost,127.0.0.1" for m in (1, 2, 3)),
                 "--client", "alice", "--client", "bob")
    assert made.returncode == 0, made.stderr
    return folder


def credentials(folder, name=None):
    def read(file):
        return (folder / file).read_bytes()

    if name is None:
        return grpc.ssl_channel_credentials(read("ca.pem"))
    return grpc.ssl_channel_credentials(read("ca.pem"), read(f"{name}-key.pem"), read(f"{name}.pem"))


class SecureEnsemble(Ensemble):
    def __init__(self, folder, extra=()):
        super().__init__(extra=["--certs", str(folder), *extra])
        self.credentials = credentials(folder, "alice")


@pytest.fixture(scope="module")
def secure(certs):
    with SecureEnsemble(certs) as ensemble:
        ensemble.wait_ready()
        yield ensemble


def context(folder, name=None):
    """A client's, of Python's own TLS."""
    made = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    made.set_alpn_protocols(["h2"])
    if name:
        made.load_cert_chain(folder / f"{name}.pem", folder / f"{name}-key.pem")
    return made


def shake_hands(ensemble, made, member=1):
    """Connects; returns the version, what ALPN chose, and the member's certificate."""
    port = ensemble.client_ports[member]
    with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
        with made.wrap_socket(plain, server_hostname="localhost") as tls:
            # A server's refusal comes after what TLS 1.3 takes for the end of the handshake.
            tls.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
            assert tls.recv(9), "the connection was closed"
            return tls.version(), tls.selected_alpn_protocol(), tls.getpeercert(binary_form=True)


def test_an_ensemble_with_tls_loses_its_leader_and_goes_on(certs):
    with SecureEnsemble(certs) as ensemble:
        ensemble.wait_ready()
        leader = ensemble.leader()
        ensemble.kill(leader)
        others = [m for m in (1, 2, 3) if m != leader]
        assert ensemble.leader(among=others) != leader
        client = Client(ensemble, others[0], timeout=10)
        client.put("/after", b"1")
        ensemble.start(leader)
        ensemble.wait_ready()
        ensemble.agreement()
        client.close()


def test_the_commands_use_tls_as_the_environment_says(secure, certs):
    environment = {
        "ROOST_MEMBERS": secure.addresses(), "ROOST_CA": str(certs / "ca.pem"), "ROOST_CERT": str(certs / "bob.pem"),
        "ROOST_KEY": str(certs / "bob-key.pem")}
    assert roost("create", "/by-bob", "x", environment=environment).returncode == 0
    assert roost("get", "/by-bob", environment=environment).stdout.strip() == "x"
    assert roost("status", environment=environment).returncode == 0
    del environment["ROOST_CERT"], environment["ROOST_KEY"]
    refused = roost("get", "/by-bob", "--timeout", "1", environment=environment)
    assert refused.returncode == 1 and "UNAVAILABLE" in refused.stderr


def test_clients_without_a_certificate_or_without_tls_are_not_let_in(secure, certs):
    for refused in (credentials(certs), grpc.local_channel_credentials()):
        client = Client(secure, 1, credentials=refused)
        assert code_and_reason(client.get, "/") == ("UNAVAILABLE", None)
        client.close()


def test_a_session_says_whose_it_is_and_is_of_no_use_to_others(secure, certs):
    alice = Client(secure, 1)
    bob = Client(secure, 2, credentials=credentials(certs, "bob"))
    opened = alice.sessions.Open(sessions_pb2.OpenSessionRequest(timeout_ms=60000, name="mine"), timeout=5)
    session = bob.sessions.Describe(
        sessions_pb2.DescribeSessionRequest(session_id=opened.session_id), timeout=5).session
    assert session.principal == "CN=alice"
    ephemeral = {"kind": types_pb2.ZNODE_KIND_EPHEMERAL, "session_id": opened.session_id}
    assert code_and_reason(bob.create, "/of-alice", **ephemeral) == ("NOT_FOUND", "SESSION_NOT_FOUND")
    close = sessions_pb2.CloseSessionRequest(session_id=opened.session_id, secret=opened.secret)
    assert code_and_reason(bob.sessions.Close, close, timeout=5) == ("NOT_FOUND", "SESSION_NOT_FOUND")
    alice.create("/of-alice", **ephemeral)
    alice.sessions.Close(close, timeout=5)
    alice.close(), bob.close()


def test_request_ids_of_two_principals_are_two_ids(secure, certs):
    alice = Client(secure, 1)
    bob = Client(secure, 2, credentials=credentials(certs, "bob"))
    same = types_pb2.RequestId(client_id="chosen-by-both", sequence=1)
    alice.create("/id-of-alice", request_id=same)
    bob.create("/id-of-bob", request_id=same)
    assert alice.get("/id-of-bob").stat.version == 0
    alice.close(), bob.close()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_1_2_and_1_3_are_spoken(secure, certs, version):
    made = context(certs, "alice")
    made.minimum_version = made.maximum_version = version
    spoken, protocol, _ = shake_hands(secure, made)
    assert (spoken, protocol) == (version.name.replace("_", "."), "h2")


def test_older_versions_old_ciphers_and_other_protocols_are_not_spoken(secure, certs):
    old = context(certs, "alice")
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    weak = context(certs, "alice")
    weak.maximum_version = ssl.TLSVersion.TLSv1_2
    weak.set_ciphers("ECDHE-ECDSA-AES128-SHA")
    other = context(certs, "alice")
    other.set_alpn_protocols(["http/1.1"])
    silent = ssl.create_default_context(cafile=str(certs / "ca.pem"))
    silent.load_cert_chain(certs / "alice.pem", certs / "alice-key.pem")
    for made in (old, weak, other, silent):
        with pytest.raises((ssl.SSLError, ConnectionError, AssertionError)):
            shake_hands(secure, made)


def test_the_listener_for_members_lets_members_in_and_nobody_else(secure, certs):
    def introduce(name):
        channel = grpc.secure_channel(secure.peer_address(1), credentials(certs, name))
        try:
            return peer_grpc.PeerStub(channel).Introduce(peer_pb2.IntroduceRequest(), timeout=5).member_id
        finally:
            channel.close()

    assert introduce("member-2") == 1
    for name in ("alice", None):
        with pytest.raises(grpc.RpcError) as refused:
            introduce(name)
        assert refused.value.code() == grpc.StatusCode.UNAVAILABLE


def test_a_member_cannot_speak_for_another(certs, tmp_path):
    """Member 3 has the certificate of member 2."""
    shutil.copytree(certs, tmp_path / "certs")
    with SecureEnsemble(tmp_path / "certs") as ensemble:
        ensemble.wait_ready()
        ensemble.stop(3)
        for file in ("{}.pem", "{}-key.pem"):
            shutil.copy(tmp_path / "certs" / file.format("member-2"), tmp_path / "certs" / file.format("member-3"))
        ensemble.start(3)
        client = Client(ensemble, ensemble.leader(among=[1, 2]), timeout=10)
        before = client.put("/without-3", b"").revision
        end = time.monotonic() + 10
        while ensemble_status(ensemble, 3) is None and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(1)
        status = ensemble_status(ensemble, 3)
        assert status is None or status.applied_revision < before
        client.close()


def ensemble_status(ensemble, member):
    try:
        return ensemble.status(member)
    except grpc.RpcError:
        return None


def test_a_certificate_is_renewed_without_a_restart(certs, tmp_path):
    shutil.copytree(certs, tmp_path / "certs")
    with SecureEnsemble(tmp_path / "certs") as ensemble:
        ensemble.wait_ready()
        first = shake_hands(ensemble, context(certs, "alice"))[2]
        client = Client(ensemble, 1, timeout=10)
        client.put("/before", b"")
        made = roost("certs", "--out", tmp_path / "certs", "--member=1=localhost,127.0.0.1")
        assert made.returncode == 0, made.stderr
        end = time.monotonic() + 20
        while shake_hands(ensemble, context(certs, "alice"))[2] == first:
            assert time.monotonic() < end, "the old certificate is still shown"
            time.sleep(0.2)
        client.put("/after", b"")
        client.close()


# Tokens


class TokenEnsemble(Ensemble):
    def __init__(self, tokens):
        super().__init__(count=1, extra=["--tokens", str(tokens)])


def make_token(name, file):
    made = roost("token", name, "--file", file)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def get(client, token=None):
    metadata = [("authorization", f"Bearer {token}")] if token else []
    return client.store.Get(store_pb2.GetRequest(path="/"), metadata=metadata, timeout=5)


def test_tokens_let_in_until_they_are_withdrawn(tmp_path):
    file = tmp_path / "tokens"
    token, other = make_token("app", file), make_token("other", file)
    assert token not in file.read_text()
    with TokenEnsemble(file) as ensemble:
        client = Client(ensemble, 1, timeout=10)
        end = time.monotonic() + 20
        while code_and_reason(get, client, token)[0] != "OK":
            assert time.monotonic() < end, ensemble.log_text(1)
            time.sleep(0.05)
        opened = client.sessions.Open(
            sessions_pb2.OpenSessionRequest(timeout_ms=60000), metadata=[("authorization", f"Bearer {token}")],
            timeout=5)
        session = client.sessions.Describe(
            sessions_pb2.DescribeSessionRequest(session_id=opened.session_id),
            metadata=[("authorization", f"Bearer {other}")], timeout=5).session
        assert session.principal == "token:app"
        assert code_and_reason(get, client)[0] == "UNAUTHENTICATED"
        assert code_and_reason(get, client, token + "x")[0] == "UNAUTHENTICATED"
        (tmp_path / "token").write_text(other + "\n")
        told = roost("get", "/", "--members", ensemble.addresses(), "--token-file", tmp_path / "token")
        assert told.returncode == 0, told.stderr
        file.write_text("".join(line for line in file.read_text().splitlines(True) if not line.startswith("app ")))
        end = time.monotonic() + 20
        while code_and_reason(get, client, token)[0] == "OK":
            assert time.monotonic() < end, "a withdrawn token still lets in"
            time.sleep(0.2)
        assert code_and_reason(get, client, other)[0] == "OK"
        log = ensemble.log_text(1)
        assert token not in log and other not in log
        client.close()


# What is less secure than it looks


@pytest.mark.parametrize("arguments, told", [
    (["--client-address", "0.0.0.0:0"], "without TLS"),
    (["--peer-address", "0.0.0.0:0"], "without TLS"),
    (["--client-ca", "ca.pem"], "give a certificate"),
    (["--allow-anonymous"], "by certificates or tokens"),
    (["--certs", "nowhere"], "nowhere/member-1.pem"),
    (["--tokens", "nowhere"], "nowhere"),
    (["--cert", "a.pem"], "--cert and --key"),
    (["--peer-cert", "a.pem", "--peer-key", "a.pem"], "--peer-ca"),
])
def test_a_member_does_not_start_less_secure_than_it_looks(tmp_path, arguments, told):
    ended = roost("serve", "--data", tmp_path / "data", *arguments, folder=tmp_path)
    assert ended.returncode != 0
    assert told in ended.stderr
