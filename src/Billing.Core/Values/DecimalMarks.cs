using System.Globalization;

namespace Billing.Values;

/// <summary>Counts which decimal mark numbers are written with, as far as a number shows it for certain.</summary>
internal sealed class DecimalMarks
{
    private const int ThousandsDigits = 3;

    /// <summary>Numbers that can only have a decimal point.</summary>
    public int Points { get; private set; }

    /// <summary>Numbers that can only have a decimal comma.</summary>
    public int Commas { get; private set; }

    /// <summary>Looks at a number as it is written.</summary>
    public void Note(ReadOnlySpan<byte> number)
    {
        int last = number.LastIndexOfAny((byte)'.', (byte)',');
        if (last < 0)
        {
            return;
        }

        byte mark = number[last];
        byte other = mark == (byte)'.' ? (byte)',' : (byte)'.';
        if (number.Contains(other))
        {
            Count(mark);
        }
        else if (number.IndexOf(mark) != last)
        {
            // Several of one kind separate groups.
            Count(other);
        }
        else if (DigitsFrom(number[(last + 1)..]) != ThousandsDigits)
        {
            Count(mark);
        }
    }

    /// <summary>What the numbers show, for people.</summary>
    public static string TextOf(int points, int commas)
    {
        string point = string.Create(CultureInfo.InvariantCulture, $"a decimal point in {points}");
        string comma = string.Create(CultureInfo.InvariantCulture, $"a decimal comma in {commas}");
        return commas == 0 ? point : points == 0 ? comma : $"{point}, {comma}";
    }

    private static int DigitsFrom(ReadOnlySpan<byte> text)
    {
        int other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }

    private void Count(byte mark)
    {
        if (mark == (byte)'.')
        {
            Points++;
        }
        else
        {
            Commas++;
        }
    }
}
