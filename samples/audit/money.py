"""Exact amounts: sums per currency, and what a rate makes of an amount. Standard library only."""

import csv
import decimal
import fractions
import io

# Sums are exact or an error: nothing is rounded in silence.
decimal.setcontext(decimal.Context(prec=400, traps=[decimal.InvalidOperation, decimal.Inexact, decimal.Overflow]))

# ISO 4217: the currencies that do not have two decimals. None: no minor unit.
MINOR_UNITS = {
    **dict.fromkeys("ADP BEF BIF BYB BYR CLP DJF ESP GNF GRD ISK ITL JPY KMF KRW LUF MGF PTE PYG ROL RWF TPE TRL UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
    **dict.fromkeys("XAG XAU XBA XBB XBC XBD XDR XFO XFU XPD XPT XRE XSU XTS XUA XXX".split()),
}
MOST_DIGITS = 28
OTHER_ROUNDINGS = (decimal.ROUND_HALF_UP, decimal.ROUND_DOWN, decimal.ROUND_FLOOR, decimal.ROUND_CEILING)


class Totals:
    """Rows, and money by currency."""

    def __init__(self, rows=0, money=None):
        self.rows = rows
        self.money = dict(money or {})

    @staticmethod
    def of(json):
        return Totals(json["rows"], {code: decimal.Decimal(text) for code, text in json["money"].items()})

    def add(self, currency, amount, times=1):
        self.rows += times
        self.money[currency] = self.money.get(currency, decimal.Decimal(0)) + times * decimal.Decimal(amount)

    def plus(self, other):
        codes = {*self.money, *other.money}
        return Totals(self.rows + other.rows, {code: self.money.get(code, 0) + other.money.get(code, 0) for code in codes})

    def __eq__(self, other):
        return self.rows == other.rows and all(self.money.get(code, 0) == other.money.get(code, 0) for code in {*self.money, *other.money})

    def __str__(self):
        return ", ".join([f"{self.rows} rows", *(f"{format(amount, 'f')} {code}" for code, amount in sorted(self.money.items()) if amount)])


def parts_of(rate):
    numerator, _, denominator = rate.partition("/")
    return fractions.Fraction(numerator), fractions.Fraction(denominator or "1")


def rounded(exact, decimals, rounding):
    """A fraction, rounded once to a number of decimals."""
    scaled = exact * 10**decimals
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    half = (2 * rest > scaled.denominator) - (2 * rest < scaled.denominator)
    negative = scaled < 0
    away = rest != 0 and {
        decimal.ROUND_HALF_EVEN: half > 0 or (half == 0 and whole % 2 == 1),
        decimal.ROUND_HALF_UP: half >= 0,
        decimal.ROUND_DOWN: False,
        decimal.ROUND_FLOOR: negative,
        decimal.ROUND_CEILING: not negative,
    }[rounding]
    return fractions.Fraction((whole + away) * (-1 if negative else 1), 10**decimals)


def decimals_of(exact):
    """The decimals that a fraction needs; None if they do not end."""
    rest, count = exact.denominator, 0
    for factor in (2, 5):
        times = 0
        while rest % factor == 0:
            rest //= factor
            times += 1
        count = max(count, times)
    return count if rest == 1 else None


def check_conversion(record):
    """None if the reporting amount is what the rate makes of the amount; 'rounding' if only another rounding gives it; else what it should be."""
    amount, reporting = fractions.Fraction(record["amount"]), fractions.Fraction(record["reporting_amount"])
    rate = record.get("rate")
    if rate is None:
        same = record["currency"] == record["reporting_currency"] and amount == reporting
        return None if same else "the amount itself, for there is no rate"
    numerator, denominator = parts_of(rate)
    exact = amount * numerator / denominator
    units, own = MINOR_UNITS.get(record["reporting_currency"], 2), MINOR_UNITS.get(record["currency"], 2)
    if units is None:
        return "no amount: the currency has no minor unit"
    decimals = units
    if own is not None and rounded(amount, own, decimal.ROUND_HALF_EVEN) != amount:
        # More decimals than the currency has: the exact product is kept.
        needed = decimals_of(exact)
        whole = abs(exact.numerator) // exact.denominator
        decimals = max(units, MOST_DIGITS - (len(str(whole)) if whole else 0) if needed is None else needed)
    expected = rounded(exact, decimals, decimal.ROUND_HALF_EVEN)
    if expected == reporting:
        return None
    return "rounding" if any(rounded(exact, decimals, mode) == reporting for mode in OTHER_ROUNDINGS) else format(decimal_of(expected, decimals), "f")


def decimal_of(number, decimals):
    return decimal.Decimal(int(number * 10**decimals)).scaleb(-decimals)


def rates_of(text, pair):
    """The rates of a pair that a table of fixed rates leads to: its own, the inverse of the opposite one, or crossed through another currency. As fractions."""
    table = {(row["base"], row["quote"]): fractions.Fraction(row["rate"]) for row in csv.DictReader(io.StringIO(text))}
    base, quote = pair
    if pair in table:
        return {table[pair]}
    if (quote, base) in table:
        return {1 / table[quote, base]}
    through = {code for codes in table for code in codes}
    return {table[base, code] / table[quote, code] for code in through if {(base, code), (quote, code)} <= table.keys()} | {
        table[code, quote] / table[code, base] for code in through if {(code, base), (code, quote)} <= table.keys()}
