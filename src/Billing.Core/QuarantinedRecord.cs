using System.Text;

namespace Billing;

/// <summary>A record that could not be processed, kept whole so that it can be replayed once a layout, a rate or a rule is mended.</summary>
public sealed class QuarantinedRecord
{
    /// <summary>The same on every delivery of the same bad record, so that it is kept once.</summary>
    public required RecordKey Key { get; init; }

    /// <summary>The run that met it.</summary>
    public required string RunId { get; init; }

    /// <summary>Source name, line and byte offset.</summary>
    public required RecordSource Source { get; init; }

    /// <summary>The scope of the source, or null.</summary>
    public string? Scope { get; init; }

    /// <summary>A code of <see cref="QuarantineReason"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>What is wrong and what to do, naming column and kind of value.</summary>
    public required string Detail { get; init; }

    /// <summary>The bytes of the record as they came (in UTF-8), without the line break. Whole, unless <see cref="RawLength"/> says otherwise.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The number of bytes of the record in the source; more than <see cref="Raw"/> has only for <see cref="QuarantineReason.RecordTooLarge"/>.</summary>
    public required long RawLength { get; init; }

    /// <summary><see cref="Raw"/> as text; bytes that are not UTF-8 show as U+FFFD.</summary>
    public string RawText => Encoding.UTF8.GetString(Raw.Span);

    /// <summary>How the source is written.</summary>
    public required SourceFormat Format { get; init; }

    /// <summary>The header line of the source, needed to read a CSV row by itself; null where there is none.</summary>
    public string? Header { get; init; }

    /// <summary>The separator of the source, for CSV; null otherwise.</summary>
    public char? Separator { get; init; }

    /// <summary>The amount, when it could be read.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The currency as the source wrote it, when it could be read; not always of ISO 4217.</summary>
    public string? CurrencyCode { get; init; }

    /// <summary>The run that replayed it into the store, or null while it is open.</summary>
    public string? ResolvedByRunId { get; init; }

    /// <summary>The same, resolved.</summary>
    internal QuarantinedRecord ResolvedBy(string runId) => new()
    {
        Key = Key,
        RunId = RunId,
        Source = Source,
        Scope = Scope,
        Reason = Reason,
        Detail = Detail,
        Raw = Raw,
        RawLength = RawLength,
        Format = Format,
        Header = Header,
        Separator = Separator,
        Amount = Amount,
        CurrencyCode = CurrencyCode,
        ResolvedByRunId = runId,
    };
}
