using Billing.Console.Reports;

namespace Billing.Console.Tests.Reports;

/// <summary>Hand-made statements.</summary>
internal static class Statements
{
    /// <summary>The three sample files, as a first run leaves them.</summary>
    public static IngestStatement OfThreeFiles { get; } = new()
    {
        Store = "sqlite:billing.db",
        ReportingCurrency = "USD",
        Reports =
        [
            Report("billing_data_bakery_june_2025.csv", 1300) with
            {
                Read = Totals(15, ("CAD", "6352.95"), ("MXN", "69846.3"), ("USD", "1254422.15")),
                Stored = Totals(15, ("CAD", "6352.95"), ("MXN", "69846.3"), ("USD", "1254422.15")),
                StoredInReportingCurrency = Totals(15, ("USD", "1263307.79")),
                Warnings = ["line 1 begins with a quote that is never closed; it was left out, and every row was read"],
            },
            Report("billing_data_dairy_june_2025.csv", 1310) with
            {
                Read = Totals(15, ("ABC", "980"), ("CAD", "8415.84"), ("MXN", "61535.15"), ("USD", "9764.35")),
                Stored = Totals(13, ("CAD", "8415.84"), ("MXN", "61535.15"), ("USD", "8224.35")),
                Quarantined = Totals(2, ("ABC", "980"), ("USD", "1540")),
                StoredInReportingCurrency = Totals(13, ("USD", "18166.79")),
                Reasons = new Dictionary<string, long> { ["unknown_currency"] = 1, ["bad_date"] = 1 },
            },
            Report("billing_data_meat_june_2025.csv", 1270) with
            {
                Read = Totals(15, ("CAD", "13075.65"), ("MXN", "83915.95"), ("USD", "16965.75")),
                Stored = Totals(13, ("CAD", "11115.65"), ("MXN", "83915.95"), ("USD", "17605.75")),
                Quarantined = Totals(2, ("CAD", "1960"), ("USD", "-640")),
                StoredInReportingCurrency = Totals(13, ("USD", "30893.54")),
                Reasons = new Dictionary<string, long> { ["rule_failed"] = 2 },
            },
        ],
    };

    /// <summary>One file that was there already under another name, with a conflict, other scales and an amount without a code.</summary>
    public static IngestStatement OfOneFile { get; } = new()
    {
        Store = "memory:",
        ReportingCurrency = "USD",
        Reports =
        [
            Report("июнь 北京.csv", 2_345_678) with
            {
                Scope = "acme",
                Read = Totals(1_234_567, ("", "7.5"), ("JPY", "1200"), ("USD", "20.52022672899")),
                Stored = Totals(1_000_000, ("USD", "20")),
                Duplicate = Totals(234_560, ("JPY", "1200"), ("USD", "0.5")),
                Conflict = Totals(5, ("USD", "0.02022672899")),
                Quarantined = Totals(2, ("", "7.5")),
                StoredInReportingCurrency = Totals(1_000_000, ("USD", "20")),
                Reasons = new Dictionary<string, long> { ["conflict"] = 5, ["missing_value"] = 2 },
                DuplicatesFromOtherSources = [new DuplicateOrigin("june (copy).csv", 234_559), new DuplicateOrigin("\u001b[2Jevil.csv", 1)],
            },
        ],
    };

    /// <summary>A run that failed half way and one that was not tried.</summary>
    public static IngestStatement OfFailure { get; } = new()
    {
        Store = "sqlite:billing.db",
        ReportingCurrency = "USD",
        Errors = ["The run of june.csv ended early: the disk is full. Running it again is safe."],
        Reports =
        [
            Report("june.csv", 4096) with
            {
                Sha256 = null,
                Status = RunStatus.Failed,
                Error = "the disk is full",
                EndedEarly = true,
                Read = Totals(10, ("USD", "100")),
                Stored = Totals(4, ("USD", "40")),
                StoredInReportingCurrency = Totals(4, ("USD", "40")),
            },
        ],
    };

    /// <summary>A run that was cancelled half way: what was read balances.</summary>
    public static IngestStatement OfCancelled { get; } = OfFailure with
    {
        Reports = [OfFailure.Reports[0] with { Read = OfFailure.Reports[0].Stored, Error = "Cancelled." }],
    };

    public static ControlTotals Totals(long rows, params (string Currency, string Sum)[] money) =>
        new(rows, money.ToDictionary(pair => pair.Currency, pair => ExactSum.Parse(pair.Sum)));

    private static IngestReport Report(string source, long bytes) => Some.Report("run of " + source, source) with
    {
        Bytes = bytes,
        Sha256 = new string('a', 64),
        Status = RunStatus.Completed,
        Elapsed = TimeSpan.FromMilliseconds(12),
    };
}
