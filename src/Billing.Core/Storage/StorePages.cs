namespace Billing.Storage;

/// <summary>Begins pages: of records, of quarantined records, of runs, and of what else a store lists.</summary>
public static class StorePages
{
    private const int BytesPerChar = sizeof(char);

    /// <summary>A page of records, which the store gives by date, then key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The page size is not 1 to 10,000.</exception>
    /// <exception cref="ArgumentException">The continuation token does not belong to this query.</exception>
    public static PageBuilder<BillingRecord, RecordPosition> Of(RecordQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(query, QueryIdentity.Of(query), RecordPosition.Of, position => position.ToBytes(), RecordPosition.Parse, query.MostBytes is null ? _ => 0 : BytesOf);
    }

    /// <summary>A page of records in the order of a list.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The page size is not 1 to 10,000, or there is no such order.</exception>
    /// <exception cref="ArgumentException">The continuation token does not belong to this query.</exception>
    public static PageBuilder<BillingRecord, RecordPlace> Of(RecordListQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!Enum.IsDefined(query.Order))
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Order, $"{query.Order} is not an order. Use a value of {nameof(RecordOrder)}.");
        }

        return new(query, QueryIdentity.Of(query), record => RecordPlace.Of(record, query), place => place.ToBytes(), bytes => RecordPlace.Parse(bytes, query), query.MostBytes is null ? _ => 0 : BytesOf);
    }

    /// <summary>A page of quarantined records, which the store gives by source, then byte offset, then key.</summary>
    /// <inheritdoc cref="Of(RecordQuery)"/>
    public static PageBuilder<QuarantinedRecord, QuarantinePosition> Of(QuarantineQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(query, QueryIdentity.Of(query), QuarantinePosition.Of, position => position.ToBytes(), QuarantinePosition.Parse, BytesOf);
    }

    /// <summary>A page of runs, which the store gives by id, the last first: ids sort by start. The position is the id of a run.</summary>
    /// <inheritdoc cref="Of(RecordQuery)"/>
    public static PageBuilder<IngestReport, string> OfRuns(PageRequest page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new(page, QueryIdentity.Runs, run => run.RunId, System.Text.Encoding.UTF8.GetBytes, ParseRun, BytesOf);
    }

    /// <summary>A page of documents, which the store gives by id. The position is the id of a document.</summary>
    /// <inheritdoc cref="Of(RecordQuery)"/>
    public static PageBuilder<LedgerDocument, string> Of(DocumentQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(query, QueryIdentity.Of(query), document => document.Id, System.Text.Encoding.UTF8.GetBytes, ParseDocument, document => document.Body.Length);
    }

    /// <summary>A page of another listing of the store. Its positions are bytes that the store understands.</summary>
    /// <param name="page">The page that is asked for.</param>
    /// <param name="listing">The name of the listing, with its filters. A token is accepted only by a listing with the same name and filters.</param>
    /// <param name="positionOf">The position of an item.</param>
    /// <inheritdoc cref="Of(RecordQuery)"/>
    public static PageBuilder<T, byte[]> Of<T>(PageRequest page, string listing, Func<T, byte[]> positionOf)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentException.ThrowIfNullOrEmpty(listing);
        ArgumentNullException.ThrowIfNull(positionOf);
        return new(page, QueryIdentity.OfListing(listing), positionOf, position => position, position => position.ToArray(), _ => 0);
    }

    /// <summary>The exception for a token whose position is none of the listing.</summary>
    public static ArgumentException ForeignToken() => PageToken.Foreign();

    // A position before all others begins a listing from its end: there is none.
    private static string ParseRun(ReadOnlySpan<byte> position) => position.IsEmpty ? throw ForeignToken() : System.Text.Encoding.UTF8.GetString(position);

    private static string ParseDocument(ReadOnlySpan<byte> position)
    {
        string id = System.Text.Encoding.ASCII.GetString(position);
        return id.Length is > 0 and <= LedgerDocument.LongestId && LedgerDocument.IsId(id) ? id : throw ForeignToken();
    }

    private static long BytesOf(BillingRecord record)
    {
        long chars = CharsOf(record.Scope, record.SourceId, record.Party, record.Account, record.Description, record.Category, record.CategoryRule);
        foreach ((string name, string? value) in record.Attributes)
        {
            // Records of a source share their names, but records from stores do not.
            chars += CharsOf(name, value);
        }

        return chars * BytesPerChar;
    }

    private static long BytesOf(QuarantinedRecord record) => record.Raw.Length + (CharsOf(record.Header, record.Detail, record.Source.Name) * BytesPerChar);

    private static long BytesOf(IngestReport run) =>
        CharsOf(run.Source, run.Error, run.Settings?.Layout, run.Settings?.Rates, run.Settings?.Rules, run.Settings?.RulesInCode) * BytesPerChar;

    private static long CharsOf(params ReadOnlySpan<string?> texts)
    {
        long chars = 0;
        foreach (string? text in texts)
        {
            chars += text?.Length ?? 0;
        }

        return chars;
    }
}
