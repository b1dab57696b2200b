#!/usr/bin/env bash
# Writes what is public in a package into its PublicAPI.Unshipped.txt, as the analyzers of a build then demand it: of every package, or of those whose folders are named.
# Look at the difference before you commit it.
set -uo pipefail
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$(dirname "$0")" || exit 1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
projects=(src/*/*.csproj tests/Billing.Sinks.Conformance/*.csproj)
[ "$#" -eq 0 ] || projects=()
for folder in "$@"; do projects+=("${folder%/}"/*.csproj); done
for project in "${projects[@]}"; do
  folder=$(dirname "$project")
  [ -e "$folder/PublicAPI.Shipped.txt" ] || echo '#nullable enable' >"$folder/PublicAPI.Shipped.txt"
  # Without entries every symbol that is not shipped is told of. A changed file is compiled again.
  echo '#nullable enable' >"$folder/PublicAPI.Unshipped.txt"
done

for project in "${projects[@]}"; do
  dotnet build "$project" -c Release --nologo -v quiet -p:TreatWarningsAsErrors=false >>"$log" 2>&1 \
    || { grep -E ': error ' "$log" | sort -u; echo "$project does not build: correct that first." >&2; exit 1; }
done

for project in "${projects[@]}"; do
  name=$(basename "$project")
  {
    echo '#nullable enable'
    # A line of a build: FILE(LINE,COLUMN): warning RS0016: Symbol 'SYMBOL' is not part of ... [PROJECT]
    grep -E "[\\/]${name//./\\.}\]\$" "$log" | sed -nE \
      -e "s/^.*warning RS0016: Symbol '(.*)' is not part of the declared public API.*$/\1/p" \
      -e "s/^.*warning RS0017: Symbol '(.*)' is part of the declared API, but.*$/*REMOVED*\1/p" | sort -u
  } >"$(dirname "$project")/PublicAPI.Unshipped.txt"
done
wc -l -- */*/PublicAPI.Unshipped.txt
