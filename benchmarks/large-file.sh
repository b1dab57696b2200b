#!/usr/bin/env bash
# Ingests a generated file of about 2 GB (or ROWS rows) into a fresh SQLite file and prints the peak memory and the rate.
# Usage: benchmarks/large-file.sh [rows]; default 20,000,000. Needs GNU time (package time) and about 12 GB of disk in $TMPDIR.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x /usr/bin/time ] || { echo "GNU time is missing: install the package time."; exit 1; }
rows=${1:-20000000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dotnet build samples/Billing.Console -c Release --nologo -v quiet
billing="artifacts/bin/Billing.Console/release/billing"
"$billing" generate csv --rows "$rows" --seed 1 --out "$folder/large.csv" >/dev/null
ls -l "$folder/large.csv" | awk '{printf "file: %.2f GB\n", $5/1e9}'
/usr/bin/time -f 'peak memory: %M KiB, elapsed: %e s' "$billing" ingest "$folder/large.csv" --to "sqlite:$folder/large.db" --rates CAD=0.75,MXN=0.059 --json >"$folder/report.json"
grep -o '"balanced": *[a-z]*' "$folder/report.json" | head -n 1
