"""Records, rows in quarantine and changes: what each run and entry stored, compared with what was sealed. Standard library only."""

import hashlib
import sqlite3

import bundle as files
import forms
import money
from money import Totals
from records import RecordChecks

RECORD, QUARANTINED, CHANGE, ERASED = range(4)
PARTS = {"record": RECORD, "quarantined": QUARANTINED, "change": CHANGE}
ERASED_TEXT = "[erased]"


class Contents:
    def __init__(self, bundle, manifest, runs, entries, seals, findings):
        self.bundle, self.runs, self.entries, self.seals, self.findings = bundle, runs, entries, seals, findings
        self.first, self.last = manifest["from"], manifest["to"]
        self.partial = self.first is not None or self.last is not None
        self.sums = {}
        self.entry_sums = {}
        self.checks = RecordChecks(runs, findings)
        # On disk, and gone when it is closed: memory does not grow with the number of records.
        self.database = sqlite3.connect("")
        self.database.executescript("""
            CREATE TABLE items(of TEXT, part INTEGER, at INTEGER, line INTEGER, name TEXT, digest BLOB);
            CREATE TABLE made(digest BLOB, id TEXT);
            CREATE INDEX made_digest ON made(digest);
            CREATE TABLE stored(run TEXT, at INTEGER, line INTEGER, name TEXT, digest BLOB);
            CREATE TABLE was(part INTEGER, digest BLOB, was BLOB, entry TEXT, fields TEXT, PRIMARY KEY(part, digest)) WITHOUT ROWID;
            CREATE TABLE keys(key TEXT PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE listed(of TEXT, part INTEGER, digest BLOB);
        """)

    def within(self, record):
        return record is not None and (self.first is None or record["date"] >= self.first) and (self.last is None or record["date"] <= self.last)

    def run(self):
        self.read_erased()
        self.read_changes()
        self.read_records()
        self.read_quarantine()
        self.database.execute("CREATE INDEX items_of ON items(of, part, at, line, digest)")
        if self.partial:
            self.read_listed()
            self.compare_listed()
        else:
            self.compare()
            self.check_totals()
        self.check_entries()
        self.checks.finish()

    def add(self, of, part, at, line, name, digest):
        self.database.execute("INSERT INTO items VALUES(?,?,?,?,?,?)", (of, part, at, line, name, digest))

    # ---- erasures: which digest stands for which that was sealed

    def read_erased(self):
        for number, _, document in self.bundle.lines("erased.jsonl", self.findings):
            try:
                body = files.bytes_of(document, "body")
                entry, _, name = document["id"].rpartition("/")
                self.add(entry, ERASED, 0, 0, name, forms.change_digest(document["id"], body))
                if self.entries.get(entry, {}).get("kind") != "Erasure" or entry not in self.seals:
                    self.findings.fault("erasure", f"{document['id']} is of no erasure that was sealed: what it says was erased proves nothing")
                for item in files.parse(body)["items"]:
                    row = (PARTS[item["part"]], bytes.fromhex(item["is"]), bytes.fromhex(item["was"]), entry, ",".join(item["fields"]))
                    self.database.execute("INSERT OR IGNORE INTO was VALUES(?,?,?,?,?)", row)
            except (KeyError, ValueError, TypeError, files.Unreadable) as error:
                self.findings.fault("line", f"erased.jsonl, line {number}: {error!r}")

    def resolve(self, part, digest):
        """The digest that was sealed, and the fields that were erased since."""
        fields, seen = set(), {digest}
        while row := self.database.execute("SELECT was, fields FROM was WHERE part=? AND digest=?", (part, digest)).fetchone():
            digest = row[0]
            fields |= set(row[1].split(","))
            if digest in seen:
                break
            seen.add(digest)
        return digest, fields

    def resolve_record(self, record, where):
        digest, fields = self.resolve(RECORD, forms.record_digest(record))
        for field in fields:
            item = dict((name, text) for name, text, _ in forms.attribute_pairs(record)).get(field[11:]) if field.startswith("attributes.") else record.get(field)
            if item != ERASED_TEXT or not (field.startswith("attributes.") or field in ("source_id", "party", "account", "description")):
                self.findings.fault("erasure", f"{where}: {field} counts as erased and does not say {ERASED_TEXT}")
        return digest, bool(fields)

    # ---- reading

    def sums_of(self, run):
        return self.sums.setdefault(run, (Totals(), Totals()))

    def count(self, record, times=1):
        billed, reporting = self.sums_of(record["run_id"])
        billed.add(record["currency"], record["amount"], times)
        reporting.add(record["reporting_currency"], record["reporting_amount"], times)

    def read_changes(self):
        for number, _, document in self.bundle.lines("changes.jsonl", self.findings):
            where = f"changes.jsonl, line {number}"
            try:
                entry, _, key = document["id"].rpartition("/")
                body = files.bytes_of(document, "body")
                digest, _ = self.resolve(CHANGE, forms.change_digest(document["id"], body))
                self.add(entry, CHANGE, 0, 0, document["id"], digest)
                change = files.parse(body)
                before, after = change.get("from"), change.get("to")
                if entry not in self.runs and entry not in self.entries:
                    self.findings.fault("change", f"{where} is of {entry}, and there is neither a run nor an entry with this id")
                if {record["key"] for record in (before, after) if record} != {key}:
                    self.findings.fault("change", f"{where}: its records have another key than its id")
                self.count_change(entry, before, after)
                self.note(entry, document["id"], before, after, where, change.get("erased"))
            except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, files.Unreadable) as error:
                self.findings.fault("line", f"{where}: {error!r}")
        # What a change made and another one changed again, no run stored.
        for run, at, line, name, digest in self.database.execute("SELECT run, at, line, name, digest FROM stored").fetchall():
            if not self.take(digest):
                self.add(run, RECORD, at, line, name, digest)

    def note(self, entry, identity, before, after, where, erased):
        digests = []
        for record in (before, after):
            if record is None:
                digests.append(None)
                continue
            digest, is_erased = self.resolve_record(record, where)
            digests.append(digest)
            self.checks.check(record, where, is_erased, stored_by_run=False)
        if erased:
            # The record is the same one: only texts of it are gone.
            if digests[0] is None or digests[0] != digests[1] or self.entries.get(entry, {}).get("kind") != "Erasure":
                self.findings.fault("erasure", f"{where}: an erasure changes nothing but texts of one record")
            return
        if before is not None and (not self.partial or self.within(before)):
            self.count(before)
            self.database.execute("INSERT INTO stored VALUES(?,?,?,?,?)", (before["run_id"], before["byte_offset"], before["line"], f"line {before['line']}", digests[0]))
        if after is not None and (not self.partial or self.within(after)):
            self.database.execute("INSERT INTO made VALUES(?,?)", (digests[1], identity))
            if after["run_id"] == entry:
                # A delivery that replaces stored it itself.
                self.add(entry, RECORD, after["byte_offset"], after["line"], f"line {after['line']}", digests[1])
            else:
                self.count(after, -1)

    def take(self, digest):
        row = self.database.execute("SELECT rowid FROM made WHERE digest=? LIMIT 1", (digest,)).fetchone()
        if row:
            self.database.execute("DELETE FROM made WHERE rowid=?", row)
        return row is not None

    def read_records(self):
        count = 0
        for number, _, record in self.bundle.lines("records.jsonl", self.findings):
            where = f"records.jsonl, line {number} ({record.get('source')}:{record.get('line')}, key {record.get('key')})"
            try:
                count += 1
                if not self.within(record):
                    self.findings.fault("period", f"{where}: {record['date']} is not in the period")
                if self.database.execute("INSERT OR IGNORE INTO keys VALUES(?)", (record["key"],)).rowcount == 0:
                    self.findings.fault("key-twice", where)
                if record["run_id"] not in self.runs:
                    self.findings.fault("run-unknown", f"{where}: run {record['run_id']} is not there")
                digest, is_erased = self.resolve_record(record, where)
                made = self.take(digest)
                if not made:
                    self.add(record["run_id"], RECORD, record["byte_offset"], record["line"], where, digest)
                self.count(record)
                self.checks.check(record, where, is_erased, stored_by_run=not made)
            except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
                self.findings.fault("line", f"{where}: {error!r}")
        for (identity,) in self.database.execute("SELECT id FROM made ORDER BY id").fetchall():
            self.findings.fault("history", f"no record is as the change {identity} left it: it was edited or removed without an entry")
        self.findings.prove(f"{count} records: each key is there once", "key-twice")

    def read_quarantine(self):
        for number, _, row in self.bundle.lines("quarantine.jsonl", self.findings):
            where = f"quarantine.jsonl, line {number} ({row.get('source')}:{row.get('line')})"
            try:
                raw = files.bytes_of(row, "raw")
                digest, fields = self.resolve(QUARANTINED, forms.quarantine_digest(row, raw))
                self.add(row["run_id"], QUARANTINED, row["byte_offset"], row["line"], where, digest)
                if row["run_id"] not in self.runs:
                    self.findings.fault("run-unknown", f"{where}: run {row['run_id']} is not there")
                if fields and raw != ERASED_TEXT.encode():
                    self.findings.fault("erasure", f"{where}: it counts as erased and does not say {ERASED_TEXT}")
                self.checks.check_quarantined(row, raw, where, bool(fields))
            except (KeyError, ValueError, TypeError) as error:
                self.findings.fault("line", f"{where}: {error!r}")

    # ---- comparing

    def digests(self, of, part):
        order = "name" if part in (CHANGE, ERASED) else "at, line, digest"
        return self.database.execute(f"SELECT digest FROM items WHERE of=? AND part=? ORDER BY {order}", (of, part))

    def compare(self):
        proved = 0
        for of in {*self.runs, *self.entries} & self.seals.keys():
            content, counts = hashlib.sha256(), []
            for part in (RECORD, QUARANTINED, CHANGE, ERASED):
                count = 0
                for (digest,) in self.digests(of, part):
                    content.update(digest)
                    count += 1
                counts.append(count)
            counts[CHANGE] += counts.pop()
            proved += self.compare_seals(of, content.hexdigest(), counts)
        self.findings.prove(f"{proved} seals: what the runs stored and put into quarantine, and what entries changed, is what was sealed")

    def compare_seals(self, of, content, counts):
        good = 0
        for seal in self.seals[of]:
            expected = [seal["records"], seal["quarantined"], seal["changes"]]
            if seal["content"] == content and expected == counts:
                good += 1
            else:
                name = self.runs[of].source if of in self.runs else self.entries[of]["kind"]
                words = "{} records, {} in quarantine, {} changes"
                detail = f"sealed were {words.format(*expected)}; there are {words.format(*counts)}" if expected != counts else "one of them was changed"
                self.findings.fault("content", f"{seal['kind']} {of} ({name}) does not have what was sealed with seal {seal['number']}: {detail}")
        return good

    # ---- a part of the ledger: the digests of all that is sealed, and records of some of it

    def read_listed(self):
        for number, _, item in self.bundle.lines("contents.jsonl", self.findings):
            try:
                self.database.execute("INSERT INTO listed VALUES(?,?,?)", (item["of"], PARTS[item["part"]], bytes.fromhex(item["digest"])))
            except (KeyError, ValueError, TypeError) as error:
                self.findings.fault("line", f"contents.jsonl, line {number}: {error!r}")
        self.database.execute("CREATE INDEX listed_of ON listed(of, part, digest)")

    def compare_listed(self):
        proved = whole = elsewhere = 0
        related = {of for (of,) in self.database.execute("SELECT DISTINCT of FROM items")}
        listed = {of for (of,) in self.database.execute("SELECT DISTINCT of FROM listed")}
        for of in sorted(related - listed & self.seals.keys()):
            self.findings.fault("content", f"{of}: contents.jsonl does not have what its seal covers")
        for of in sorted(listed & self.seals.keys()):
            content, counts = hashlib.sha256(), [0, 0, 0]
            for part, digest in self.database.execute("SELECT part, digest FROM listed WHERE of=? ORDER BY rowid", (of,)):
                content.update(digest)
                counts[part] += 1
            proved += self.compare_seals(of, content.hexdigest(), counts) > 0
            rest = sum(counts)
            for part, name, digest, here in self.database.execute("SELECT part, MIN(name), digest, COUNT(*) FROM items WHERE of=? GROUP BY part, digest", (of,)).fetchall():
                (there,) = self.database.execute("SELECT COUNT(*) FROM listed WHERE of=? AND part=? AND digest=?", (of, part if part != ERASED else CHANGE, digest)).fetchone()
                rest -= min(here, there)
                if here > there:
                    self.findings.fault("content", f"{name} is not among what was sealed of {of}: it was changed or put there")
            for part, name in ((QUARANTINED, "rows in quarantine"),):
                missing = counts[part] - self.database.execute("SELECT COUNT(*) FROM items WHERE of=? AND part=?", (of, part)).fetchone()[0]
                if missing > 0:
                    self.findings.fault("content", f"{missing} {name} of {of} are not there")
            whole += rest == 0
            elsewhere += rest
            if rest == 0 and of in self.runs:
                self.check_total(of)
        self.findings.prove(f"{proved} runs and entries: every record, row and change that is here is among what was sealed; {whole} of them are here whole")
        if elsewhere:
            self.findings.not_proved("period", f"{elsewhere} records and changes of these runs and entries are here as digests only: that they lie outside the period is what the bundle says")
        self.findings.not_proved("period", f"{len(self.seals.keys() - listed)} runs and entries have nothing in the period: their seals and reports are checked, their contents are not here")

    # ---- totals

    def check_totals(self):
        proved = sum(self.check_total(run) for run in self.runs)
        self.findings.prove(f"{proved} completed runs: the records add up to what the report says, in rows and in money, as invoiced and in the reporting currency")

    def check_total(self, identity):
        run = self.runs[identity]
        billed, reporting = self.sums_of(identity)
        if run.status != "Completed":
            return False
        if billed != run.stored:
            self.findings.fault("totals", f"run {identity} of {run.source} says that it stored {run.stored}; its records are {billed}")
        elif reporting != run.reporting:
            self.findings.fault("totals", f"run {identity} of {run.source} says that it stored {run.reporting} in its reporting currency; its records are {reporting}")
        else:
            return True
        return False

    def count_change(self, entry, before, after):
        if entry not in self.entries:
            return
        out, back, difference, changed = self.entry_sums.get(entry, (Totals(), Totals(), Totals(), 0))
        if after is None:
            out.add(before["currency"], before["amount"])
        elif before is None:
            back.add(after["currency"], after["amount"])
        else:
            changed += 1
        for record, sign in ((before, -1), (after, 1)):
            if record is not None:
                difference.add(record["reporting_currency"], record["reporting_amount"], sign)
        self.entry_sums[entry] = out, back, difference, changed

    def check_entries(self):
        proved = 0
        for identity, entry in self.entries.items():
            seal = self.seals.get(identity, [None])[0]
            if seal is None or (self.partial and self.database.execute("SELECT COUNT(*) FROM items WHERE of=? AND part=?", (identity, CHANGE)).fetchone()[0] != seal["changes"]):
                continue
            out, back, difference, changed = self.entry_sums.get(identity, (Totals(), Totals(), Totals(), 0))
            said = [Totals.of(entry[name]) for name in ("takenOut", "putBack", "difference")]
            if [out, back, difference] != said or changed != entry["changed"]:
                self.findings.fault("entry-totals", f"entry {identity} says {said[0]} taken out, {said[1]} put back, {entry['changed']} changed, difference {said[2]}; its changes are {out}, {back}, {changed}, {difference}")
            else:
                proved += 1
        self.findings.prove(f"{proved} entries: their changes add up to what they say")
