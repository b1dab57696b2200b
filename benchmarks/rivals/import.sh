#!/usr/bin/env bash
# The command line of SQLite: .import, then the work in SQL (SHA3-256, which it has, for SHA-256, which it has not). Usage: import.sh FILE DATABASE
set -euo pipefail
sqlite3 "$2" <<SQL
PRAGMA journal_mode = WAL;
CREATE TEMP TABLE bills (id TEXT, company_name TEXT, country TEXT, city TEXT, product_line TEXT, item TEXT, bill_date TEXT, currency TEXT, bill_amount TEXT);
.import --csv --skip 1 --schema temp "$1" bills
CREATE TABLE IF NOT EXISTS records (key BLOB PRIMARY KEY, fingerprint BLOB, occurrence INTEGER, id TEXT, company_name TEXT, country TEXT, city TEXT,
    product_line TEXT, item TEXT, bill_date TEXT, currency TEXT, bill_amount TEXT, cents INTEGER, category TEXT) WITHOUT ROWID;
INSERT INTO records
SELECT sha3(hex(fingerprint) || char(31) || occurrence, 256), fingerprint, occurrence, id, company_name, country, city, product_line, item, bill_date, currency, bill_amount,
    thousandths / 1000 + (thousandths % 1000 > 500 OR (thousandths % 1000 = 500 AND (thousandths / 1000) % 2 = 1)), lower(product_line)
FROM (SELECT *, row_number() OVER (PARTITION BY fingerprint) AS occurrence
    FROM (SELECT *, CAST(round(bill_amount * 100) AS INTEGER) * CASE currency WHEN 'USD' THEN 1000 WHEN 'CAD' THEN 750 WHEN 'MXN' THEN 59 END AS thousandths,
            sha3(id || char(31) || company_name || char(31) || country || char(31) || city || char(31) || product_line || char(31) || item || char(31) || bill_date || char(31) || currency || char(31) || bill_amount, 256) AS fingerprint
        FROM bills))
WHERE true ON CONFLICT (key) DO NOTHING;
.mode list
.separator ' '
SELECT 'rows=' || count(*), 'cents=' || sum(cents), 'repeats=' || sum(occurrence > 1) FROM records;
SQL
