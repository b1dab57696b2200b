using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Proofs;

/// <summary>The next statement of a scope begins with what the last one ends with; a missing one is named, in any order of arrival.</summary>
public sealed class StatementGapTests
{
    private static readonly SourceLayout s_layout = new() { Balance = "balance" };

    private readonly Ingest _ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("EUR=1.1")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int[]> Orders => [.. Permutations([3, 4, 5, 6, 7])];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task A_missing_month_is_named_in_any_order_and_the_chain_closes_when_it_comes(int[] months)
    {
        int missing = 5;
        foreach (int month in months.Where(month => month != missing))
        {
            await TakeAsync(month);
        }

        StatementGap gap = Assert.Single(await GapsAsync());
        Assert.Equal(("m4.csv", "m6.csv", "40", "50", "10"), (gap.Before, gap.After, gap.Closing.ToString(), gap.Opening.ToString(), gap.Missing.ToString()));
        Assert.Equal((new DateOnly(2025, 4, 28), new DateOnly(2025, 6, 2)), (gap.LastDate, gap.FirstDate));

        Assert.Empty((await TakeAsync(missing)).Warnings);
        Assert.Empty(await GapsAsync());
    }

    [Fact]
    public async Task The_statement_after_a_gap_warns_and_so_does_the_one_before_if_it_comes_later()
    {
        await TakeAsync(4);
        IngestReport later = await TakeAsync(6);
        Assert.Equal(
            "between m4.csv (to 2025-04-28, closing 40) and m6.csv (from 2025-06-02, opening 50) a statement is missing that comes to 10 EUR; ingest it, in any order, or give each source the scope of its account if these are of different ones",
            Assert.Single(later.Warnings));
        Assert.Equal((RunStatus.Completed, ProofOutcome.Proved), (later.Status, later.Proof.Outcome));

        Ingest reversed = new(billing => billing.UseExchangeRates(FixedRates.Parse("EUR=1.1")));
        await reversed.Text(Month(6), "m6.csv", Options());
        Assert.StartsWith("between m4.csv", Assert.Single((await reversed.Text(Month(4), "m4.csv", Options())).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scopes_and_currencies_have_chains_of_their_own()
    {
        Assert.Empty((await TakeAsync(3, "A")).Warnings);
        Assert.Empty((await TakeAsync(5, "B")).Warnings);
        Assert.Empty((await TakeAsync(4, "A")).Warnings);
        Assert.Empty((await _ingest.Text(Month(7).Replace("EUR", "USD", StringComparison.Ordinal), "usd.csv", Options("A"))).Warnings);
        Assert.EndsWith("a statement is missing that comes to 10 EUR, of B; ingest it, in any order", Assert.Single((await TakeAsync(7, "B")).Warnings), StringComparison.Ordinal);
        Assert.Equal("B", Assert.Single(await GapsAsync()).Scope);
    }

    [Fact]
    public async Task Another_delivery_an_overlap_and_an_empty_statement_are_no_gap()
    {
        await TakeAsync(3);
        Assert.Empty((await TakeAsync(3)).Warnings);
        Assert.Empty((await _ingest.Text("date,company,amount,currency,balance\n", "empty.csv", Options() with { Expect = StatedTotals.Parse("opening:EUR=30,closing:EUR=30") })).Warnings);

        // A quarter, which the months are part of.
        Assert.Empty((await _ingest.Text("date,company,amount,currency,balance\n2025-03-01,Q,20,EUR,20\n2025-05-31,Q,30,EUR,50\n", "quarter.csv", Options())).Warnings);
        Assert.Empty((await TakeAsync(4)).Warnings);
        Assert.Empty(await GapsAsync());
    }

    [Fact]
    public async Task Statements_of_one_day_follow_each_other_too()
    {
        await _ingest.Text(Day(100, 120), "1.csv", Options());
        await _ingest.Text(Day(150, 155), "3.csv", Options());
        await _ingest.Text(Day(120, 150), "2.csv", Options());
        await _ingest.Text("date,company,amount,currency,balance\n2025-06-02,A,1,EUR,156\n", "4.csv", Options());
        Assert.Empty(await GapsAsync());
        await _ingest.Text("date,company,amount,currency,balance\n2025-06-05,A,1,EUR,158\n", "6.csv", Options());
        Assert.Equal(("4.csv", "6.csv"), (await GapsAsync()) is [var gap] ? (gap.Before, gap.After) : default);
    }

    [Fact]
    public async Task A_contradicted_statement_is_not_part_of_the_chain()
    {
        await TakeAsync(3);
        await Assert.ThrowsAsync<IngestFailedException>(() => _ingest.Text(Month(4) + "2025-04-29,A,1,EUR,99\n", "m4.csv", Options()));
        Assert.Single((await TakeAsync(5)).Warnings);
        Assert.Empty((await TakeAsync(4)).Warnings);
        Assert.Empty(await GapsAsync());
    }

    [Fact]
    public async Task A_statement_that_warned_is_read_again_and_warns_only_while_something_is_missing()
    {
        await TakeAsync(4);
        CountedSource source = new("m6.csv", Month(6));
        Assert.Single((await _ingest.Pipeline().IngestAsync(source, Options(), Cancellation)).Warnings);
        await TakeAsync(5);
        IngestReport again = await _ingest.Pipeline().IngestAsync(new CountedSource("m6.csv", Month(6)), Options(), Cancellation);
        Assert.Equal((null, 0), (again.KnownFrom, again.Warnings.Count));
        Assert.NotNull((await _ingest.Pipeline().IngestAsync(new CountedSource("m6.csv", Month(6)), Options(), Cancellation)).KnownFrom);
    }

    [Fact]
    public async Task A_dry_run_names_the_gap_too()
    {
        await TakeAsync(4);
        await using BillingPipeline dry = _ingest.Pipeline().AsDryRun();
        Assert.Single((await dry.IngestAsync(BillingSource.Text("m6.csv", Month(6)), Options(), Cancellation)).Warnings);
    }

    [Fact]
    public async Task Beyond_the_newest_runs_the_report_says_what_was_not_looked_at_and_the_listing_looks_at_all()
    {
        await TakeAsync(3);
        for (int i = 0; i < 1_001; i++)
        {
            await _ingest.Ledger.WriteRunAsync(Some.Report($"zz{i:D4}") with { Status = RunStatus.Completed }, Cancellation);
        }

        Assert.Contains("whether one is missing before this one was not looked at", Assert.Single((await TakeAsync(5)).Warnings), StringComparison.Ordinal);
        Assert.Equal(("m3.csv", "m5.csv"), (await GapsAsync()) is [var gap] ? (gap.Before, gap.After) : default);
    }

    private static IngestOptions Options(string? scope = null) => new() { Layout = s_layout, Scope = scope };

    // From 10 times the month less 10 to 10 times the month.
    private static string Month(int month) =>
        $"date,company,amount,currency,balance\n2025-{month:D2}-02,A{month},4,EUR,{(month * 10) - 6}\n2025-{month:D2}-28,B{month},6,EUR,{month * 10}\n";

    private static string Day(int opening, int closing) =>
        $"date,company,amount,currency,balance\n2025-06-01,A,1,EUR,{opening + 1}\n2025-06-01,B,{closing - opening - 1},EUR,{closing}\n";

    private Task<IngestReport> TakeAsync(int month, string? scope = null) => _ingest.Text(Month(month), $"m{month}.csv", Options(scope));

    private async Task<StatementGap[]> GapsAsync() => await _ingest.Ledger.GetStatementGapsAsync(Cancellation).ToArrayAsync(Cancellation);

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany((item, i) => Permutations([.. items.Where((_, j) => j != i)]).Select(rest => (int[])[item, .. rest]));
}
