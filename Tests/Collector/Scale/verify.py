"""Checks blocks of synthetic tables, value by value: by ResultBlock.md and by the table's own description alone. It shares no code with what collected them.

usage: verify.py FILE ROWS COLUMNS MODELS DEVICES

A request is called device-N, of the table with the seed (N - 1) modulo MODELS, or device-N/PART, where several requests bring parts of one table. Prints JSON: how many
values there were, and how many tables were whole.
"""

import json
import struct
import sys

MASK = (1 << 64) - 1
ENTRY = (1, 3, 6, 1, 4, 1, 32473, 2, 1)


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = ((self.state ^ (self.state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return mixed ^ (mixed >> 31)


def signed(number):
    length = 1
    while not -(1 << (8 * length - 1)) <= number < 1 << (8 * length - 1):
        length += 1
    return number.to_bytes(length, "big", signed=True)


def arcs(*numbers):
    octets = bytearray()
    for number in numbers:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        octets += bytes(reversed(groups))
    return bytes(octets)


def oid(first, second, *rest):
    return arcs(40 * first + second, *rest)


def value(column, random):
    kind = column % 8
    if kind == 0:
        return 0x06, oid(1, 3, 6, 1, 4, 1, 32473, 9, random.next() & 0xFFFFFFFF)
    if kind == 1:
        low = random.next() & 0xFFFFFFFF
        return 0x02, signed(low - (1 << 32) if low >> 31 else low)
    if kind == 2:
        return 0x04, bytes(random.next() & 0xFF for _ in range(random.next() % 33))
    if kind == 6:
        return 0x46, signed(random.next())
    if kind == 7:
        return 0x40, (random.next() % (1 << 32)).to_bytes(4, "little")
    return {3: 0x41, 4: 0x42, 5: 0x43}[kind], signed(random.next() & 0xFFFFFFFF)


def table(seed, rows, columns):
    """The cells by root and index, as they stand in a record: a number of its own for each, type and value."""
    random, cells = SplitMix64(seed), {}
    for column in range(1, columns + 1):
        for row in range(1, rows + 1):
            random.next()  # Whether it is missing: none is.
            kind, content = value(column, random)
            cells[struct.pack("<H", column - 1) + arcs(row)] = (len(cells), kind, content)
    return cells


def frames(path):
    with open(path, "rb") as file:
        while header := file.read(12):
            magic, major, _, flags, length = struct.unpack("<4sBBHI", header)
            assert (magic, major, flags & 0xFF) == (b"CNRB", 1, 0), header
            yield header + file.read(length - 12)


def sections(frame):
    at, found = 64, {}
    while at < len(frame):
        tag, length = struct.unpack_from("<II", frame, at)
        found[tag] = frame[at + 8:at + 8 + length]
        at += 8 + length + -length % 8
    return found


def shapes(section):
    (count,), at, found = struct.unpack_from("<I", section), 4, []
    for _ in range(count):
        _, kind, _, roots, ranges = struct.unpack_from("<QBBHI", section, at)
        at += 16
        names = []
        for _ in range(roots):
            (length,) = struct.unpack_from("<H", section, at)
            names.append(section[at + 2:at + 2 + length])
            at += 2 + length
        for _ in range(ranges):
            at += 1
            for _ in range(2):
                (length,) = struct.unpack_from("<H", section, at)
                at += 2 + length
        assert kind == 2 and names == [oid(*ENTRY, column + 1) for column in range(len(names))], names
        found.append(names)
    return found


def requests(section):
    (count,), at, found = struct.unpack_from("<I", section), 4, []
    for _ in range(count):
        _, name, target = struct.unpack_from("<IHH", section, at)
        found.append(section[at + 8:at + 8 + name].decode())
        at += 8 + name + target
    return found


def outcomes(section):
    (count,), at = struct.unpack_from("<I", section), 4
    for _ in range(count):
        request, outcome, _, errors, records = struct.unpack_from("<IBBHq", section, at)
        assert (outcome, errors) == (1, 0), (outcome, errors)
        at += 32
        yield request, records


def main(path, rows, columns, models, devices):
    truths = [table(seed, rows, columns) for seed in range(models)]
    seen, ended, values = {}, {}, 0
    record = struct.Struct("<HBBHI")
    for frame in frames(path):
        found = sections(frame)
        shapes(found[2])
        names = requests(found[3])
        runs, at = found[1], 0
        while at < len(runs):
            length, count, request = struct.unpack_from("<III", runs, at)
            device = int(names[request].split("/")[0].removeprefix("device-"))
            truth = truths[(device - 1) % models]
            marks = seen.setdefault(device, bytearray(rows * columns))
            at += 24
            end = at + length
            while at < end:
                _, kind, _, index, content = record.unpack_from(runs, at)
                start = at + 10 + index
                place, expected, right = truth[runs[at:at + 2] + runs[at + 10:start]]
                at = start + content
                assert kind == expected and runs[start:at] == right, (names[request], kind, runs[start:at])
                assert not marks[place], (names[request], "twice")
                marks[place] = 1
                count -= 1
                values += 1
            assert count == 0
        for request, records in outcomes(found[4]):
            device = int(names[request].split("/")[0].removeprefix("device-"))
            ended[device] = ended.get(device, 0) + records
    whole = sum(1 for device, marks in seen.items() if all(marks) and ended[device] == rows * columns)
    assert set(seen) <= set(range(1, devices + 1))
    print(json.dumps({"values": values, "whole": whole}))


main(sys.argv[1], *map(int, sys.argv[2:]))
