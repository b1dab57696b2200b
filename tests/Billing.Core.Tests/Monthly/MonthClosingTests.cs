using System.Text;
using System.Text.Json;
using Billing.Amendments;
using Billing.Core.Tests.Amendments;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Monthly;

/// <summary>A closed month stays as it was closed, whatever comes later, and later changes are numbered restatements.</summary>
[Trait("Culture", "independent")]
public sealed class MonthClosingTests
{
    private const string Header = "date,company,amount,currency\n";
    private static readonly BillingMonth s_june = new(2025, 6);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_comes_later_the_closed_report_is_the_same_bytes_and_the_restatement_has_the_difference()
    {
        int changes = 0;
        for (int seed = 0; seed < 25; seed++)
        {
            Random random = new(seed);
            Ingest ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059")));
            List<string> runs = [];
            for (int i = 0; i < 3; i++)
            {
                runs.Add((await ingest.Text(Source(random, i), $"{i}.csv")).RunId);
            }

            MonthClosings closings = new(ingest.Ledger) { Reason = "June is done" };
            MonthClosing closed = (await closings.CloseAsync(s_june, cancellationToken: Cancellation))!;
            byte[] bytes = await BytesAsync(await closings.GetReportAsync(closed, Cancellation));
            Assert.Equal(await BytesAsync(await MonthReport.CreateAsync(ingest.Ledger, s_june, cancellationToken: Cancellation)), bytes);
            Assert.Equal(0, (await closings.GetChangesAsync(s_june, Cancellation))!.Count);
            MonthReport before = await closings.GetReportAsync(closed, Cancellation);

            for (int step = 0; step < 4; step++)
            {
                await ChangeAsync(ingest, random, runs, step);
                Assert.Equal(bytes, await BytesAsync(await closings.GetReportAsync(closed, Cancellation)));
            }

            MonthReport now = await MonthReport.CreateAsync(ingest.Ledger, s_june, cancellationToken: Cancellation);
            MonthRestatement open = (await closings.GetChangesAsync(s_june, Cancellation))!;
            Same(before, now, open);
            changes += (int)open.Count;
            MonthClosing? second = await closings.CloseAsync(s_june, cancellationToken: Cancellation);
            Assert.Equal(open.Count == 0, second is null);
            if (second is not null)
            {
                Assert.Equal((1, now.Sha256), (second.Number, second.Sha256));
                Assert.Equal(now.Reporting - before.Reporting, second.Difference);
                await ChangeAsync(ingest, random, runs, step: 9);
                MonthRestatement made = await closings.GetRestatementAsync(s_june, 1, Cancellation);
                Assert.Equal(open.ToString().Replace(", not closed", "", StringComparison.Ordinal), made.ToString());
                Same(before, now, made);
                Assert.Equal(await BytesAsync(now), await BytesAsync(await closings.GetReportAsync(second, Cancellation)));
            }

            Assert.Equal(bytes, await BytesAsync(await closings.GetReportAsync((await closings.GetAsync(s_june, Cancellation))[0], Cancellation)));
            Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger));
            Assert.Empty(await new StoreVerification(ingest.Ledger).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));
        }

        Assert.InRange(changes, 100, int.MaxValue);
    }

    [Fact]
    public async Task Closing_twice_without_a_change_writes_nothing_and_other_terms_make_a_restatement()
    {
        Ingest ingest = await JuneAsync();
        MonthClosings closings = new(ingest.Ledger);
        Assert.Null(await closings.GetChangesAsync(s_june, Cancellation));
        MonthClosing first = (await closings.CloseAsync(s_june, cancellationToken: Cancellation))!;
        LedgerHead head = await Sealed.HeadAsync(ingest.Ledger);
        Assert.Null(await closings.CloseAsync(s_june, cancellationToken: Cancellation));
        Assert.Equal(head, await Sealed.HeadAsync(ingest.Ledger));

        MonthTerms terms = new()
        {
            Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
            Rules = CategoryRules.Parse("""{ "rules": [ { "name": "all", "when": {}, "category": "Everything" } ] }"""),
            Rates = FixedRates.Parse("CAD=0.80"),
        };
        MonthClosing second = (await closings.CloseAsync(s_june, terms, Cancellation))!;
        Assert.Equal((1, "Europe/Berlin", "0.5"), (second.Number, second.Zone, second.Difference["USD"].ToString()));
        MonthReport report = await closings.GetReportAsync(second, Cancellation);
        Assert.Equal("Everything", Assert.Single(report.Categories).Group);
        Assert.Equal(second.Sha256, report.Sha256);
        Assert.Equal(first.Sha256, (await closings.GetReportAsync(first, Cancellation)).Sha256);
        Assert.Equal(3, (await closings.GetRestatementAsync(s_june, 1, Cancellation)).Changed.Count);

        // The terms of the last closing hold until others are stated.
        Assert.Null(await closings.CloseAsync(s_june, cancellationToken: Cancellation));
        await Assert.ThrowsAsync<BillingConfigurationException>(async () => await closings.CloseAsync(s_june, new MonthTerms { Rules = CategoryRules.Create(CategoryRule.When("x", _ => true).WithCategory("c")) }, Cancellation));
        Assert.Equal([first, second], await closings.GetAllAsync(Cancellation).ToArrayAsync(Cancellation), (one, other) => one.EntryId == other.EntryId);
    }

    [Fact]
    public async Task A_month_that_is_not_complete_is_closed_only_where_that_is_said_and_the_closing_keeps_why()
    {
        Ingest ingest = await JuneAsync();
        await ingest.Text(Header + "2025-06-20,Nobody,1.00,XQQ\n2025-07-20,Nobody,1.00,XQQ\n2025-06-21,Nobody,abc,USD\n2025-06-22,Acme,1.00,USD\n", "rest.csv");
        MonthClosings closings = new(ingest.Ledger, new StoppedClock(new DateTimeOffset(2025, 6, 30, 23, 0, 0, TimeSpan.Zero)));
        string[] obstacles =
        [
            "the month is not over: it ends on 2025-06-30",
            "1 row dated in the month is in quarantine (rest.csv:2)",
            "1 row with a date that cannot be read is in quarantine (rest.csv:4)",
        ];
        Assert.Equal(obstacles, await closings.GetObstaclesAsync(s_june, cancellationToken: Cancellation));
        Assert.DoesNotContain(obstacles[0], await closings.GetObstaclesAsync(s_june, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Cancellation));
        BillingException refused = await Assert.ThrowsAsync<BillingException>(async () => await closings.CloseAsync(s_june, cancellationToken: Cancellation));
        Assert.StartsWith("2025-06 is not complete, and was not closed: the month is not over", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await closings.GetAsync(s_june, Cancellation));

        MonthClosing closed = (await new MonthClosings(ingest.Ledger, new StoppedClock(new DateTimeOffset(2025, 6, 30, 23, 0, 0, TimeSpan.Zero))) { IncludeIncomplete = true }.CloseAsync(s_june, cancellationToken: Cancellation))!;
        Assert.Equal(obstacles, closed.Incomplete);
        Assert.Equal(obstacles, Assert.Single(await closings.GetAsync(s_june, Cancellation)).Incomplete);
    }

    [Fact]
    public async Task A_pending_row_and_a_run_that_is_listed_as_running_keep_a_month_open()
    {
        Ingest ingest = await JuneAsync();
        await ingest.Ledger.WriteRunAsync(Some.Report("0197c0000000700080000000000000aa", "late.csv"), Cancellation);
        SourceLayout layout = SourceLayout.Parse("""{ "columns": { "status": "status" }, "pending": { "values": ["PENDING"], "posted": ["POSTED"], "match": { "days": 3 } } }""", "layout");
        await ingest.Pipeline(billing => billing.UseLayout(layout)).IngestAsync(BillingSource.Text("bank.csv", "date,company,amount,currency,status\n2025-06-28,Cafe,3.00,USD,PENDING\n2025-06-28,Cafe,4.00,USD,POSTED\n"), Cancellation);
        Assert.Equal(
            ["run 0197c0000000700080000000000000aa of late.csv is listed as running", "1 row dated in the month is pending (bank.csv:2)"],
            await new MonthClosings(ingest.Ledger).GetObstaclesAsync(s_june, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_store_that_fails_in_the_middle_leaves_the_month_closed_or_not_and_the_next_call_ends_it()
    {
        int closed = 0;
        int open = 0;
        for (int failAt = 1; failAt <= 4; failAt++)
        {
            Ingest ingest = await JuneAsync();
            HookedLedger ledger = new();
            await foreach (BillingRecord record in ingest.Ledger.QueryAllAsync(new RecordQuery(), Cancellation))
            {
                await ledger.WriteAsync([record], Cancellation);
            }

            await foreach (IngestReport run in ingest.Ledger.GetAllRunsAsync(Cancellation))
            {
                await ledger.WriteRunAsync(run, Cancellation);
            }

            int writes = 0;
            void Count()
            {
                if (++writes == failAt)
                {
                    throw new BillingException("The connection is gone.");
                }
            }

            (ledger.BeforeAdd, ledger.BeforePut) = (Count, Count);
            MonthClosings closings = new(ledger);
            if (failAt < 4)
            {
                await Assert.ThrowsAsync<BillingException>(async () => await closings.CloseAsync(s_june, cancellationToken: Cancellation));
            }
            else
            {
                Assert.NotNull(await closings.CloseAsync(s_june, cancellationToken: Cancellation));
            }

            (ledger.BeforeAdd, ledger.BeforePut) = (null, null);
            IReadOnlyList<MonthClosing> found = await closings.GetAsync(s_june, Cancellation);
            (closed, open) = (closed + found.Count, open + 1 - found.Count);
            MonthClosing? again = await closings.CloseAsync(s_june, cancellationToken: Cancellation);
            Assert.Equal(found.Count == 0, again is not null);
            MonthClosing only = Assert.Single(await closings.GetAsync(s_june, Cancellation));
            Assert.Equal(only.Sha256, (await closings.GetReportAsync(only, Cancellation)).Sha256);
            await new LedgerSeals(ledger).SealAsync(Cancellation);
            LedgerEntry entry = Assert.Single(await ledger.GetEntriesAsync(Cancellation).ToArrayAsync(Cancellation));
            Assert.Equal((LedgerEntryKind.Closing, s_june, only.EntryId), (entry.Kind, entry.Month, entry.Id));
            Assert.Empty(await Sealed.FaultsAsync(ledger));
        }

        Assert.Equal((3, 1), (closed, open));
    }

    [Fact]
    public async Task Two_programs_that_close_a_month_at_once_make_one_closing()
    {
        Ingest ingest = await JuneAsync();
        HookedLedger ledger = new();
        foreach (BillingRecord record in await ingest.Records())
        {
            await ledger.WriteAsync([record], Cancellation);
        }

        bool isFirst = true;
        ledger.BeforeAdd = () =>
        {
            if (isFirst)
            {
                isFirst = false;
                Assert.NotNull(new MonthClosings(ledger.Inner).CloseAsync(s_june, cancellationToken: Cancellation).AsTask().GetAwaiter().GetResult());
            }
        };
        BillingException e = await Assert.ThrowsAsync<BillingException>(async () => await new MonthClosings(ledger).CloseAsync(s_june, cancellationToken: Cancellation));
        Assert.StartsWith("Another program closed 2025-06 at the same moment.", e.Message, StringComparison.Ordinal);
        Assert.Single(await new MonthClosings(ledger).GetAsync(s_june, Cancellation));
    }

    [Theory]
    [InlineData("edited")]
    [InlineData("removed")]
    [InlineData("record")]
    public async Task An_edited_closing_is_found(string what)
    {
        Ingest ingest = await JuneAsync();
        MonthClosings closings = new(ingest.Ledger);
        MonthClosing closed = (await closings.CloseAsync(s_june, cancellationToken: Cancellation))!;
        LedgerHead head = await Sealed.HeadAsync(ingest.Ledger);
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, head));
        if (what == "record")
        {
            // Edited by hand, below the seals: the closed report is refused, and never shown with other figures.
            MemorySink edited = await Copies.OfAsync(ingest.Ledger, record => record.Party == "Acme" ? Edits.Of(record, "reporting_amount", "11.00") : record);
            BillingException e = await Assert.ThrowsAsync<BillingException>(async () => await new MonthClosings(edited).GetReportAsync(closed, Cancellation));
            Assert.Contains("is not what was closed: it had 3 rows, 34.5 USD, and reads as 3 rows, 35.5 USD", e.Message, StringComparison.Ordinal);
            return;
        }

        MemorySink copy = await Copies.OfAsync(ingest.Ledger, document: one =>
            one.Kind != "closings" ? one
            : what == "removed" ? null
            : new LedgerDocument(one.Kind, one.Id, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(one.Body.Span).Replace("34.5", "35.5", StringComparison.Ordinal))));

        StoreFault fault = Assert.Single(await Sealed.FaultsAsync(copy, head));
        Assert.Equal((what == "edited" ? StoreFaultKind.SealedContent : StoreFaultKind.SealedMissing, closed.EntryId), (fault.Kind, fault.RunId));
    }

    [Fact]
    public async Task An_erasure_leaves_the_figures_of_a_closed_month()
    {
        Ingest ingest = await JuneAsync();
        MonthClosings closings = new(ingest.Ledger);
        MonthClosing closed = (await closings.CloseAsync(s_june, cancellationToken: Cancellation))!;
        await new LedgerErasure(ingest.Ledger, "request 17").RunAsync("Acme", Cancellation);
        MonthReport report = await closings.GetReportAsync(closed, Cancellation);
        Assert.NotEqual(closed.Sha256, report.Sha256);
        Assert.Equal((closed.Reporting, true), (report.Reporting, report.Parties.Any(party => party.Group == "[erased]")));
        Assert.Equal(0, (await closings.GetChangesAsync(s_june, Cancellation))!.Count);
        Assert.Null(await closings.CloseAsync(s_june, cancellationToken: Cancellation));
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger));
    }

    [Fact]
    public async Task A_closing_is_not_taken_back_and_its_store_is_not_migrated()
    {
        Ingest ingest = await JuneAsync();
        MonthClosing closed = (await new MonthClosings(ingest.Ledger).CloseAsync(s_june, cancellationToken: Cancellation))!;
        BillingException e = await Assert.ThrowsAsync<BillingException>(() => new LedgerReversal(ingest.Ledger).RunAsync(closed.EntryId, Cancellation));
        Assert.StartsWith("The closing of 2025-06 cannot be taken back: what was closed stays.", e.Message, StringComparison.Ordinal);
        Assert.Contains("has closed months", (await Assert.ThrowsAsync<BillingException>(async () => await Migrations.DemandPossibleAsync(ingest.Ledger, Cancellation))).Message, StringComparison.Ordinal);
        Assert.Contains("2025-06 has no restatement 5.", (await Assert.ThrowsAsync<BillingException>(async () => await new MonthClosings(ingest.Ledger).GetRestatementAsync(s_june, 5, Cancellation))).Message, StringComparison.Ordinal);
        Assert.Contains("2025-07 is not closed", (await Assert.ThrowsAsync<BillingException>(async () => await new MonthClosings(ingest.Ledger).GetRestatementAsync(new BillingMonth(2025, 7), 1, Cancellation))).Message, StringComparison.Ordinal);
    }

    private static async Task<Ingest> JuneAsync()
    {
        Ingest ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75")));
        await ingest.Text(Header + "2025-06-02,Acme,10.00,USD\n2025-06-30,Bakery,10.00,CAD\n2025-06-30,Cafe,17.00,USD\n2025-05-30,Cafe,3.00,USD\n");
        return ingest;
    }

    // Sources share rows, so that a run that is taken back leaves some of its records to others.
    private static string Source(Random random, int number)
    {
        StringBuilder text = new(Header);
        for (int i = random.Next(6, 14); i > 0; i--)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"2025-0{random.Next(5, 8)}-0{random.Next(1, 5)},{"ABC"[random.Next(3)]}{(random.Next(2) == 0 ? "" : number)},{random.Next(1, 4)}.50,{((string[])["USD", "CAD", "MXN"])[i % 3]}\n");
        }

        return text.ToString();
    }

    private static async Task ChangeAsync(Ingest ingest, Random random, List<string> runs, int step)
    {
        switch (random.Next(5))
        {
            case 0:
                runs.Add((await ingest.Text(Source(random, 10 + step), $"later-{step}.csv")).RunId);
                break;
            case 1 when runs.Count > 1:
                string run = runs[random.Next(runs.Count)];
                runs.Remove(run);
                await new LedgerReversal(ingest.Ledger).RunAsync(run, Cancellation);
                break;
            case 2 when await ingest.Records() is { Count: > 0 } records:
                await new LedgerRemoval(ingest.Ledger, "private").RunAsync([records[random.Next(records.Count)].Key], Cancellation);
                break;
            case 3:
                await new RateRestatement(ingest.Ledger, FixedRates.Parse($"CAD=0.7{random.Next(1, 9)}, MXN=0.06")).RunAsync(cancellationToken: Cancellation);
                break;
            default:
                await new RuleTrial(CategoryRules.Parse($$"""{ "rules": [ { "name": "a", "when": { "party": { "startsWith": "A" } }, "category": "Firms {{step}}" } ] }""")).ApplyAsync(ingest.Ledger, cancellationToken: Cancellation);
                break;
        }
    }

    private static void Same(MonthReport before, MonthReport now, MonthRestatement restatement)
    {
        Dictionary<RecordKey, string> then = before.Lines.ToDictionary(line => line.Record.Key, Text);
        Dictionary<RecordKey, string> after = now.Lines.ToDictionary(line => line.Record.Key, Text);
        Assert.Equal(after.Keys.Where(key => !then.ContainsKey(key)).Order(), restatement.Added.Select(line => line.Record.Key).Order());
        Assert.Equal(then.Keys.Where(key => !after.ContainsKey(key)).Order(), restatement.TakenAway.Select(line => line.Record.Key).Order());
        Assert.Equal(then.Keys.Where(key => after.TryGetValue(key, out string? text) && text != then[key]).Order(), restatement.Changed.Select(change => change.Key).Order());
        Assert.Equal((before.Reporting, now.Reporting), (restatement.Before, restatement.After));
        Assert.Equal(now.Reporting - before.Reporting, restatement.Difference);
    }

    private static string Text(MonthLine line) => string.Join('|', ReportColumn.OfMonth.Select(column => column.TextOf(line)));

    // The whole report, with the lines as CSV.
    private static async Task<byte[]> BytesAsync(MonthReport report)
    {
        using MemoryStream output = new();
        await report.WriteCsvAsync(output, Cancellation);
        return [.. output.ToArray(), .. JsonSerializer.SerializeToUtf8Bytes(report)];
    }
}
