using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Billing.Storage;

namespace Billing.Drifts;

/// <summary>The profiles of runs as documents of the ledger: one of a few hundred bytes for each run, under its series.</summary>
internal static class ProfileDocuments
{
    public const string Kind = "profiles";

    private const string DateFormat = "yyyy-MM-dd";

    public static string PrefixOf(DriftSeries series) => series.Key + "/";

    public static LedgerDocument Write(DriftSeries series, RunProfile profile)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter json = JsonText.NewWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("runId", profile.RunId);
            json.WriteString("source", profile.Source);
            json.WriteString("sha256", profile.Sha256);
            json.WriteString("runOn", Text(profile.RunOn));
            json.WriteBoolean("accepted", profile.IsAccepted);
            json.WriteBoolean("csv", profile.IsCsv);
            json.WriteStartArray("columns");
            foreach (ProfileColumn column in profile.Columns)
            {
                Write(json, column);
            }

            json.WriteEndArray();
            json.WriteNumber("points", profile.Points);
            json.WriteNumber("commas", profile.Commas);
            ControlTotalsJson.Write(json, "read", new ControlTotals(profile.Rows, profile.Money));
            json.WriteNumber("quarantined", profile.Quarantined);
            json.WriteStartObject("sizes");
            foreach ((string code, decimal size) in profile.Sizes)
            {
                json.WriteString(code, size.ToString(CultureInfo.InvariantCulture));
            }

            json.WriteEndObject();
            json.WriteNumber("amounts", profile.Amounts);
            json.WriteNumber("negative", profile.Negative);
            json.WriteNumber("withDecimals", profile.WithDecimals);
            json.WriteString("firstDate", Text(profile.FirstDate));
            json.WriteString("lastDate", Text(profile.LastDate));
            json.WriteNumber("months", profile.Months);
            json.WriteNumber("days", profile.Days);
            json.WriteNumber("categorised", profile.Categorised);
            json.WriteNumber("uncategorised", profile.Uncategorised);
            json.WriteEndObject();
        }

        return new LedgerDocument(Kind, PrefixOf(series) + profile.RunId, buffer.WrittenMemory);
    }

    /// <summary>Reads a profile.</summary>
    /// <exception cref="BillingException">The document is not a profile.</exception>
    public static RunProfile Read(LedgerDocument document)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(document.Body);
            return Read(parsed.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new BillingException($"The document {document} is not the profile of a run: {exception.Message}", exception);
        }
    }

    private static RunProfile Read(JsonElement json)
    {
        ControlTotals read = ControlTotalsJson.Read(json, "read");
        return new RunProfile
        {
            RunId = json.GetProperty("runId").GetString()!,
            Source = json.GetProperty("source").GetString()!,
            Sha256 = json.GetProperty("sha256").GetString(),
            RunOn = Date(json, "runOn")!.Value,
            IsAccepted = json.GetProperty("accepted").GetBoolean(),
            IsCsv = json.GetProperty("csv").GetBoolean(),
            Columns = [.. json.GetProperty("columns").EnumerateArray().Select(Column)],
            Points = json.GetProperty("points").GetInt32(),
            Commas = json.GetProperty("commas").GetInt32(),
            Rows = read.Rows,
            Money = read.Money,
            Quarantined = json.GetProperty("quarantined").GetInt64(),
            Sizes = json.GetProperty("sizes").EnumerateObject().ToDictionary(size => size.Name, size => decimal.Parse(size.Value.GetString()!, CultureInfo.InvariantCulture), StringComparer.Ordinal),
            Amounts = json.GetProperty("amounts").GetInt64(),
            Negative = json.GetProperty("negative").GetInt64(),
            WithDecimals = json.GetProperty("withDecimals").GetInt64(),
            FirstDate = Date(json, "firstDate"),
            LastDate = Date(json, "lastDate"),
            Months = json.GetProperty("months").GetInt32(),
            Days = json.GetProperty("days").GetInt32(),
            Categorised = json.GetProperty("categorised").GetInt64(),
            Uncategorised = json.GetProperty("uncategorised").GetInt64(),
        };
    }

    private static void Write(Utf8JsonWriter json, ProfileColumn column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        if (column.Roles.Count > 0)
        {
            json.WritePropertyName("roles");
            JsonText.Write(json, column.Roles);
        }

        if (column.Filled > 0)
        {
            json.WriteNumber("dates", column.Dates);
            json.WriteNumber("numbers", column.Numbers);
            json.WriteNumber("texts", column.Texts);
        }

        json.WriteEndObject();
    }

    private static ProfileColumn Column(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.TryGetProperty("roles", out JsonElement roles) ? [.. roles.EnumerateArray().Select(role => role.GetString()!)] : [],
        Number(json, "dates"),
        Number(json, "numbers"),
        Number(json, "texts"));

    private static int Number(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement number) ? number.GetInt32() : 0;

    private static string? Text(DateOnly? date) => date?.ToString(DateFormat, CultureInfo.InvariantCulture);

    private static DateOnly? Date(JsonElement json, string name) =>
        json.GetProperty(name).GetString() is { } text ? DateOnly.ParseExact(text, DateFormat, CultureInfo.InvariantCulture) : null;
}
