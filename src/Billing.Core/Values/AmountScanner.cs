using System.Text;
using Billing.Texts;

namespace Billing.Values;

/// <summary>Reads one amount in any form that a <see cref="NumberFormat"/> allows: prefix, number, suffix, and nothing else.</summary>
internal ref struct AmountScanner(ReadOnlySpan<byte> text, NumberFormat format)
{
    private const int MaxExponent = 1_000_000;

    private ReadOnlySpan<byte> _rest = text;
    private bool _signed;
    private bool _negative;
    private bool _opened;
    private bool _closed;
    private bool _currency;
    private ReadOnlySpan<byte> _mark;
    private AmountDigits _digits;
    private int _decimals;
    private int _exponent;

    /// <summary>The currency sign, abbreviation or code next to the number; empty if there is none.</summary>
    public readonly ReadOnlySpan<byte> CurrencyMark => _mark;

    /// <summary>Reads the whole text.</summary>
    public AmountScan Scan(out decimal amount)
    {
        amount = 0;
        ReadPrefix();
        if (!TryReadNumber() || !TryReadSuffix())
        {
            return AmountScan.Malformed;
        }

        return _digits.TryMake(_decimals - _exponent, _negative, out amount) ? AmountScan.Amount : AmountScan.OutOfRange;
    }

    private void ReadPrefix()
    {
        while (true)
        {
            if (!_signed && !_opened && TryTakeSign(plusToo: true, out _negative))
            {
                _signed = true;
                TakeSpaces();
            }
            else if (format.AllowDebitCredit && !_signed && !_opened && TryTakeDirection(out _negative))
            {
                _signed = true;
                TakeSpaces();
            }
            else if (format.AllowParentheses && !_opened && !_signed && TryTake((byte)'('))
            {
                _opened = _negative = true;
            }
            else if (format.AllowCurrencySign && !_currency && TryTakeCurrency())
            {
                _currency = true;
                TakeSpaces();
            }
            else
            {
                return;
            }
        }
    }

    private bool TryReadSuffix()
    {
        while (!_rest.IsEmpty)
        {
            if (_opened && !_closed && TryTake((byte)')'))
            {
                _closed = true;
            }
            else if (format.AllowTrailingMinus && !_signed && !_opened && TryTakeSign(plusToo: false, out _))
            {
                _signed = _negative = true;
            }
            else if (format.AllowDebitCredit && !_signed && !_opened && TryTakeDirection(out _negative))
            {
                _signed = true;
            }
            else if (format.AllowCurrencySign && !_currency && TryTakeCurrency())
            {
                _currency = true;
            }
            else if ((format.AllowCurrencySign || format.AllowDebitCredit) && Utf8Text.LeadingSpace(_rest) > 0)
            {
                TakeSpaces();
            }
            else
            {
                return false;
            }
        }

        return _opened == _closed;
    }

    private bool TryReadNumber()
    {
        int whole = 0;
        int group = 0;
        char separator = '\0';
        bool leadingZero = !_rest.IsEmpty && _rest[0] == (byte)'0';
        bool inDecimals = false;
        // In Indian grouping the last group has three digits, the groups before it have two.
        int inner = format.IndianGroups ? 2 : 3;
        while (!_rest.IsEmpty)
        {
            uint digit = (uint)_rest[0] - '0';
            if (digit <= 9)
            {
                _digits.Add(digit);
                _rest = _rest[1..];
                group++;
                if (inDecimals)
                {
                    _decimals++;
                }
                else
                {
                    whole++;
                }
            }
            else if (_rest[0] == (byte)format.DecimalMark && !inDecimals)
            {
                if (separator != '\0' && group != 3)
                {
                    return false;
                }

                inDecimals = true;
                _rest = _rest[1..];
            }
            else if (TryPeekSeparator(out char kind, out int size))
            {
                // In a format with grouping, 0,500 far more likely has a decimal comma than means five hundred: refused, not guessed.
                bool fits = !inDecimals && (separator == '\0' ? group >= 1 && group <= inner && !leadingZero : kind == separator && group == inner);
                if (!fits)
                {
                    return false;
                }

                separator = kind;
                group = 0;
                _rest = _rest[size..];
            }
            else
            {
                break;
            }
        }

        bool ended = inDecimals ? _decimals > 0 : whole > 0 && (separator == '\0' || group == 3);
        return ended && (separator != '\0' || TryReadExponent());
    }

    // Also true if there is no exponent: what follows may then be a suffix.
    private bool TryReadExponent()
    {
        if (!format.AllowExponent || _rest.Length < 2 || (_rest[0] | 0x20) != 'e')
        {
            return true;
        }

        bool negative = _rest[1] == (byte)'-';
        int at = negative || _rest[1] == (byte)'+' ? 2 : 1;
        int start = at;
        int exponent = 0;
        for (; at < _rest.Length && char.IsAsciiDigit((char)_rest[at]); at++)
        {
            exponent = Math.Min((exponent * 10) + _rest[at] - '0', MaxExponent);
        }

        // The E may begin a currency code: 5EUR.
        if (at > start)
        {
            _exponent = negative ? -exponent : exponent;
            _rest = _rest[at..];
        }

        return true;
    }

    private bool TryTake(byte character)
    {
        if (_rest.IsEmpty || _rest[0] != character)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    private bool TryTakeSign(bool plusToo, out bool negative)
    {
        negative = false;
        if (plusToo && TryTake((byte)'+'))
        {
            return true;
        }

        ReadOnlySpan<byte> minusSign = "\u2212"u8;
        int size = _rest.IsEmpty ? 0 : _rest[0] == (byte)'-' ? 1 : _rest.StartsWith(minusSign) ? minusSign.Length : 0;
        _rest = _rest[size..];
        return negative = size > 0;
    }

    private bool TryTakeCurrency()
    {
        int size = CurrencySigns.Length(_rest);
        _mark = size > 0 ? _rest[..size] : _mark;
        _rest = _rest[size..];
        return size > 0;
    }

    private bool TryTakeDirection(out bool debit)
    {
        int letters = 0;
        while (letters < _rest.Length && letters <= 3 && char.IsAsciiLetter((char)_rest[letters]))
        {
            letters++;
        }

        debit = false;
        if (DirectionWords.IsDebit(_rest[..letters], shortToo: true) is not { } isDebit)
        {
            return false;
        }

        debit = isDebit;
        _rest = _rest[letters..];
        _ = TryTake((byte)'.');
        return true;
    }

    private void TakeSpaces()
    {
        while (!_rest.IsEmpty && Utf8Text.LeadingSpace(_rest) is > 0 and int size)
        {
            _rest = _rest[size..];
        }
    }

    // A separator counts only if a digit follows it: the space in '5 EUR' is not a separator.
    private readonly bool TryPeekSeparator(out char kind, out int size)
    {
        kind = '\0';
        size = 0;
        if (format.GroupSeparators.Length == 0
            || Rune.DecodeFromUtf8(_rest, out Rune rune, out size) != System.Buffers.OperationStatus.Done
            || !rune.IsBmp
            || size >= _rest.Length
            || !char.IsAsciiDigit((char)_rest[size]))
        {
            return false;
        }

        // A format that allows a space also allows no-break and thin spaces; one that allows an apostrophe also allows typographic ones.
        char written = (char)rune.Value;
        char plain = written switch { '\u00A0' or '\u202F' or (>= '\u2007' and <= '\u200A') => ' ', '\u2018' or '\u2019' => '\'', _ => written };
        kind = format.GroupSeparators.Contains(plain) ? plain : written;
        return format.GroupSeparators.Contains(kind);
    }
}
