namespace Billing.Sinks.Dynamo.Schema;

/// <summary>The names of attributes, indexes and kinds of items in Billing's own table.</summary>
internal static class Names
{
    /// <summary>The hash key: 64 hexadecimal digits for a record; a kind, <c>#</c> and an id for everything else.</summary>
    public const string Key = "key";

    /// <summary>The hash key of <see cref="ByMonth"/>: the month of a record, or a kind.</summary>
    public const string Month = "month";

    /// <summary>The range key of both indexes: the order of the items.</summary>
    public const string Position = "position";

    /// <summary>The hash key of <see cref="ByParty"/>.</summary>
    public const string Party = "party";

    public const string ByMonth = "by-month";
    public const string ByParty = "by-party";

    public const string Fingerprint = "fingerprint";
    public const string Source = "source";
    public const string WriteId = "write_id";
    public const string Report = "report";
    public const string ResolvedBy = "resolved_by_run";
    public const string ResolvedAt = "resolved_at";
    public const string Chunk = "chunk";

    public const string Months = "months";
    public const string Runs = "runs";
    public const string Quarantine = "quarantine";
    public const string Alerts = "alerts";
    public const string Documents = "documents";
    public const string Bytes = "bytes";
}
