using System.Text.Json.Serialization;

namespace Billing;

/// <summary>A pending row, and what became of it. It is kept in quarantine, and is in no sum.</summary>
public sealed record PendingTransaction
{
    /// <summary>The key of the row in quarantine.</summary>
    public required RecordKey Key { get; init; }

    /// <summary>Source name, line and byte offset.</summary>
    public required RecordSource Source { get; init; }

    /// <summary>The scope, or null.</summary>
    public string? Scope { get; init; }

    /// <summary>The date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The party, or null.</summary>
    public string? Party { get; init; }

    /// <summary>The bank's id of the transaction, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The amount as authorised.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required decimal Amount { get; init; }

    /// <summary>The currency as the source wrote it; not always in ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>What became of it.</summary>
    public required PendingState State { get; init; }

    /// <summary>The key of the posted record that replaced it, or null.</summary>
    public RecordKey? PostedAs { get; init; }

    /// <summary>Of a row that is <see cref="PendingState.Asked"/>, the keys of the posted records that it could be, by date.</summary>
    public IReadOnlyList<RecordKey> Candidates { get; init; } = [];

    /// <summary>Where it stands, what it is, and what became of it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Source}: {Date:yyyy-MM-dd} {Party} {Amount} {CurrencyCode}: {State.ToString().ToLowerInvariant()}");
}
