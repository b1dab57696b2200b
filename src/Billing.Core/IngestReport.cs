using Billing.Fingerprints;
using Billing.Reports;

namespace Billing;

/// <summary>The report of a run, as the store keeps it: the outcome of every row and every amount of one source.</summary>
public sealed record IngestReport
{
    /// <summary>The id of the run. Ids sort by the start of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>The name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The SHA-256 of the source's bytes as received, in lower-case hexadecimal; null until the source was read to its end.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The number of bytes that were read from the source, before decompression.</summary>
    public long Bytes { get; init; }

    /// <summary>The scope, or null.</summary>
    public string? Scope { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The duration of the run.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The status of the run.</summary>
    public RunStatus Status { get; init; } = RunStatus.Running;

    /// <summary>The error that ended the run, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Whether the run ended before its source did, or before it stored anything because its source is contradicted or differs from earlier ones. Rows that were read but have no outcome were then not stored.</summary>
    public bool EndedEarly { get; init; }

    /// <summary>Whether this was a dry run (<see cref="BillingPipeline.AsDryRun"/>): what the report counts as stored would be stored, but nothing is. No store holds such a report.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>
    /// The id of the run that took the same bytes under the same settings; null if the source was read row by row. The rows of such a source were not read again:
    /// all are duplicates, and their totals are those of that run.
    /// </summary>
    public string? KnownFrom { get; init; }

    /// <summary>The run whose quarantined rows this run tried again, or null if it read a source.</summary>
    public string? ReplayOf { get; init; }

    /// <summary>The scope and the period that the source is the whole of, or null if it adds to what is there.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>The rows and the money, as invoiced, of records that were stored before and that this delivery replaced (<see cref="Delivery"/>).</summary>
    public ControlTotals Superseded { get; init; } = ControlTotals.Zero;

    /// <summary>The entry that took this run back, or null. Nothing of a run that was taken back is counted any more.</summary>
    public string? RevertedBy { get; init; }

    /// <summary>Every row of the source, counted as it left the parser.</summary>
    public ControlTotals Read { get; init; } = ControlTotals.Zero;

    /// <summary>Rows that the ledger stored. If it holds other rows of the run than it reported, the rows that it holds.</summary>
    public ControlTotals Stored { get; init; } = ControlTotals.Zero;

    /// <summary>Rows that the ledger already had with the same content.</summary>
    public ControlTotals Duplicate { get; init; } = ControlTotals.Zero;

    /// <summary>The rows and the money, among <see cref="Duplicate"/>, of records that a person removed on purpose (<see cref="LedgerRemoval"/>). They stay removed.</summary>
    public ControlTotals Removed { get; init; } = ControlTotals.Zero;

    /// <summary>Rows whose key the ledger already had with other content.</summary>
    public ControlTotals Conflict { get; init; } = ControlTotals.Zero;

    /// <summary>Rows that could not be processed.</summary>
    public ControlTotals Quarantined { get; init; } = ControlTotals.Zero;

    /// <summary>The rows and the money, among <see cref="Quarantined"/>, that are pending: they wait for their posted rows, and are in no sum (<see cref="PendingTerms"/>).</summary>
    public ControlTotals Pending { get; init; } = ControlTotals.Zero;

    /// <summary>The rows and the money, as pending, of pending rows of this or earlier runs that posted records replaced when this run ended.</summary>
    public ControlTotals PendingReplaced { get; init; } = ControlTotals.Zero;

    /// <summary>What was stored, in the reporting currency.</summary>
    public ControlTotals StoredInReportingCurrency { get; init; } = ControlTotals.Zero;

    /// <summary>The reporting currency's code.</summary>
    public required string ReportingCurrency { get; init; }

    /// <summary>The quarantined rows by reason code.</summary>
    public IReadOnlyDictionary<string, long> Reasons { get; init; } = new Dictionary<string, long>();

    /// <summary>Duplicates that were stored from another source: the number of rows per source (the 20 largest; the rest under <c>(others)</c>).</summary>
    public IReadOnlyList<DuplicateOrigin> DuplicatesFromOtherSources { get; init; } = [];

    /// <summary>Warnings for readers of the report, such as a repaired header.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether what the sender states comes out. Unproved for a replay, and for runs of earlier versions.</summary>
    public IngestProof Proof { get; init; } = IngestProof.Unproved;

    /// <summary>How the source compares with earlier runs; null where it was not compared, and where nothing differs and no policy was stated.</summary>
    public IngestDrift? Drift { get; init; }

    /// <summary>The settings of the run; null for runs of earlier versions.</summary>
    public RunSettings? Settings { get; init; }

    /// <summary>The canonical form of its records' fingerprints (docs/canonical-form.md): 2 for current runs, 1 for runs of earlier versions until <see cref="StoreMigration"/> has migrated them.</summary>
    public int CanonicalForm { get; init; } = (int)CanonicalVersion.Current;

    /// <summary>Whether read = stored + duplicate + conflict + quarantined, in rows and in money per currency.</summary>
    public bool IsBalanced => Read.Equals(Stored + Duplicate + Conflict + Quarantined);

    /// <summary>What was read but has no outcome: nothing, unless the run <see cref="EndedEarly"/> or does not balance.</summary>
    public ControlTotals NotStored => Read - (Stored + Duplicate + Conflict + Quarantined);

    /// <summary>Returns the balanced statement: one line per outcome, one column per currency, the same in every culture.</summary>
    public override string ToString() => Statement.Of(this);
}
