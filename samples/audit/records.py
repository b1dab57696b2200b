"""Checks of each record by itself: its fingerprint, its key, and its reporting amount. Standard library only."""

import collections
import json

import forms
import money

MOST_OCCURRENCES = 1000


class RecordChecks:
    def __init__(self, runs, findings):
        self.runs, self.findings = runs, findings
        self.proved, self.open = collections.Counter(), collections.Counter()
        self.rates, self.layouts = {}, {}

    def check(self, record, where, is_erased, stored_by_run):
        for name in sorted(record.keys() - forms.RECORD):
            self.findings.fault("line", f"{where}: '{name}' is no field of a record")
        run = self.runs.get(record["run_id"])
        if is_erased:
            self.open["fingerprints of records of which text was erased"] += 1
        else:
            self.check_fingerprint(record, run, where)
        self.check_key(record, run, where)
        self.check_amount(record, where)
        self.check_rate(record, run if stored_by_run else None, where)

    def check_fingerprint(self, record, run, where):
        try:
            computed = forms.fingerprint(record, run.form if run else 2)
        except forms.NotComputable as error:
            self.open[f"fingerprints: {error}"] += 1
            return
        if computed == record["fingerprint"]:
            self.proved["fingerprints are those of the contents"] += 1
        else:
            self.findings.fault("fingerprint", f"{where}: the content has {computed}")

    # ---- keys

    def check_key(self, record, run, where):
        if record["key"] in (forms.key_by_content(record), forms.key_by_position(record)):
            self.proved["keys are those of content or position"] += 1
            return
        layout = self.layout_of(run)
        kind, names = self.identity_of(layout)
        if kind is None or (kind in ("content", "position") and run.form == 1):
            self.open["keys of records whose identity nobody kept"] += 1
        elif kind in ("content", "position"):
            self.findings.fault("key", f"{where}: it is not the key by {kind}")
        else:
            values = [self.value_of(record, layout, name) for name in names]
            if None not in values and record["key"] == forms.key_by_columns(record, values, kind == "columns+occurrence"):
                self.proved["keys are those of their columns"] += 1
            else:
                self.open["keys by columns whose texts as they came are not all kept"] += 1

    def layout_of(self, run):
        if run is None or run.layout is None:
            return None
        if run.layout not in self.layouts:
            self.layouts[run.layout] = json.loads(run.layout)
        return self.layouts[run.layout]

    @staticmethod
    def identity_of(layout):
        identity = (layout or {}).get("identity")
        if isinstance(identity, dict):
            return next(iter(identity.items()))
        if isinstance(identity, str):
            kind, _, names = identity.partition(":")
            return kind, names.split(",")
        return None, []

    @staticmethod
    def value_of(record, layout, name):
        """What the source had in a column, if the record keeps it: an attribute, the id, or a text."""
        folded = name.casefold()
        for attribute, item, _ in forms.attribute_pairs(record):
            if attribute.casefold() == folded:
                return item or ""
        columns = layout.get("columns") or {}
        for role, member in (("id", "source_id"), ("party", "party"), ("account", "account"), ("description", "description")):
            if str(columns.get(role, "")).casefold() == folded or (role == folded and role not in columns):
                return record.get(member)
        return None

    def check_quarantined(self, row, raw, where, is_erased):
        if is_erased:
            self.open["keys of rows in quarantine whose text was erased"] += 1
        elif any(forms.quarantine_key(row, raw, n) == row["key"] for n in range(1, MOST_OCCURRENCES)):
            self.proved["keys of rows in quarantine are those of their bytes"] += 1
        else:
            self.findings.fault("key", f"{where}: {row['key']} is not the key of its bytes")

    # ---- money

    def check_amount(self, record, where):
        found = money.check_conversion(record)
        if found is None:
            self.proved["reporting amounts are what the rates make of the amounts"] += 1
        elif found == "rounding":
            self.open["reporting amounts that are not rounded half to even: a pipeline can be told to round otherwise"] += 1
        else:
            self.findings.fault("reporting-amount", f"{where}: {record['amount']} {record['currency']} at {record.get('rate')} is {found} {record['reporting_currency']}, not {record['reporting_amount']}")

    def check_rate(self, record, run, where):
        if record.get("rate") is None:
            return
        if run is None or run.rates is None or run.rates.startswith("ecb:"):
            self.open["rates that are not in a table of their run: restated, of the European Central Bank, or set in code"] += 1
            return
        pair = record["currency"], record["reporting_currency"]
        known = self.rates.get((run.rates, pair))
        if known is None:
            known = self.rates[run.rates, pair] = money.rates_of(run.rates, pair)
        numerator, denominator = money.parts_of(record["rate"])
        if numerator / denominator in known:
            self.proved["rates are those of the table that their run kept"] += 1
        else:
            self.findings.fault("rate", f"{where}: {record['rate']} is no rate from {pair[0]} to {pair[1]} of the table that run {record['run_id']} kept")

    def finish(self):
        for what, count in self.proved.items():
            self.findings.prove(f"{count} {what}")
        for what, count in self.open.items():
            self.findings.not_proved("records", f"{count} {what}")
