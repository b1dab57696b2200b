"""Proves a bundle that `billing export audit` made, without Billing. Python 3.8 or later, standard library only.

    python3 verify.py BUNDLE --head HEADS

BUNDLE is the folder or the ZIP archive. HEADS is a file with a line that `billing seal` printed, kept where nobody who can write to the ledger can write.
It prints what it proved, what it could not prove, and what is off. The exit code is 0 if nothing is off, 1 if something is, and 2 if it cannot begin.
"""

import argparse
import sys
import zipfile

import bundle
import chain
import contents
import findings


def verify(path, heads):
    found = findings.Findings()
    opened = bundle.Bundle(path)
    manifest = chain.check_manifest(opened, found)
    if manifest is not None:
        seals = chain.check_seals(opened, heads, found)
        runs = chain.check_runs(opened, seals, found)
        entries = chain.check_entries(opened, seals, found)
        chain.check_closings(opened, entries, found)
        contents.Contents(opened, manifest, runs, entries, seals, found).run()
        found.not_proved("outside", "how rows in quarantine were closed, alerts, and notes of duplicates: no seal covers them")
    return found.print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", help="the folder or the ZIP archive")
    parser.add_argument("--head", help="a file with one or more heads")
    arguments = parser.parse_args()
    try:
        heads = chain.read_heads(arguments.head) if arguments.head else []
        return verify(arguments.bundle, heads)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        print(f"It cannot be read: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
