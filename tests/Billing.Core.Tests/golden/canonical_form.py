"""The canonical forms and the keys made of them, written from docs/canonical-form.md alone.

    python3 canonical_form.py canonical-form.v2.json

compares every vector of the file, in the form that its name says, and ends with 0 when all agree. Standard library only.
"""

import datetime
import decimal
import hashlib
import json
import re
import sys
import unicodedata

WHITE_SPACE = "\t\n\v\f\r \u0085\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"


def text(value):
    return unicodedata.normalize("NFC", value.strip(WHITE_SPACE)).encode("utf-8")


def prefixed(value):
    return str(len(value)).encode("ascii") + b":" + value


def line(name, value):
    if isinstance(value, str):
        value = value.encode("utf-8")
    return name.encode("ascii") + b" " + prefixed(value) + b"\n"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def plain(amount):
    digits = format(decimal.Decimal(amount), "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def utc(instant):
    """Seven decimals and Z. Python's own datetime keeps six, so the fraction goes by itself: no offset changes it."""
    seconds, fraction, offset = re.fullmatch(r"([^.Z+]{19})(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)", instant).groups()
    offset = "+00:00" if offset == "Z" else offset
    moment = datetime.datetime.fromisoformat(seconds + offset).astimezone(datetime.timezone.utc)
    return moment.strftime("%Y").rjust(4, "0") + moment.strftime("-%m-%dT%H:%M:%S.") + (fraction or "").ljust(7, "0") + "Z"


def fold(character):
    """Simple case folding: casefold() does the full one, where one character may become several."""
    folded = character.casefold()
    if len(folded) > 1:
        folded = character.lower()
    return folded if len(folded) == 1 else character


def folded_name(name):
    composed = unicodedata.normalize("NFC", name.strip(WHITE_SPACE))
    return text("".join(map(fold, composed)))


def attributes(fields, version):
    ignored = fields.get("ignored") or []
    for name, value in fields["attributes"]:
        if value is not None and (version == 1 or (name not in ignored and text(value))):
            yield (text(name) if version == 1 else folded_name(name)), name.encode("utf-8"), text(value)


def record(fields, version):
    form = b"billing.record.v%d\n" % version + line("date", fields["date"])
    if fields["instant"] is not None:
        form += line("instant", utc(fields["instant"]))
    for name in ("id", "party", "account", "description"):
        value = text(fields[name] or "")
        if value:
            form += line(name, value)
    form += line("amount", plain(fields["amount"])) + line("currency", fields["currency"])
    for name, _, value in sorted(attributes(fields, version)):
        form += b"@" + prefixed(name) + b" " + prefixed(value) + b"\n"
    return form


def scope_line(scope):
    return b"" if scope is None else line("scope", text(scope))


def key(identity, scope):
    return b"billing.key.v1\n" + line("identity", identity) + scope_line(scope)


def content_key(fields, fingerprint):
    return key("content", fields["scope"]) + line("fingerprint", fingerprint) + line("occurrence", str(fields["occurrence"]))


def columns_key(fields):
    return key("columns", fields["scope"]) + b"".join(line("value", text(value)) for value in fields["idValues"])


def counted_key(fields):
    return key("columns+occurrence", fields["scope"]) + b"".join(line("value", text(value)) for value in fields["idValues"]) + line("occurrence", str(fields["occurrence"]))


def position_key(fields):
    return key("position", fields["scope"]) + line("source", fields["source"]) + line("offset", str(fields["offset"]))


def quarantine_key(fields):
    raw = bytes.fromhex(fields["raw"])
    form = b"billing.quarantine.v1\n" + scope_line(fields["scope"]) + line("row", sha256(raw))
    if fields["rawLength"] > len(raw):
        form += line("length", str(fields["rawLength"]))
    return form + line("occurrence", str(fields["occurrence"]))


def expected(fields, version):
    form = record(fields, version)
    fingerprint = sha256(form)
    values = {
        "canonical": form.hex(),
        "fingerprint": fingerprint,
        "contentKey": sha256(content_key(fields, fingerprint)),
        "columnsKey": sha256(columns_key(fields)),
        "positionKey": sha256(position_key(fields)),
        "quarantineKey": sha256(quarantine_key(fields)),
    }
    if version > 1:
        values["countedKey"] = sha256(counted_key(fields))
    return values


def main(path):
    version = int(re.search(r"\.v(\d+)\.json$", path).group(1))
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    wrong = 0
    for vector in vectors:
        for name, value in expected(vector["input"], version).items():
            if vector["expected"][name] != value:
                wrong += 1
                print(f"{vector['name']}: {name} is {value} here, {vector['expected'][name]} in the file")
    print(f"{len(vectors)} vectors, {wrong} differences")
    return 1 if wrong or not vectors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
