using Billing.Monthly;

namespace Billing;

/// <summary>
/// The report of one month: a pure function of a ledger, a month and <see cref="MonthTerms"/>. Sums are exact. The same ledger gives the same report, byte for byte in every form: no clock is in it.
/// The lines are in memory, and the rest grows with the number of groups.
/// </summary>
public sealed record MonthReport
{
    /// <summary>The month.</summary>
    public required BillingMonth Month { get; init; }

    /// <summary>The id of the time zone that records with an instant go by; null if all go by their dates.</summary>
    public string? Zone { get; init; }

    /// <summary>The SHA-256 of the rules that the report made the categories with, or their names if they were made in code; null if it took those that are stored.</summary>
    public string? Rules { get; init; }

    /// <summary>The SHA-256 of the rates that the report stated the amounts at, or their type if they were made in code; null if it took the amounts that are stored.</summary>
    public string? Rates { get; init; }

    /// <summary>The code of the reporting currency; null if the ledger has none yet, or records in several.</summary>
    public string? ReportingCurrency { get; init; }

    /// <summary>The rows and the money as invoiced, per billing currency.</summary>
    public required ControlTotals Billed { get; init; }

    /// <summary>The same rows in the reporting currency.</summary>
    public required ControlTotals Reporting { get; init; }

    /// <summary>Records that a <c>require</c> rule of <see cref="MonthTerms.Rules"/> does not let pass, in the reporting currency. They are in the report, with what is stored of them.</summary>
    public required ControlTotals Refused { get; init; }

    /// <summary>By category, ordered by name; an empty one for records that have none.</summary>
    public required IReadOnlyList<SummaryRow> Categories { get; init; }

    /// <summary>By party, ordered by name; an empty one for records that have none.</summary>
    public required IReadOnlyList<SummaryRow> Parties { get; init; }

    /// <summary>By day, as <c>2025-06-17</c>; days without a record are left out.</summary>
    public required IReadOnlyList<SummaryRow> Days { get; init; }

    /// <summary>By billing currency, with the rates that were used.</summary>
    public required IReadOnlyList<MonthCurrency> Currencies { get; init; }

    /// <summary>The flags of the records, ordered by name. A record may have several.</summary>
    public required IReadOnlyList<MonthFlag> Flags { get; init; }

    /// <summary>The month before; null for the first month of the calendar.</summary>
    public MonthComparison? Before { get; init; }

    /// <summary>The runs that brought the records, in the order of their ids.</summary>
    public required IReadOnlyList<MonthRun> Runs { get; init; }

    /// <summary>The records, ordered by <see cref="MonthLine.Date"/>, then key.</summary>
    public required IReadOnlyList<MonthLine> Lines { get; init; }

    /// <summary>The SHA-256 of what <see cref="WriteCsvAsync"/> writes: <c>sha256sum</c> of the file is the same.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Makes the report of a month.</summary>
    /// <param name="store">The ledger; or a view of it as it was (<see cref="BillingStoreExtensions.AsOfAsync"/>). The report of a closed month as it was closed is <see cref="MonthClosings.GetReportAsync"/>.</param>
    /// <param name="month">The month.</param>
    /// <param name="terms">How it is reported; null for <see cref="MonthTerms.Default"/>. With a time zone every record of the ledger is read: the date of a record and its instant may be far apart.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MissingRatesException">The terms have rates, and a record that was converted has none among them.</exception>
    /// <exception cref="BillingException">The store failed.</exception>
    public static ValueTask<MonthReport> CreateAsync(IBillingStore store, BillingMonth month, MonthTerms? terms = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new MonthReading(store, month, terms ?? MonthTerms.Default).RunAsync(cancellationToken);
    }

    /// <summary>
    /// Writes the lines as CSV: RFC 4180 in UTF-8 without byte order mark, a header, lines that end in CR LF, the columns of <see cref="ReportColumn.OfMonth"/>.
    /// A text that a spreadsheet would run as a formula has an apostrophe before it. The stream stays open.
    /// </summary>
    /// <param name="output">The stream.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task WriteCsvAsync(Stream output, CancellationToken cancellationToken = default) =>
        ReportCsv.WriteAsync(output, ReportColumn.OfMonth, Lines.ToAsyncEnumerable(), cancellationToken);

    /// <summary>The month and its totals, such as <c>2025-06: 3 rows, 12.5 USD</c>.</summary>
    public override string ToString() => $"{Month}: {Reporting}";
}
