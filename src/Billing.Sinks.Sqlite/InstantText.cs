using System.Globalization;

namespace Billing.Sinks.Sqlite;

/// <summary>Dates and instants as ISO 8601 text, instants with their offset and all of their digits.</summary>
internal static class InstantText
{
    public static string Of(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);

    public static string Of(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset ToInstant(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    public static DateOnly ToDate(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
}
