"""Tampers with a bundle as somebody would who can edit every file, and makes the manifest again.

    python3 tamper.py FOLDER ATTACK
"""

import hashlib
import json
import os
import sys

folder, attack = sys.argv[1:]


def path(name):
    return os.path.join(folder, *name.split("/"))


def read(name):
    with open(path(name), "rb") as file:
        return file.read().splitlines(keepends=True)


def write(name, lines):
    with open(path(name), "wb") as file:
        file.writelines(lines)


def edit(name, at, change):
    lines = read(name)
    item = json.loads(lines[at])
    change(item)
    lines[at] = dump(item)
    write(name, lines)


def dump(item):
    return json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def drop(name, at):
    lines = read(name)
    del lines[at]
    write(name, lines)


def find(name, test):
    return next(at for at, line in enumerate(read(name)) if test(json.loads(line)))


def body(change):
    def edit_body(item):
        inner = json.loads(item["body"])
        change(inner)
        item["body"] = dump(inner)[:-1].decode("utf-8")
    return edit_body


def members(**values):
    return lambda item: item.update(values)


def manifest():
    with open(path("manifest.json"), encoding="utf-8") as file:
        made = json.load(file)
    made["files"] = []
    for root, _, files in os.walk(folder):
        for file in files:
            name = os.path.relpath(os.path.join(root, file), folder).replace(os.sep, "/")
            if name != "manifest.json":
                with open(path(name), "rb") as opened:
                    data = opened.read()
                made["files"].append({"name": name, "bytes": len(data), "lines": data.count(b"\n"), "sha256": hashlib.sha256(data).hexdigest()})
    with open(path("manifest.json"), "w", encoding="utf-8") as file:
        json.dump(made, file)


def seals_again(first):
    """All seals after one that was edited, made again, so that they hold among themselves."""
    lines, previous = read("seals.jsonl"), None
    names = ("number", "of", "kind", "report", "content", "records", "quarantined", "changes", "previous", "at")
    for at, line in enumerate(lines):
        item = json.loads(line)
        seal = json.loads(item["body"])
        if at >= first:
            seal["previous"] = previous
            seal["hash"] = hashlib.sha256(b"seal.v1," + b"".join(b"%d:%s," % (len(str(seal[n]).encode()), str(seal[n]).encode()) for n in names)).hexdigest()
            item["body"] = dump(seal)[:-1].decode()
            lines[at] = dump(item)
        previous = seal["hash"]
    write("seals.jsonl", lines)


def report(name, change):
    """A report that is edited, with its seal made again."""
    at = find("runs.jsonl", lambda run: run["source"] == name)
    edit("runs.jsonl", at, change)
    line = read("runs.jsonl")[at]
    number = find("seals.jsonl", lambda seal: json.loads(seal["body"])["of"] == json.loads(line)["runId"])
    edit("seals.jsonl", number, body(members(report=hashlib.sha256(line[:-1]).hexdigest())))
    seals_again(number)


def converted(record):
    return record.get("rate") is not None


ATTACKS = {
    "none": lambda: None,
    "drop a record": lambda: drop("records.jsonl", -1),
    "record twice": lambda: write("records.jsonl", [line for line in read("records.jsonl") for _ in (0, 1)]),
    "record of nobody": lambda: edit("records.jsonl", 2, members(run_id="0" * 32)),
    "further member": lambda: edit("records.jsonl", 2, members(comment="new")),
    "member twice": lambda: write("records.jsonl", [line.replace(b'{"key"', b'{"amount":"1","key"') for line in read("records.jsonl")]),
    "drop a run": lambda: drop("runs.jsonl", 3),
    "run of nobody": lambda: write("runs.jsonl", [*read("runs.jsonl"), read("runs.jsonl")[0]]),
    "edit a report": lambda: edit("runs.jsonl", 3, members(source="other.csv")),
    "report and seals made again": lambda: report("june.csv", members(source="other.csv")),
    "unbalanced": lambda: report("june.csv", lambda run: run["read"].update(rows=run["read"]["rows"] + 1)),
    "totals": lambda: report("june.csv", lambda run: (run["stored"]["money"].update(USD="11.00"), run["read"]["money"].update(USD="12.00"))),
    "change a rate": lambda: edit("records.jsonl", find("records.jsonl", converted), members(rate="0.9")),
    "change a rate and its amount": lambda: edit("records.jsonl", find("records.jsonl", lambda record: record["source"] == "september.csv" and record["currency"] == "CAD"), members(rate="0.5", reporting_amount="-1.75")),
    "change the table of rates": lambda: [write(name, [line.replace(b"0.75", b"0.76") for line in read(name)]) for name in settings("rates")],
    "drop a layout": lambda: [os.remove(path(name)) for name in settings("layout")],
    "drop a row in quarantine": lambda: drop("quarantine.jsonl", 0),
    "edit a row in quarantine": lambda: edit("quarantine.jsonl", 0, lambda row: row.update(raw=row["raw"].replace("1", "2"))),
    "drop an entry": lambda: drop("entries.jsonl", 0),
    "edit an entry": lambda: edit("entries.jsonl", 0, body(members(reason="other"))),
    "drop a change": lambda: drop("changes.jsonl", 0),
    "edit a change": lambda: edit("changes.jsonl", 0, body(lambda change: change["from"].update(category="x"))),
    "edit what an entry left": lambda: edit("records.jsonl", find("records.jsonl", lambda record: record.get("rate") == "0.74"), members(category="x")),
    "cut off the tail": lambda: write("seals.jsonl", read("seals.jsonl")[:-2]),
    "drop a seal": lambda: drop("seals.jsonl", 1),
    "edit a seal": lambda: edit("seals.jsonl", 1, body(members(records=99))),
    "further file": lambda: write("more.txt", [b"more\n"]),
    "drop a file": lambda: os.remove(path("changes.jsonl")),
}


def settings(kind):
    return [f"settings/{name}" for name in os.listdir(path("settings")) if name.startswith(kind)]


def field(name, value):
    at = find("records.jsonl", lambda record: record["source"] == "september.csv" and record["currency"] == "CAD" and "party" in record)
    edit("records.jsonl", at, lambda record: record.pop(name, None) if value is None else record.update({name: value}))


if attack.startswith("field "):
    field(*json.loads(attack[6:]))
elif attack.startswith("keep the manifest: "):
    ATTACKS[attack[19:]]()
    sys.exit(0)
else:
    ATTACKS[attack]()
manifest()
