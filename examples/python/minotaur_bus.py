"""Reads the messages of a Minotaur bus (docs/bus.md). One file; zstandard where Python is older than 3.14.

    python minotaur_bus.py MESSAGE...       prints each file, a message of Kafka, as JSON
"""

import json
import math
import struct
import sys
import zlib

KINDS = {1: "events", 2: "rows", 3: "predictions", 4: "snapshot"}
SIDES = (math.nan, 0.0, 1.0, -1.0)


def decompress(data, length):
    try:
        from compression import zstd  # Python 3.14
    except ImportError:
        import zstandard

        return zstandard.ZstdDecompressor().decompress(data, max_output_size=length)
    return zstd.decompress(data)


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def one(self, form):
        return self.take(form)[0]

    def bytes(self, length):
        if self.at + length > len(self.data):
            raise ValueError("it ends before it should")
        self.at += length
        return self.data[self.at - length : self.at]

    def text(self):
        return self.bytes(self.one("H")).decode()

    def doubles(self, count):
        return list(self.take(f"{count}d"))

    def plane(self, count):
        shape = self.one("B")
        if shape == 0:
            return self.bytes(count)
        usual = self.one("B")
        if shape == 2:
            return [usual] * count
        bits = self.bytes((count + 7) // 8)
        return [self.one("B") if bits[i // 8] >> (i % 8) & 1 else usual for i in range(count)]

    def wholes(self, count):
        planes = [self.plane(count) for _ in range(self.one("B"))]
        codes = (sum(plane[i] << (8 * p) for p, plane in enumerate(planes)) for i in range(count))
        return [-(code + 1) // 2 if code & 1 else code // 2 for code in codes]

    def column(self, count):
        mode = self.one("B")
        if mode == 0:
            return self.doubles(count)
        if mode == 1:
            return [self.one("d")] * count
        if mode == 4:
            return None
        unit = self.one("B")
        if mode == 2:
            numbers = self.wholes(count)
        else:
            numbers = [int(self.one("d"))]
            for difference in self.wholes(count - 1):
                numbers.append(numbers[-1] + difference)
        return [number / 10.0**unit if unit <= 12 else number * 10.0 ** (unit - 12) for number in numbers]


def trades(reader):
    count = reader.one("I")
    event = {name: reader.column(count) for name in ("time", "price", "quantity")}
    packed = reader.bytes((count + 3) // 4)
    event["side"] = [SIDES[packed[i // 4] >> (2 * (i % 4)) & 3] for i in range(count)]
    kind = reader.one("B")
    if kind == 1:
        event["id"] = [int(number) for number in reader.column(count)]
    elif kind == 2:
        event["id"] = [list(reader.take("4I")) for _ in range(count)]
    event["arrival"] = reader.column(count)
    return event


def event(reader, instruments, origins):
    kind, instrument, origin = reader.take("BHH")
    said = {"instrument": instruments[instrument], "origin": origins[origin]}
    if kind == 5:
        return {"kind": "trades", **said, **trades(reader)}
    said["arrival"] = reader.one("d")
    if kind in (7, 10):
        return {"kind": "advance" if kind == 7 else "release", **said, "time": reader.one("d")}
    if kind == 8:
        return {"kind": "hole", **said, **dict(zip(("from", "to", "missing"), reader.doubles(3)))}
    names, values = reader.text(), reader.doubles(reader.one("H"))
    if kind == 6:
        clock, *columns = names.split("\n")
        return {"kind": "bar", **said, "clock": clock, "bar": dict(zip(columns, values))}
    if kind == 11:
        return {"kind": "series", **said, "name": names, "time": values[0], "available_at": values[1], "values": values[2:]}
    raise ValueError(f"an event of kind {kind}")


def body(kind, count, reader):
    if kind == "events":
        instruments = [reader.text() for _ in range(reader.one("H"))]
        origins = [{"max_silence": reader.one("d"), "text": reader.text()} for _ in range(reader.one("H"))]
        events = []
        while reader.at < len(reader.data):
            events.append(event(reader, instruments, origins))
        return {"instruments": instruments, "events": events}
    if kind == "rows":
        width, rows = reader.one("I"), []
        for _ in range(count):
            time, flags = reader.take("dB")
            rows.append({"time": time, "ready": bool(flags & 1), "complete": flags < 2, "values": reader.doubles(width)})
        return {"rows": rows, "digest": reader.bytes(32).hex()}
    if kind == "predictions":
        names = ("time", "probability", "calibrated", "signal")
        return {"predictions": [{**dict(zip(names, reader.doubles(4))), "complete": reader.one("B") == 1, "refusal": reader.text()} for _ in range(count)]}
    place = dict(zip(("events", "offset", "covered", "floor"), reader.doubles(4)))
    digest, (engine, predictor) = reader.bytes(32).hex(), reader.take("II")
    return {**place, "digest": digest, "engine": reader.bytes(engine), "predictor": reader.bytes(predictor)}


def read(data):
    """One message as a dict; ValueError for what is none."""
    reader = Reader(data)
    magic, form, code, squeezed, id_bytes, check, length, count, epoch, first = reader.take("4sBBBBIIIdd")
    if magic != b"MNTB" or form != 2 or code not in KINDS:
        raise ValueError("no message of a bus of format 2")
    if check != zlib.crc32(data[12:], zlib.crc32(data[:8])):
        raise ValueError("damaged bytes (CRC-32 differs)")
    schema, engine_version, chain = reader.bytes(id_bytes).hex(), reader.text(), reader.text()
    rest = data[reader.at :]
    head = {"kind": KINDS[code], "schema": schema, "engine_version": engine_version, "chain": chain, "epoch": int(epoch), "first": int(first)}
    return {**head, **body(KINDS[code], count, Reader(decompress(rest, length) if squeezed else rest))}


if __name__ == "__main__":
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            print(json.dumps(read(file.read()), default=lambda value: value.hex()))
