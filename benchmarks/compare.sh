#!/usr/bin/env bash
# Whole programs side by side, round by round in turn: this package and named rivals on one generated file.
# Prints medians, ratios, processor seconds and peak memory, and writes them to benchmarks/results/.
#
# Usage: benchmarks/compare.sh [rows] [rounds] [parts...]; default 1,000,000 rows, 5 rounds, and the parts that need no server: hot store again parse.
#   hot     parse, convert, SHA-256, count equal rows, categorise; keep nothing
#   store   the same into a store in which a key is there once
#   again   the same file once more (with it, store runs too)
#   parse   parsing alone
#   mysql   into a MariaDB of its own with durable commits and 1 GB of memory, and once more
#   dynamo  into DynamoDB Local, with write capacity units per record; 20,000 rows at most, or DYNAMO_ROWS
# Needs python3, sqlite3, clang and GNU time (package time), and 4 GB in $TMPDIR; mysql needs mariadb-server, and dynamo what ./test.sh installs.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-1000000} rounds=${2:-5} parts=("${@:3}")
[ ${#parts[@]} -gt 0 ] || parts=(hot store again parse)
for part in "${parts[@]}"; do
  case $part in hot | store | again | parse | mysql | dynamo) ;; *) echo "There is no part '$part'. Parts: hot store again parse mysql dynamo."; exit 2 ;; esac
done
for tool in python3 sqlite3 clang; do command -v "$tool" >/dev/null || { echo "$tool is missing: install the package $tool."; exit 1; }; done
[ -x /usr/bin/time ] || { echo "GNU time is missing: install the package time."; exit 1; }
has() { [[ " ${parts[*]} " == *" $1 "* ]]; }

folder=$(mktemp -d)
servers=()
stop() {
  for server in "${servers[@]}"; do kill "$server" 2>/dev/null && wait "$server" || true; done
  rm -rf "$folder"
}
trap stop EXIT
system=linux-$(uname -m | sed 's/x86_64/x64/;s/aarch64/arm64/')
echo "Building."
dotnet publish samples/Billing.Console -c Release -r "$system" -o "$folder/native" --nologo -v quiet
dotnet build benchmarks/Billing.Rivals -c Release --nologo -v quiet
billing="$folder/native/billing" rivals=artifacts/bin/Billing.Rivals/release/Billing.Rivals rules=samples/data/rules.invoices.json
if has hot; then
  # For this machine: which vector instructions SHA-256 uses is chosen when a program is compiled natively.
  dotnet publish benchmarks/Billing.Hot -c Release -r "$system" -p:IlcInstructionSet=native -o "$folder/hot" --nologo -v quiet
fi
file="$folder/invoices.csv"
"$billing" generate csv --rows "$rows" --seed 1 --out "$file" >/dev/null
options=(--rates CAD=0.75,MXN=0.059 --rules "$rules" --json)
ingest=("$billing" ingest "$file" "${options[@]}")

# What a run of the command came to, in the words of the rivals.
statement() {
  python3 -c 'import decimal, json, sys
total = json.load(sys.stdin)["sources"][0]
held = total["rows"]["stored"] + total["rows"]["duplicate"]
assert total["balanced"] and held == total["rows"]["read"], total
print("rows=%d cents=%s" % (held, int(decimal.Decimal(total["reporting"]["stored"]) * 100) if total["rows"]["stored"] else "-"))'
}

# The processor seconds of a server so far.
used_by() { awk -v hertz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / hertz }' "/proc/$1/stat"; }

server_process="" totals=() append=""
measure() { # work, contender, then the command; its output is what came of the work, or that of totals, which is not timed; append is added to it
  local work=$1 who=$2 figures outcome before="" server=-; shift 2
  sync
  figures=$(mktemp "$folder/figures.XXXX")
  [ -z "$server_process" ] || before=$(used_by "$server_process")
  /usr/bin/time -o "$figures" -f $'%e\t%U\t%S\t%M' "$@" >"$folder/outcome" 2>"$folder/errors" || { echo "$who failed:"; cat "$folder/errors" "$folder/outcome"; exit 1; }
  [ -z "$server_process" ] || server=$(awk -v before="$before" -v after="$(used_by "$server_process")" 'BEGIN { print after - before }')
  [ ${#totals[@]} -eq 0 ] || "${totals[@]}" >"$folder/outcome"
  case $(head -c 1 "$folder/outcome") in '{') outcome=$(statement <"$folder/outcome") ;; *) outcome=$(tail -n 1 "$folder/outcome") ;; esac
  printf '%s\t%s\t%s\t%s\t%s\n' "$work" "$who" "$(cat "$figures")" "$server" "$outcome${append:+ $append}" >>"$folder/measured"
}

# Starts a server, and sets port and process.
serve() {
  local said="$folder/$1"
  TMPDIR="$folder" "$rivals" "$1" "$said" &
  servers+=($!)
  until [ -e "$said" ]; do
    kill -0 "${servers[-1]}" 2>/dev/null || { echo "$1 did not start."; exit 1; }
    sleep 0.1
  done
  read -r port process version <"$said"
}

hot() {
  measure hot-1 "billing, to a sink that keeps nothing" taskset -c 0 "$folder/hot/billing-hot" "$file" "$rules"
  measure hot-1 "billing, dry run of the command" taskset -c 0 "${ingest[@]}" --dry-run
  measure hot-1 "DuckDB" taskset -c 0 "$rivals" duckdb-hot "$file" 1
  measure hot-2 "billing, to a sink that keeps nothing" "$folder/hot/billing-hot" "$file" "$rules"
  measure hot-2 "billing, dry run of the command" "${ingest[@]}" --dry-run
  measure hot-2 "DuckDB" "$rivals" duckdb-hot "$file" 2
}

store() {
  measure store "billing, SQLite" "${ingest[@]}" --to "sqlite:$folder/billing.db"
  measure store "DuckDB, keyed table" "$rivals" duckdb-table "$file" 2 "$folder/duck.db"
  measure store ".NET, CsvHelper and a loop" "$rivals" dotnet-sqlite "$file" "$folder/plain.db"
  measure store "sqlite3 .import" benchmarks/rivals/import.sh "$file" "$folder/import.db"
  measure store "Python, row by row" python3 benchmarks/rivals/rows.py "$file" "$folder/rows.db"
  if has again; then
    measure again "billing, SQLite, every row read" "${ingest[@]}" --to "sqlite:$folder/billing.db" --reread
    measure again "billing, SQLite, known by its SHA-256" "${ingest[@]}" --to "sqlite:$folder/billing.db"
    measure again "DuckDB, keyed table" "$rivals" duckdb-table "$file" 2 "$folder/duck.db"
    measure again ".NET, CsvHelper and a loop" "$rivals" dotnet-sqlite "$file" "$folder/plain.db"
  fi
  rm -f "$folder"/*.db "$folder"/*.db-* "$folder"/*.db.wal
}

parse() { for parser in csvhelper sep sylvan; do measure parse "$parser" "$rivals" "$parser" "$file"; done; }

# Each contender into a database of its own, which is new in each round.
mysql() {
  server_process=$mysql_process
  for database in one two three; do "$rivals" mysql-fresh "$mysql_port" "$database"; done
  local to=(--to "mysql://root@127.0.0.1:$mysql_port/one") load=(mysql-load "$file" "$mysql_port" two) loop=(mysql-rows "$file" "$mysql_port" three)
  measure mysql "billing" "${ingest[@]}" "${to[@]}"
  totals=("$rivals" mysql-totals "$mysql_port" two)
  measure mysql "LOAD DATA LOCAL, work in SQL" "$rivals" "${load[@]}"
  totals=("$rivals" mysql-totals "$mysql_port" three)
  measure mysql ".NET, an insert per row" "$rivals" "${loop[@]}"
  totals=()
  measure mysql-again "billing" "${ingest[@]}" "${to[@]}"
  totals=("$rivals" mysql-totals "$mysql_port" two)
  measure mysql-again "LOAD DATA LOCAL, work in SQL" "$rivals" "${load[@]}"
  totals=("$rivals" mysql-totals "$mysql_port" three)
  measure mysql-again ".NET, an insert per row" "$rivals" "${loop[@]}"
  totals=() server_process=""
}

# Each contender into a table of its own, after a run that is not timed: the server compiles what it runs often, and says there what it counts.
dynamo() {
  local way; declare -A units
  for way in transactions singles puts batches; do
    units[$way]=$("$rivals" "dynamo-$way" "$warm" "$dynamo_port" "warm-$way" metered | sed 's/.*units=/units=/')
  done
  server_process=$dynamo_process
  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
  append=${units[transactions]} measure dynamo "billing, transactions of 10" "$billing" ingest "$few" "${options[@]}" --to "dynamodb:command?endpoint=http://127.0.0.1:$dynamo_port"
  append=${units[transactions]} measure dynamo "the same as a library, not native" "$rivals" dynamo-transactions "$few" "$dynamo_port" transactions
  append=${units[singles]} measure dynamo "the same by conditional puts, 8 at a time" "$rivals" dynamo-singles "$few" "$dynamo_port" singles
  append=${units[puts]} measure dynamo ".NET, conditional puts, 8 at a time" "$rivals" dynamo-puts "$few" "$dynamo_port" puts
  append=${units[batches]} measure dynamo ".NET, BatchWriteItem of 25, 8 at a time (no conditions)" "$rivals" dynamo-batches "$few" "$dynamo_port" batches
  server_process=""
}

versions=()
if has mysql; then
  serve mysql-server
  mysql_port=$port mysql_process=$process
  versions+=("$version")
fi
if has dynamo; then
  few="$folder/few.csv" warm="$folder/warm.csv" few_rows=${DYNAMO_ROWS:-20000}
  [ "$few_rows" -le "$rows" ] || few_rows=$rows
  "$billing" generate csv --rows "$few_rows" --seed 1 --out "$few" >/dev/null
  "$billing" generate csv --rows 3000 --seed 2 --out "$warm" >/dev/null
fi

for round in $(seq "$rounds"); do
  echo "Round $round of $rounds."
  if has hot; then hot; fi
  if has store || has again; then store; fi
  if has parse; then parse; fi
  if has mysql; then mysql; fi
  if has dynamo; then
    # Its data is in memory: a server for each round.
    serve dynamo-server
    dynamo_port=$port dynamo_process=$process
    dynamo
    kill "${servers[-1]}" && wait "${servers[-1]}" || true
    rm "$folder/dynamo-server"
    unset 'servers[-1]'
  fi
done

name=compare-$(date -u +%F)
[ $# -lt 3 ] || name+=-$(IFS=-; echo "${parts[*]}")
results=benchmarks/results/$name.md
mkdir -p benchmarks/results
python3 benchmarks/rivals/summary.py "$folder/measured" "$rows" "$rounds" "${parts[*]}" "${versions[@]}" | tee "$results"
echo "Written to $results."
