#!/usr/bin/env bash
# Whole programs side by side, round by round in turn: this package and named rivals on one generated file.
# Prints medians, ratios, processor seconds and peak memory, and writes them to benchmarks/results/.
# Usage: benchmarks/compare.sh [rows] [rounds]; default 1,000,000 rows, 5 rounds. Needs python3, sqlite3, clang and GNU time (package time), and 4 GB in $TMPDIR.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-1000000} rounds=${2:-5}
for tool in python3 sqlite3 clang; do command -v "$tool" >/dev/null || { echo "$tool is missing: install the package $tool."; exit 1; }; done
[ -x /usr/bin/time ] || { echo "GNU time is missing: install the package time."; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
system=linux-$(uname -m | sed 's/x86_64/x64/;s/aarch64/arm64/')
echo "Building."
dotnet publish samples/Billing.Console -c Release -r "$system" -o "$folder/native" --nologo -v quiet
dotnet build benchmarks/Billing.Rivals -c Release --nologo -v quiet
billing="$folder/native/billing" rivals=artifacts/bin/Billing.Rivals/release/Billing.Rivals
file="$folder/invoices.csv"
"$billing" generate csv --rows "$rows" --seed 1 --out "$file" >/dev/null
ingest=("$billing" ingest "$file" --rates CAD=0.75,MXN=0.059 --rules samples/data/rules.invoices.json --json)

# What a run of the command came to, in the words of the rivals.
statement() {
  python3 -c 'import json, sys
total = json.load(sys.stdin)["sources"][0]
held = total["rows"]["stored"] + total["rows"]["duplicate"]
assert total["balanced"] and held == total["rows"]["read"], total
print("rows=%d cents=%s" % (held, total["reporting"]["stored"].replace(".", "") if total["rows"]["stored"] else "-"))'
}

measure() { # work, contender, then the command; its output is what came of the work
  local work=$1 who=$2 figures outcome; shift 2
  sync
  figures=$(mktemp "$folder/figures.XXXX")
  /usr/bin/time -o "$figures" -f $'%e\t%U\t%S\t%M' "$@" >"$folder/outcome" 2>"$folder/errors" || { echo "$who failed:"; cat "$folder/errors" "$folder/outcome"; exit 1; }
  case $who in billing*) outcome=$(statement <"$folder/outcome") ;; *) outcome=$(tail -n 1 "$folder/outcome") ;; esac
  printf '%s\t%s\t%s\t%s\n' "$work" "$who" "$(cat "$figures")" "$outcome" >>"$folder/measured"
}

for round in $(seq "$rounds"); do
  echo "Round $round of $rounds."
  # Parse, convert, SHA-256, count equal rows, categorise; nothing is kept.
  measure hot "billing, 1 core" taskset -c 0 "${ingest[@]}" --dry-run
  measure hot "DuckDB, 1 core" taskset -c 0 "$rivals" duckdb-hot "$file" 1
  measure hot "billing, 2 cores" "${ingest[@]}" --dry-run
  measure hot "DuckDB, 2 cores" "$rivals" duckdb-hot "$file" 2
  # The same into a store in which a key is there once.
  measure store "billing, SQLite" "${ingest[@]}" --to "sqlite:$folder/billing.db"
  measure store "DuckDB, keyed table" "$rivals" duckdb-table "$file" 2 "$folder/duck.db"
  measure store ".NET, CsvHelper and a loop" "$rivals" dotnet-sqlite "$file" "$folder/plain.db"
  measure store "sqlite3 .import" benchmarks/rivals/import.sh "$file" "$folder/import.db"
  measure store "Python, row by row" python3 benchmarks/rivals/rows.py "$file" "$folder/rows.db"
  # The same file again: nothing is new.
  measure again "billing, SQLite" "${ingest[@]}" --to "sqlite:$folder/billing.db"
  measure again "DuckDB, keyed table" "$rivals" duckdb-table "$file" 2 "$folder/duck.db"
  measure again ".NET, CsvHelper and a loop" "$rivals" dotnet-sqlite "$file" "$folder/plain.db"
  rm -f "$folder"/*.db "$folder"/*.db-* "$folder"/*.db.wal
  # Parsing alone.
  for parser in csvhelper sep sylvan; do measure parse "$parser" "$rivals" "$parser" "$file"; done
done

results=benchmarks/results/compare-$(date -u +%F).md
mkdir -p benchmarks/results
python3 benchmarks/rivals/summary.py "$folder/measured" "$rows" "$rounds" | tee "$results"
echo "Written to $results."
