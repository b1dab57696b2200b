using System.Runtime.CompilerServices;
using Billing.Amendments;
using Billing.Currencies;
using Billing.Proofs;

namespace Billing;

/// <summary>Reads listings of a store to their end, one page at a time: no more than a page is in memory.</summary>
public static class BillingStoreExtensions
{
    private const int LargestPage = 2_000;
    private const int SmallestPage = 10;
    private const long MostBytes = 4 << 20;

    /// <summary>Every record that matches, by date, then key.</summary>
    /// <param name="store">The store.</param>
    /// <param name="query">Which records. With a token it begins where that page ended. Its page size is not used: pages have up to 2,000 records, and 4 MiB unless the query says otherwise.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The continuation token does not belong to this query. Thrown when reading begins.</exception>
    public static IAsyncEnumerable<BillingRecord> QueryAllAsync(this IBillingStore store, RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ItemsAsync(store.QueryPagesAsync(query with { PageSize = LargestPage, MostBytes = query.MostBytes ?? MostBytes }, cancellationToken), cancellationToken);
    }

    /// <summary>Every quarantined record that matches, by source, byte offset and key. To resolve what was given does not move the rest.</summary>
    /// <inheritdoc cref="QueryAllAsync"/>
    public static IAsyncEnumerable<QuarantinedRecord> GetAllQuarantineAsync(this IBillingStore store, QuarantineQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ItemsAsync(store.GetQuarantinePagesAsync(query with { PageSize = LargestPage, MostBytes = query.MostBytes ?? MostBytes }, cancellationToken), cancellationToken);
    }

    /// <summary>Every run, newest first.</summary>
    public static IAsyncEnumerable<IngestReport> GetAllRunsAsync(this IBillingStore store, CancellationToken cancellationToken = default) =>
        ItemsAsync(store.GetRunPagesAsync(new PageRequest { PageSize = LargestPage, MostBytes = MostBytes }, cancellationToken), cancellationToken);

    /// <summary>Returns the entries that changed records which were stored already: reversals, restatements, removals. In the order in which they began; none from a store that is not an <see cref="IAmendableStore"/>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    public static IAsyncEnumerable<LedgerEntry> GetEntriesAsync(this IBillingStore store, CancellationToken cancellationToken = default) =>
        store is IAmendableStore amendable ? EntryDocuments.AllAsync(amendable, cancellationToken) : AsyncEnumerable.Empty<LedgerEntry>();

    /// <summary>Returns what an entry changed, or a run whose delivery replaced others; of all, in the order of ids, where no id is given.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The id of the entry or the run, or null for all.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    public static IAsyncEnumerable<RecordChange> GetChangesAsync(this IBillingStore store, string? id = null, CancellationToken cancellationToken = default) =>
        store is IAmendableStore amendable ? ChangeDocuments.AllAsync(amendable, id, cancellationToken) : AsyncEnumerable.Empty<RecordChange>();

    /// <summary>Returns the changes of one record over all entries and deliveries, in the order of their ids: its life after it was stored. Looks in each entry, and in each run whose delivery replaced others.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The key of the record, which need not be stored any more.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    public static async IAsyncEnumerable<RecordChange> GetChangesAsync(this IBillingStore store, RecordKey key, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store is not IAmendableStore amendable)
        {
            yield break;
        }

        foreach (string id in await ChangeDocuments.ChangersAsync(amendable, cancellationToken).ConfigureAwait(false))
        {
            if (await amendable.FindDocumentAsync(ChangeDocuments.Kind, ChangeDocuments.IdOf(id, key), cancellationToken).ConfigureAwait(false) is { } document)
            {
                yield return ChangeDocuments.Read(document);
            }
        }
    }

    /// <summary>Returns the entry with an id, or null.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<LedgerEntry?> FindEntryAsync(this IBillingStore store, string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return store is IAmendableStore amendable ? await EntryDocuments.FindAsync(amendable, id, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Returns one page of the entries, newest first; an empty one from a store that is not an <see cref="IAmendableStore"/>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The continuation token does not belong to this listing, or the page size is not 1 to 10,000.</exception>
    public static ValueTask<Page<LedgerEntry>> GetEntryPageAsync(this IBillingStore store, PageRequest page, CancellationToken cancellationToken = default) =>
        Documents.PageAsync(store, new DocumentQuery { Kind = EntryDocuments.Kind, LastFirst = true }, page, EntryDocuments.Read, cancellationToken);

    /// <summary>Returns one page of what an entry changed, or a run whose delivery replaced others, in the order of the keys.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The id of the entry or the run.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The continuation token does not belong to this listing, or the page size is not 1 to 10,000.</exception>
    public static ValueTask<Page<RecordChange>> GetChangePageAsync(this IBillingStore store, string id, PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return Documents.PageAsync(store, new DocumentQuery { Kind = ChangeDocuments.Kind, IdPrefix = id + "/" }, page, ChangeDocuments.Read, cancellationToken);
    }

    /// <summary>
    /// Returns every document that Billing keeps beside the records: entries, what they changed, what each run delivered, what stays removed. A store that is to be a whole copy of another needs
    /// them too: <see cref="IAmendableStore.PutDocumentAsync"/>. None from a store that is not an <see cref="IAmendableStore"/>.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    public static async IAsyncEnumerable<LedgerDocument> GetHistoryAsync(this IBillingStore store, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store is IAmendableStore amendable)
        {
            foreach (string kind in DocumentKinds.All)
            {
                await foreach (LedgerDocument document in Documents.AllAsync(amendable, new DocumentQuery { Kind = kind }, cancellationToken).ConfigureAwait(false))
                {
                    yield return document;
                }
            }
        }
    }

    /// <summary>Returns the store as it was when a run or an entry had ended: what came later is not there, and what was changed later is as it was. The view is in memory as far as records were changed since, and can only be read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The id of the run or the entry.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BillingConfigurationException">The store is not an <see cref="IAmendableStore"/>.</exception>
    /// <exception cref="BillingException">There is no run and no entry with the id.</exception>
    public static async ValueTask<IBillingStore> AsOfAsync(this IBillingStore store, string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        IAmendableStore amendable = AmendableStores.Demand(store, "What was cannot be read");
        return await store.FindRunAsync(id, cancellationToken).ConfigureAwait(false) is not null || await EntryDocuments.FindAsync(amendable, id, cancellationToken).ConfigureAwait(false) is not null
            ? await LedgerAsOf.LoadAsync(amendable, id, cancellationToken).ConfigureAwait(false)
            : throw new BillingException($"{store.Name} has no run and no entry with the id {id}. billing runs lists the runs, and billing entries the entries.");
    }

    /// <summary>
    /// What rounding left behind where amounts were converted, by run and billing currency, in the order of runs and then of currencies. Reads every record of the query; memory for each run,
    /// currency and rate. A store as of an earlier run (<see cref="AsOfAsync"/>) tells what it was then, before a restatement for example.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="query">Which records. Its page size and token do not count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BillingException">The store failed.</exception>
    public static async ValueTask<IReadOnlyList<ConversionRounding>> GetRoundingAsync(this IBillingStore store, RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(query);
        Dictionary<(string Run, string Currency, string Reporting), RoundingTally> tallies = [];
        await foreach (BillingRecord record in store.QueryAllAsync(query with { ContinuationToken = null }, cancellationToken).ConfigureAwait(false))
        {
            if (record.ExchangeRate is { } rate)
            {
                (string, string, string) key = (record.RunId, record.Amount.Currency.Code, record.ReportingAmount.Currency.Code);
                if (!tallies.TryGetValue(key, out RoundingTally? tally))
                {
                    tallies.Add(key, tally = new RoundingTally(record.Source.Name));
                }

                tally.Add(record, rate);
            }
        }

        return [.. tallies
            .OrderBy(tally => tally.Key.Run, StringComparer.Ordinal)
            .ThenBy(tally => tally.Key.Currency, StringComparer.Ordinal)
            .ThenBy(tally => tally.Key.Reporting, StringComparer.Ordinal)
            .Select(tally => tally.Value.ToRounding(tally.Key.Run, tally.Key.Currency, tally.Key.Reporting))];
    }

    /// <summary>
    /// Every gap between statements: where the opening balance that a run proved is not the closing balance of the statement before it, by dates, in the same scope and currency.
    /// Ordered by scope, currency and date. Reads all runs; some 200 bytes of memory for each statement.
    /// </summary>
    public static async IAsyncEnumerable<StatementGap> GetStatementGapsAsync(this IBillingStore store, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<AccountStatement> statements = [];
        await foreach (IngestReport run in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            statements.AddRange(run.Status == RunStatus.Completed ? AccountStatement.Of(run) : []);
        }

        // Newest first: of several deliveries of a statement, the first counts.
        statements.Reverse();
        foreach (StatementGap gap in statements
            .GroupBy(statement => (statement.Scope, statement.Currency))
            .OrderBy(chain => chain.Key.Scope, StringComparer.Ordinal)
            .ThenBy(chain => chain.Key.Currency, StringComparer.Ordinal)
            .SelectMany(chain => new StatementChain(chain).Gaps()))
        {
            yield return gap;
        }
    }

    /// <summary>Returns the pages of the records that match. No page is empty, and each has up to the page size and bytes of the query. Use it to pass on one page at a time.</summary>
    /// <exception cref="ArgumentException">The continuation token is not one of this query's, or the page size is not 1 to 10,000. Thrown when reading begins.</exception>
    public static IAsyncEnumerable<IReadOnlyList<BillingRecord>> QueryPagesAsync(this IBillingStore store, RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(query);
        return PagesAsync(query, (page, token) => store.QueryAsync(page, token), (page, size, token) => page with { PageSize = size, ContinuationToken = token }, cancellationToken);
    }

    /// <summary>The pages of the quarantined records that match, none of them empty.</summary>
    /// <inheritdoc cref="QueryPagesAsync"/>
    public static IAsyncEnumerable<IReadOnlyList<QuarantinedRecord>> GetQuarantinePagesAsync(this IBillingStore store, QuarantineQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(query);
        return PagesAsync(query, (page, token) => store.GetQuarantineAsync(page, token), (page, size, token) => page with { PageSize = size, ContinuationToken = token }, cancellationToken);
    }

    /// <summary>The pages of the runs, none of them empty.</summary>
    /// <inheritdoc cref="QueryPagesAsync"/>
    public static IAsyncEnumerable<IReadOnlyList<IngestReport>> GetRunPagesAsync(this IBillingStore store, PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(page);
        return PagesAsync(page, (next, token) => store.GetRunsAsync(next, token), (next, size, token) => next with { PageSize = size, ContinuationToken = token }, cancellationToken);
    }

    private static async IAsyncEnumerable<T> ItemsAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<T> page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (T item in page)
            {
                yield return item;
            }
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T, TRequest>(
        TRequest request, Func<TRequest, CancellationToken, ValueTask<Page<T>>> getPage, Func<TRequest, int, string?, TRequest> next, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRequest : PageRequest
    {
        int most = request.PageSize;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Page<T> page = await getPage(request, cancellationToken).ConfigureAwait(false);
            if (page.Items.Count > 0)
            {
                yield return page.Items;
            }

            if (page.ContinuationToken is not { } token)
            {
                yield break;
            }

            // If bytes ended the page, some stores read up to the requested number of items and discard the rest.
            request = next(request, Math.Clamp(page.Items.Count * 2, Math.Min(SmallestPage, most), most), token);
        }
    }
}
