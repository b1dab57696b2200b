using Billing.Sources;

namespace Billing.Runs;

/// <summary>
/// The first reading of a source whose rows are stored only if all is well: a sink that keeps nothing, and notes what could not be stored. Of a delivery that replaces, a row that
/// cannot be read, or is of another scope or period, would be superseded without a successor.
/// </summary>
internal sealed class FirstReading(Delivery? delivery) : IBillingSink
{
    private const int MostListed = 3;

    private readonly List<QuarantinedRecord> _listed = [];
    private readonly Lock _lock = new();

    public string Name => "first reading";

    /// <summary>What its rows looked like.</summary>
    public RunSample Sample { get; } = new();

    /// <summary>Reads a source to its end.</summary>
    /// <param name="opened">The source, if it is open already. It is then closed.</param>
    public static async ValueTask<(FirstReading Reading, IngestReport Report)> ReadAsync(
        PipelineSettings settings, IBillingSource source, OpenedSource? opened, IngestOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        FirstReading reading = new(options.Delivery);
        PipelineSettings under = settings with { Sinks = [reading], IsDryRun = true, IsFirstReading = true, RunListeners = [], Terms = new Stores.LedgerTerms() };
        IngestOptions with = options with { Delivery = null, Expect = null, Progress = null, RowDone = null, RowTraced = null, RunEnded = null };
        IngestReport report = await new IngestRun(under, source, with, time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance) { Opened = opened, Sample = reading.Sample }.RunAsync(cancellationToken).ConfigureAwait(false);
        return (reading, report);
    }

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<WriteOutcome>>([.. records.Select(record => delivery is null || delivery.Covers(record.Scope, record.Date)
            ? WriteOutcome.Stored
            : WriteOutcome.Refused($"The row is of {record.Scope ?? "no scope"} and of {record.Date:yyyy-MM-dd}, and the delivery is the whole of {delivery}."))]);

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _listed.AddRange(records.Where(record => record.Reason != QuarantineReason.Pending).Take(MostListed - _listed.Count));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <summary>Why the delivery is refused, or null.</summary>
    public string? Refusal(string source, IngestReport report)
    {
        // Pending rows are no records, and replace none.
        long missing = report.Quarantined.Rows - report.Pending.Rows;
        if (missing == 0)
        {
            return null;
        }

        string rows = string.Join(" ", _listed.OrderBy(row => row.Source.Line).Select(row => FormattableString.Invariant($"Line {row.Source.Line}: {row.Reason}: {row.Detail}")));
        return FormattableString.Invariant($"{source} cannot replace what is stored, because {missing} of its {report.Read.Rows} rows cannot be stored, and would be missing. {rows} Nothing of it is stored. Correct these rows, the layout, the scope or the period; or ingest it without replacing.");
    }
}
