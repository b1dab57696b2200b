using System.Text.Json.Serialization;

namespace Billing.Web.Client.Systems;

/// <summary>A receipt as the API of the receipts lists it.</summary>
public sealed record KeptReceipt
{
    [JsonPropertyName("ReceiptID")]
    public required string ReceiptId { get; init; }

    public required string Filename { get; init; }

    public required DateTimeOffset UploadDate { get; init; }

    public long FileSize { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    public long SightingsCount { get; init; }
}
