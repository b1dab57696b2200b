#!/usr/bin/env bash
# How soon native programs do their work: from the start of the command until it has stored a row, and of each function of samples/Billing.Lambda until its first reply.
# Usage: benchmarks/start.sh [rounds]; default 15. Writes a table to benchmarks/results/. Needs python3, clang, and what ./test.sh installs (MariaDB, DynamoDB Local, fauxqs).
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-15}
for tool in python3 clang; do command -v "$tool" >/dev/null || { echo "$tool is missing: install the package $tool."; exit 1; }; done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
system=linux-$(uname -m | sed 's/x86_64/x64/;s/aarch64/arm64/')
echo "Building."
dotnet publish samples/Billing.Console -c Release -r "$system" -o "$folder/native" --nologo -v quiet
dotnet publish samples/Billing.Lambda -c Release -r "$system" -o "$folder/functions" --nologo -v quiet
dotnet build benchmarks/Billing.Start -c Release --nologo -v quiet
processor=$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)
results=benchmarks/results/start-$(date -u +%F).md
mkdir -p benchmarks/results
{
  echo "# From the start of a process to its first result, $(date -u +%F)"
  echo
  echo "${processor:-$(uname -m)}, $(nproc) cores; .NET SDK $(dotnet --version), native; command $(stat -c %s "$folder/native/billing" | awk '{ printf "%.1f", $1 / 1e6 }') MB, functions $(stat -c %s "$folder/functions/bootstrap" | awk '{ printf "%.1f", $1 / 1e6 }') MB. \`benchmarks/start.sh $rounds\`. The command: until its process has ended. The functions: until the reply to the first event, with emulators of AWS and MariaDB on the same machine and their tables made."
  echo
  TMPDIR="$folder" artifacts/bin/Billing.Start/release/Billing.Start "$folder/native/billing" "$folder/functions" "$rounds"
} | tee "$results"
echo "Written to $results."
