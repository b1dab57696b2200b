#!/usr/bin/env bash
# Simulations and generated inputs, many more than the suite runs: tests/nightly.sh [schedules] [first seed] [inputs for each reader]
# By default 100,000 of each, from other seeds every day. A failure prints its seed, its steps, and the command that runs it alone.
set -euo pipefail
cd "$(dirname "$0")/.."

schedules=${1:-100000}
first=${2:-$(($(date +%s) / 86400 % 20000 * 100000))}
inputs=${3:-100000}

# Files that are written for each input need no disk.
[ -d /dev/shm ] && export TMPDIR="${TMPDIR:-/dev/shm}"

dotnet build tests/Billing.Simulation.Tests -c Release --nologo -v quiet
echo "$schedules schedules and $inputs inputs for each reader, from seed $first"
BILLING_SIMULATIONS=$schedules BILLING_FUZZ_INPUTS=$inputs BILLING_FIRST_SEED=$first \
  artifacts/bin/Billing.Simulation.Tests/release/Billing.Simulation.Tests -noLogo -noColor \
  -method '*.Whatever_goes_wrong_no_row_and_no_cent_is_lost_or_doubled' -method '*.Whatever_the_bytes_they_are_read_or_refused'
