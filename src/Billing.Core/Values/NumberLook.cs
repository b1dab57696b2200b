using System.Globalization;
using Billing.Texts;

namespace Billing.Values;

/// <summary>Finds the format that the numbers of a column are written in.</summary>
internal static class NumberLook
{
    // In order of preference, for formats that read the same values.
    private static readonly NumberFormat[] Known =
    [
        Any('.', ""), Any('.', ","), Any('.', " "), Any('.', "'"),
        Any(',', ""), Any(',', "."), Any(',', " "), Any(',', "'"),
        Any('.', ",") with { IndianGroups = true },
    ];

    /// <summary>Whether a value is a number in any known format, without a currency sign.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> value)
    {
        foreach (NumberFormat format in Known)
        {
            if (AmountParser.Parse(value, format with { AllowCurrencySign = false, AllowDebitCredit = false }, "", out _) is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the format of the values of one or more columns that share it.</summary>
    public static NumberFinding Find(IReadOnlyList<byte[]> values)
    {
        decimal?[][] numbers = [.. Known.Select(format => Read(values, format))];
        int best = 0;
        for (int i = 1; i < Known.Length; i++)
        {
            best = Count(numbers[i]) > Count(numbers[best]) ? i : best;
        }

        int fits = Count(numbers[best]);
        string? doubt = null;
        for (int i = 0; i < Known.Length && doubt is null && fits > 0; i++)
        {
            doubt = Count(numbers[i]) == fits ? Doubt(values, numbers[best], numbers[i]) : null;
        }

        return new NumberFinding(Narrow(values, Known[best], fits), fits, doubt);
    }

    /// <summary>Returns the format with that decimal mark that reads the most values.</summary>
    public static NumberFormat FormatOf(IReadOnlyList<byte[]> values, char decimalMark)
    {
        NumberFormat best = Known.Where(format => format.DecimalMark == decimalMark).MaxBy(format => Count(Read(values, format)))!;
        return Narrow(values, best, Count(Read(values, best)));
    }

    private static NumberFormat Any(char decimalMark, string groupSeparators) => new()
    {
        DecimalMark = decimalMark,
        GroupSeparators = groupSeparators,
        AllowParentheses = true,
        AllowTrailingMinus = true,
        AllowCurrencySign = true,
        AllowDebitCredit = true,
    };

    // Allows only what some value needs.
    private static NumberFormat Narrow(IReadOnlyList<byte[]> values, NumberFormat format, int fits)
    {
        foreach (Func<NumberFormat, NumberFormat> without in (Func<NumberFormat, NumberFormat>[])
        [
            wide => wide with { AllowDebitCredit = false },
            wide => wide with { AllowParentheses = false },
            wide => wide with { AllowTrailingMinus = false },
            wide => wide with { AllowCurrencySign = false },
        ])
        {
            NumberFormat narrower = without(format);
            format = Count(Read(values, narrower)) == fits ? narrower : format;
        }

        return format;
    }

    private static decimal?[] Read(IReadOnlyList<byte[]> values, NumberFormat format) =>
        [.. values.Select(value => AmountParser.Parse(value, format, "", out decimal number) is null ? number : (decimal?)null)];

    private static int Count(decimal?[] numbers) => numbers.Count(number => number is not null);

    private static string? Doubt(IReadOnlyList<byte[]> values, decimal?[] one, decimal?[] other)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (one[i] is { } first && other[i] is { } second && first != second)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{Utf8Text.Quote(values[i])} may be {first} or {second}");
            }
        }

        return null;
    }
}
