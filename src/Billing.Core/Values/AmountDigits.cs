namespace Billing.Values;

/// <summary>Collects the digits of an amount: never more than a decimal can hold, and never rounded.</summary>
internal struct AmountDigits
{
    private const int MaxDigits = 28;

    private const int MaxScale = 28;

    private static readonly UInt128 MaxMantissa = (UInt128.One << 96) - 1;

    private static readonly UInt128[] PowersOfTen = CreatePowersOfTen();

    // The digits so far are _mantissa x 10^_zeros: trailing zeros do not count against the 28 digits.
    private UInt128 _mantissa;
    private int _significant;
    private int _zeros;
    private bool _tooMany;

    /// <summary>Adds the next digit.</summary>
    public void Add(uint digit)
    {
        if (digit == 0)
        {
            _zeros += _mantissa == 0 ? 0 : 1;
        }
        else if (_significant + _zeros + 1 > MaxDigits)
        {
            _tooMany = true;
        }
        else
        {
            _mantissa = (_mantissa * PowersOfTen[_zeros + 1]) + digit;
            _significant += _zeros + 1;
            _zeros = 0;
        }
    }

    /// <summary>Makes the number from the digits.</summary>
    /// <param name="written">The number of decimals, as written.</param>
    /// <returns>False if a decimal cannot hold the number.</returns>
    public readonly bool TryMake(int written, bool negative, out decimal amount)
    {
        amount = 0;
        if (_tooMany)
        {
            return false;
        }

        if (_mantissa == 0)
        {
            amount = new decimal(0, 0, 0, false, (byte)Math.Clamp(written, 0, MaxScale));
            return true;
        }

        // The value is _mantissa x 10^power. The scale as written is kept as far as a decimal can hold it.
        int power = _zeros - written;
        int leastScale = Math.Max(0, -power);
        if (leastScale > MaxScale || power > MaxScale)
        {
            return false;
        }

        int scale = Math.Clamp(written, leastScale, MaxScale);
        while (!Fits(scale + power))
        {
            if (scale == leastScale)
            {
                return false;
            }

            scale--;
        }

        UInt128 value = _mantissa * PowersOfTen[scale + power];
        amount = new decimal((int)(uint)value, (int)(uint)(value >> 32), (int)(uint)(value >> 64), negative, (byte)scale);
        return true;
    }

    private readonly bool Fits(int zeros) => zeros < PowersOfTen.Length && _mantissa <= MaxMantissa / PowersOfTen[zeros];

    private static UInt128[] CreatePowersOfTen()
    {
        UInt128[] powers = new UInt128[MaxDigits + 1];
        powers[0] = UInt128.One;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
