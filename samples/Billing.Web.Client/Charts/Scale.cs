using System.Globalization;

namespace Billing.Web.Client.Charts;

/// <summary>Where sums lie on an axis. Only pictures are rounded; the table behind each has the exact sums.</summary>
public sealed class Scale
{
    private readonly decimal _low;
    private readonly decimal _range;
    private readonly decimal _length;

    public Scale(IEnumerable<ExactSum> sums, decimal length)
    {
        decimal[] values = [.. sums.Select(Rough), 0];
        _low = values.Min();
        _range = values.Max() - _low is > 0 and decimal range ? range : 1;
        _length = length;
    }

    /// <summary>The place of zero.</summary>
    public decimal Zero => At(0);

    /// <summary>The greatest value.</summary>
    public decimal High => _low + _range;

    /// <summary>The least value, at most zero.</summary>
    public decimal Low => _low;

    /// <summary>The place of a sum.</summary>
    public decimal At(ExactSum sum) => At(Rough(sum));

    /// <summary>The place of a value.</summary>
    public decimal At(decimal value) => decimal.Round((value - _low) / _range * _length, 2);

    /// <summary>A length as an attribute of SVG.</summary>
    public static string Text(decimal length) => length.ToString("0.##", CultureInfo.InvariantCulture);

    // Sums beyond the range of decimals are drawn at its end.
    private static decimal Rough(ExactSum sum)
    {
        string text = sum.Rounded(4).ToString();
        return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal value) && Math.Abs(value) < 1e24m ? value : text[0] == '-' ? -1e24m : 1e24m;
    }
}
