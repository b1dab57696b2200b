namespace Billing.Monthly;

/// <summary>Reads a ledger once for the report of a month and of the month before it.</summary>
internal sealed class MonthReading(IBillingStore store, BillingMonth month, MonthTerms terms)
{
    // Of more, all runs are listed.
    private const int MostOneByOne = 50;

    /// <summary>The runs whose records count; null for all. A closed month has those that were there when it was closed.</summary>
    public IReadOnlySet<string>? Runs { get; init; }

    /// <summary>The runs whose records were read, of both months.</summary>
    public IReadOnlyCollection<string> RunsRead { get; private set; } = [];

    public async ValueTask<MonthReport> RunAsync(CancellationToken cancellationToken)
    {
        MonthCalendar calendar = new(month, terms.Zone);
        MonthRevision revision = new(terms);
        BillingMonth? monthBefore = month.Before;
        MonthTally before = new();
        List<(MonthLine Line, bool IsRefused)> read = [];
        await foreach (BillingRecord record in store.QueryAllAsync(calendar.Query, cancellationToken).ConfigureAwait(false))
        {
            DateOnly day = calendar.DayOf(record);
            bool isOfMonth = month.Contains(day);
            if ((!isOfMonth && monthBefore?.Contains(day) != true) || Runs?.Contains(record.RunId) == false)
            {
                continue;
            }

            MonthLine line = new(day, revision.Of(record, out bool isRefused));
            if (isOfMonth)
            {
                read.Add((line, isRefused));
            }
            else
            {
                before.Add(line, isRefused);
            }
        }

        revision.DemandRates();
        read.Sort((one, other) => one.Line.Date.CompareTo(other.Line.Date) is var byDay and not 0 ? byDay : one.Line.Record.Key.CompareTo(other.Line.Record.Key));
        MonthTally now = new();
        foreach ((MonthLine line, bool isRefused) in read)
        {
            now.Add(line, isRefused);
        }

        RunsRead = new SortedSet<string>(now.Runs.Keys.Concat(before.Runs.Keys), StringComparer.Ordinal);
        MonthLine[] lines = [.. read.Select(one => one.Line)];
        return new MonthReport
        {
            Month = month,
            Zone = terms.Zone?.Id,
            Rules = TermTexts.OfRules(terms.Rules),
            Rates = TermTexts.OfRates(terms.Rates),
            ReportingCurrency = await CurrencyAsync(now, before, cancellationToken).ConfigureAwait(false),
            Billed = now.Billed,
            Reporting = now.Reporting,
            Refused = now.Refused,
            Categories = now.Categories,
            Parties = now.Parties,
            Days = now.Days,
            Currencies = now.Currencies,
            Flags = now.Flags,
            Before = monthBefore is { } earlier ? now.Against(before, earlier) : null,
            Runs = await RunsAsync(now, cancellationToken).ConfigureAwait(false),
            Lines = lines,
            Sha256 = await MonthDigests.OfLinesAsync(lines, cancellationToken).ConfigureAwait(false),
        };
    }

    private async ValueTask<IReadOnlyList<MonthRun>> RunsAsync(MonthTally tally, CancellationToken cancellationToken)
    {
        Dictionary<string, IngestReport> found = new(StringComparer.Ordinal);
        if (tally.Runs.Count > MostOneByOne)
        {
            await foreach (IngestReport run in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
            {
                if (tally.Runs.ContainsKey(run.RunId))
                {
                    found.Add(run.RunId, run);
                }
            }
        }

        List<MonthRun> runs = new(tally.Runs.Count);
        foreach ((string id, long rows) in tally.Runs)
        {
            // A listing may lag.
            IngestReport? run = found.GetValueOrDefault(id) ?? await store.FindRunAsync(id, cancellationToken).ConfigureAwait(false);
            runs.Add(new MonthRun(id, run?.Source, run?.Sha256, rows));
        }

        return runs;
    }

    private async ValueTask<string?> CurrencyAsync(MonthTally now, MonthTally before, CancellationToken cancellationToken)
    {
        string[] codes = [.. now.Reporting.Money.Keys.Union(before.Reporting.Money.Keys)];
        return codes.Length switch
        {
            1 => codes[0],
            0 => (await store.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken).ConfigureAwait(false)).Items is [{ } run, ..] ? run.ReportingCurrency : null,
            _ => null,
        };
    }
}
