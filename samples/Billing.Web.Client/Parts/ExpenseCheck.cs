using System.Globalization;
using Billing.Web.Client.Language;

namespace Billing.Web.Client.Parts;

/// <summary>What is wrong with the form of an expense, before it is sent.</summary>
public static class ExpenseCheck
{
    private const int UsualDecimals = 2;

    /// <summary>The faults by field: date, description, amount.</summary>
    /// <param name="fields">What was typed.</param>
    /// <param name="today">The last day that can be entered, such as 2025-06-17.</param>
    /// <param name="words">The reader's language.</param>
    public static IReadOnlyDictionary<string, string> Faults(ExpenseFields fields, string today, Words words)
    {
        Dictionary<string, string> faults = [];
        if (!DateOnly.TryParseExact(fields.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            faults["date"] = words["expense.date.missing"];
        }
        else if (string.CompareOrdinal(fields.Date, today) > 0)
        {
            faults["date"] = words.Of("expense.date.future", words.Date(date));
        }

        if (string.IsNullOrWhiteSpace(fields.Description))
        {
            faults["description"] = words["expense.description.missing"];
        }

        int? decimals = DecimalsOf(fields.Currency);
        string? number = ExactText.Read(fields.Amount, words.Culture);
        if (fields.Amount.Trim().Length == 0)
        {
            faults["amount"] = words.Of("expense.amount.missing", Example(fields.Currency, words.Culture));
        }
        else if (number is null)
        {
            faults["amount"] = AmountNotation.Fault(fields.Amount, decimals ?? UsualDecimals, words);
        }
        else if (ExactSum.Parse(number).IsZero)
        {
            faults["amount"] = words["expense.amount.zero"];
        }
        else if (number[0] == '-')
        {
            faults["amount"] = words["expense.amount.negative"];
        }
        else if (decimals is { } most && ExactText.Decimals(number) > most)
        {
            faults["amount"] = words.Of(most == 0 ? "expense.amount.whole" : "expense.amount.decimals", fields.Currency, most, Example(fields.Currency, words.Culture));
        }

        return faults;
    }

    /// <summary>An amount of a currency, as an example.</summary>
    public static string Example(string currency, CultureInfo culture) => AmountNotation.Example(DecimalsOf(currency) ?? UsualDecimals, culture);

    private static int? DecimalsOf(string currency) => Currency.TryParse(currency, out Currency? known) ? known.MinorUnits : null;
}
