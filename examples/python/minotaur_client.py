"""Rows of a Minotaur service in Python: one file, the standard library and numpy.

    from minotaur_client import Client

    client = Client("http://127.0.0.1:8787", token="mnt_...")
    for row in client.rows(first="0:1200"):
        if row.ready:
            act(row.values)          # numpy array, float64, the bits that the chain gave

`rows` connects again after whatever ended a connection, and gives every row exactly once. `client.columns` has the names of
the values once the first connection is made. Keep `row.position` where you keep what you did with the row: `first` then is
`row.next_position`. On the command line: python minotaur_client.py URL [TOKEN] [FIRST] [COUNT]
"""

import base64
import hashlib
import json
import os
import random
import socket
import ssl
import struct
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import numpy as np

PROTOCOL = "minotaur.v1.binary"
# magic, kind, flags, source, epoch, count, ordinal, time, arrival: docs/serving.md
HEAD = struct.Struct("<4sBBHIIddd")
ROW, READY, COMPLETE = 1, 1, 2
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
SLOW, GONE, AHEAD = 4008, 4010, 4016
TIMEOUT = 45  # the service pings every 20 s


class Refused(Exception):
    """The service cannot or will not give what was asked for; trying again is of no use."""


@dataclass(frozen=True)
class Row:
    epoch: int
    ordinal: int
    time: float  # microseconds
    arrival: float  # microseconds; NaN where not known
    ready: bool
    complete: bool
    values: np.ndarray  # float64

    @property
    def position(self):
        return f"{self.epoch}:{self.ordinal}"

    @property
    def next_position(self):
        return f"{self.epoch}:{self.ordinal + 1}"


class Client:
    def __init__(self, url, token=None, columns=None, context=None):
        self.url, self.token, self.wanted, self.context = url, token, columns, context
        self.hello = None

    @property
    def columns(self):
        return None if self.hello is None else self.hello["columns"]

    def rows(self, first=None):
        """Yields rows for ever, from `first` on ("epoch:ordinal" or "latest"; the row that comes next where absent)."""
        due, wait = first, 0.25
        while True:
            try:
                for row in self._connection(due):
                    due, wait = row.next_position, 0.25
                    yield row
            except (OSError, EOFError):
                time.sleep(wait * (0.5 + random.random()))
                wait = min(2 * wait, 60)
            if due in (None, "latest") and self.hello is not None:
                due = self.hello["from"]

    def _connection(self, first):
        stream = _connect(self.url, self.token, self.wanted, first, self.context)
        try:
            for kind, body in stream.messages():
                if kind == TEXT:
                    self._greeted(json.loads(body))
                else:
                    row = _row(body)
                    if row is not None:
                        yield row
        finally:
            stream.socket.close()

    def _greeted(self, message):
        if message["kind"] != "hello":
            return
        if self.hello is not None and self.hello["schemaId"] != message["schemaId"]:
            raise Refused(f"expected rows of schema {self.hello['schemaId']}, found {message['schemaId']}")
        self.hello = message


def _row(body):
    magic, kind, flags, _, epoch, count, ordinal, at, arrival = HEAD.unpack_from(body)
    if magic != b"MNT1" or kind != ROW:
        return None
    values = np.frombuffer(body, "<f8", count, HEAD.size)
    return Row(epoch, int(ordinal), at, arrival, bool(flags & READY), bool(flags & COMPLETE), values)


def _connect(url, token, columns, first, context):
    parts = urlsplit(url)
    secure = parts.scheme in ("https", "wss")
    port = parts.port or (443 if secure else 80)
    raw = socket.create_connection((parts.hostname, port), TIMEOUT)
    raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if secure:
        raw = (context or ssl.create_default_context()).wrap_socket(raw, server_hostname=parts.hostname)
    query = {"what": "rows"}
    if columns is not None:
        query["columns"] = ",".join(columns)
    if first is not None:
        query["from"] = first
    key = base64.b64encode(os.urandom(16)).decode()
    head = [
        f"GET /v1/stream?{urlencode(query)} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
        f"Sec-WebSocket-Protocol: {PROTOCOL}",
    ]
    if token is not None:
        head.append(f"Authorization: Bearer {token}")
    raw.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
    stream = _Stream(raw)
    try:
        _check_answer(stream, key)
    except BaseException:
        raw.close()
        raise
    return stream


def _check_answer(stream, key):
    lines = stream.head()
    status = int(lines[0].split(" ", 2)[1])
    headers = dict(line.lower().split(":", 1) for line in lines[1:])
    if status in (400, 401, 403, 404, 421):
        body = stream.take(int(headers.get("content-length", "0")))
        raise Refused(f"{status}: {json.loads(body)['message']}")
    digest = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
    if status != 101 or headers.get("sec-websocket-accept", "").strip() != base64.b64encode(digest).decode().lower():
        raise OSError(f"expected an upgrade, found status {status}")


class _Stream:
    """Just enough of RFC 6455: the service sends whole frames, not masked."""

    def __init__(self, raw):
        self.socket, self.buffer = raw, bytearray()

    def take(self, count):
        while len(self.buffer) < count:
            piece = self.socket.recv(1 << 16)
            if not piece:
                raise EOFError
            self.buffer += piece
        taken = bytes(self.buffer[:count])
        del self.buffer[:count]
        return taken

    def head(self):
        text = b""
        while not text.endswith(b"\r\n\r\n"):
            text += self.take(1)
            if len(text) > 1 << 16:
                raise OSError("expected the head of an answer")
        return text.decode("latin-1").strip().split("\r\n")

    def messages(self):
        while True:
            first, length = self.take(2)
            if length == 126:
                (length,) = struct.unpack(">H", self.take(2))
            elif length == 127:
                (length,) = struct.unpack(">Q", self.take(8))
            kind, body = first & 15, self.take(length)
            if kind in (TEXT, BINARY):
                yield kind, body
            elif kind == PING:
                self.send(PONG, body)
            elif kind == CLOSE:
                self.closed(body)

    def closed(self, body):
        code = struct.unpack(">H", body[:2])[0] if len(body) >= 2 else 1005
        self.send(CLOSE, body[:2])
        if code in (GONE, AHEAD):
            raise Refused(f"closed with {code}: {body[2:].decode()}")
        raise EOFError

    def send(self, kind, body):
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(body))
        self.socket.sendall(bytes([0x80 | kind, 0x80 | len(body)]) + mask + masked)


def main():
    url, token, first, count = (sys.argv[1:] + [None] * 4)[:4]
    client = Client(url, token or None)
    for n, row in enumerate(client.rows(first or None), 1):
        print(row.position, int(row.time), int(row.ready), int(row.complete), row.values.tobytes().hex(), flush=True)
        if count is not None and n == int(count):
            return


if __name__ == "__main__":
    main()
