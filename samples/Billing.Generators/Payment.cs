using System.Globalization;

namespace Billing.Generators;

/// <summary>A generated payment.</summary>
public sealed record Payment(Guid Id, DateTimeOffset CreatedAt, decimal Amount, string Currency, string MerchantId, string Status, string Source)
{
    /// <summary>Returns the payment as JSON: amount as an exact number, <c>created_at</c> in ISO 8601 with its offset.</summary>
    public string ToJson() => JsonLine.Write(json =>
    {
        json.WriteString("payment_id", Id);
        json.WriteString("created_at", CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture));
        json.WriteNumber("amount", Amount);
        json.WriteString("currency", Currency);
        json.WriteString("merchant_id", MerchantId);
        json.WriteString("status", Status);
        json.WriteString("source", Source);
    });
}
