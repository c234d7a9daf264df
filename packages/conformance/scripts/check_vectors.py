"""Reads the vectors of cbor, messages, genesis, checkpoint, receipts and entropy with nothing of foldb: a second implementation.

Run: python3 packages/conformance/scripts/check_vectors.py
"""

import hashlib
import json
import pathlib
import re
import struct

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "vectors"
NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}\Z")
CODE = re.compile(r"[a-z0-9-]{1,64}\Z")
SAFE = 2**53 - 1


class Refused(Exception):
    pass


def need(holds, why):
    if not holds:
        raise Refused(why)


class Reader:
    """Strict CBOR: protocol section 2. Integers are int, floats are float, maps are lists of pairs."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        need(count <= len(self.data) - self.at, "past the end")
        self.at += count
        return self.data[self.at - count : self.at]

    def head(self):
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if major == 7 or info < 24:
            return major, info
        need(info < 28, "indefinite or reserved")
        width = 1 << (info - 24)
        value = int.from_bytes(self.take(width), "big")
        need(value >= (24 if width == 1 else 1 << (4 * width)), "long form")
        return major, value

    def value(self, depth=64):
        major, value = self.head()
        if major in (0, 1):
            need(value < 2**63, "beyond 64 bits with sign")
            return value if major == 0 else -1 - value
        if major == 2:
            return self.take(value)
        if major == 3:
            return self.text(value)
        if major in (4, 5):
            need(depth > 0, "nesting")
            return self.items(value, depth - 1) if major == 4 else self.entries(value, depth - 1)
        need(major == 7, "tag")
        return self.simple(value)

    def text(self, length):
        try:
            return self.take(length).decode("utf-8")
        except UnicodeDecodeError:
            raise Refused("UTF-8") from None

    def items(self, count, depth):
        need(count <= len(self.data) - self.at, "past the end")
        return [self.value(depth) for _ in range(count)]

    def entries(self, count, depth):
        need(2 * count <= len(self.data) - self.at, "past the end")
        entries, last = [], None
        for _ in range(count):
            key = self.value(0)
            need(isinstance(key, str), "key")
            order = (len(key.encode()), key.encode())
            need(last is None or last < order, "order of keys")
            last = order
            entries.append((key, self.value(depth)))
        return tuple(entries)

    def simple(self, info):
        if info in (20, 21):
            return info == 21
        if info == 22:
            return None
        need(info == 27, "simple value")
        value = struct.unpack(">d", self.take(8))[0]
        need(value == value and abs(value) != float("inf"), "not finite")
        need(not (value.is_integer() and abs(value) <= SAFE), "whole float")
        return value


def decode(data):
    reader = Reader(data)
    value = reader.value()
    need(reader.at == len(data), "bytes left")
    return value


def fields(data, names):
    value = decode(data)
    need(isinstance(value, tuple) and [key for key, _ in value] == names, "fields")
    return dict(value)


def check_args(args):
    need(isinstance(args, tuple), "args")
    for name, value in args:
        need(NAME.match(name), "name")
        need(not isinstance(value, (list, tuple)), "nested")
        need(not (isinstance(value, str) and "\0" in value), "U+0000")


def is_position(value):
    return type(value) is int and 0 <= value <= SAFE


def message(data):
    need(len(data) <= 65536, "size")
    value = fields(data, ["args", "kind", "time", "sender"])
    check_args(value["args"])
    need(isinstance(value["kind"], str) and NAME.match(value["kind"]), "kind")
    need(is_position(value["time"]), "time")
    sender = value["sender"]
    need(isinstance(sender, str) and 1 <= len(sender.encode()) <= 256 and "\0" not in sender, "sender")
    return value


def need_digest(value):
    need(isinstance(value, bytes) and len(value) == 32, "digest")


def genesis(data):
    value = fields(data, ["args", "engine", "channel", "profile", "reducer"])
    check_args(value["args"])
    for name in ["channel", "profile", "reducer"] + ([] if value["engine"] is None else ["engine"]):
        need_digest(value[name])
    return value


def checkpoint(data):
    value = fields(data, ["genesis", "logRoot", "position", "stateRoot", "receiptRoot"])
    need(is_position(value["position"]), "position")
    for name in ["genesis", "logRoot", "stateRoot", "receiptRoot"]:
        need_digest(value[name])
    return value


def receipt(data):
    value = decode(data)
    need(isinstance(value, list) and len(value) == 2 and type(value[0]) is int and isinstance(value[1], str), "receipt")
    status, code = value
    need(0 <= status <= 2, "status")
    need([code == "", CODE.match(code), code in ("trap", "out-of-fuel", "out-of-stack")][status], "code")
    return value


def tagged_hash(tag, data):
    name = hashlib.sha256(tag.encode()).digest()
    return hashlib.sha256(name + name + data).digest()


def untag(value):
    if value is None or isinstance(value, bool):
        return value
    ((tag, inner),) = value.items()
    return {
        "integer": lambda: int(inner),
        "float": lambda: struct.unpack(">d", bytes.fromhex(inner))[0],
        "text": lambda: inner,
        "bytes": lambda: bytes.fromhex(inner),
        "array": lambda: [untag(item) for item in inner],
        "map": lambda: tuple((key, untag(item)) for key, item in inner),
    }[tag]()


def same(a, b):
    """Equal and of one type: 1, 1.0 and true are three values."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    return a == b


def cases(area):
    return json.loads((VECTORS / f"{area}.json").read_text(encoding="utf-8"))["cases"]


def bytes_of(case):
    if "bytes" in case:
        return bytes.fromhex(case["bytes"])
    return b"".join(bytes.fromhex(piece["hex"]) * piece["times"] for piece in case["pieces"])


def refuses(area, read):
    for case in cases(f"invalid/{area}"):
        try:
            read(bytes_of(case))
        except Refused:
            continue
        raise AssertionError(f"invalid/{area}: {case['name']}: accepted")


def check(area, case, holds):
    assert holds, f"{area}: {case['name']}"


def main():
    for case in cases("cbor"):
        check("cbor", case, same(decode(bytes_of(case)), untag(case["value"])))
    for case in cases("messages"):
        value = message(bytes_of(case))
        expected = (tuple((name, untag(arg)) for name, arg in case["args"]), case["kind"], int(case["time"]), case["sender"])
        check("messages", case, same((value["args"], value["kind"], value["time"], value["sender"]), expected))
    for case in cases("genesis"):
        value = genesis(bytes_of(case))
        check("genesis", case, all(value[name].hex() == case[name] for name in ["channel", "profile", "reducer"]))
        check("genesis", case, tagged_hash("foldb/genesis/v1", bytes_of(case)).hex() == case["digest"])
    for case in cases("checkpoint"):
        value = checkpoint(bytes_of(case))
        check("checkpoint", case, value["position"] == case["position"] and value["stateRoot"].hex() == case["stateRoot"])
        check("checkpoint", case, tagged_hash("foldb/checkpoint/v1", bytes_of(case)).hex() == case["digest"])
    for case in cases("receipts"):
        status, code = receipt(bytes_of(case))
        check("receipts", case, (["applied", "rejected", "trapped"][status], code) == (case["status"], case["code"]))
    for case in cases("entropy"):
        sender = tagged_hash("foldb/sender/v1", case["sender"].encode())
        before = b"".join(bytes.fromhex(case[name]) for name in ["channel", "argsDigest", "logRoot"])
        seed = tagged_hash("foldb/seed/v1", before + case["position"].to_bytes(8, "big") + sender)
        stream = b"".join(tagged_hash("foldb/entropy/v1", seed + block.to_bytes(8, "big")) for block in range(4))[:100]
        check("entropy", case, (seed.hex(), stream.hex()) == (case["seed"], case["stream"]))
    readers = {"cbor": decode, "messages": message, "genesis": genesis, "checkpoint": checkpoint, "receipts": receipt}
    for area, read in readers.items():
        refuses(area, read)
    print("every vector holds")


if __name__ == "__main__":
    main()
