using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.Simulation.Tests.Schedules;

/// <summary>Writes rows as CSV or JSON, in one of the spellings that mean the same.</summary>
internal static class RowTexts
{
    public const string Header = "date,company,amount,currency,id,note";

    private const int Commas = 5;
    private const int Ragged = 5;
    private const int StrayQuote = 7;

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A row that is a record.</summary>
    public static SourceRow Clean(Entry entry, bool isJson, Random random)
    {
        string amount = Amount(entry.Amount, random);
        string party = random.Next(5) == 0 ? entry.Party.Normalize(NormalizationForm.FormD) : entry.Party;
        string text = isJson
            ? Json(Date(entry), party, random.Next(2) == 0 ? amount : $"\"{amount}\"", entry.Currency, entry.Id, entry.Note)
            : string.Join(',', Date(entry), Field(party, random), Field(amount, random), entry.Currency, entry.Id, Field(entry.Note, random));
        return new SourceRow(text, entry);
    }

    /// <summary>A row that looks like a record and can never be one.</summary>
    public static SourceRow Bad(Entry entry, bool isJson, bool mayHaveStrayQuote, Random random)
    {
        string amount = entry.Amount.ToString(CultureInfo.InvariantCulture);
        string plain = isJson ? "" : string.Join(',', Date(entry), "Acme", amount, entry.Currency, entry.Id, "x");
        // After a quote that is left open, a line with too few or too many fields may be more of its text.
        string text = (mayHaveStrayQuote && !isJson && random.Next(3) == 0 ? StrayQuote : random.Next(mayHaveStrayQuote && !isJson ? Ragged : StrayQuote)) switch
        {
            0 => Of("2025-13-45", amount, entry.Currency),
            1 => Of(Date(entry), "ten", entry.Currency),
            2 => Of(Date(entry), "", entry.Currency),
            3 => Of(Date(entry), amount, "ABC"),
            4 => Of("", amount, entry.Currency),
            Ragged => isJson ? $"{{\"date\":\"{Date(entry)}\",\"amount\":[{amount}],\"currency\":\"{entry.Currency}\",\"id\":\"{entry.Id}\"}}" : plain + ",more",
            6 => isJson ? $"{{\"date\":\"{Date(entry)}\" \"amount\":1}}" : string.Join(',', Date(entry), "Acme", amount),
            _ => string.Join(',', Date(entry), "\"Acme", amount, entry.Currency, entry.Id, "x"),
        };
        return new SourceRow(text, null);

        string Of(string date, string amount, string currency) =>
            isJson ? Json(date, "Acme", $"\"{amount}\"", currency, entry.Id, "x") : string.Join(',', date, "Acme", amount, currency, entry.Id, "x");
    }

    /// <summary>Whether a CSV field of the entry has to be quoted.</summary>
    public static bool NeedsQuotes(Entry entry) => (entry.Party + entry.Note).AsSpan().IndexOfAny(",\"\n") >= 0;

    /// <summary>Whether a quote that is left open in another row could not end in this one, or go on through it.</summary>
    public static bool StandsAlone(SourceRow row) => row.Entry is { } entry ? !NeedsQuotes(entry) && entry.Party[0] != 'Q' && !entry.Note.StartsWith('Q') : row.Text.Count(c => c == ',') == Commas;

    /// <summary>The body of a message.</summary>
    public static string Message(Entry entry) => Json(Date(entry), entry.Party, entry.Amount.ToString(CultureInfo.InvariantCulture), entry.Currency, entry.Id, entry.Note);

    private static string Date(Entry entry) => entry.Date.ToString("O", CultureInfo.InvariantCulture);

    private static string Amount(decimal amount, Random random) =>
        amount.ToString(CultureInfo.InvariantCulture) + (random.Next(6) == 0 ? amount == decimal.Truncate(amount) && amount.Scale == 0 ? ".0" : "0" : "");

    private static string Field(string text, Random random) =>
        text.AsSpan().IndexOfAny(",\"\n") >= 0 || (text.Length > 0 && text[0] == 'Q' && random.Next(2) == 0) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Json(string date, string party, string amount, string currency, string id, string note) =>
        $"{{\"date\":\"{date}\",\"company\":{JsonSerializer.Serialize(party, s_json)},\"amount\":{amount},\"currency\":\"{currency}\",\"id\":\"{id}\",\"note\":{JsonSerializer.Serialize(note, s_json)}}}";
}
