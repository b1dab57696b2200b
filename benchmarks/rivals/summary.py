"""Makes the tables of benchmarks/compare.sh. Usage: summary.py MEASURED ROWS ROUNDS PARTS [VERSION...]"""
import datetime
import os
import platform
import re
import statistics
import subprocess
import sys
from pathlib import Path

TITLES = {
    "hot-1": "Parse, convert, SHA-256, count equal rows, categorise; keep nothing; 1 core",
    "hot-2": "The same on 2 cores",
    "store": "The same work into a store in which a key is there once",
    "again": "The same file again: nothing is new",
    "parse": "Parsing alone, a process each",
    "mysql": "Into MariaDB, durable commits, tables with the same columns and indexes",
    "mysql-again": "Into MariaDB, the same file again: nothing is new",
    "dynamo": "Into DynamoDB Local, tables with the same key and indexes",
}
NOTES = {
    "dynamo": "`BatchWriteItem` takes no conditions: it overwrites what is there, and says nothing. Units are write capacity units as DynamoDB Local reports them, "
    "asked for in a run of 3,000 rows that was not timed. It counts less for a transaction than AWS, which bills each write in a transaction twice.",
}
# Works that have no common total with the others: parsing adds up what was billed, DynamoDB has fewer rows.
APART = ("parse", "dynamo")

measured, rows, rounds, parts = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
figures, outcomes = {}, {}
for line in open(measured, encoding="utf-8"):
    work, who, elapsed, user, system, memory, server, outcome = line.rstrip("\n").split("\t")
    values = dict(part.split("=") for part in outcome.split())
    figures.setdefault(work, {}).setdefault(who, []).append({
        "seconds": float(elapsed), "processor": float(user) + float(system), "memory": int(memory) / 1024, "rows": int(values["rows"]),
        "server": None if server == "-" else float(server), "units": float(values["units"]) if "units" in values else None,
    })
    outcomes.setdefault(work if work in APART else "all", set()).add((values["rows"], values["cents"]))

for work, said in outcomes.items():
    if len({pair for pair in said if pair[1] != "-"}) > 1 or len({pair[0] for pair in said}) != 1:
        sys.exit(f"The contenders did not come to the same: {sorted(said)}")


def median(runs, column):
    values = [run[column] for run in runs if run[column] is not None]
    return statistics.median(values) if values else None


def shown(value, form="{:.2f}"):
    return "" if value is None else form.format(value)


def version_of(package):
    text = (Path(__file__).resolve().parents[2] / "Directory.Packages.props").read_text("utf-8")
    return re.search(rf'Include="{re.escape(package)}" Version="([^"]+)"', text).group(1)


runtime = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=True).stdout.strip()
sqlite = subprocess.run(["sqlite3", "--version"], capture_output=True, text=True, check=True).stdout.split()[0]
processor = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
packages = ", ".join(f"{package} {version_of(package)}" for package in ("DuckDB.NET.Data.Full", "CsvHelper", "Sep", "Sylvan.Data.Csv", "MySqlConnector", "AWSSDK.DynamoDBv2"))
print(f"# {rows:,} rows, {rounds} rounds, {datetime.datetime.now(datetime.UTC):%Y-%m-%d}\n")
print(f"{processor}, {os.cpu_count()} cores; .NET SDK {runtime}; {packages}; {''.join(version + '; ' for version in sys.argv[5:])}sqlite3 {sqlite}; Python {platform.python_version()}. "
      f"`benchmarks/compare.sh {rows} {rounds} {parts}`: medians; all totals were equal.")
for work, contenders in figures.items():
    runs = [run for all_runs in contenders.values() for run in all_runs]
    optional = [(column, title, form) for column, title, form in (("server", "processor seconds of the server", "{:.2f}"), ("units", "units per record", "{:.3f}")) if any(run[column] is not None for run in runs)]
    print(f"\n## {TITLES[work]}\n")
    if runs[0]["rows"] != rows:
        print(f"{runs[0]['rows']:,} rows.\n")
    print("| | seconds | of the first | processor seconds | peak memory |" + "".join(f" {title} |" for _, title, _ in optional))
    print("|---|---|---|---|---|" + "---|" * len(optional))
    first = median(next(iter(contenders.values())), "seconds")
    for who, of_one in contenders.items():
        seconds = median(of_one, "seconds")
        print(f"| {who} | {seconds:.2f} | {seconds / first:.2f} | {median(of_one, 'processor'):.2f} | {median(of_one, 'memory'):.0f} MiB |"
              + "".join(f" {shown(median(of_one, column), form)} |" for column, _, form in optional))
    if work in NOTES:
        print(f"\n{NOTES[work]}")
