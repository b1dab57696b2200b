using System.Numerics;

namespace Billing.Reports;

/// <summary>The exact sum of amounts in one currency: one 128-bit integer per number of decimals, which holds two thousand million of the largest amounts before it is carried over.</summary>
internal sealed class CurrencySum
{
    private const int LargestScale = 28;

    private readonly Int128[] _byScale = new Int128[LargestScale + 1];
    private ExactSum _carried;

    public void Add(decimal amount)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(amount, bits);
        Int128 unscaled = new((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        Add(bits[3] < 0 ? -unscaled : unscaled, (bits[3] >> 16) & 0xFF);
    }

    /// <summary>Adds <paramref name="unscaled"/> / 10^<paramref name="scale"/>, with a scale of 0 to 28.</summary>
    public void Add(Int128 unscaled, int scale)
    {
        Int128 before = _byScale[scale];
        Int128 after = unchecked(before + unscaled);

        // Overflow: both have the same sign, and the result has the other.
        if (Int128.IsNegative((before ^ after) & (unscaled ^ after)))
        {
            _carried += ExactSum.From((BigInteger)before, scale);
            after = unscaled;
        }

        _byScale[scale] = after;
    }

    public ExactSum ToExactSum()
    {
        ExactSum sum = _carried;
        for (int scale = 0; scale < _byScale.Length; scale++)
        {
            if (_byScale[scale] != 0)
            {
                sum += ExactSum.From((BigInteger)_byScale[scale], scale);
            }
        }

        return sum;
    }
}
