using System.Globalization;
using Billing.Amendments;

namespace Billing.Monthly;

/// <summary>Closes a month: the closing is there as soon as its document is; its entry and its seal follow from it.</summary>
internal sealed class MonthCloser(IAmendableStore store, BillingMonth month, TimeProvider time)
{
    // The first 48 bits of an id are its time.
    private const int DigitsOfTime = 12;

    /// <summary>The most runs that a closing lists.</summary>
    public int MostRuns { get; init; } = 10_000;

    public string? Reason { get; init; }

    public bool IncludeIncomplete { get; init; }

    public TimeZoneInfo? BooksZone { get; init; }

    public async ValueTask<MonthClosing?> RunAsync(MonthTerms? stated, CancellationToken cancellationToken)
    {
        await CompleteAsync(cancellationToken).ConfigureAwait(false);
        List<MonthClosing> closings = await ClosingDocuments.AllOfAsync(store, month, cancellationToken).ConfigureAwait(false);
        MonthClosing? last = closings.Count == 0 ? null : closings[^1];
        MonthTerms terms = stated ?? (last is null ? MonthTerms.Default : KeptTerms.Restore(last));
        (string? rules, string? rates) = KeptTerms.Keep(terms);
        string newest = await DemandEndedAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> obstacles = await new MonthObstacles(store, month, terms.Zone, BooksZone).FindAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (obstacles.Count > 0 && !IncludeIncomplete)
        {
            throw new BillingException($"{month} is not complete, and was not closed: {string.Join("; ", obstacles)}. Settle this first, or close the month all the same: --incomplete, {nameof(MonthClosings)}.{nameof(MonthClosings.IncludeIncomplete)} in code.");
        }

        MonthReading reading = new(store, month, terms);
        MonthReport now = await reading.RunAsync(cancellationToken).ConfigureAwait(false);
        if (last is not null
            && (last.Zone, last.Rules, last.Rates, last.Rounding) == (terms.Zone?.Id, rules, rates, terms.Rounding)
            && (await new ClosedMonth(store, last).ReadAsync(cancellationToken).ConfigureAwait(false)).Sha256 == now.Sha256)
        {
            return null;
        }

        MonthClosing closing = new()
        {
            Month = month,
            Number = closings.Count,
            EntryId = NextId(newest),
            ClosedAt = time.GetUtcNow(),
            Reason = Reason,
            Incomplete = obstacles,
            Zone = terms.Zone?.Id,
            Rules = rules,
            Rates = rates,
            Rounding = terms.Rounding,
            ReportingCurrency = now.ReportingCurrency,
            Billed = now.Billed,
            Reporting = now.Reporting,
            Difference = last is null ? ControlTotals.Zero : now.Reporting - last.Reporting,
            Sha256 = now.Sha256,
            FiguresSha256 = await MonthDigests.OfFiguresAsync(now.Lines, cancellationToken).ConfigureAwait(false),
            Runs = reading.RunsRead.Count > MostRuns ? null : [.. reading.RunsRead],
        };
        await DemandReadableAsync(closing, cancellationToken).ConfigureAwait(false);
        LedgerDocument document = ClosingDocuments.Write(closing);
        if (!await store.AddDocumentAsync(document, cancellationToken).ConfigureAwait(false)
            && (await store.FindDocumentAsync(ClosingDocuments.Kind, document.Id, cancellationToken).ConfigureAwait(false))?.Body.Span.SequenceEqual(document.Body.Span) != true)
        {
            throw new BillingException($"Another program closed {month} at the same moment. Look at its report, and close the month again if something is missing.");
        }

        await CompleteAsync(closing, document, cancellationToken).ConfigureAwait(false);
        return closing;
    }

    // What an earlier call left when it was interrupted.
    private async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        foreach (LedgerEntry entry in await ClosingDocuments.CompleteAsync(store, month, cancellationToken).ConfigureAwait(false))
        {
            await SealedChanges.SealAsync(store, entry, new EntryTally(), time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask CompleteAsync(MonthClosing closing, LedgerDocument document, CancellationToken cancellationToken)
    {
        LedgerEntry entry = ClosingDocuments.EntryOf(closing, document);
        await store.PutDocumentAsync(EntryDocuments.Write(entry), cancellationToken).ConfigureAwait(false);
        await SealedChanges.SealAsync(store, entry, new EntryTally(), time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }

    // Returns the newest id of an entry or a run. An entry that goes on later would change what is closed now.
    private async ValueTask<string> DemandEndedAsync(CancellationToken cancellationToken)
    {
        string newest = (await store.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken).ConfigureAwait(false)).Items is [{ } run] ? run.RunId : "";
        await foreach (LedgerEntry entry in EntryDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            if (entry.EndedAt is null)
            {
                throw new BillingException($"{month} was not closed: entry {entry.Id}, the {entry}, has not ended. If it was interrupted, make it again, and it goes on; then close the month.");
            }

            newest = string.CompareOrdinal(entry.Id, newest) > 0 ? entry.Id : newest;
        }

        return newest;
    }

    // The clock of another machine may be ahead: what it made must not come after the closing.
    private string NextId(string newest)
    {
        string id = TimeOrderedIds.Next(time.GetUtcNow());
        return string.CompareOrdinal(id, newest) > 0 || newest.Length < DigitsOfTime || !long.TryParse(newest.AsSpan(0, DigitsOfTime), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long milliseconds)
            ? id
            : TimeOrderedIds.Next(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds + 1));
    }

    // Proves before anything is written that the month can be read as it is closed.
    private async ValueTask DemandReadableAsync(MonthClosing closing, CancellationToken cancellationToken)
    {
        LedgerAsOf then = await LedgerAsOf.LoadAsync(store, closing.EntryId, cancellationToken).ConfigureAwait(false);
        MonthReport read = await new MonthReading(then, month, KeptTerms.Restore(closing)) { Runs = closing.Runs?.ToHashSet(StringComparer.Ordinal) }.RunAsync(cancellationToken).ConfigureAwait(false);
        if (read.Sha256 != closing.Sha256)
        {
            throw new BillingException($"{month} was changed while it was closed, or records of it name runs whose ids do not sort by time: {read.Reporting} instead of {closing.Reporting}. It was not closed. Close it again.");
        }
    }
}
