namespace Billing.Console.Reports;

/// <summary>What became of all sources of one command.</summary>
internal sealed record IngestStatement
{
    /// <summary>The address of the store.</summary>
    public required string Store { get; init; }

    public bool IsDryRun { get; init; }

    /// <summary>One report per source, in order.</summary>
    public required IReadOnlyList<IngestReport> Reports { get; init; }

    /// <summary>What could not be read or stored, one line each.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>The currency that the total is stated in where no source was read.</summary>
    public required string ReportingCurrency { get; init; }

    /// <summary>All sources together, without a name and a run.</summary>
    public IngestReport Total => new()
    {
        RunId = "",
        Source = "",
        Bytes = Reports.Sum(report => report.Bytes),
        StartedAt = Reports.Count == 0 ? default : Reports.Min(report => report.StartedAt),
        Elapsed = new TimeSpan(Reports.Sum(report => report.Elapsed.Ticks)),
        Status = Errors.Count > 0 || Reports.Any(report => report.Status != RunStatus.Completed) ? RunStatus.Failed : RunStatus.Completed,
        Error = Errors.Count > 0 ? Errors[0] : null,
        Read = Sum(report => report.Read),
        Stored = Sum(report => report.Stored),
        Duplicate = Sum(report => report.Duplicate),
        Removed = Sum(report => report.Removed),
        Conflict = Sum(report => report.Conflict),
        Quarantined = Sum(report => report.Quarantined),
        Pending = Sum(report => report.Pending),
        PendingReplaced = Sum(report => report.PendingReplaced),
        StoredInReportingCurrency = Sum(report => report.StoredInReportingCurrency),
        ReportingCurrency = ReportingCurrency,
        Reasons = Reports.SelectMany(report => report.Reasons)
            .GroupBy(pair => pair.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value), StringComparer.Ordinal),
        DuplicatesFromOtherSources = [.. Reports.SelectMany(report => report.DuplicatesFromOtherSources)
            .GroupBy(origin => origin.Source, StringComparer.Ordinal)
            .Select(group => new DuplicateOrigin(group.Key, group.Sum(origin => origin.Rows)))
            .OrderByDescending(origin => origin.Rows)
            .ThenBy(origin => origin.Source, StringComparer.Ordinal)],
        Warnings = [.. Reports.SelectMany(report => report.Warnings.Select(warning => $"{report.Source}: {warning}"))],
    };

    /// <summary>Every source balances: a surplus of one does not make up for what another lacks.</summary>
    public bool IsBalanced => Reports.All(report => report.IsBalanced);

    public int ExitCode => Errors.Count > 0 || !IsBalanced ? Console.ExitCode.Failed
        : Reports.Any(report => report.Quarantined.Rows - report.Pending.Rows + report.Conflict.Rows > 0) ? Console.ExitCode.Quarantined
        : Console.ExitCode.Success;

    private ControlTotals Sum(Func<IngestReport, ControlTotals> totals) => Reports.Aggregate(ControlTotals.Zero, (sum, report) => sum + totals(report));
}
