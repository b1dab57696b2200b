"""Reads a bundle: a folder or a ZIP archive, line by line, whatever its size. Standard library only."""

import base64
import hashlib
import json
import os
import zipfile


class Unreadable(Exception):
    """A line or a file that is not what it must be, and why."""


def _members(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Unreadable("an object has a member twice")
    return members


def parse(line):
    try:
        return json.loads(line, object_pairs_hook=_members, parse_float=_no_float)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {error}") from error


def _no_float(text):
    raise Unreadable(f"{text} is a number with a point: amounts are texts")


def bytes_of(item, name):
    """A member that holds bytes: as text, or in base64 if they are not UTF-8."""
    if name in item:
        return item[name].encode("utf-8")
    return base64.b64decode(item[f"{name}_base64"], validate=True)


class Bundle:
    def __init__(self, path):
        self.path = path
        self.zip = None if os.path.isdir(path) else zipfile.ZipFile(path)

    def names(self):
        if self.zip:
            return sorted(self.zip.namelist())
        found = []
        for folder, _, files in os.walk(self.path):
            found += [os.path.relpath(os.path.join(folder, file), self.path).replace(os.sep, "/") for file in files]
        return sorted(found)

    def open(self, name):
        return self.zip.open(name) if self.zip else open(os.path.join(self.path, *name.split("/")), "rb")

    def read(self, name):
        with self.open(name) as file:
            return file.read()

    def measure(self, name):
        """The number of bytes and of lines, and the SHA-256."""
        digest, size, lines = hashlib.sha256(), 0, 0
        with self.open(name) as file:
            while block := file.read(1 << 20):
                digest.update(block)
                size += len(block)
                lines += block.count(b"\n")
        return size, lines, digest.hexdigest()

    def lines(self, name, findings):
        """Every line with its number, as bytes and read. What cannot be read is a fault."""
        with self.open(name) as file:
            for number, line in enumerate(file, 1):
                line = line.rstrip(b"\n")
                try:
                    yield number, line, parse(line)
                except Unreadable as error:
                    findings.fault("line", f"{name}, line {number}: {error}")
