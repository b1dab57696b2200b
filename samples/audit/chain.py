"""The manifest, the heads and the chain of seals, the reports of runs and the entries. Standard library only."""

import hashlib

import bundle as files
import forms
from money import Totals

NONE = "0" * 64
NEEDED = ("README.md", "changes.jsonl", "entries.jsonl", "erased.jsonl", "quarantine.jsonl", "records.jsonl", "runs.jsonl", "seals.jsonl")
OUTCOMES = ("stored", "duplicate", "conflict", "quarantined")


class Run:
    """What is kept of a report."""

    def __init__(self, report):
        self.source = report["source"]
        self.status = report["status"]
        self.replaces = "delivery" in report
        self.form = report.get("canonicalForm", 1)
        self.stored = Totals.of(report["stored"])
        self.reporting = Totals.of(report["storedInReportingCurrency"])
        settings = report.get("settings") or {}
        self.layout = settings.get("layout")
        self.rates = settings.get("rates")


def check_manifest(bundle, findings):
    """Returns the manifest, or None if there is no use in going on."""
    try:
        manifest = files.parse(bundle.read("manifest.json"))
        if manifest["bundle"] != "billing-audit 1":
            findings.fault("manifest", f"this is {manifest['bundle']}, and this script knows billing-audit 1")
            return None
        listed = {file["name"]: file for file in manifest["files"]}
    except (KeyError, FileNotFoundError, TypeError, files.Unreadable) as error:
        findings.fault("manifest", f"it is missing or cannot be read: {error!r}")
        return None
    there = {name for name in bundle.names() if not name.endswith("/")} - {"manifest.json"}
    for name in sorted(there - listed.keys()):
        findings.fault("file-extra", f"{name} is not in the manifest")
    missing = {*listed, *NEEDED} - there
    for name in sorted(missing):
        findings.fault("file-missing", name)
    for name in sorted(there & listed.keys()):
        size, lines, digest = bundle.measure(name)
        if (size, lines, digest) != (listed[name]["bytes"], listed[name]["lines"], listed[name]["sha256"]):
            findings.fault("file-changed", f"{name}: {size} bytes, {lines} lines, SHA-256 {digest}; in the manifest: {listed[name]['bytes']}, {listed[name]['lines']}, {listed[name]['sha256']}")
    if missing & set(NEEDED):
        return None
    findings.prove(f"the manifest names all {len(there)} files, with the SHA-256 that they have", "file-extra", "file-missing", "file-changed")
    return manifest


def read_heads(path):
    heads = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = line.split()
            if words[:2] == ["billing-head", "1"]:
                heads.append((int(words[2]), words[3]))
    if not heads:
        raise ValueError(f"{path} has no line that begins with: billing-head 1")
    return sorted(heads)


def check_seals(bundle, heads, findings):
    """Returns the seals by what they are of. A run that two sealed at once has two."""
    seals, previous, number, proved = {}, NONE, 0, 0
    waiting = list(heads)
    for at, _, document in bundle.lines("seals.jsonl", findings):
        try:
            seal = files.parse(files.bytes_of(document, "body"))
            digest = forms.seal_digest(seal).hex()
            identity = int(document["id"])
        except (KeyError, ValueError, TypeError, files.Unreadable) as error:
            findings.fault("seal", f"line {at} is not a seal: {error!r}")
            continue
        if identity != number + 1:
            findings.fault("seal-missing", f"seal {number + 1}" + (f" to {identity - 1}" if identity > number + 2 else "") + " is not there" if identity > number else f"seal {identity} comes after seal {number}")
        if digest != seal["hash"] or seal["number"] != identity:
            findings.fault("seal-changed", f"seal {identity}, of {seal['kind']} {seal['of']}: its hash would be {digest}")
        if seal["previous"] != previous and identity == number + 1:
            findings.fault("seal-chain", f"seal {identity} does not follow seal {number}")
        number, previous = identity, digest
        while waiting and waiting[0][0] <= number:
            head = waiting.pop(0)
            if head == (number, digest):
                proved = number
            else:
                findings.fault("head", f"seal {head[0]} does not lead to the head {head[1]}: it, or what it covers, or one before it (after {proved}), was changed, and what follows was made again")
        seals.setdefault(seal["of"], []).append(seal)
    for head in waiting:
        findings.fault("head", f"the head is seal {head[0]}, and the last seal is {number}: the end was cut off, or this is another ledger")
    if not heads:
        findings.not_proved("head", "no head was given: whoever can write all of this can have made all of this")
    elif proved:
        findings.prove(f"seals 1 to {proved} lead to the head of seal {proved}, which was kept elsewhere", "seal", "seal-missing", "seal-changed", "seal-chain")
    if heads and number > proved:
        findings.not_proved("head", f"the seals {proved + 1} to {number} came after the last head that fits: they hold together, and a newer head would prove them")
    return seals


def check_report(identity, kind, digest, seals, findings):
    of = seals.get(identity)
    if not of:
        findings.not_proved("not-sealed", f"{kind} {identity} is not sealed")
    for seal in of or ():
        if seal["kind"] != kind or seal["report"] != digest:
            findings.fault("report", f"{kind} {identity} is not what was sealed with seal {seal['number']}")


def check_runs(bundle, seals, findings):
    runs, balanced, kept = {}, 0, set()
    names = set(bundle.names())
    for number, line, report in bundle.lines("runs.jsonl", findings):
        identity = report.get("runId", "")
        if identity in runs:
            findings.fault("run-twice", identity)
        check_report(identity, "run", hashlib.sha256(line).hexdigest(), seals, findings)
        try:
            run = runs[identity] = Run(report)
            total = Totals()
            for outcome in OUTCOMES:
                total = total.plus(Totals.of(report[outcome]))
            if run.status == "Completed" and total != Totals.of(report["read"]):
                findings.fault("balance", f"run {identity} of {run.source}: read {Totals.of(report['read'])}, but stored + duplicate + conflict + quarantined are {total}")
            balanced += run.status == "Completed"
        except (KeyError, TypeError, ArithmeticError) as error:
            findings.fault("line", f"runs.jsonl, line {number}: {error!r}")
            continue
        kept |= check_settings(identity, report.get("settings") or {}, bundle, names, findings)
    for name in sorted(name for name in names - kept if name.startswith("settings/")):
        findings.fault("settings", f"{name} is of no run")
    findings.prove(f"{balanced} completed runs balance: read = stored + duplicate + conflict + quarantined, in rows and in money of every currency", "balance")
    for identity, of in seals.items():
        if of[0]["kind"] == "run" and identity not in runs:
            findings.fault("report-missing", f"run {identity}, of which seal {of[0]['number']} is")
    return runs


def check_settings(identity, settings, bundle, names, findings):
    kept = set()
    for name, extension in (("layout", "json"), ("rates", "csv"), ("rules", "json")):
        if settings.get(name) is None:
            continue
        data = settings[name].encode("utf-8")
        path = f"settings/{name}-{hashlib.sha256(data).hexdigest()}.{extension}"
        kept.add(path)
        if path not in names:
            findings.fault("settings", f"the {name} of run {identity} is missing: {path}")
        elif bundle.read(path) != data:
            findings.fault("settings", f"{path} is not the {name} that run {identity} kept")
    return kept


def check_entries(bundle, seals, findings):
    entries = {}
    for number, _, document in bundle.lines("entries.jsonl", findings):
        try:
            body = files.bytes_of(document, "body")
            entry = entries[document["id"]] = files.parse(body)
            check_report(document["id"], "entry", hashlib.sha256(body).hexdigest(), seals, findings)
            entry["kind"], entry["of"]
        except (KeyError, ValueError, TypeError, files.Unreadable) as error:
            findings.fault("line", f"entries.jsonl, line {number}: {error!r}")
    for identity, of in seals.items():
        if of[0]["kind"] == "entry" and identity not in entries:
            findings.fault("report-missing", f"entry {identity}, of which seal {of[0]['number']} is")
    return entries


def check_closings(bundle, entries, findings):
    """Each closing of a month is the document that its entry, which is sealed, has the SHA-256 of."""
    open_ones = {f"{entry['month']}/{entry['number']:06d}": (identity, entry) for identity, entry in entries.items() if entry.get("kind") == "Closing"}
    proved = 0
    for number, _, document in bundle.lines("closings.jsonl", findings) if "closings.jsonl" in bundle.names() else ():
        try:
            digest = hashlib.sha256(files.bytes_of(document, "body")).hexdigest()
            identity, entry = open_ones.pop(document["id"], (None, None))
            if entry is None:
                findings.fault("closing", f"the closing {document['id']} is of no entry")
            elif entry["document"] != digest:
                findings.fault("closing", f"the closing {document['id']} is not the one that entry {identity} made")
            else:
                proved += 1
        except (KeyError, ValueError, TypeError, files.Unreadable) as error:
            findings.fault("line", f"closings.jsonl, line {number}: {error!r}")
    for name, (identity, _) in sorted(open_ones.items()):
        findings.fault("closing", f"the closing {name}, which entry {identity} made, is missing")
    if proved:
        findings.prove(f"{proved} closings of months are those that their entries made", "closing")
