"""The bytes that seals, fingerprints and keys are the SHA-256 of, written from docs/seals.md and docs/canonical-form.md alone. Standard library only."""

import datetime
import decimal
import hashlib
import re
import unicodedata

WHITE_SPACE = "\t\n\v\f\r \u0085\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"

SEAL = ("number", "of", "kind", "report", "content", "records", "quarantined", "changes", "previous", "at")
TEXTS = ("party", "account", "description")
RECORD = frozenset((
    "key", "fingerprint", "occurrence", "scope", "source_id", "date", "instant", *TEXTS, "amount", "currency", "reporting_amount", "reporting_currency",
    "rate", "rate_date", "rate_source", "category", "category_rule", "flags", "alerts", "attributes", "source", "line", "byte_offset", "run_id"))


class NotComputable(Exception):
    """What cannot be computed here, and why."""


def sha256(data):
    return hashlib.sha256(data).digest()


def utf8(text):
    return text if isinstance(text, bytes) else str(text).encode("utf-8")


# ---- seals: a length in bytes, a colon, the bytes, a comma; what is null is a hyphen and a comma


def value(item):
    if item is None:
        return b"-,"
    data = utf8(item)
    return b"%d:%s," % (len(data), data)


def seal_digest(seal):
    return sha256(b"seal.v1," + b"".join(value(seal[name]) for name in SEAL))


def attribute_pairs(record):
    """The attributes: name, value, and whether it is left out of the fingerprint, which brackets say."""
    for name, item in (record.get("attributes") or {}).items():
        yield (name, item[0], True) if isinstance(item, list) else (name, item, False)


def record_digest(record):
    get = record.get
    parts = [b"record.v1,", value(bytes.fromhex(record["key"])), value(bytes.fromhex(record["fingerprint"])), value(record["occurrence"])]
    parts += [value(get(name)) for name in ("scope", "source_id", "date", "instant", *TEXTS, "amount", "currency", "reporting_amount", "reporting_currency")]
    parts += [value(get(name)) for name in ("rate", "rate_date", "rate_source", "category", "category_rule")]
    for name in ("flags", "alerts"):
        texts = get(name) or []
        parts += [value(len(texts)), *map(value, texts)]
    attributes = list(attribute_pairs(record))
    parts.append(value(len(attributes)))
    for name, item, ignored in attributes:
        parts += [value(name), value(item), b"ignored," if ignored else b""]
    parts += [value(get(name)) for name in ("source", "line", "byte_offset", "run_id")]
    return sha256(b"".join(parts))


def quarantine_digest(row, raw):
    names = ("key", "run_id", "source", "line", "byte_offset", "scope")
    tail = ("raw_length", "format", "header", "separator")
    return sha256(b"quarantined.v1," + b"".join(value(row[n]) for n in names) + value(raw) + b"".join(value(row[n]) for n in tail))


def change_digest(identity, body):
    return sha256(b"change.v1," + value(identity) + value(body))


# ---- fingerprints: a name, a space, a length in bytes, a colon, the bytes, a line feed


def text(item):
    """Trimmed, in normal form C. Unicode guarantees that only for characters that it has assigned; this Python may know fewer than Billing."""
    if not item.isascii():
        for character in item:
            if unicodedata.category(character) == "Cn":
                raise NotComputable(f"this Python knows Unicode {unicodedata.unidata_version}, and a text has U+{ord(character):04X}")
    return unicodedata.normalize("NFC", item.strip(WHITE_SPACE)).encode("utf-8")


def prefixed(data):
    return b"%d:%s" % (len(data), data)


def line(name, item):
    return name.encode("ascii") + b" " + prefixed(utf8(item)) + b"\n"


def plain(amount):
    digits = format(decimal.Decimal(amount), "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def utc(instant):
    """Seven decimals and Z. Python's own datetime keeps six, so the fraction goes by itself: no offset changes it."""
    seconds, fraction, offset = re.fullmatch(r"([^.Z+]{19})(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)", instant).groups()
    moment = datetime.datetime.fromisoformat(seconds + ("+00:00" if offset == "Z" else offset)).astimezone(datetime.timezone.utc)
    return moment.strftime("%Y").rjust(4, "0") + moment.strftime("-%m-%dT%H:%M:%S.") + (fraction or "").ljust(7, "0") + "Z"


def fold(character):
    """Simple case folding: casefold() does the full one, where one character may become several."""
    folded = character.casefold()
    if len(folded) > 1:
        folded = character.lower()
    return folded if len(folded) == 1 else character


def folded_name(name):
    return text("".join(map(fold, unicodedata.normalize("NFC", text(name).decode("utf-8")))))


def attribute_lines(record, version):
    for name, item, ignored in attribute_pairs(record):
        if item is not None and (version == 1 or (not ignored and text(item))):
            yield (text(name) if version == 1 else folded_name(name)), name.encode("utf-8"), text(item)


def fingerprint(record, version):
    form = b"billing.record.v%d\n" % version + line("date", record["date"])
    if record.get("instant") is not None:
        try:
            form += line("instant", utc(record["instant"]))
        except OverflowError as error:
            raise NotComputable("an instant lies outside the years that Python knows") from error
    for name, member in (("id", "source_id"), *((name, name) for name in TEXTS)):
        item = text(record.get(member) or "")
        if item:
            form += line(name, item)
    form += line("amount", plain(record["amount"])) + line("currency", record["currency"])
    for name, _, item in sorted(attribute_lines(record, version)):
        form += b"@" + prefixed(name) + b" " + prefixed(item) + b"\n"
    return hashlib.sha256(form).hexdigest()


# ---- keys


def scope_line(scope):
    return b"" if scope is None else line("scope", text(scope))


def key_by_content(record):
    return _key("content", record, line("fingerprint", record["fingerprint"]) + line("occurrence", record["occurrence"]))


def key_by_position(record):
    return _key("position", record, line("source", record["source"]) + line("offset", record["byte_offset"]))


def key_by_columns(record, values, counted):
    lines = b"".join(line("value", text(item)) for item in values)
    return _key("columns+occurrence", record, lines + line("occurrence", record["occurrence"])) if counted else _key("columns", record, lines)


def _key(identity, record, lines):
    return hashlib.sha256(b"billing.key.v1\n" + line("identity", identity) + scope_line(record.get("scope")) + lines).hexdigest()


def quarantine_key(row, raw, occurrence):
    form = b"billing.quarantine.v1\n" + scope_line(row["scope"]) + line("row", hashlib.sha256(raw).hexdigest())
    if row["raw_length"] > len(raw):
        form += line("length", row["raw_length"])
    return hashlib.sha256(form + line("occurrence", occurrence)).hexdigest()
