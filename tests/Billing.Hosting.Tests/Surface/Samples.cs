using System.Text;

namespace Billing.Hosting.Tests.Surface;

/// <summary>One object of each type that is data.</summary>
internal static class Samples
{
    private const string Digits = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static readonly DateTimeOffset s_instant = new(2025, 6, 17, 10, 30, 0, TimeSpan.FromHours(2));
    private static readonly ExchangeRate s_rate = new(Currency.Parse("CAD"), Currency.Usd, 1.1684m, new DateOnly(2025, 6, 17), "ECB", 1.5870m);
    private static readonly ControlTotals s_totals = new(2, new Dictionary<string, ExactSum> { ["EUR"] = ExactSum.Parse("12.5"), [""] = ExactSum.Parse("3") });

    private static readonly SourceLayout s_layout = SourceLayout.Parse(
        """{ "columns": { "date": "bill_date", "amount": "Betrag", "category": "Gruppe", "id": null }, "numbers": { "decimalMark": ",", "parentheses": true }, "identity": "columns:a,b", "ignore": [] }""") with { Name = null };

    private static readonly RecordSource s_source = new("june.csv", 2, 64);

    private static readonly BillingRecord s_record = new()
    {
        Key = RecordKey.Parse(Digits),
        Fingerprint = Fingerprint.Parse(Digits),
        Occurrence = 2,
        Scope = "account-1",
        SourceId = "7",
        Date = new DateOnly(2025, 6, 17),
        Instant = s_instant,
        Party = "Bäckerei",
        Account = "4711",
        Description = "Flour",
        Amount = new Money(12.50m, Currency.Parse("CAD")),
        ReportingAmount = new Money(9.20m, Currency.Usd),
        ExchangeRate = s_rate,
        Category = "high_value",
        CategoryRule = "large",
        Flags = ["weekend"],
        Alerts = ["large"],
        AlertSubjects = ["Expense Alert"],
        Attributes = new RecordAttributes(["city", "vat", "Balance"], ["Oslo", null, "97.00"], ["Balance"]),
        Source = s_source,
        RunId = "run-1",
    };

    private static readonly QuarantinedRecord s_quarantined = new()
    {
        Key = RecordKey.Parse(Digits),
        RunId = "run-1",
        Source = s_source,
        Reason = QuarantineReason.UnknownCurrency,
        Detail = "Column 'currency': 'ABC' is not a currency of ISO 4217.",
        Raw = Encoding.UTF8.GetBytes("7,Bäcker,ABC,12.50"),
        RawLength = 19,
        Format = SourceFormat.Csv,
        Header = "id,company,currency,amount",
        Separator = ',',
        Amount = 12.50m,
        CurrencyCode = "ABC",
        Resolution = QuarantinedRecord.Dismissed("a test"),
    };

    private static readonly StatedFigure s_figure = new() { Kind = StatedFigureKind.Total, Currency = "EUR", Stated = ExactSum.Parse("12.6"), Found = ExactSum.Parse("12.5"), By = "Total", Line = 4 };

    private static readonly IngestDrift s_drift = new() { Policy = DriftPolicy.Stop, Series = "scope DE12, no layout", Runs = ["run-1"], Source = "may.csv", Findings = [new DriftFinding { Kind = DriftKind.Rows, What = "rows", Before = "40, the median of 6 runs", Now = "10" }] };

    private static readonly IngestProof s_proof = new()
    {
        Outcome = ProofOutcome.Contradicted,
        Figures = [s_figure],
        Problems = ["USD: nothing is stated, found 1"],
        Openings = new Dictionary<string, ExactSum> { ["EUR"] = ExactSum.Parse("1") },
        Closings = new Dictionary<string, ExactSum> { ["EUR"] = ExactSum.Parse("13.5") },
        FirstDate = new DateOnly(2025, 6, 1),
        LastDate = new DateOnly(2025, 6, 30),
    };

    private static readonly IngestReport s_report = new()
    {
        RunId = "run-1",
        Source = "june.csv",
        Sha256 = Digits,
        Bytes = 4096,
        StartedAt = s_instant,
        Elapsed = TimeSpan.FromMilliseconds(1500),
        Status = RunStatus.Completed,
        ReportingCurrency = "USD",
        Read = s_totals,
        Stored = s_totals,
        StoredInReportingCurrency = new ControlTotals(2, new Dictionary<string, ExactSum> { ["USD"] = ExactSum.Parse("15.5") }),
        Reasons = new Dictionary<string, long> { ["bad_date"] = 1 },
        DuplicatesFromOtherSources = [new DuplicateOrigin("may.csv", 3)],
        Warnings = ["a repaired header"],
        Delivery = Delivery.Replace("account-1", new DateOnly(2025, 6, 1), new DateOnly(2025, 6, 30)),
        Superseded = s_totals,
        Removed = s_totals,
        Pending = s_totals,
        PendingReplaced = s_totals,
        Settings = new RunSettings { Layout = "{}", Rates = "base,quote,rate" },
    };

    private static readonly LayoutAnswer s_answer = new("yes", layout => layout with { MinorUnits = true });

    private static readonly LedgerDocument s_document = new("amendment", "run-1/7", "{}"u8.ToArray());

    private static readonly Delivery s_delivery = Delivery.Replace("account-1", new DateOnly(2025, 6, 1), new DateOnly(2025, 6, 30), "2");

    private static readonly LedgerEntry s_entry = new()
    {
        Id = "entry-1",
        Kind = LedgerEntryKind.Revert,
        Of = "run-1",
        Reason = "another month",
        StartedAt = s_instant,
        EndedAt = s_instant.AddSeconds(1),
        TakenOut = s_totals,
        Changed = 3,
        Difference = new ControlTotals(-2, new Dictionary<string, ExactSum> { ["USD"] = ExactSum.Parse("-15.5") }),
    };

    private static readonly LedgerSeal s_seal = new() { Number = 42, Of = "run-1", Kind = LedgerSealKind.Run, Report = Digits, Content = Digits, Records = 2, Previous = Digits, SealedAt = s_instant, Hash = Digits };

    private static readonly LedgerHead s_head = new() { Number = 42, Hash = Digits, SealedAt = s_instant };

    private static readonly MonthLine s_line = MonthLine.Of(s_record);

    private static readonly MonthReport s_month = new()
    {
        Month = new BillingMonth(2025, 6),
        Zone = "Europe/Berlin",
        ReportingCurrency = "USD",
        Billed = s_totals,
        Reporting = s_totals,
        Refused = ControlTotals.Zero,
        Categories = [new SummaryRow("travel", s_totals, s_totals)],
        Parties = [],
        Days = [],
        Currencies = [new MonthCurrency("EUR", s_totals, s_totals, s_rate, s_rate, s_rate)],
        Flags = [new MonthFlag("large", s_totals)],
        Before = new MonthComparison { Month = new BillingMonth(2025, 5), Reporting = s_totals, Difference = ControlTotals.Zero, Categories = [new MonthCategoryChange("travel", s_totals, s_totals)] },
        Runs = [new MonthRun("run-1", "june.csv", Digits, 3)],
        Lines = [s_line],
        Sha256 = Digits,
    };

    private static readonly MonthClosing s_closing = new()
    {
        Month = new BillingMonth(2025, 6),
        Number = 1,
        EntryId = "entry-1",
        ClosedAt = s_instant,
        Incomplete = ["the month is not over: it ends on 2025-06-30"],
        Rates = "base,quote,rate",
        ReportingCurrency = "USD",
        Billed = s_totals,
        Reporting = s_totals,
        Sha256 = Digits,
        FiguresSha256 = Digits,
        Runs = ["run-1"],
    };

    private static readonly Budget s_budget = new() { Category = "travel", Month = new BillingMonth(2025, 6), Amount = 499.90m, Currency = "USD" };

    private static readonly BudgetAlert s_reached = new(80m, ExactSum.Parse("399.92"), true, s_line);

    private static readonly BillingAlert s_alert = BillingAlert.Of(s_record, s_instant)[0];

    /// <summary>The samples, by type; of generic types the definition.</summary>
    public static IReadOnlyDictionary<Type, object> ByType { get; } = ((object[])
    [
        new AlertSendReport(3, 1), s_seal, s_head, new LedgerErasureReport { Entry = s_entry, Records = 2, Fields = new SortedDictionary<string, long> { ["party"] = 2 }, Remaining = ["the report of run run-1"] }, new AuditBundleReport { Records = 2, Runs = 1, Seals = 42, Head = s_head, ManifestSha256 = Digits }, LedgerSealKind.Entry, s_alert, s_record, CategoryRule.When("large", _ => true).WithCategory("high_value").WithAlert(),
        CategoryRules.Parse("""{ "rules": [ { "name": "rest", "when": {}, "category": "standard" } ] }"""),
        new ColumnFinding("bill_date", "date", "its header", ["2025-06-17"]), s_totals, Currency.Eur, new DuplicateOrigin("may.csv", 3), ExactSum.Parse("123456789012345678901234567890.5"), s_rate,
        new FieldDifference("amount", "12.50", null), s_record.Fingerprint, new IngestProgress(4096, null, s_report), s_report, s_answer,
        new LayoutProposal { Format = SourceFormat.Json, Layout = s_layout, Columns = [], Questions = [], Warnings = [], RowsTried = 10, RowsRead = 9 },
        new Money(12.50m, Currency.Eur), s_layout.Numbers, new Page<DuplicateOrigin>([new DuplicateOrigin("may.csv", 3)], "next"), new PageRequest { MostBytes = 1024 },
        new QuarantineQuery { Key = s_record.Key, Line = 2 }, s_quarantined, s_record.Attributes, RecordIdentity.CountedColumns("date", "amount"), s_record.Key, new RecordMove(s_record, s_record), s_document, new DocumentQuery { Kind = "amendment", IdPrefix = "run-1/", LastFirst = true }, new RecordAmendment(s_record, null, s_document),
        s_delivery, s_entry, new RecordChange("entry-1", s_record, null), LedgerEntryKind.Recategorisation,
        new RecordQuery { From = s_record.Date, Currency = "EUR" }, new RecordListQuery { Filter = new RecordQuery { Currency = "EUR" }, Order = RecordOrder.Amount, IsDescending = true }, s_source, new RecordTrace { Source = s_source, RawText = "7,Bäcker", Quarantined = s_quarantined, CanonicalForm = "billing"u8.ToArray() },
        new RowOutcome(s_source, RowOutcomeKind.Quarantined, s_record.Key, QuarantineReason.BadDate, "no date"), s_report.Settings!, new RunTotals(s_totals, ControlTotals.Zero), s_layout,
        new StoreCheck("sqlite", true, new BillingException("It does not answer.")),
        new StoreDifference { Kind = StoreDifferenceKind.OnlyInOther, Key = s_record.Key, Source = s_source, Fields = [new FieldDifference("amount", "12.50", "12.51")] },
        new ConversionRounding { RunId = "run-1", Source = "may.csv", Currency = "CAD", ReportingCurrency = "USD", Rows = 2, Amount = ExactSum.Parse("20.04"), Exact = ExactSum.Parse("15.0301"), Stored = ExactSum.Parse("15.03") },
        new StatementGap { Scope = "A", Currency = "EUR", Before = "may.csv", BeforeRunId = "run-1", LastDate = new DateOnly(2025, 5, 31), Closing = ExactSum.Parse("10"), After = "july.csv", AfterRunId = "run-2", FirstDate = new DateOnly(2025, 7, 1), Opening = ExactSum.Parse("12.5") },
        new PendingTerms { Values = ["PENDING"], Posted = ["POSTED", ""], Id = "id", Match = new PendingMatch { Days = 10, Percent = 20 } }, new PendingMatch { Days = 10, Percent = 12.5m, Amount = 5 }, PendingState.Asked,
        new PendingTransaction { Key = s_record.Key, Source = s_source, Date = s_record.Date, Party = "Cafe", Id = "t1", Amount = -12.50m, CurrencyCode = "EUR", State = PendingState.Asked, Candidates = [s_record.Key] },
        s_proof, s_figure, new StatedLine { Begins = "Total", Rows = "#2", Total = "amount" }, StatedTotals.Parse("rows=2,total:EUR=12.5,opening=1,closing=13.5"),
        new StoreFault { Kind = StoreFaultKind.KeyTwice, Key = s_record.Key, Source = s_source, RunId = "run-1", Detail = "The key is there twice." },
        new StoreMigrationReport { Records = 10, Changed = 3, Runs = 2 }, new CategoryMove(null, "travel", s_totals), new RuleUse("late", false, 3, 0, ["early"]), new RowMend(new RowOutcome(s_source, RowOutcomeKind.Stored, s_record.Key), s_record, s_report), new RuleTrialReport { Records = s_totals, Moves = [new CategoryMove("food", null, s_totals)], Rules = [new RuleUse("bars", true, 1, 1, [])] },
        new SummaryRow("2025-06", s_totals, ControlTotals.Zero), WriteOutcome.Refused("too long"),
        new Receipt { Id = s_record.Fingerprint.ToString(), FileName = "lunch.jpg", Size = 1024, UploadedAt = new DateTimeOffset(2025, 6, 17, 12, 30, 0, TimeSpan.Zero), Amount = new Money(12.50m, Currency.Eur) },
        new ReceiptDigest(s_record.Fingerprint.ToString(), 1024), new ReceiptUpload("upload-1"), ReceiptOutcome.Sighting,
        s_month.Month, s_line, s_month, s_month.Currencies[0], s_month.Flags[0], s_month.Before!, s_month.Before!.Categories[0], s_month.Runs[0], ReportColumnKind.Amount, s_closing, new MonthChange(s_record.Key, s_line, s_line),
        new MonthRestatement { Month = s_month.Month, Number = 1, Closing = s_closing, Before = s_totals, After = s_totals, Added = [s_line], TakenAway = [], Changed = [] },
        s_budget, s_reached, new BudgetStatus { Budget = s_budget, Month = s_month.Month, Currency = "USD", Rows = 3, Spent = ExactSum.Parse("400"), Remaining = ExactSum.Parse("99.9"), Percent = ExactSum.Parse("80.02"), Alerts = [s_reached] },
        new UnusualAmount { Record = s_record, Earlier = 24, Median = 12.50m, Low = 9.99m, High = 14.99m, Score = 70.9m },
        s_drift, s_drift.Findings[0], DriftPolicy.Accept, DriftKind.ColumnSwapped, RecordIdentityKind.CountedColumns, RowOutcomeKind.Quarantined, ProofOutcome.Contradicted, StatedFigureKind.Closing, RunStatus.Running, SourceFormat.Json, StoreDifferenceKind.MissingInOther, StoreFaultKind.RunTotals, SummaryBy.Month, RecordOrder.Party, WriteOutcomeKind.Conflict,
    ]).ToDictionary(sample => sample.GetType() is { IsGenericType: true } type ? type.GetGenericTypeDefinition() : sample.GetType());
}
