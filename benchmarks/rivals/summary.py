"""Makes the table of benchmarks/compare.sh. Usage: summary.py MEASURED ROWS ROUNDS"""
import datetime
import os
import platform
import statistics
import subprocess
import sys

TITLES = {
    "hot": "Parse, convert, SHA-256, count equal rows, categorise; keep nothing",
    "store": "The same into a store in which a key is there once",
    "again": "The same file again: nothing is new",
    "parse": "Parsing alone, a process each",
}

measured, rows, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
figures, outcomes = {}, {}
for line in open(measured, encoding="utf-8"):
    work, who, elapsed, user, system, memory, outcome = line.rstrip("\n").split("\t")
    figures.setdefault(work, {}).setdefault(who, []).append((float(elapsed), float(user) + float(system), int(memory) / 1024))
    values = dict(part.split("=") for part in outcome.split())
    outcomes.setdefault("parse" if work == "parse" else "all", set()).add((values["rows"], values["cents"]))

for work, said in outcomes.items():
    if len({pair for pair in said if pair[1] != "-"}) != 1 or len({pair[0] for pair in said}) != 1:
        sys.exit(f"The contenders did not come to the same: {sorted(said)}")

runtime = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=True).stdout.strip()
sqlite = subprocess.run(["sqlite3", "--version"], capture_output=True, text=True, check=True).stdout.split()[0]
processor = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
print(f"# {rows:,} rows, {rounds} rounds, {datetime.datetime.now(datetime.UTC):%Y-%m-%d}\n")
print(f"{processor}, {os.cpu_count()} cores; .NET SDK {runtime}; DuckDB.NET 1.5.6.1; sqlite3 {sqlite}; Python {platform.python_version()}. `benchmarks/compare.sh {rows} {rounds}`: medians; all totals were equal.")
for work, contenders in figures.items():
    print(f"\n## {TITLES[work]}\n\n| | seconds | of the first | processor seconds | peak memory |\n|---|---|---|---|---|")
    medians = {who: [statistics.median(column) for column in zip(*runs)] for who, runs in contenders.items()}
    first = next(iter(medians.values()))[0]
    for who, (elapsed, processor_seconds, memory) in medians.items():
        print(f"| {who} | {elapsed:.2f} | {elapsed / first:.2f} | {processor_seconds:.2f} | {memory:.0f} MiB |")
