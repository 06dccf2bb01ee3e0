"""Real members under faults, and every answer that their clients got, judged by the simulator's checks.

    python histories.py --rounds 10 --seconds 20

Clients create, set, delete and read a few znodes through any member, linearizably and not, and make transactions, while
members are killed, stopped, cut off (as root) and have disks that hang. Each call is sent once, and recorded with its
times and its answer. At the end a watch from the first revision on tells what really happened; `simulate --history`
then looks for anything that a client was told and is not true: lost or doubled writes, stale or torn reads, answers
that no order explains.
"""
import argparse
import json
import pathlib
import random
import signal
import subprocess
import threading
import time

import grpc

from ensemble import Client, Ensemble, binary, error_info, open_channel, reason, store_grpc, store_pb2, types_pb2
from network import NetworkedEnsemble, SlowDisk, why_not

KEYS = 6
CLIENTS = 6

ANSWERS = {
    grpc.StatusCode.NOT_FOUND: "missing", grpc.StatusCode.ALREADY_EXISTS: "exists",
    grpc.StatusCode.ABORTED: "wrong_version",
}


class Book:
    """The calls of all clients, in the order of their invocation."""

    def __init__(self):
        self.lock = threading.Lock()
        self.calls = []

    def begin(self, **call):
        with self.lock:
            call["invoked"] = time.monotonic_ns()
            self.calls.append(call)
            return len(self.calls), call


class Lives:
    """Which life each member's process is in."""

    def __init__(self, count):
        self.now = {member: 0 for member in range(1, count + 1)}
        self.unsure = 1_000_000

    def end(self, member):
        self.now[member] += 1

    def between(self, member, before):
        """The life in which a call was answered that began in `before`."""
        if self.now[member] == before:
            return before
        self.unsure += 1
        return self.unsure


class Caller(threading.Thread):
    def __init__(self, ensemble, book, lives, place):
        super().__init__(daemon=True)
        self.ensemble, self.book, self.lives, self.place = ensemble, book, lives, place
        self.random = random.Random(place)
        self.clients = {}
        self.versions = {}
        self.stopping = False
        self.error = None

    def run(self):
        try:
            while not self.stopping:
                self.call()
                time.sleep(self.random.uniform(0, 0.02))
        except Exception as error:
            self.error = error
            raise
        finally:
            for client in self.clients.values():
                client.close()

    def call(self):
        member = self.random.randint(1, self.ensemble.count)
        if member not in self.clients:
            self.clients[member] = Client(self.ensemble, member, timeout=self.random.choice([0.3, 1.0]))
        client = self.clients[member]
        path = self.path()
        kind = self.random.choices(["get", "set", "create", "delete", "transact"], [5, 4, 2, 1, 3])[0]
        expected = self.versions.get(path) if kind in ("set", "delete") and self.random.random() < 0.4 else None
        serializable = kind == "get" and self.random.random() < 0.4
        life = self.lives.now[member]
        number, record = self.book.begin(
            client=self.place, path=path, kind=kind, expected=expected, serializable=serializable, member=member - 1,
            **(self.transaction() if kind == "transact" else {}))
        self.clients.pop(member)
        try:
            response = self.send(client, record, str(number).encode())
            record["returned"] = time.monotonic_ns()
            record.update(self.told(kind, response))
        except grpc.RpcError as error:
            record["returned"] = time.monotonic_ns()
            record["answer"] = ANSWERS.get(error.code(), "unknown")
            if kind == "transact" and record["answer"] != "unknown":
                record["step"] = int(error_info(error).metadata["operation"])
            if error.code() == grpc.StatusCode.ABORTED:
                assert reason(error) == "VERSION_MISMATCH", error
        record["life"] = self.lives.between(member, life)
        if record["answer"] in ("done", "found") and "version" in record:
            self.versions[path] = record["version"]
        if record["answer"] == "unknown":
            # A connection may be stuck; another one is made.
            client.close()
        else:
            self.clients[member] = client

    def path(self):
        return f"/key{self.random.randrange(KEYS)}"

    def transaction(self):
        """Comparisons that may hold, and branches that write first, for a deletion alone would not say whose it is."""
        def step(kinds):
            path, kind = self.path(), self.random.choice(kinds)
            expected = self.versions.get(path) if kind in ("set", "delete") and self.random.random() < 0.3 else None
            return {"path": path, "kind": kind, "expected": expected}

        def branch():
            if self.random.random() < 0.3:
                return [{"path": f"/key{key}", "kind": "get"} for key in range(KEYS)]
            rest = [step(["get", "get", "set", "create", "delete"]) for _ in range(self.random.randint(1, 2))]
            return [step(["set", "set", "create"])] + rest

        paths = [self.path() for _ in range(self.random.randint(0, 2))]
        return {
            "comparisons": [{"path": path, "version": self.versions.get(path)} for path in paths],
            "then": branch(), "otherwise": branch()}

    def transact(self, client, record, data):
        def operation(step):
            path, expected = step["path"], step.get("expected")
            if step["kind"] == "create":
                return store_pb2.Operation(create=store_pb2.CreateRequest(path=path, data=data))
            if step["kind"] == "set":
                return store_pb2.Operation(
                    set=store_pb2.SetRequest(path=path, data=data, expected_version=expected))
            if step["kind"] == "delete":
                return store_pb2.Operation(delete=store_pb2.DeleteRequest(path=path, expected_version=expected))
            return store_pb2.Operation(get=path)

        comparisons = [
            store_pb2.Comparison(path=c["path"], exists=False) if c["version"] is None
            else store_pb2.Comparison(path=c["path"], version=c["version"]) for c in record["comparisons"]]
        return client.store.Transact(
            store_pb2.TransactRequest(
                comparisons=comparisons, then=[operation(step) for step in record["then"]],
                otherwise=[operation(step) for step in record["otherwise"]]), timeout=client.timeout)

    def settled(self, response):
        def told(result):
            what = result.WhichOneof("what")
            if what == "missing":
                return {"answer": "missing"}
            if what == "delete":
                return {"answer": "done"}
            stat = getattr(result, what).stat
            if what == "get":
                return {"answer": "found", "version": stat.version, "value": int(result.get.data)}
            return {"answer": "done", "version": stat.version}

        answers = [told(result) for result in response.results]
        failed = response.failed_comparison if response.HasField("failed_comparison") else None
        return {"answer": "settled", "revision": response.revision, "failed": failed, "answers": answers}

    def send(self, client, record, data):
        kind, path, expected = record["kind"], record["path"], record["expected"]
        if kind == "transact":
            return self.transact(client, record, data)
        if kind == "create":
            return client.create(path, data)
        if kind == "set":
            return client.store.Set(
                store_pb2.SetRequest(path=path, data=data, expected_version=expected), timeout=client.timeout)
        if kind == "delete":
            return client.store.Delete(
                store_pb2.DeleteRequest(path=path, expected_version=expected), timeout=client.timeout)
        level = types_pb2.READ_LEVEL_SERIALIZABLE if record["serializable"] else types_pb2.READ_LEVEL_LINEARIZABLE
        return client.get(path, level=level)

    def told(self, kind, response):
        if kind == "transact":
            return self.settled(response)
        told = {"answer": "found" if kind == "get" else "done", "revision": response.revision}
        if kind != "delete":
            told["version"] = response.stat.version
        if kind == "get":
            told["value"] = int(response.data)
        return told


def changes(ensemble):
    """Everything that happened to the keys, as a watch of one member tells it."""
    member = ensemble.leader()
    revision = ensemble.status(member, timeout=5).applied_revision
    kinds = {store_pb2.EVENT_KIND_CREATED: "created", store_pb2.EVENT_KIND_CHANGED: "changed",
             store_pb2.EVENT_KIND_DELETED: "deleted"}
    found = []
    with open_channel(ensemble.address(member)) as channel:
        request = store_pb2.WatchRequest(
            path="/", scope=store_pb2.WATCH_SCOPE_RECURSIVE, start_revision=1, include_data=True,
            progress_interval_ms=100)
        for response in store_grpc.StoreStub(channel).Watch(request, timeout=60):
            for event in response.events:
                if event.path.startswith("/key"):
                    found.append({
                        "revision": event.revision, "kind": kinds[event.kind], "path": event.path,
                        "version": event.version, "value": int(event.data) if event.data else 0})
            if response.revision >= revision:
                return found


class Troubles:
    """One trouble after the other, each mended before the next."""

    def __init__(self, ensemble, disk, lives, seed):
        self.ensemble, self.disk, self.lives = ensemble, disk, lives
        self.random = random.Random(seed)
        self.happened = []

    def run(self, seconds):
        end = time.monotonic() + seconds
        kinds = [self.kill, self.kill, self.kill_all, self.stop, self.hang]
        if isinstance(self.ensemble, NetworkedEnsemble):
            kinds += [self.cut, self.cut, self.lose]
        while time.monotonic() < end:
            time.sleep(self.random.uniform(0.2, 1.5))
            trouble = self.random.choice(kinds)
            self.happened.append(trouble.__name__)
            trouble()
            for member, process in self.ensemble.processes.items():
                assert process.poll() is None, f"member {member} ended by itself: {self.ensemble.log_text(member)}"

    def anybody(self):
        """Rather the leader than another one."""
        leader = 0
        if self.random.random() < 0.6:
            try:
                leader = self.ensemble.status(1, timeout=2).leader_id
            except grpc.RpcError as error:
                # A channel that was refused while a member was away waits before it tries again.
                print(f"member 1 did not tell its status: {error.code()} {error.details()}", flush=True)
        return leader or self.random.randint(1, self.ensemble.count)

    def pause(self):
        time.sleep(self.random.uniform(0.1, 2.0))

    def restart(self, members):
        for member in members:
            self.lives.end(member)
            self.ensemble.start(member)
        self.ensemble.wait_ready()

    def kill(self):
        member = self.anybody()
        self.ensemble.kill(member)
        self.pause()
        self.restart([member])

    def kill_all(self):
        self.ensemble.kill_all()
        self.restart(range(1, self.ensemble.count + 1))

    def stop(self):
        member = self.anybody()
        self.ensemble.signal(member, signal.SIGSTOP)
        self.pause()
        self.ensemble.signal(member, signal.SIGCONT)

    def hang(self):
        member = self.anybody()
        self.disk.stall(member)
        self.pause()
        self.disk.work(member)

    def cut(self):
        member = self.anybody()
        for other in range(1, self.ensemble.count + 1):
            if other != member and self.random.random() < 0.8:
                self.random.choice([self.ensemble.cut, self.ensemble.drop])(member, other)
        self.pause()
        self.ensemble.heal()

    def lose(self):
        self.ensemble.lose(self.random.choice([5, 20, 40]))
        self.pause()
        self.ensemble.heal()


def judge(file):
    """What the history contradicts; None if nothing."""
    judged = subprocess.run(
        [pathlib.Path(binary()).parent / "simulate", "--history", file], capture_output=True, text=True)
    return None if judged.returncode == 0 else judged.stdout + judged.stderr


def run(seconds, seed, folder=None):
    make = Ensemble if why_not() else NetworkedEnsemble
    ensemble = make(3, extra=["--snapshot-entries", "300", "--segment-bytes", str(1 << 20)])
    disk = SlowDisk(ensemble.folder)
    ensemble.environment = disk.environment
    with ensemble:
        ensemble.wait_ready()
        book, lives = Book(), Lives(ensemble.count)
        callers = [Caller(ensemble, book, lives, place) for place in range(CLIENTS)]
        for caller in callers:
            caller.start()
        troubles = Troubles(ensemble, disk, lives, seed)
        troubles.run(seconds)
        ensemble.wait_ready()
        time.sleep(0.5)
        for caller in callers:
            caller.stopping = True
        for caller in callers:
            caller.join(30)
            assert not caller.is_alive() and caller.error is None, caller.error
        ensemble.agreement(timeout=30)
        file = pathlib.Path(folder or ensemble.folder) / f"history-{seed}.json"
        calls = [{name: value for name, value in call.items() if value is not None} for call in book.calls]
        file.write_text(json.dumps({"calls": calls, "changes": changes(ensemble)}))
        complaint = judge(file)
        assert complaint is None, complaint
        answers = {}
        for call in calls:
            answers[call["answer"]] = answers.get(call["answer"], 0) + 1
        result = {"seed": seed, "seconds": seconds, "calls": answers,
                  "troubles": {t: troubles.happened.count(t) for t in sorted(set(troubles.happened))}}
        print(json.dumps(result), flush=True)
        return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1, help="of the first round")
    options = parser.parse_args()
    for number in range(options.rounds):
        run(options.seconds, options.seed + number)
