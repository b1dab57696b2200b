using System.Globalization;
using Billing.Storage;
using Billing.Web.Contracts;
using Billing.Web.Problems;

namespace Billing.Web.Expenses;

/// <summary>Checks what a person entered, field by field.</summary>
internal static class DraftCheck
{
    private const int LongestDescription = 1_000;
    private const int LongestParty = 200;
    private const int LongestCategory = 100;

    // Amounts of up to this many characters are never rounded by a decimal.
    private const int LongestAmount = 25;
    private const decimal MostAmount = 1_000_000_000_000m;

    private static readonly DateOnly s_first = new(1900, 1, 1);

    /// <exception cref="FieldException">A field is missing or wrong.</exception>
    public static CheckedDraft Check(ExpenseDraft draft, DateOnly today)
    {
        FieldErrors errors = new();
        string? description = Text("description", draft.Description, LongestDescription, isNeeded: true, errors);
        string? party = Text("party", draft.Party, LongestParty, isNeeded: false, errors);
        string? category = Text("category", draft.Category, LongestCategory, isNeeded: false, errors);
        Currency? currency = CurrencyOf(draft.Currency, errors);
        decimal amount = AmountOf(draft.Amount, currency, errors);
        DateOnly date = DateOf(draft.Date, today, errors);
        return errors.Any ? throw new FieldException(errors) : new CheckedDraft(description!, new Money(amount, currency!), date, party, category);
    }

    private static string? Text(string field, string? value, int longest, bool isNeeded, FieldErrors errors)
    {
        string text = value?.Trim() ?? "";
        string? error = text.Length == 0 ? (isNeeded ? "This is missing." : null)
            : text.Length > longest ? string.Create(CultureInfo.InvariantCulture, $"This has {text.Length} characters. Use at most {longest}.")
            : text.Any(char.IsControl) ? "This has control characters, such as line breaks. Leave them out."
            : !UnicodeText.IsWellFormed(text) ? "This is not valid Unicode."
            : null;
        if (error is not null)
        {
            errors.Add(field, error);
        }

        return text.Length == 0 ? null : text;
    }

    private static Currency? CurrencyOf(string? code, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            errors.Add("currency", "This is missing. Use a code such as USD.");
            return null;
        }

        if (!Currency.TryParse(code.Trim().ToUpperInvariant(), out Currency? currency) || currency.MinorUnits is null)
        {
            errors.Add("currency", "This is not a currency of ISO 4217. Use a code such as USD.");
            return null;
        }

        return currency;
    }

    private static decimal AmountOf(string? text, Currency? currency, FieldErrors errors)
    {
        text = text?.Trim() ?? "";
        decimal amount = 0m;
        string? error = text.Length == 0 ? "This is missing. Use a number such as 12.50."
            : text.Length > LongestAmount ? "This has too many digits."
            : !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount) ? "This is not a number such as 12.50: no currency sign, no thousands separators, a point before the decimals."
            : amount <= 0m ? "This must be greater than zero."
            : amount > MostAmount ? "This must be at most 1000000000000."
            : currency is not null && decimal.Round(amount, currency.MinorUnits!.Value) != amount ? string.Create(CultureInfo.InvariantCulture, $"This has too many decimals. {currency.Code} has {currency.MinorUnits}.")
            : null;
        if (error is not null)
        {
            errors.Add("amount", error);
        }

        return amount;
    }

    private static DateOnly DateOf(string? text, DateOnly today, FieldErrors errors)
    {
        string? error = string.IsNullOrWhiteSpace(text) ? "This is missing. Use a day such as 2025-06-17." : null;
        if (!DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            error ??= "This is not a day such as 2025-06-17.";
        }
        else
        {
            error = date > today ? "This is in the future." : date < s_first ? "This is before 1900." : null;
        }

        if (error is not null)
        {
            errors.Add("date", error);
        }

        return date;
    }
}
