using System.Globalization;
using System.Text.Json;

namespace Billing.HttpApi;

/// <summary>The validated content of <c>POST /logexpense</c>.</summary>
internal sealed record ExpenseRequest
{
    private const int MostBytes = 16 * 1024;
    private const int LongestDescription = 500;
    private const int LongestCategory = 50;

    // Amounts of up to this many characters are never rounded by a decimal.
    private const int LongestAmount = 25;
    private const decimal MostAmount = 1_000_000_000m;

    public required string Description { get; init; }

    public required Money Amount { get; init; }

    /// <summary>The day, if the request states one. For an instant, this is its day in the time zone of the books.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The instant, if the request states one.</summary>
    public DateTimeOffset? Instant { get; init; }

    public string? Category { get; init; }

    /// <summary>Reads a body.</summary>
    /// <param name="body">JSON in UTF-8.</param>
    /// <param name="zone">The time zone that decides the day of an instant.</param>
    /// <returns>The request, or what is wrong with it.</returns>
    public static (ExpenseRequest? Request, string? Error) Read(ReadOnlyMemory<byte> body, TimeZoneInfo zone)
    {
        if (body.Length > MostBytes)
        {
            return (null, FormattableString.Invariant($"The body has {body.Length} bytes. Send at most {MostBytes}."));
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, zone)
                : (null, "The body must be a JSON object with 'description' and 'amount'.");
        }
        catch (JsonException)
        {
            return (null, "The body is not JSON. Send an object with 'description' and 'amount'.");
        }
    }

    private static (ExpenseRequest? Request, string? Error) Read(JsonElement body, TimeZoneInfo zone)
    {
        string? error = null;
        string? description = TextOf(body, "description", LongestDescription, isNeeded: true, ref error);
        string? code = TextOf(body, "currency", 3, isNeeded: false, ref error);
        string? category = TextOf(body, "category", LongestCategory, isNeeded: false, ref error);
        string? date = TextOf(body, "date", 40, isNeeded: false, ref error);
        if (error is not null)
        {
            return (null, error);
        }

        if (!Currency.TryParse((code ?? "USD").ToUpperInvariant(), out Currency? currency) || currency.MinorUnits is null)
        {
            return (null, $"'currency' is '{code}', which is not a currency of ISO 4217. Use a code such as USD.");
        }

        if (!TryReadAmount(body, currency, out decimal amount, out error))
        {
            return (null, error);
        }

        DateOnly? day = null;
        DateTimeOffset? instant = null;
        if (date is not null && !ExpenseDate.TryRead(date, zone, out day, out instant, out error))
        {
            return (null, error);
        }

        return (new ExpenseRequest { Description = description!, Amount = new Money(amount, currency), Date = day, Instant = instant, Category = category }, null);
    }

    private static bool TryReadAmount(JsonElement body, Currency currency, out decimal amount, out string? error)
    {
        amount = 0m;
        if (!body.TryGetProperty("amount", out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            error = "'amount' is missing. Send a number such as 12.50.";
            return false;
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.GetRawText();
        if (text.Length == 0)
        {
            error = "'amount' is blank. Send a number such as 12.50.";
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)
            || !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out amount))
        {
            error = "'amount' is not a number. Send a number such as 12.50, without a currency sign or thousands separators.";
            return false;
        }

        error = amount <= 0m ? "'amount' must be greater than zero."
            : amount > MostAmount ? FormattableString.Invariant($"'amount' must be at most {MostAmount}.")
            : text.Length > LongestAmount || decimal.Round(amount, currency.MinorUnits!.Value) != amount ? FormattableString.Invariant($"'amount' has too many decimals. {currency.Code} has {currency.MinorUnits}.")
            : null;
        return error is null;
    }

    private static string? TextOf(JsonElement body, string name, int longest, bool isNeeded, ref string? error)
    {
        if (!body.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            error ??= isNeeded ? $"'{name}' is missing." : null;
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            error ??= $"'{name}' must be text.";
            return null;
        }

        string text;
        try
        {
            text = value.GetString()!.Trim();
        }
        catch (InvalidOperationException)
        {
            error ??= $"'{name}' is not valid Unicode.";
            return null;
        }

        if (text.Length == 0)
        {
            error ??= isNeeded ? $"'{name}' is blank." : null;
            return null;
        }

        if (text.Length > longest)
        {
            error ??= FormattableString.Invariant($"'{name}' has {text.Length} characters. Send at most {longest}.");
        }

        return text;
    }
}
