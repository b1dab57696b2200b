"""What was proved, what was not, and what is off. Standard library only."""

MOST_NAMED = 20


class Findings:
    def __init__(self):
        self.faults = {}
        self.proved = []
        self.open = {}

    def fault(self, kind, text):
        self._add(self.faults, kind, text)

    def not_proved(self, kind, text):
        self._add(self.open, kind, text)

    def prove(self, text, *unless):
        """Says that something holds, unless there are faults of these kinds."""
        if not self.faults.keys() & set(unless):
            self.proved.append(text)

    @staticmethod
    def _add(kinds, kind, text):
        texts = kinds.setdefault(kind, [0])
        texts[0] += 1
        if len(texts) <= MOST_NAMED:
            texts.append(text)

    def print(self):
        for title, lines in (("PROVED", self.proved), ("NOT PROVED", list(_named(self.open))), ("FAULTS", list(_named(self.faults)))):
            if lines:
                print(title)
                for line in lines:
                    print(f"  {_printable(line)}")
        count = sum(texts[0] for texts in self.faults.values())
        print(f"{count} faults" if count != 1 else "1 fault")
        return 1 if count else 0


def _printable(text):
    """Texts of the ledger may hold anything, also what moves the cursor of a terminal."""
    return "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in text)


def _named(kinds):
    for kind, (count, *texts) in kinds.items():
        yield from (f"{kind}: {text}" for text in texts)
        if count > len(texts):
            yield f"{kind}: {count - len(texts)} more"
