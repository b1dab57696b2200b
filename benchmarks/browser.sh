#!/usr/bin/env bash
# Billing.Core, unchanged, in WebAssembly: builds a tiny program as for a browser, runs it under Node.js and under .NET on the same generated rows,
# checks that totals, keys, fingerprints, conversions and categories are the same bytes, and prints both times.
# Usage: benchmarks/browser.sh [rows]; default 20,000. Needs Node.js 18 or later. Without the workload wasm-tools, the code is interpreted.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-20000}
command -v node >/dev/null || { echo "node is missing: install the package nodejs."; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo "Building."
dotnet publish benchmarks/Billing.Browser -c Release -o "$folder" --nologo -v quiet
dotnet build benchmarks/Billing.Hot -c Release --nologo -v quiet
(cd "$folder/wwwroot" && node main.mjs "$rows") >"$folder/browser"
artifacts/bin/Billing.Hot/release/billing-hot generated "$rows" >"$folder/plain"
echo "WebAssembly: $(tail -n 1 "$folder/browser")"
echo ".NET:        $(tail -n 1 "$folder/plain")"
if [ "$(head -n 1 "$folder/browser")" != "$(head -n 1 "$folder/plain")" ]; then
  echo "They did not come to the same:"
  head -n 1 "$folder/browser" "$folder/plain"
  exit 1
fi
echo "Equal: $(head -n 1 "$folder/plain")"
