using System.Globalization;

namespace Billing.Sinks.Sqlite.Records;

/// <summary>Adds up amounts exactly: in one whole number, at the most decimals so far; what does not fit in it is a sum of any length.</summary>
internal struct ExactTotal
{
    private Int128 _unscaled;
    private int _scale;
    private ExactSum _rest;

    /// <summary>The sum so far.</summary>
    public readonly ExactSum Sum => _rest + SumOf(_unscaled, _scale);

    /// <summary>Adds an amount.</summary>
    public void Add(ExactAmount amount)
    {
        Int128 unscaled = amount.Unscaled;
        try
        {
            checked
            {
                if (amount.Scale > _scale)
                {
                    _unscaled *= TenTo(amount.Scale - _scale);
                    _scale = amount.Scale;
                }
                else if (amount.Scale < _scale)
                {
                    unscaled *= TenTo(_scale - amount.Scale);
                }

                _unscaled += unscaled;
            }
        }
        catch (OverflowException)
        {
            _rest += SumOf(_unscaled, _scale);
            (_unscaled, _scale) = (amount.Unscaled, amount.Scale);
        }
    }

    private static Int128 TenTo(int power)
    {
        Int128 value = 1;
        for (int i = 0; i < power; i++)
        {
            value *= 10;
        }

        return value;
    }

    private static ExactSum SumOf(Int128 unscaled, int scale)
    {
        string digits = unscaled.ToString(CultureInfo.InvariantCulture).TrimStart('-').PadLeft(scale + 1, '0');
        return ExactSum.Parse($"{(unscaled < 0 ? "-" : "")}{digits[..^scale]}{(scale > 0 ? "." : "")}{digits[^scale..]}");
    }
}
