using System.Globalization;
using Billing.Web.Client.Language;

namespace Billing.Web.Client.Parts;

/// <summary>What is wrong with the form of an expense, before it is sent.</summary>
public static class ExpenseCheck
{
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

        string? number = ExactText.Read(fields.Amount, words.Culture);
        if (number is null)
        {
            faults["amount"] = words.Of(fields.Amount.Trim().Length == 0 ? "expense.amount.missing" : "expense.amount.unreadable", ExactText.Of(ExactSum.Parse("1234.5"), 2, words.Culture));
        }
        else if (ExactSum.Parse(number).IsZero)
        {
            faults["amount"] = words["expense.amount.zero"];
        }
        else if (Currency.TryParse(fields.Currency, out Currency? currency) && ExactText.Decimals(number) > (currency.MinorUnits ?? 0))
        {
            faults["amount"] = words.Of("expense.amount.decimals", currency.Code, currency.MinorUnits ?? 0);
        }

        return faults;
    }
}
