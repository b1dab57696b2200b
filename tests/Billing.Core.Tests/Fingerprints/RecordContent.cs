using System.Text;
using Billing.Fingerprints;
using Billing.Rows;

namespace Billing.Core.Tests.Fingerprints;

/// <summary>What a fingerprint is made of, as a row and as a record, and how its canonical form should read.</summary>
internal sealed record RecordContent
{
    public DateOnly Date { get; init; } = new(2025, 6, 17);

    public DateTimeOffset? Instant { get; init; }

    public string? Id { get; init; }

    public string? Party { get; init; } = "Acme";

    public string? Account { get; init; }

    public string? Description { get; init; } = "Flour";

    public decimal Amount { get; init; } = 12.50m;

    public string Currency { get; init; } = "USD";

    public (string Name, string? Value)[] Attributes { get; init; } = [];

    public ParsedRow ToRow() => new()
    {
        Line = 2,
        ByteOffset = 300,
        Raw = ReadOnlyMemory<byte>.Empty,
        RawLength = 0,
        Date = Date,
        Instant = Instant,
        Amount = Amount,
        CurrencyCode = Currency,
        SourceId = Id,
        Party = Party,
        Account = Account,
        Description = Description,
        Attributes = ToAttributes(),
    };

    public BillingRecord ToRecord() => new()
    {
        Key = Some.Key("1"),
        Fingerprint = default,
        Date = Date,
        Instant = Instant,
        SourceId = Id,
        Party = Party,
        Account = Account,
        Description = Description,
        Amount = new Money(Amount, SomeCurrency.Of(Currency)),
        ReportingAmount = new Money(1m, SomeCurrency.Usd),
        Attributes = ToAttributes(),
        Source = new RecordSource("june.csv", 2, 300),
        RunId = "run-1",
        Category = "food",
        Flags = ["weekend"],
    };

    public byte[] ToBytes()
    {
        FormBuffer buffer = new();
        CanonicalForm.Write(ToRow(), SomeCurrency.Of(Currency), buffer);
        return buffer.Written.ToArray();
    }

    public string ToText() => Encoding.UTF8.GetString(ToBytes());

    public override string ToString() =>
        $"{Date:O} {Instant:O} [{Id}] [{Party}] [{Account}] [{Description}] {Amount} {Currency} {string.Join(' ', Attributes)}";

    private RecordAttributes ToAttributes() =>
        new([.. Attributes.Select(attribute => attribute.Name)], [.. Attributes.Select(attribute => attribute.Value)]);
}
