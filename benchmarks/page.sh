#!/usr/bin/env bash
# How fast samples/Billing.Web answers with many expenses in SQLite, and how soon its page shows itself in Chromium.
# Usage: benchmarks/page.sh [rows] [rounds]; default 100000 and 15. Writes a table to benchmarks/results/. Needs chromium and curl.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-100000}
rounds=${2:-15}
for tool in chromium curl; do command -v "$tool" >/dev/null || { echo "$tool is missing: install the package $tool."; exit 1; }; done
folder=$(mktemp -d)
host=
trap '[ -z "$host" ] || kill "$host"; rm -rf "$folder"' EXIT
echo "Building."
dotnet build samples/Billing.Console -c Release --nologo -v quiet
dotnet publish samples/Billing.Web -c Release -o artifacts/published/Billing.Web --nologo -v quiet
dotnet build benchmarks/Billing.PageTimes -c Release --nologo -v quiet
billing=artifacts/bin/Billing.Console/release/billing
"$billing" generate csv --rows "$rows" --seed 1 --out "$folder/rows.csv" >/dev/null
"$billing" ingest "$folder/rows.csv" --store "sqlite:$folder/books.db" --layout samples/data/layout.invoices.json --rates samples/data/rates.json --rules samples/data/rules.invoices.json >"$folder/statement.txt" \
  || { cat "$folder/statement.txt"; exit 1; }
root=$PWD
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
address=http://127.0.0.1:$port
(cd artifacts/published/Billing.Web && exec dotnet Billing.Web.dll --urls "$address" --Folder "$folder/files" --Store:ConnectionString "Data Source=$folder/books.db" --Rates "$root/samples/data/rates.json" --RequestsPerMinute 100000) >"$folder/host.txt" 2>&1 &
host=$!
for _ in $(seq 100); do curl -sf -o /dev/null "$address/" && break; sleep 0.1; done
curl -sf -o /dev/null "$address/" || { cat "$folder/host.txt"; echo "The host does not answer."; exit 1; }
processor=$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)
results=benchmarks/results/page-$(date -u +%F).md
mkdir -p benchmarks/results
{
  echo "# The page and its host, $(date -u +%F)"
  echo
  echo "$rows records in SQLite. ${processor:-$(uname -m)}, $(nproc) cores, which host, client and browser share; .NET SDK $(dotnet --version); $(chromium --version 2>/dev/null | head -n 1). \`benchmarks/page.sh $rows $rounds\`. Requests: until the last byte, after three that are not counted. Screens: from the address until the figures, or the rows of the table, are on the screen; and until fields and buttons can be used."
  echo
  artifacts/bin/Billing.PageTimes/release/Billing.PageTimes "$address" "$rounds"
} | tee "$results"
echo "Written to $results."
