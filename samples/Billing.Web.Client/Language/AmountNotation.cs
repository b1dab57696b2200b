using System.Globalization;

namespace Billing.Web.Client.Language;

/// <summary>How an amount is written, told to a person who wrote it otherwise. Whatever is told to be written can be read.</summary>
public static class AmountNotation
{
    private const int ThreeDigits = 3;

    /// <summary>An amount with so many decimals, as an example.</summary>
    public static string Example(int decimals, CultureInfo culture) => decimals == 0 ? "1234" : ExactText.Of(ExactSum.Parse("1234.5"), decimals, culture);

    /// <summary>What is wrong with a text that <see cref="ExactText.Read"/> does not read, and how it is written.</summary>
    public static string Fault(string typed, int decimals, Words words)
    {
        if (ExactText.Question(typed, words.Culture) is not { } digits)
        {
            return words.Of("amount.unreadable", Example(decimals, words.Culture));
        }

        string mark = words.Culture.NumberFormat.NumberDecimalSeparator;
        return decimals switch
        {
            0 => words.Of("amount.question.whole", typed.Trim(), digits),
            >= ThreeDigits => words.Of("amount.question", typed.Trim(), digits, digits[..^ThreeDigits] + mark + digits[^ThreeDigits..]),
            _ => words.Of("amount.question", typed.Trim(), digits, digits + mark + new string('0', decimals)),
        };
    }
}
