using System.Text;
using System.Text.Json.Serialization;

namespace Billing;

/// <summary>A record that could not be processed, kept whole so that it can be replayed once a layout, a rate or a rule is fixed.</summary>
public sealed class QuarantinedRecord
{
    private const string DismissedPrefix = "dismissed: ";
    private const string PostedPrefix = "posted: ";
    private const string SettledPrefix = "settled: ";
    private const string SupersededPrefix = "superseded: ";

    // Stores keep a resolution in the same place as the id of a run, which has at most 255 bytes.
    private const int LongestReason = 240;

    /// <summary>The key: the same on every delivery of the same bad record, so that it is kept once.</summary>
    public required RecordKey Key { get; init; }

    /// <summary>The id of the run that quarantined it first.</summary>
    public required string RunId { get; init; }

    /// <summary>Source name, line and byte offset.</summary>
    public required RecordSource Source { get; init; }

    /// <summary>The scope of the source, or null.</summary>
    public string? Scope { get; init; }

    /// <summary>The reason: a code of <see cref="QuarantineReason"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>What is wrong and what to do, with the column and the kind of value.</summary>
    public required string Detail { get; init; }

    /// <summary>The bytes of the record as received (in UTF-8), without the line break. Complete, unless <see cref="RawLength"/> says otherwise.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The number of bytes of the record in the source. It is larger than the length of <see cref="Raw"/> only for <see cref="QuarantineReason.RecordTooLarge"/>.</summary>
    public required long RawLength { get; init; }

    /// <summary><see cref="Raw"/> as text; bytes that are not UTF-8 appear as U+FFFD.</summary>
    public string RawText => Encoding.UTF8.GetString(Raw.Span);

    /// <summary>The format of the source.</summary>
    public required SourceFormat Format { get; init; }

    /// <summary>The header line of the source, needed to read a CSV row by itself; null if there is none.</summary>
    public string? Header { get; init; }

    /// <summary>The separator of the source, for CSV; null otherwise.</summary>
    public char? Separator { get; init; }

    /// <summary>The amount, or null if it could not be read.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? Amount { get; init; }

    /// <summary>The currency as the source wrote it, or null if it could not be read; not always in ISO 4217.</summary>
    public string? CurrencyCode { get; init; }

    /// <summary>
    /// What closed the record, as stores keep it: the id of the run that stored the row, replayed or corrected; what <see cref="Dismissed"/> returns; or, of a pending row, its posted
    /// record or the delivery that left it out. Null while the record is open.
    /// </summary>
    public string? Resolution { get; init; }

    /// <summary>Whether the record is open: nothing has closed it.</summary>
    public bool IsOpen => Resolution is null;

    /// <summary>The id of the run that stored the row, replayed or corrected at its source; null while the record is open, or if something else closed it.</summary>
    public string? ResolvedByRunId => Dismissal is null && PostedAs is null && SupersededByRunId is null ? Resolution : null;

    /// <summary>Why the record was dismissed; null otherwise.</summary>
    public string? Dismissal => After(DismissedPrefix);

    /// <summary>Of a pending row, the key of the posted record that replaced it; null otherwise.</summary>
    public RecordKey? PostedAs => (After(PostedPrefix) ?? After(SettledPrefix)) is { } text && RecordKey.TryParse(text, out RecordKey key) ? key : null;

    /// <summary>Whether a person said which posted record replaced the pending row (<see cref="LedgerPending.SettleAsync"/>).</summary>
    public bool IsSettledByPerson => After(SettledPrefix) is not null;

    /// <summary>Of a pending row, the id of the run whose delivery is the whole of its period and left it out; null otherwise.</summary>
    public string? SupersededByRunId => After(SupersededPrefix);

    /// <summary>Returns the resolution of a row that is not a record, or that was handled elsewhere.</summary>
    /// <exception cref="ArgumentException">The reason is blank, or has more than 240 bytes in UTF-8.</exception>
    public static string Dismissed(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return Encoding.UTF8.GetByteCount(reason) <= LongestReason
            ? DismissedPrefix + reason
            : throw new ArgumentException($"The reason has more than {LongestReason} bytes in UTF-8. Use a shorter one.", nameof(reason));
    }

    /// <summary>The resolution of a pending row that a posted record replaced by what the layout states, and of one where a person said so.</summary>
    internal static string Posted(RecordKey key, bool byPerson) => (byPerson ? SettledPrefix : PostedPrefix) + key;

    /// <summary>The resolution of a pending row that a later delivery of its period left out.</summary>
    internal static string Superseded(string runId) => SupersededPrefix + runId;

    /// <summary>Where it stands, the reason and what is wrong, such as <c>june.csv:8: bad_amount: ...</c>.</summary>
    public override string ToString() => $"{Source}: {Reason}: {Detail}";

    /// <summary>The same, closed: what a store keeps of a row that is resolved.</summary>
    /// <param name="resolution">As <see cref="IBillingStore.ResolveQuarantineAsync"/> was given it.</param>
    public QuarantinedRecord Closed(string resolution) => Copy(Reason, Detail, Amount, CurrencyCode, resolution);

    /// <summary>The same, with what is wrong with it by now: what a store keeps of an open row that comes again.</summary>
    /// <param name="latest">The row as it came again.</param>
    public QuarantinedRecord Latest(QuarantinedRecord latest)
    {
        ArgumentNullException.ThrowIfNull(latest);
        return Copy(latest.Reason, latest.Detail, latest.Amount, latest.CurrencyCode, Resolution);
    }

    /// <summary>Returns the row as it was before it was closed. For authors of stores.</summary>
    public QuarantinedRecord Reopened() => Copy(Reason, Detail, Amount, CurrencyCode, resolution: null);

    /// <summary>The same row, as another run delivered it.</summary>
    internal QuarantinedRecord Of(string runId, RecordSource source) => Copy(Reason, Detail, Amount, CurrencyCode, Resolution, runId, source);

    private string? After(string prefix) => Resolution is { } text && text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;

    private QuarantinedRecord Copy(string reason, string detail, decimal? amount, string? currencyCode, string? resolution, string? runId = null, RecordSource? source = null) => new()
    {
        Key = Key,
        RunId = runId ?? RunId,
        Source = source ?? Source,
        Scope = Scope,
        Reason = reason,
        Detail = detail,
        Raw = Raw,
        RawLength = RawLength,
        Format = Format,
        Header = Header,
        Separator = Separator,
        Amount = amount,
        CurrencyCode = currencyCode,
        Resolution = resolution,
    };
}
