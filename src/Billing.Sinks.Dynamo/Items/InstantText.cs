using System.Globalization;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>Instants as text, in UTC and of fixed length, so that the texts sort like the instants.</summary>
internal static class InstantText
{
    public static string Of(DateTimeOffset instant) => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
