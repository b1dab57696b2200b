"""The first system's way: csv, hashlib, sqlite3, an insert per row. Usage: rows.py FILE DATABASE"""
import csv
import hashlib
import sqlite3
import sys
from decimal import ROUND_HALF_EVEN, Decimal

RATES = {"USD": Decimal(1), "CAD": Decimal("0.75"), "MXN": Decimal("0.059")}
CENT = Decimal("0.01")

source, database = sys.argv[1:]
connection = sqlite3.connect(database)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute(
    "CREATE TABLE IF NOT EXISTS records (key BLOB PRIMARY KEY, fingerprint TEXT, occurrence INTEGER, id TEXT, company_name TEXT, country TEXT, city TEXT, "
    "product_line TEXT, item TEXT, bill_date TEXT, currency TEXT, bill_amount TEXT, cents INTEGER, category TEXT) WITHOUT ROWID"
)
seen = {}
with open(source, newline="", encoding="utf-8") as file, connection:
    for row in csv.DictReader(file):
        fingerprint = hashlib.sha256("\x1f".join(row.values()).encode()).hexdigest()
        occurrence = seen[fingerprint] = seen.get(fingerprint, 0) + 1
        key = hashlib.sha256(f"{fingerprint}\x1f{occurrence}".encode()).digest()
        usd = (Decimal(row["bill_amount"]) * RATES[row["currency"]]).quantize(CENT, ROUND_HALF_EVEN)
        connection.execute(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
            (key, fingerprint, occurrence, *row.values(), int(usd * 100), row["product_line"].lower()),
        )

rows, cents, repeats = connection.execute("SELECT count(*), sum(cents), sum(occurrence > 1) FROM records").fetchone()
print(f"rows={rows} cents={cents} repeats={repeats}")
