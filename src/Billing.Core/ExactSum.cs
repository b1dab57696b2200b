using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;
using Billing.Texts;

namespace Billing;

/// <summary>A sum of decimals that never rounds and never overflows: an integer over a power of ten. 1.10 and 1.1 are equal.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public readonly struct ExactSum : IEquatable<ExactSum>, ISpanParsable<ExactSum>, ISpanFormattable, IUtf8SpanFormattable
{
    private readonly BigInteger _unscaled;
    private readonly int _scale;

    private ExactSum(BigInteger unscaled, int scale)
    {
        _unscaled = unscaled;
        _scale = scale;
    }

    /// <summary>Zero.</summary>
    public static ExactSum Zero => default;

    /// <summary>Whether the sum is zero.</summary>
    public bool IsZero => _unscaled.IsZero;

    /// <summary>Creates the sum of one amount.</summary>
    public static ExactSum From(decimal amount) => new(Unscaled(amount), amount.Scale);

    /// <summary>Creates the value <paramref name="unscaled"/> / 10^<paramref name="scale"/>.</summary>
    internal static ExactSum From(BigInteger unscaled, int scale) => new(unscaled, scale);

    /// <summary>Reads what <see cref="ToString()"/> writes: a decimal number with a point, of any length.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is anything else.</exception>
    public static ExactSum Parse(ReadOnlySpan<char> s) =>
        TryParse(s, out ExactSum value) ? value : throw new FormatException($"'{s}' is not a decimal number.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static ExactSum Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan());
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out ExactSum)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out ExactSum result) => TryParse(s.AsSpan(), out result);

    /// <summary>Reads what <see cref="ToString()"/> writes.</summary>
    /// <returns>Whether <paramref name="s"/> is that.</returns>
    public static bool TryParse(ReadOnlySpan<char> s, out ExactSum result)
    {
        int point = s.IndexOf('.');
        ReadOnlySpan<char> digits = point < 0 ? s : string.Concat(s[..point], s[(point + 1)..]);
        bool digitsAroundPoint = point < 0
            || (point > 0 && char.IsAsciiDigit(s[point - 1]) && point + 1 < s.Length && char.IsAsciiDigit(s[point + 1]));
        bool parsed = BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger unscaled) && digitsAroundPoint;
        result = parsed ? new ExactSum(unscaled, point < 0 ? 0 : s.Length - point - 1) : default;
        return parsed;
    }

    /// <summary>Returns the sum as a decimal.</summary>
    /// <exception cref="OverflowException">The sum has more digits than a decimal holds.</exception>
    public decimal ToDecimal() =>
        decimal.TryParse(ToString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
        && From(value) == this
            ? value
            : throw new OverflowException($"The sum {this} has more digits than a decimal holds.");

    /// <inheritdoc/>
    public bool Equals(ExactSum other)
    {
        (BigInteger left, BigInteger right, _) = Align(this, other);
        return left == right;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ExactSum other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the exact number, without exponent or trailing zeros, the same in every culture.</summary>
    public override string ToString()
    {
        BigInteger unscaled = _unscaled;
        int scale = _scale;
        while (scale > 0 && (unscaled % 10).IsZero)
        {
            unscaled /= 10;
            scale--;
        }

        string digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string text = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}";
        return unscaled.Sign < 0 ? "-" + text : text;
    }

    static ExactSum IParsable<ExactSum>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static ExactSum ISpanParsable<ExactSum>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<ExactSum>.TryParse(string? s, IFormatProvider? provider, out ExactSum result) => TryParse(s, out result);

    static bool ISpanParsable<ExactSum>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ExactSum result) => TryParse(s, out result);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => TextFormat.TryWrite(ToString(), destination, out charsWritten);

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => TextFormat.TryWrite(ToString(), utf8Destination, out bytesWritten);

    /// <summary>Returns the sum rounded to <paramref name="decimals"/> decimals, half to even. For people, after everything is added up.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decimals"/> is negative.</exception>
    public ExactSum Rounded(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        if (_scale <= decimals)
        {
            return this;
        }

        BigInteger unit = BigInteger.Pow(10, _scale - decimals);
        (BigInteger quotient, BigInteger rest) = BigInteger.DivRem(BigInteger.Abs(_unscaled), unit);
        int half = (rest * 2).CompareTo(unit);
        if (half > 0 || (half == 0 && !quotient.IsEven))
        {
            quotient++;
        }

        return new ExactSum(_unscaled.Sign < 0 ? -quotient : quotient, decimals);
    }

    /// <summary>-1, 0 or 1.</summary>
    internal int Sign => _unscaled.Sign;

    /// <summary>The exact product of two decimals.</summary>
    internal static ExactSum Product(decimal left, decimal right) => From(left).Times(right);

    /// <summary>The exact product with a decimal.</summary>
    internal ExactSum Times(decimal factor) => new(_unscaled * Unscaled(factor), _scale + factor.Scale);

    /// <summary>The quotient, rounded to so many decimals, half to even.</summary>
    internal ExactSum Over(ExactSum divisor, int decimals)
    {
        (BigInteger dividend, BigInteger by, _) = Align(this, divisor);
        BigInteger scaled = BigInteger.Abs(dividend) * BigInteger.Pow(10, decimals);
        (BigInteger quotient, BigInteger rest) = BigInteger.DivRem(scaled, BigInteger.Abs(by));
        int half = (rest * 2).CompareTo(BigInteger.Abs(by));
        quotient += half > 0 || (half == 0 && !quotient.IsEven) ? 1 : 0;
        return new ExactSum(dividend.Sign * by.Sign < 0 ? -quotient : quotient, decimals);
    }

    /// <summary>A hundredth, exactly.</summary>
    internal ExactSum Hundredth() => new(_unscaled, _scale + 2);

    /// <summary>Adds two sums.</summary>
    public static ExactSum operator +(ExactSum left, ExactSum right)
    {
        (BigInteger a, BigInteger b, int scale) = Align(left, right);
        return new ExactSum(a + b, scale);
    }

    /// <summary>Subtracts the second sum from the first.</summary>
    public static ExactSum operator -(ExactSum left, ExactSum right) => left + new ExactSum(-right._unscaled, right._scale);

    /// <summary>Whether both are the same number.</summary>
    public static bool operator ==(ExactSum left, ExactSum right) => left.Equals(right);

    /// <summary>Whether the numbers differ.</summary>
    public static bool operator !=(ExactSum left, ExactSum right) => !left.Equals(right);

    private static (BigInteger Left, BigInteger Right, int Scale) Align(ExactSum left, ExactSum right)
    {
        int scale = Math.Max(left._scale, right._scale);
        return (left._unscaled * BigInteger.Pow(10, scale - left._scale), right._unscaled * BigInteger.Pow(10, scale - right._scale), scale);
    }

    private static BigInteger Unscaled(decimal amount)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(amount, bits);
        BigInteger unscaled = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return bits[3] < 0 ? -unscaled : unscaled;
    }
}
