"""What each reason means to a client. The test compares the names with those in the Swift sources."""
import re

from bad_inputs import code, table
from ensemble import ROOT

STATE = ROOT / "Sources/Coordination/State/StateError.swift"
SERVICE = ROOT / "Sources/Server/Services/Refusals.swift"
REFUSALS = ROOT / "Sources/RPC/Server/Refusal.swift"

NO = "no"

# The reason, the codes that it comes with, whether the call had an effect, what it means, and the names that its
# metadata may have. (`operation` and `branch`, or `comparison`, which a part of a transaction adds, are not repeated.)
REASONS = [
    ("ADDRESS_IN_USE", "ALREADY_EXISTS", NO, "Another member has this peer_address.", ""),
    ("CHANGE_UNDER_WAY", "UNAVAILABLE", NO,
     "Another change of the ensemble, or an election, is not finished. Ask again.", ""),
    ("CLAIM_NOT_FOUND", "NOT_FOUND", NO,
     "The lock has no claim with this token, or not any more: it was released, or its session has ended. A call that "
     "waits for the lock is told so too when its claim goes.", ""),
    ("CONFIG_VERSION_NOT_FOUND", "NOT_FOUND", NO, "The key has no such version, or it is not kept any more.", ""),
    ("DATA_TOO_LARGE", "RESOURCE_EXHAUSTED", NO, "The data, or value, is longer than the limit.", "limit value"),
    ("DEADLINE_PASSED", "DEADLINE_EXCEEDED", NO,
     "The call's deadline had passed before the write was taken on. (A client that sets the deadline mostly gives up "
     "before it hears that, and does not know the outcome.)", ""),
    ("DISK_FULL", "RESOURCE_EXHAUSTED", NO, "There is no space for writes. Deletes go on. Try again later.", ""),
    ("FENCED", "ABORTED", NO,
     "The token does not hold the lock, or not any more: whoever relies on it must stop. The metadata name the first "
     "holder, if there is one.", "holder_token holder_session_id holder_owner"),
    ("FORMAT_LEVEL_TOO_LOW", "UNAVAILABLE", NO,
     "Some member still runs a release that does not know what is asked for. It works when none does any more.",
     "format_level needed_format_level"),
    ("HEADERS_TOO_LARGE", "RESOURCE_EXHAUSTED", NO, "The call's metadata is longer than 16 KiB.", ""),
    ("HISTORY_TRIMMED", "OUT_OF_RANGE", NO,
     "Changes as old as that are not kept any more. Read the present state, and watch from its revision + 1.",
     "oldest_revision"),
    ("INSTANCE_NOT_FOUND", "NOT_FOUND", NO,
     "The session has no instance of this name: it has gone, or another session has registered it anew.", ""),
    ("INVALID_FIELD", "INVALID_ARGUMENT", NO,
     "A field is missing, does not fit the others, or is out of its bounds; the message says which.", ""),
    ("INVALID_PATH", "INVALID_ARGUMENT", NO,
     "A path breaks a rule, or what is put together from it does: of a lock and a claim's name, say. The message says "
     "which rule.", "limit value"),
    ("INVALID_PRINCIPAL", "INVALID_ARGUMENT", NO,
     "The name of the caller, as the server knows it, is too long.", ""),
    ("INVALID_REQUEST_ID", "INVALID_ARGUMENT", NO, "The request id breaks a rule.", ""),
    ("LEARNER_BEHIND", "FAILED_PRECONDITION", NO,
     "The learner lacks too much of the log to be given a vote. Ask again.", ""),
    ("LIMIT_REACHED", "RESOURCE_EXHAUSTED", NO, "There is as much of it as there may be; the metadata name the limit.",
     "limit value"),
    ("LOCK_HELD", "FAILED_PRECONDITION, DEADLINE_EXCEEDED", "no",
     "Others hold the lock: DEADLINE_EXCEEDED if that was so for the whole of wait_ms. No claim is left, but for one "
     "that another call of its owner relies on; the message says so.",
     "holder_token holder_session_id holder_owner"),
    ("LOCK_MISMATCH", "FAILED_PRECONDITION", NO,
     "The claim does not go with those that are there: its mode, or its capacity, is another one.", ""),
    ("MALFORMED_CALL", "INTERNAL", NO,
     "The call breaks gRPC's own rules: a malformed timeout, no message or several where one is due, a message cut "
     "short. No library does that.", ""),
    ("MALFORMED_REQUEST", "INVALID_ARGUMENT", NO,
     "The bytes are no message of that type; the message tells where that shows.", ""),
    ("MEMBER_ID_IN_USE", "ALREADY_EXISTS", NO, "A member of this id, with another data directory, is alive.", ""),
    ("MEMBER_SILENT", "FAILED_PRECONDITION", NO, "The leader does not hear the learner, so it gets no vote.", ""),
    ("MESSAGE_TOO_LARGE", "RESOURCE_EXHAUSTED", NO, "A message is longer than 4 MiB, as it comes or inflated.", ""),
    ("NOT_APPLIED", "UNAVAILABLE", NO, "No leader took the request. Try again, anywhere.", "leader"),
    ("NOT_GRPC", "UNIMPLEMENTED, UNKNOWN", NO, "The request is not POST, or not of application/grpc.", ""),
    ("NOT_LEADER", "UNAVAILABLE", NO,
     "Only the leader changes the ensemble. The metadata name it, and where it serves clients, if they are known.",
     "leader leader_address"),
    ("NOT_OVERDUE", "FAILED_PRECONDITION", NO,
     "Among members: what was to expire has been renewed meanwhile. Never told to clients.", ""),
    ("NOT_TAKEN_OVER", "ABORTED", NO, "The member did not take over in time. The leader goes on.", ""),
    ("NO_LEADER", "NOT_FOUND", NO, "The election has no candidate that leads.", ""),
    ("NO_SUCCESSOR", "FAILED_PRECONDITION", NO, "No other voter is alive, or the one asked for is none.", ""),
    ("OUTCOME_UNKNOWN", "UNKNOWN, RESOURCE_EXHAUSTED", "perhaps",
     "The member lost sight of the request, which may have taken effect or may still do so. Send it again with the "
     "same request_id. RESOURCE_EXHAUSTED: the answer is longer than 4 MiB, or too much waits for this client to read "
     "it.", ""),
    ("OVERLOADED", "RESOURCE_EXHAUSTED", NO,
     "Too much waits at this member: requests, reads, watches, or keep-alives of one stream. Try again later.", ""),
    ("PARENT_EPHEMERAL", "FAILED_PRECONDITION", NO, "An ephemeral znode has no children, and keeps no versions.", ""),
    ("PARENT_NOT_FOUND", "NOT_FOUND", NO, "The parent of the znode to create does not exist.", ""),
    ("QUORUM_AT_RISK", "FAILED_PRECONDITION", NO, "Too few of the voters left would be alive.", ""),
    ("RELEASE_TOO_OLD", "FAILED_PRECONDITION", NO,
     "The new member's release does not support the ensemble's format level.", ""),
    ("REQUEST_ID_EXPIRED", "FAILED_PRECONDITION", "not this time",
     "The outcome of a write of this sequence is not kept any more: whether it once had an effect is not known.",
     "expired_sequence"),
    ("REQUEST_ID_REUSED", "INVALID_ARGUMENT", NO, "The request id was used before, for a request of other content.",
     "revision"),
    ("REVISION_MISMATCH", "ABORTED", NO,
     "The key's newest value is not of the expected revision. Read it, decide anew.",
     "expected_revision actual_revision"),
    ("REVISION_NOT_REACHED", "UNAVAILABLE", NO,
     "The member has not reached min_revision within 10 s. (A deadline that is sooner passes without a reason.)", ""),
    ("ROOT_IMMUTABLE", "INVALID_ARGUMENT", NO, "The root cannot be deleted.", ""),
    ("SESSION_ENDED", "NOT_FOUND", NO, "The session has ended; the message and the metadata say why and when.",
     "ended_because ended_revision"),
    ("SESSION_NOT_FOUND", "NOT_FOUND", NO,
     "There is no such session, it is somebody else's, or it ended too long ago to be remembered.", ""),
    ("SHUTTING_DOWN", "UNAVAILABLE", NO,
     "The member is about to stop, and ends what has no end of its own: watches, keep-alives, streams. Go on at "
     "another one. (Of a Connect stream's writes that have no result yet, whoever resumes its session is told.)", ""),
    ("STREAM_OUT_OF_ORDER", "ABORTED", NO,
     "Among members: a write of a stream came before its turn, and is sent again. Never told to clients.", ""),
    ("STREAM_SUPERSEDED", "ABORTED", NO,
     "Another stream has resumed the session. The welcome of that one says how far this one has come.", ""),
    ("STREAM_WRITES_REPEATED", "ABORTED", NO,
     "Among members: writes of a stream that have taken effect came again. Never told to clients.", ""),
    ("TOO_MUCH_UNREAD", "RESOURCE_EXHAUSTED", NO,
     "Too much that this client, or all clients of a loop, have sent waits to be read. Try again later.", ""),
    ("UNAUTHENTICATED", "UNAUTHENTICATED", NO,
     "The member wants to know who is calling, and the call shows neither a certificate nor a token that it knows.",
     ""),
    ("UNKNOWN_FORMAT", "UNIMPLEMENTED", NO,
     "Among members: an entry of the log is of a format that is not in effect. Never told to clients.", ""),
    ("UNKNOWN_MEMBER", "NOT_FOUND", NO, "The ensemble has no such member.", ""),
    ("UNKNOWN_METHOD", "UNIMPLEMENTED", NO, "There is no such call here.", ""),
    ("UNSUPPORTED_ENCODING", "UNIMPLEMENTED, INTERNAL", NO,
     "The messages are compressed with something else than gzip, or without saying with what.", ""),
    ("VERSION_MISMATCH", "ABORTED", NO, "The znode's version is not the expected one. Read it, decide anew.",
     "expected_version actual_version"),
    ("WRONG_SECRET", "PERMISSION_DENIED", NO, "The secret is not the session's.", ""),
    ("ZNODE_EXISTS", "ALREADY_EXISTS", NO,
     "The znode exists; or, with Naming and Config, one that is none of theirs has its name.", ""),
    ("ZNODE_HAS_CHILDREN", "FAILED_PRECONDITION", NO, "A znode with children cannot be deleted.", "child_count"),
    ("ZNODE_NOT_FOUND", "NOT_FOUND", NO, "The znode, or the key, does not exist.", ""),
]


def in_sources():
    """The reasons that the Swift sources can give."""
    state = re.findall(r'\bReason\(rawValue: "([A-Z_]+)"\)', STATE.read_text())
    service = re.findall(r'^    case \w+ = "([A-Z_]+)"$', SERVICE.read_text(), re.MULTILINE)
    refusals = re.findall(r'^    case \w+ = "([A-Z_]+)"$', REFUSALS.read_text(), re.MULTILINE)
    assert state and service and refusals, "the reasons are written in another way now"
    return set(state) | set(service) | set(refusals)


def rows():
    return [[code(reason), codes, effect, meaning, ", ".join(code(f) for f in facts.split())]
            for reason, codes, effect, meaning, facts in REASONS]


def section():
    return table(["reason", "status code", "had an effect", "what it means", "metadata"], rows())


def contradictions(outcomes):
    """What calls were told that is not as written above. `outcomes`: of calls, by words for them."""
    known = {reason: (set(codes.split(", ")), set(facts.split())) for reason, codes, _, _, facts in REASONS}
    wrong, seen = [], {}
    for words, outcome in outcomes:
        if not outcome.reason:
            continue
        codes, facts = known.get(outcome.reason, (set(), set()))
        told = set(outcome.facts) - {"operation", "branch", "comparison"}
        seen[outcome.reason] = seen.get(outcome.reason, set()) | told
        if outcome.code not in codes:
            wrong.append(f"{words}: {outcome.reason} with the code {outcome.code}")
        if not told <= facts:
            wrong.append(f"{words}: {outcome.reason} with the metadata {sorted(told - facts)}")
    for reason, told in seen.items():
        if told != known[reason][1]:
            wrong.append(f"{reason}: no call was told the metadata {sorted(known[reason][1] - told)}")
    return wrong
