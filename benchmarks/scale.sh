#!/usr/bin/env bash
# The cost of a row as the store grows: ingests generated files one after another into one store, and draws what a row of each took.
# Usage: benchmarks/scale.sh [most] [sqlite|mysql]; default 20,000,000 records, sqlite. Writes a table and a picture to benchmarks/results/.
# Needs python3, clang, GNU time (package time) and 1 KB of disk per record in $TMPDIR; mysql needs mariadb-server.
set -euo pipefail
cd "$(dirname "$0")/.."
most=${1:-20000000} kind=${2:-sqlite}
case $kind in sqlite | mysql) ;; *) echo "There is no store '$kind' here. Stores: sqlite mysql."; exit 2 ;; esac
for tool in python3 clang; do command -v "$tool" >/dev/null || { echo "$tool is missing: install the package $tool."; exit 1; }; done
[ -x /usr/bin/time ] || { echo "GNU time is missing: install the package time."; exit 1; }

folder=$(mktemp -d)
server=""
stop() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null && wait "$server" || true; fi
  rm -rf "$folder"
}
trap stop EXIT
system=linux-$(uname -m | sed 's/x86_64/x64/;s/aarch64/arm64/')
echo "Building."
dotnet publish samples/Billing.Console -c Release -r "$system" -o "$folder/native" --nologo -v quiet
billing="$folder/native/billing" store="sqlite:$folder/billing.db" version="SQLite"
if [ "$kind" = mysql ]; then
  dotnet build benchmarks/Billing.Rivals -c Release --nologo -v quiet
  rivals=artifacts/bin/Billing.Rivals/release/Billing.Rivals
  TMPDIR="$folder" "$rivals" mysql-server "$folder/server" &
  server=$!
  until [ -e "$folder/server" ]; do
    kill -0 "$server" 2>/dev/null || { echo "The server did not start."; exit 1; }
    sleep 0.1
  done
  read -r port process version <"$folder/server"
  "$rivals" mysql-fresh "$port" scale
  store="mysql://root@127.0.0.1:$port/scale"
fi

# 10,000, 20,000, 50,000, 100,000, ..., 1 million, then million by million.
sizes=()
for size in 10000 20000 50000 100000 200000 500000 $(seq 1000000 1000000 "$most"); do
  [ "$size" -gt "$most" ] || sizes+=("$size")
done

# The processor seconds of the server so far.
used() { if [ -n "$server" ]; then awk -v hertz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / hertz }' "/proc/$process/stat"; else echo 0; fi; }

held=0
for size in "${sizes[@]}"; do
  # Another seed makes other rows.
  "$billing" generate csv --rows $((size - held)) --seed "$size" --out "$folder/rows.csv" >/dev/null
  sync
  before=$(used)
  /usr/bin/time -o "$folder/figures" -f $'%e\t%U\t%S\t%M' "$billing" ingest "$folder/rows.csv" --to "$store" --rates CAD=0.75,MXN=0.059 --rules samples/data/rules.invoices.json --json >"$folder/report.json"
  python3 -c 'import json, sys
total = json.load(sys.stdin)["total"]
assert total["balanced"] and total["rows"]["read"] == total["rows"]["stored"] + total["rows"]["duplicate"], total' <"$folder/report.json"
  printf '%s\t%s\t%s\t%s\t%s\n' "$size" $((size - held)) "$(cat "$folder/figures")" "$before" "$(used)" >>"$folder/measured"
  echo "$size records."
  held=$size
done

results=benchmarks/results/scale-$kind-$(date -u +%F)
mkdir -p benchmarks/results
python3 benchmarks/scale/curve.py "$folder/measured" "$version" "$results.svg" >"$results.md"
cat "$results.md"
echo "Written to $results.md and $results.svg."
