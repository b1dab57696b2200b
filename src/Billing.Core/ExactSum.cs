using System.Globalization;
using System.Numerics;

namespace Billing;

/// <summary>A sum of decimals that never rounds and never overflows: an integer over a power of ten. 1.10 and 1.1 are equal.</summary>
public readonly struct ExactSum : IEquatable<ExactSum>
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

    /// <summary>The sum of one amount.</summary>
    public static ExactSum From(decimal amount) => new(Unscaled(amount), amount.Scale);

    /// <summary>The value of <paramref name="unscaled"/> / 10^<paramref name="scale"/>.</summary>
    internal static ExactSum From(BigInteger unscaled, int scale) => new(unscaled, scale);

    /// <summary>Reads what <see cref="ToString()"/> wrote.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not a plain decimal number.</exception>
    public static ExactSum Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string digits = point < 0 ? text : text.Remove(point, 1);
        bool digitsAroundPoint = point < 0
            || (point > 0 && char.IsAsciiDigit(text[point - 1]) && point + 1 < text.Length && char.IsAsciiDigit(text[point + 1]));
        return digitsAroundPoint && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger unscaled)
            ? new ExactSum(unscaled, point < 0 ? 0 : text.Length - point - 1)
            : throw new FormatException($"'{text}' is not a decimal number.");
    }

    /// <summary>The sum as a decimal.</summary>
    /// <exception cref="OverflowException">It has more digits than a decimal holds.</exception>
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

    /// <summary>The exact number, without exponent, without trailing zeros, the same in every culture.</summary>
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

    /// <summary>The sum rounded to so many decimals, half to even: for people, after everything is added up.</summary>
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

    /// <summary>The sum of both.</summary>
    public static ExactSum operator +(ExactSum left, ExactSum right)
    {
        (BigInteger a, BigInteger b, int scale) = Align(left, right);
        return new ExactSum(a + b, scale);
    }

    /// <summary>The difference.</summary>
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
