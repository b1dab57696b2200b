#!/usr/bin/env bash
# Installs what the tests need, builds, runs every test project, and ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")"

command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing. Install it (package dotnet-sdk-10.0), then run ./test.sh again."; echo "0 passed, 1 failed"; exit 1; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet build Billing.sln -c Release --nologo -v quiet || { echo "0 passed, 1 failed"; exit 1; }

passed=0 failed=0 skipped=0
results=$(mktemp -d)
run() { # project name, then settings of the environment
  local project=$1; shift
  echo "== $project $*"
  local log="$results/$project.log" summary
  env "$@" "artifacts/bin/$project/release/$project" -noLogo -noColor >"$log" 2>&1
  local code=$?
  summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1)
  if [ -z "$summary" ] || [ "$code" -gt 1 ]; then
    cat "$log"; echo "$project ended with code $code and without a summary."; failed=$((failed + 1)); return
  fi
  local total errors bad skips
  read -r total errors bad skips < <(sed -E 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/' <<<"$summary")
  [ "$((errors + bad))" -gt 0 ] && cat "$log"
  grep -E '\[SKIP\]' "$log" || true
  echo "$summary"
  passed=$((passed + total - bad - skips)) failed=$((failed + bad + errors)) skipped=$((skipped + skips))
  if [ "$total" -eq 0 ]; then echo "$project ran no test."; failed=$((failed + 1)); fi
}

for folder in tests/*.Tests; do run "$(basename "$folder")"; done

echo
echo "$passed passed, $failed failed$([ "$skipped" -gt 0 ] && echo ", $skipped skipped")"
[ "$failed" -eq 0 ]
