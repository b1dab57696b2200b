using System.Runtime.CompilerServices;
using Billing.Reading;
using Billing.Rows;

namespace Billing.Settlement;

/// <summary>Reads the pending rows of a store again, each with the layout that it was delivered with.</summary>
internal sealed class PendingReader(IBillingStore store)
{
    // Where the first layout did not know the row as pending, a later one did.
    private const int NewestRuns = 1_000;

    private readonly Dictionary<string, SourceLayout?> _layouts = new(StringComparer.Ordinal);
    private IReadOnlyList<SourceLayout>? _later;

    /// <summary>Whether a store has any pending row.</summary>
    public static async ValueTask<bool> AnyAsync(IBillingStore store, CancellationToken cancellationToken) =>
        (await store.GetQuarantineAsync(new QuarantineQuery { Reason = QuarantineReason.Pending, IncludeResolved = true, PageSize = 1 }, cancellationToken).ConfigureAwait(false)).Items.Count > 0;

    /// <summary>Returns the pending rows, without those that were dismissed or became records.</summary>
    /// <param name="keepsRows">Whether each comes with its row.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    public async IAsyncEnumerable<PendingItem> ReadAsync(bool keepsRows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        QuarantineQuery query = new() { Reason = QuarantineReason.Pending, IncludeResolved = true };
        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if ((row.IsOpen || row.PostedAs is not null || row.SupersededByRunId is not null)
                && await ReadAsync(row, cancellationToken).ConfigureAwait(false) is { } item)
            {
                yield return keepsRows ? item with { Row = row } : item;
            }
        }
    }

    /// <summary>Reads one pending row again; null if no layout of a run reads it as pending any more.</summary>
    public async ValueTask<PendingItem?> ReadAsync(QuarantinedRecord row, CancellationToken cancellationToken)
    {
        if (await LayoutOfAsync(row.RunId, cancellationToken).ConfigureAwait(false) is { } layout && Read(row, layout) is { } item)
        {
            return item;
        }

        _later ??= await LaterAsync(cancellationToken).ConfigureAwait(false);
        return _later.Select(later => Read(row, later)).FirstOrDefault(later => later is not null);
    }

    private static PendingItem? Read(QuarantinedRecord row, SourceLayout layout)
    {
        if (layout.Pending is not { } terms)
        {
            return null;
        }

        ParsedRow read;
        try
        {
            read = SecondReading.Of(row, layout, RecordIdentity.Content);
        }
        catch (SourceFormatException)
        {
            // The layout of other files: it does not fit the header that the row came with.
            return null;
        }

        return read.Fault?.Reason != QuarantineReason.Pending ? null : new PendingItem
        {
            Key = row.Key,
            RunId = row.RunId,
            Scope = row.Scope,
            Date = read.Date,
            Party = read.Party,
            PartyForm = PendingItem.FormOf(read.Party),
            Id = read.PendingId,
            Amount = read.Amount!.Value,
            Currency = Currency.TryParse(read.CurrencyCode, out Currency? currency) ? currency.Code : read.CurrencyCode!,
            Terms = terms,
            Resolution = row.Resolution,
            SettledAs = row.IsSettledByPerson ? row.PostedAs : null,
            PostedAs = row.IsSettledByPerson ? null : row.PostedAs,
            SupersededBy = row.SupersededByRunId,
        };
    }

    private async ValueTask<SourceLayout?> LayoutOfAsync(string runId, CancellationToken cancellationToken)
    {
        if (!_layouts.TryGetValue(runId, out SourceLayout? layout))
        {
            IngestReport? run = await store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false);
            layout = run?.Settings is { } settings ? SourceLayout.Parse(settings.Layout, $"layout of run {runId}") : null;
            _layouts.Add(runId, layout);
        }

        return layout;
    }

    private async ValueTask<IReadOnlyList<SourceLayout>> LaterAsync(CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<SourceLayout> layouts = [];
        Page<IngestReport> runs = await store.GetRunsAsync(new PageRequest { PageSize = NewestRuns }, cancellationToken).ConfigureAwait(false);
        foreach (IngestReport run in runs.Items)
        {
            if (run.Settings is { } settings && seen.Add(settings.Layout) && SourceLayout.Parse(settings.Layout, $"layout of run {run.RunId}") is { Pending: not null } layout)
            {
                layouts.Add(layout);
            }
        }

        return layouts;
    }
}
