using System.Text;
using Billing.Amendments;
using Billing.Core.Tests.Runs;
using Billing.Storage;

namespace Billing.Core.Tests.Amendments;

/// <summary>
/// Somebody who can write anything into the store edits, removes, adds or cuts off. From one head that was kept before, it is found, also if all seals are computed again.
/// </summary>
public sealed class SealAttackTests
{
    private const string June = "date,description,amount,currency\n2025-06-01,one,1.50,USD\n2025-06-02,two,2,USD\n2025-06-03,bad,x,USD\n2025-06-04,four,4,USD\n2025-06-05,five,5,USD\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Columns => [.. RecordFields.All.SelectMany(one => one.Columns).Append("attributes: ignored").Append("party: blank").Append("description: gone")];

    public static TheoryData<string, StoreFaultKind, string> Attacks => new()
    {
        { "delete a record", StoreFaultKind.SealedContent, "the record of line 2 is gone" },
        { "insert a record", StoreFaultKind.SealedContent, "line 77" },
        { "swap two records between runs", StoreFaultKind.SealedContent, "july.csv line 3" },
        { "delete a run and its records", StoreFaultKind.SealedMissing, "is gone" },
        { "delete a run, not its records", StoreFaultKind.SealedMissing, "is gone" },
        { "edit the report of a run", StoreFaultKind.SealedReport, "july.csv" },
        { "count a run as taken back", StoreFaultKind.History, "no such entry" },
        { "count a run as not taken back", StoreFaultKind.History, "took it back" },
        { "list a run as running", StoreFaultKind.SealedReport, "july.csv" },
        { "delete a quarantined row", StoreFaultKind.SealedContent, "the row in quarantine of line 4 is gone" },
        { "edit a quarantined row", StoreFaultKind.SealedContent, "the row in quarantine june.csv line 4" },
        { "delete a change", StoreFaultKind.SealedContent, "changes" },
        { "edit what a change keeps", StoreFaultKind.SealedContent, "changes are not those" },
        { "make a change unreadable", StoreFaultKind.History, "cannot be read" },
        { "delete an entry", StoreFaultKind.SealedMissing, "entry" },
        { "edit the reason of an entry", StoreFaultKind.SealedReport, "Entry" },
        { "edit what an entry left", StoreFaultKind.History, "edited without an entry" },
        { "remove what an entry left", StoreFaultKind.History, "removed without an entry" },
        { "add a change of nobody", StoreFaultKind.History, "neither an entry nor a run" },
        { "cut the seals off", StoreFaultKind.SealHead, "cut off" },
        { "delete all seals", StoreFaultKind.SealHead, "no seals" },
        { "delete a seal in the middle", StoreFaultKind.SealChain, "Seal 2 is missing" },
        { "renumber the seals", StoreFaultKind.SealChain, "was changed" },
        { "edit a seal", StoreFaultKind.SealChain, "Seal 2 was changed" },
        { "empty the tail", StoreFaultKind.SealedMissing, "is gone" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task An_edit_of_any_column_is_found_and_named(string column)
    {
        MemorySink ledger = new();
        BillingRecord every = EveryField.Record();
        await ledger.WriteAsync([Some.Record("other", runId: every.RunId, line: 5), every], Cancellation);
        await ledger.WriteRunAsync(Some.Report(every.RunId, every.Source.Name) with { Status = RunStatus.Completed }, Cancellation);
        await ledger.WriteRunAsync(Some.Report("run-z", "z.csv") with { Status = RunStatus.Completed }, Cancellation);
        await new LedgerSeals(ledger).SealAsync(Cancellation);
        LedgerHead head = await Sealed.HeadAsync(ledger);
        Assert.Empty(await Sealed.FaultsAsync(await Copies.OfAsync(ledger), head));

        MemorySink edited = await Copies.OfAsync(ledger, record => record.Key == every.Key ? Edits.Of(record, column) : record);
        List<StoreFault> faults = await Sealed.FaultsAsync(edited);
        Assert.Contains(faults, fault => fault.Kind == StoreFaultKind.SealedContent && fault.RunId == every.RunId && Names(fault, column));
        await FoundWhenAllIsComputedAgainAsync(edited, head);

        bool Names(StoreFault fault, string edit) => edit switch
        {
            "run_id" => fault.Detail.Contains("line 17 is gone", StringComparison.Ordinal),
            "line" => fault.Detail.Contains("was not there", StringComparison.Ordinal),
            _ => fault.Source?.Line == 17 && fault.Detail.Contains("was changed", StringComparison.Ordinal) && fault.Detail.Contains(fault.Key.ToString()!, StringComparison.Ordinal),
        };
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task An_attack_is_found_from_one_earlier_head(string attack, StoreFaultKind kind, string says)
    {
        (Ingest ingest, IngestReport[] runs, LedgerEntry[] entries) = await LedgerAsync();
        LedgerHead head = await Sealed.HeadAsync(ingest.Ledger);
        await ingest.Text(June.Replace("2025-06", "2025-09", StringComparison.Ordinal), "after-the-head.csv");
        Assert.Empty(await Sealed.FaultsAsync(await Copies.OfAsync(ingest.Ledger), head));
        Assert.Empty(await Sealed.FaultsAsync(await SealedAgainAsync(ingest.Ledger), head));

        MemorySink attacked = await AttackAsync(ingest.Ledger, attack, runs, entries);
        List<StoreFault> faults = await Sealed.FaultsAsync(attacked, head);
        Assert.True(faults.Any(fault => fault.Kind == kind && fault.Detail.Contains(says, StringComparison.Ordinal)), string.Join('\n', faults));
        if (attack is not ("count a run as taken back" or "count a run as not taken back" or "cut the seals off" or "delete all seals" or "delete a seal in the middle" or "renumber the seals" or "edit a seal"))
        {
            await FoundWhenAllIsComputedAgainAsync(attacked, head);
        }
    }

    [Fact]
    public async Task Of_several_heads_the_newest_that_fits_says_since_when_nothing_does()
    {
        Ingest ingest = new();
        List<LedgerHead> heads = [];
        for (int month = 1; month <= 5; month++)
        {
            await ingest.Text(June.Replace("2025-06", $"2025-0{month}", StringComparison.Ordinal), $"{month}.csv");
            heads.Add(await Sealed.HeadAsync(ingest.Ledger));
        }

        MemorySink edited = await Copies.OfAsync(ingest.Ledger, record => record.Source.Name == "4.csv" ? Edits.Of(record, "category") : record);
        MemorySink again = await Copies.WithoutSealsAsync(edited);
        await CopySealsAsync(ingest.Ledger, again, most: 3);
        await new LedgerSeals(again).SealAsync(Cancellation);
        List<StoreFault> faults = await Sealed.FaultsAsync(again, heads[1], heads[4]);
        Assert.Contains("one of the seals 3 to 5", Assert.Single(faults).Detail, StringComparison.Ordinal);
        Assert.Empty(await Sealed.FaultsAsync(again, heads[2]));
        Assert.Contains("seal 4, or what it covers, was changed", (await Sealed.FaultsAsync(again, heads[2], heads[3]))[0].Detail, StringComparison.Ordinal);
    }

    // The seals of what the attack left, all computed again, each as of when it was: they hold among themselves, and do not lead to the head.
    private static async Task FoundWhenAllIsComputedAgainAsync(MemorySink attacked, LedgerHead head)
    {
        List<StoreFault> found = await Sealed.FaultsAsync(await SealedAgainAsync(attacked), head);
        Assert.Contains(found, fault => fault.Kind is StoreFaultKind.SealHead or StoreFaultKind.History);
        Assert.DoesNotContain(found, fault => fault.Kind is StoreFaultKind.SealChain or StoreFaultKind.SealedContent or StoreFaultKind.SealedReport or StoreFaultKind.SealedMissing);
    }

    private static async Task<MemorySink> SealedAgainAsync(MemorySink attacked)
    {
        MemorySink again = await Copies.WithoutSealsAsync(attacked);
        SealReading reading = await SealReading.BeginAsync(again, 0, Cancellation);
        LedgerSeal? last = null;
        foreach (LedgerSeal was in (await Sealed.DocumentsAsync(attacked, "seals")).Select(SealDocuments.Read))
        {
            LedgerSeal? seal = await again.FindRunAsync(was.Of, Cancellation) is { } run ? SealWriter.Of(run, await reading.ContentOfRunAsync(was.Of, Cancellation), was.SealedAt)
                : await EntryDocuments.FindAsync(again, was.Of, Cancellation) is { } entry ? SealWriter.Of(entry, reading.ContentOfEntry(was.Of), was.SealedAt)
                : null;
            if (seal is not null)
            {
                last = SealWriter.After(last, seal);
                await again.PutDocumentAsync(SealDocuments.Write(last), Cancellation);
            }
        }

        return again;
    }

    // june.csv with a bad row, july.csv; a record removed; august.csv taken back; june.csv replaced by another delivery.
    private static async Task<(Ingest Ingest, IngestReport[] Runs, LedgerEntry[] Entries)> LedgerAsync()
    {
        Ingest ingest = new();
        IngestOptions scope = new() { Scope = "acct" };
        IngestReport june = await ingest.Text(June, options: scope);
        IngestReport july = await ingest.Text(June.Replace("2025-06", "2025-07", StringComparison.Ordinal).Replace(",x,", ",3,", StringComparison.Ordinal), "july.csv", scope);
        LedgerEntry removal = await new LedgerRemoval(ingest.Ledger, "a reason").RunAsync([(await ingest.Records()).First(record => record.Source is { Name: "july.csv", Line: 6 }).Key], Cancellation);
        IngestReport august = await ingest.Text(June.Replace("2025-06", "2025-08", StringComparison.Ordinal), "august.csv", scope);
        LedgerEntry revert = (await ingest.Pipeline().RevertAsync(august.RunId, "wrong file", Cancellation))[^1];
        IngestReport replacing = await ingest.Text("date,description,amount,currency\n2025-08-01,one,1.50,USD\n", "august-2.csv", scope with { Delivery = Delivery.Replace("acct", new DateOnly(2025, 8, 1), new DateOnly(2025, 8, 31)) });
        IngestReport doubled = await ingest.Text("date,description,amount,currency\n2025-08-01,one,1.50,USD\n", "august-3.csv", scope);
        LedgerEntry handed = (await ingest.Pipeline().RevertAsync(replacing.RunId, null, Cancellation))[^1];
        return (ingest, [june, july, august, doubled], [removal, revert, handed]);
    }

    private static async Task<MemorySink> AttackAsync(MemorySink ledger, string attack, IngestReport[] runs, LedgerEntry[] entries)
    {
        bool Is(BillingRecord record, int run, int line) => record.RunId == runs[run].RunId && record.Source.Line == line;
        return attack switch
        {
            "delete a record" => await Copies.OfAsync(ledger, record => Is(record, 1, 2) ? null : record),
            "insert a record" => await WithAsync(await Copies.OfAsync(ledger), Some.Record("new", runId: runs[1].RunId, line: 77, source: "july.csv")),
            "swap two records between runs" => await Copies.OfAsync(ledger, record => Is(record, 0, 3) ? Edits.Of(record, "run_id", runs[1].RunId) : Is(record, 1, 3) ? Edits.Of(record, "run_id", runs[0].RunId) : record),
            "delete a run and its records" => await Copies.OfAsync(ledger, record => record.RunId == runs[1].RunId ? null : record, run: run => run.RunId == runs[1].RunId ? null : run),
            "delete a run, not its records" => await Copies.OfAsync(ledger, run: run => run.RunId == runs[1].RunId ? null : run),
            "edit the report of a run" => await Copies.OfAsync(ledger, run: run => run.RunId == runs[1].RunId ? run with { Stored = ControlTotals.Zero } : run),
            "count a run as taken back" => await Copies.OfAsync(ledger, run: run => run.RunId == runs[1].RunId ? run with { RevertedBy = entries[0].Id } : run),
            "count a run as not taken back" => await Copies.OfAsync(ledger, run: run => run.RunId == runs[2].RunId ? run with { RevertedBy = null } : run),
            "list a run as running" => await Copies.OfAsync(ledger, run: run => run.RunId == runs[1].RunId ? run with { Status = RunStatus.Running } : run),
            "delete a quarantined row" => await Copies.OfAsync(ledger, quarantined: row => row.RunId == runs[0].RunId ? null : row),
            "edit a quarantined row" => await Copies.OfAsync(ledger, quarantined: row => row.RunId == runs[0].RunId ? Edited(row) : row),
            "delete a change" => await DocumentsAsync("changes", entries[1].Id, document => null),
            "edit what a change keeps" => await DocumentsAsync("changes", entries[1].Id, document => Edited(document, "\"two\"", "\"2\"")),
            "make a change unreadable" => await DocumentsAsync("changes", entries[1].Id, document => Edited(document, "{", "[")),
            "delete an entry" => await DocumentsAsync("entries", entries[0].Id, document => null),
            "edit the reason of an entry" => await DocumentsAsync("entries", entries[0].Id, document => Edited(document, "a reason", "another")),
            "edit what an entry left" => await Copies.OfAsync(ledger, record => record.RunId == runs[3].RunId ? Edits.Of(record, "category") : record),
            "remove what an entry left" => await Copies.OfAsync(ledger, record => record.RunId == runs[3].RunId ? null : record),
            "add a change of nobody" => await WithAsync(await Copies.OfAsync(ledger), new LedgerDocument("changes", "nobody/" + Some.Key("1"), (await Sealed.DocumentsAsync(ledger, "changes"))[0].Body)),
            "cut the seals off" => await Copies.OfAsync(ledger, document: document => document.Kind == "seals" && string.CompareOrdinal(document.Id, "000000000004") > 0 ? null : document),
            "delete all seals" => await Copies.WithoutSealsAsync(ledger),
            "delete a seal in the middle" => await DocumentsAsync("seals", "000000000002", document => null),
            "renumber the seals" => await Copies.OfAsync(ledger, document: document => document.Kind != "seals" ? document : document.Id == "000000000002" ? null
                : string.CompareOrdinal(document.Id, "000000000002") > 0 ? new LedgerDocument("seals", SealDocuments.IdOf(long.Parse(document.Id, System.Globalization.CultureInfo.InvariantCulture) - 1), document.Body) : document),
            "edit a seal" => await DocumentsAsync("seals", "000000000002", document => Edited(document, "\"records\":5", "\"records\":4")),
            "empty the tail" => await Copies.OfAsync(ledger, record => string.CompareOrdinal(record.RunId, runs[1].RunId) < 0 ? record : null, run: run => string.CompareOrdinal(run.RunId, runs[1].RunId) < 0 ? run : null),
            _ => throw new ArgumentException(attack),
        };

        Task<MemorySink> DocumentsAsync(string kind, string id, Func<LedgerDocument, LedgerDocument?> change) =>
            Copies.OfAsync(ledger, document: document => document.Kind == kind && document.Id.StartsWith(id, StringComparison.Ordinal) ? change(document) : document);
    }

    private static async Task<MemorySink> WithAsync(MemorySink ledger, BillingRecord record)
    {
        await ledger.WriteAsync([record], Cancellation);
        return ledger;
    }

    private static async Task<MemorySink> WithAsync(MemorySink ledger, LedgerDocument document)
    {
        await ledger.PutDocumentAsync(document, Cancellation);
        return ledger;
    }

    private static async Task CopySealsAsync(MemorySink from, MemorySink to, int most)
    {
        foreach (LedgerDocument seal in (await Sealed.DocumentsAsync(from, "seals")).Take(most))
        {
            await to.PutDocumentAsync(seal, Cancellation);
        }
    }

    private static LedgerDocument Edited(LedgerDocument document, string text, string by) =>
        new(document.Kind, document.Id, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(document.Body.Span).Replace(text, by, StringComparison.Ordinal)));

    private static QuarantinedRecord Edited(QuarantinedRecord row) => new()
    {
        Key = row.Key,
        RunId = row.RunId,
        Source = row.Source,
        Scope = row.Scope,
        Reason = row.Reason,
        Detail = row.Detail,
        Raw = Encoding.UTF8.GetBytes(row.RawText.Replace(",x,", ",y,", StringComparison.Ordinal)),
        RawLength = row.RawLength,
        Format = row.Format,
        Header = row.Header,
        Separator = row.Separator,
    };
}
