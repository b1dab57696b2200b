using System.Runtime.CompilerServices;
using Billing.Amendments;
using Billing.Monthly;

namespace Billing;

/// <summary>
/// Closes months. The report of a closed month is read as the ledger was when it was closed: rows that come later, reversals, removals, restatements and other categories do not change it, byte for byte.
/// They are shown as a numbered restatement, and become one when the month is closed again.
/// </summary>
public sealed class MonthClosings
{
    private readonly IAmendableStore _store;
    private readonly TimeProvider _time;

    /// <summary>Creates the closings of a ledger.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="timeProvider">The clock, or null for that of the machine.</param>
    /// <exception cref="BillingConfigurationException">The store is not an <see cref="IAmendableStore"/>.</exception>
    public MonthClosings(IBillingStore store, TimeProvider? timeProvider = null)
    {
        _store = AmendableStores.Demand(store, "No month can be closed");
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Why a month is closed, in the words of the person who closes it; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether a month is closed although it is not complete (<see cref="GetObstaclesAsync"/>). The closing keeps what was open. Default false.</summary>
    public bool IncludeIncomplete { get; init; }

    /// <summary>The time zone whose clocks say that a month is over, where the books are kept; null, the default, for that of the terms, and for UTC if they have none. It moves no record to another month.</summary>
    public TimeZoneInfo? BooksZone { get; init; }

    /// <summary>Returns the closings of a month, in the order of their numbers; none if the month is open.</summary>
    public async ValueTask<IReadOnlyList<MonthClosing>> GetAsync(BillingMonth month, CancellationToken cancellationToken = default) =>
        await ClosingDocuments.AllOfAsync(_store, month, cancellationToken).ConfigureAwait(false);

    /// <summary>Returns all closings, by month and number.</summary>
    public async IAsyncEnumerable<MonthClosing> GetAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (LedgerDocument document in Documents.AllAsync(_store, new DocumentQuery { Kind = ClosingDocuments.Kind }, cancellationToken).ConfigureAwait(false))
        {
            yield return ClosingDocuments.Read(document);
        }
    }

    /// <summary>
    /// Returns the report of a month as it was closed: the same bytes whenever it is read. If the text of a party was erased since, the text is gone here too: the figures are the same, and
    /// <see cref="MonthReport.Sha256"/> is no longer <see cref="MonthClosing.Sha256"/>.
    /// </summary>
    /// <exception cref="BillingException">What is read is not what was closed: the store was edited, or a run that had begun before ended after it. Or the rates or the time zone of the closing are not there any more.</exception>
    public ValueTask<MonthReport> GetReportAsync(MonthClosing closing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(closing);
        return new ClosedMonth(_store, closing).ReadAsync(cancellationToken);
    }

    /// <summary>Returns a restatement of a month; of the number after the last one, what changed since, as in <see cref="GetChangesAsync"/>.</summary>
    /// <param name="month">The month.</param>
    /// <param name="number">The number, from 1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BillingException">The month is not closed, or there is no such restatement; or as for <see cref="GetReportAsync"/>.</exception>
    public async ValueTask<MonthRestatement> GetRestatementAsync(BillingMonth month, int number, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        IReadOnlyList<MonthClosing> closings = await GetAsync(month, cancellationToken).ConfigureAwait(false);
        if (closings.Count == 0)
        {
            throw new BillingException($"{month} is not closed, so it has no restatement. Close it first: billing report --month {month} --close.");
        }

        if (number > closings.Count)
        {
            throw new BillingException(FormattableString.Invariant($"{month} has no restatement {number}. {(closings.Count == 1 ? "It has none yet" : $"The last one is {closings.Count - 1}")}; {closings.Count} would be the next."));
        }

        MonthReport before = await GetReportAsync(closings[number - 1], cancellationToken).ConfigureAwait(false);
        return number == closings.Count
            ? MonthDifference.Between(before, await NowAsync(closings[^1], cancellationToken).ConfigureAwait(false), number, closing: null)
            : MonthDifference.Between(before, await GetReportAsync(closings[number], cancellationToken).ConfigureAwait(false), number, closings[number]);
    }

    /// <summary>Returns what changed in a month since it was closed last, under the terms of that closing; null if it is open.</summary>
    /// <exception cref="MissingRatesException">A record that is new has no rate among those of the closing.</exception>
    /// <exception cref="BillingException">As for <see cref="GetReportAsync"/>.</exception>
    public async ValueTask<MonthRestatement?> GetChangesAsync(BillingMonth month, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<MonthClosing> closings = await GetAsync(month, cancellationToken).ConfigureAwait(false);
        return closings.Count == 0 ? null : await GetRestatementAsync(month, closings.Count, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Returns why a month is not complete, in words; nothing if it is. It is not over; rows in quarantine or pending rows are dated in it, or have a date that cannot be read and come from a run that brought
    /// records of the month or none at all; or a run is listed as running.
    /// </summary>
    /// <param name="month">The month.</param>
    /// <param name="zone">The time zone that it goes by; null for dates, and the end of the month by <see cref="BooksZone"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask<IReadOnlyList<string>> GetObstaclesAsync(BillingMonth month, TimeZoneInfo? zone = null, CancellationToken cancellationToken = default) =>
        new MonthObstacles(_store, month, zone, BooksZone).FindAsync(_time.GetUtcNow(), cancellationToken);

    /// <summary>Closes a month; or closes it again, which makes a restatement of what changed. Either it is closed when this returns or fails, or it is as before.</summary>
    /// <param name="month">The month.</param>
    /// <param name="terms">How it is reported; null for the terms of the last closing, or <see cref="MonthTerms.Default"/> if there is none. Rules and rates must come from files, so that they can be kept.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The closing; null if nothing changed since the last one, and nothing was written.</returns>
    /// <exception cref="MissingRatesException">The terms have rates, and a record that was converted has none among them.</exception>
    /// <exception cref="BillingException">The month is not complete (<see cref="IncludeIncomplete"/>); an entry has not ended; or another program closed the month or changed it at the same moment.</exception>
    /// <exception cref="BillingConfigurationException">The rules or the rates were made in code.</exception>
    public ValueTask<MonthClosing?> CloseAsync(BillingMonth month, MonthTerms? terms = null, CancellationToken cancellationToken = default) =>
        new MonthCloser(_store, month, _time) { Reason = Reason, IncludeIncomplete = IncludeIncomplete, BooksZone = BooksZone }.RunAsync(terms, cancellationToken);

    /// <summary>The store.</summary>
    public override string ToString() => $"closings of {_store.Name}";

    private ValueTask<MonthReport> NowAsync(MonthClosing closing, CancellationToken cancellationToken) =>
        MonthReport.CreateAsync(_store, closing.Month, KeptTerms.Restore(closing), cancellationToken);
}
