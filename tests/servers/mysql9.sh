#!/usr/bin/env bash
# Installs Oracle's MySQL 9 (Debian sid's mysql-server-core) into a folder of its own, for the tests; nothing else on the machine changes.
# Needs root and debootstrap. The server is then tests/servers/mysqld9.
set -euo pipefail
root="$HOME/.cache/billing-tests/servers/sid"
[ -x "$root/usr/sbin/mysqld" ] && exit 0
command -v debootstrap >/dev/null || { echo "debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || { echo "debootstrap needs root." >&2; exit 1; }
mkdir -p "$root"
[ -x "$root/usr/bin/apt-get" ] || debootstrap --variant=minbase sid "$root"
# Sid's list of packages is dated for a week, and a mirror may be older than that. Its signature is checked all the same.
chroot "$root" sh -c 'apt-get update -qq -o Acquire::Check-Valid-Until=false && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mysql-server-core'
