using System.Text;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of the documents of a store that is amendable, and of a quarantine that is opened again. <see cref="AmendSuite{TStore}"/> is the suite to derive: it has these tests, too.</summary>
public abstract class DocumentSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    // In the order of their characters.
    private static readonly string[] s_ids = ["!", "A", "a", "a-", "a/", "a/1", "a/10", "a/2", "a/}", "a}", "b", "b/1", "}", "}}"];

    protected IAmendableStore Amendable => AmendableOf(Store);

    [Fact]
    public async Task A_document_is_added_once_and_stays_as_it_is()
    {
        Assert.Null(await Amendable.FindDocumentAsync("note", "1", Cancellation));
        Assert.True(await Amendable.AddDocumentAsync(Document("1", "first"), Cancellation));
        Assert.False(await Amendable.AddDocumentAsync(Document("1", "second"), Cancellation));
        Assert.False(await Other().AddDocumentAsync(Document("1", "first"), Cancellation));
        Assert.Equal("first", await TextOfAsync("1"));
    }

    [Fact]
    public async Task A_document_that_is_put_is_stored_or_replaced()
    {
        await Amendable.PutDocumentAsync(Document("1", "first"), Cancellation);
        await Amendable.PutDocumentAsync(Document("2", "another"), Cancellation);
        await Amendable.PutDocumentAsync(Document("1", "second, which is longer"), Cancellation);
        await Amendable.PutDocumentAsync(Document("1", "second, which is longer"), Cancellation);
        Assert.Equal(("second, which is longer", "another"), (await TextOfAsync("1"), await TextOfAsync("2")));
        await Other().PutDocumentAsync(Document("1", ""), Cancellation);
        Assert.Equal("", await TextOfAsync("1"));
        Assert.False(await Amendable.AddDocumentAsync(Document("1", "late"), Cancellation));
        Assert.Equal(["1", "2"], await IdsAsync(new DocumentQuery { Kind = "note" }));
    }

    [Fact]
    public async Task Of_eight_writers_at_once_exactly_one_adds_a_document()
    {
        for (int round = 0; round < 5; round++)
        {
            string id = $"seal/{round}";
            IAmendableStore[] stores = [.. Enumerable.Range(0, 8).Select(_ => Other())];
            bool[] added = await Task.WhenAll(stores.Select((store, writer) => Task.Run(async () => await store.AddDocumentAsync(Document(id, $"{writer}"), Cancellation), Cancellation)));
            Assert.Equal(1, added.Count(one => one));
            Assert.Equal($"{Array.IndexOf(added, true)}", await TextOfAsync(id));
        }
    }

    [Fact]
    public async Task Kinds_are_apart_and_ids_differ_by_letter_case()
    {
        string longest = new('k', 40);
        foreach ((string kind, string id) in ((string, string)[])[("note", "a"), ("note", "A"), ("note-", "a"), ("not", "e/a"), ("note", "e/a"), ("n", "a"), (longest, "a")])
        {
            Assert.True(await Amendable.AddDocumentAsync(new LedgerDocument(kind, id, Encoding.UTF8.GetBytes(kind + " " + id)), Cancellation));
        }

        Assert.Equal(["A", "a", "e/a"], await IdsAsync(new DocumentQuery { Kind = "note" }));
        Assert.Equal(["a"], await IdsAsync(new DocumentQuery { Kind = "note-" }));
        Assert.Equal(["e/a"], await IdsAsync(new DocumentQuery { Kind = "not" }));
        Assert.Equal(["a"], await IdsAsync(new DocumentQuery { Kind = longest }));
        Assert.Empty(await IdsAsync(new DocumentQuery { Kind = "absent" }));
        LedgerDocument? found = await Amendable.FindDocumentAsync("note", "A", Cancellation);
        Assert.Equal(("note", "A", "note A"), (found?.Kind, found?.Id, Encoding.UTF8.GetString(found!.Body.Span)));
        Assert.Null(await Amendable.FindDocumentAsync("n", "A", Cancellation));
        Assert.Null(await Amendable.FindDocumentAsync("note", "E/a", Cancellation));
        foreach ((string kind, string id) in ((string, string)[])[("note", "a "), ("not/e", "a"), ("NOTE", "a"), ("note", ""), ("", "a"), ("note", "a\0"), ("note", "\uD800"), ("note", new string('a', 300))])
        {
            Assert.Null(await Amendable.FindDocumentAsync(kind, id, Cancellation));
        }

        foreach (string prefix in (string[])["~", "\0", "\uD800", "ä", new string('a', 300)])
        {
            Assert.Empty(await IdsAsync(new DocumentQuery { Kind = "note", IdPrefix = prefix }));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(70_000)]
    [InlineData(LedgerDocument.LongestBody)]
    public async Task Bodies_come_back_byte_for_byte(int bytes)
    {
        byte[] body = [.. Enumerable.Range(0, bytes).Select(i => (byte)(i + (i >> 8)))];
        Assert.True(await Amendable.AddDocumentAsync(new LedgerDocument("note", "added", body), Cancellation));
        await Amendable.PutDocumentAsync(new LedgerDocument("note", "put", new byte[] { 0xFF }), Cancellation);
        await Amendable.PutDocumentAsync(new LedgerDocument("note", "put", body), Cancellation);
        foreach (string id in (string[])["added", "put"])
        {
            Assert.True((await Other().FindDocumentAsync("note", id, Cancellation))!.Body.Span.SequenceEqual(body));
        }

        Page<LedgerDocument> page = await Amendable.GetDocumentsAsync(new DocumentQuery { Kind = "note" }, Cancellation);
        Assert.Equal(2, page.Items.Count);
        Assert.All(page.Items, document => Assert.True(document.Body.Span.SequenceEqual(body)));
    }

    [Fact]
    public async Task Ids_have_up_to_200_characters()
    {
        string id = new('i', LedgerDocument.LongestId);
        string last = id[..^1] + "j";
        Assert.True(await Amendable.AddDocumentAsync(Document(id, "i"), Cancellation));
        Assert.True(await Amendable.AddDocumentAsync(Document(last, "j"), Cancellation));
        Assert.Equal(("i", "j"), (await TextOfAsync(id), await TextOfAsync(last)));
        Assert.Equal([id, last], await IdsAsync(new DocumentQuery { Kind = "note", PageSize = 1 }));
        Assert.Equal([last], await IdsAsync(new DocumentQuery { Kind = "note", IdPrefix = last }));
        Assert.Equal([id, last], await IdsAsync(new DocumentQuery { Kind = "note", IdPrefix = id[..^1] }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(14)]
    [InlineData(100)]
    public async Task Listings_are_in_the_order_of_characters_both_ways(int size)
    {
        await FillAsync();
        foreach (string? prefix in (string?[])[null, "", "a", "a/", "a/1", "a}", "}", "A", "b", "c", "0"])
        {
            string[] expected = [.. s_ids.Where(id => id.StartsWith(prefix ?? "", StringComparison.Ordinal))];
            DocumentQuery query = new() { Kind = "note", IdPrefix = prefix, PageSize = size };
            Assert.Equal(expected, await IdsAsync(query));
            Assert.Equal(expected.Reverse(), await IdsAsync(query with { LastFirst = true }));
        }
    }

    [Fact]
    public async Task A_page_ends_where_it_has_the_bytes_that_were_asked_for()
    {
        for (int i = 0; i < 9; i++)
        {
            await Amendable.PutDocumentAsync(Document($"{i}", new string('x', 1_000)), Cancellation);
        }

        DocumentQuery query = new() { Kind = "note", MostBytes = 1_500 };
        Page<LedgerDocument> page = await Amendable.GetDocumentsAsync(query, Cancellation);
        Assert.Equal(["0", "1"], page.Items.Select(document => document.Id));
        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"{i}"), await IdsAsync(query));
        Assert.Equal(Enumerable.Range(0, 9).Reverse().Select(i => $"{i}"), await IdsAsync(query with { LastFirst = true, MostBytes = 1 }));
    }

    [Fact]
    public async Task A_token_of_another_query_is_refused()
    {
        await FillAsync();
        DocumentQuery query = new() { Kind = "note", PageSize = 2, IdPrefix = "a" };
        string token = (await Amendable.GetDocumentsAsync(query, Cancellation)).ContinuationToken!;
        Assert.NotNull(token);
        Assert.Equal(["a/", "a/1"], (await Other().GetDocumentsAsync(query with { ContinuationToken = token }, Cancellation)).Items.Select(document => document.Id));
        DocumentQuery[] others = [query with { LastFirst = true }, query with { IdPrefix = "a/" }, query with { IdPrefix = null }, query with { Kind = "notes" }];
        foreach (DocumentQuery other in others)
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await Amendable.GetDocumentsAsync(other with { ContinuationToken = token }, Cancellation));
        }

        await Assert.ThrowsAsync<ArgumentException>(async () => await Amendable.GetDocumentsAsync(query with { ContinuationToken = "none" }, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Amendable.GetDocumentsAsync(query with { PageSize = 0 }, Cancellation));
    }

    [Fact]
    public async Task A_quarantined_row_is_opened_again_that_was_closed_with_exactly_this_resolution()
    {
        QuarantinedRecord[] rows = [.. Enumerable.Range(0, 4).Select(i => Some.Quarantined($"q{i}", raw: $"row {i}", line: i))];
        await Sink.WriteQuarantineAsync(rows, Cancellation);
        await Store.ResolveQuarantineAsync([rows[0].Key, rows[1].Key], "run-2", Cancellation);
        await Store.ResolveQuarantineAsync([rows[2].Key], "run-22", Cancellation);
        RecordKey[] keys = [.. rows.Select(row => row.Key), Some.Key("absent")];

        await Amendable.ReopenQuarantineAsync(keys, "RUN-2", Cancellation);
        await Amendable.ReopenQuarantineAsync(keys, "run-", Cancellation);
        await Amendable.ReopenQuarantineAsync([], "run-2", Cancellation);
        Assert.Equal([rows[3].Key], (await ReadQuarantineAsync(new QuarantineQuery())).Select(row => row.Key));

        // Twice, as after an answer that was lost; and only the rows that were named.
        for (int i = 0; i < 2; i++)
        {
            await Amendable.ReopenQuarantineAsync([.. keys.Skip(1)], "run-2", Cancellation);
            List<QuarantinedRecord> open = await ReadQuarantineAsync(new QuarantineQuery());
            Assert.Equal([rows[1].Key, rows[3].Key], open.Select(row => row.Key));
            Same.Quarantined(rows[1], open[0]);
        }

        List<QuarantinedRecord> all = await ReadQuarantineAsync(new QuarantineQuery { IncludeResolved = true });
        Assert.Equal(["run-2", null, "run-22", null], all.Select(row => row.Resolution));
    }

    [Fact]
    public async Task A_row_that_was_opened_again_can_be_closed_again()
    {
        QuarantinedRecord row = Some.Quarantined();
        await Sink.WriteQuarantineAsync([row], Cancellation);
        string dismissed = QuarantinedRecord.Dismissed("ein Ümlaut");
        await Store.ResolveQuarantineAsync([row.Key], dismissed, Cancellation);
        await Amendable.ReopenQuarantineAsync([row.Key], dismissed, Cancellation);
        Assert.True(Assert.Single(await ReadQuarantineAsync(new QuarantineQuery())).IsOpen);

        await Store.ResolveQuarantineAsync([row.Key], "run-3", Cancellation);
        Assert.Empty(await ReadQuarantineAsync(new QuarantineQuery()));
        await Amendable.ReopenQuarantineAsync([row.Key], dismissed, Cancellation);
        Assert.Equal("run-3", Assert.Single(await ReadQuarantineAsync(new QuarantineQuery { IncludeResolved = true })).Resolution);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_changes_nothing()
    {
        CancellationToken cancelled = new(canceled: true);
        LedgerDocument document = Document("1", "first");
        QuarantinedRecord row = Some.Quarantined();
        await Sink.WriteQuarantineAsync([row], Cancellation);
        await Store.ResolveQuarantineAsync([row.Key], "run-2", Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Amendable.AddDocumentAsync(document, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Amendable.PutDocumentAsync(document, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Amendable.FindDocumentAsync("note", "1", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Amendable.GetDocumentsAsync(new DocumentQuery { Kind = "note" }, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Amendable.ReopenQuarantineAsync([row.Key], "run-2", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Amendable.AmendAsync([new RecordAmendment(null, Some.Record(), document)], cancelled));

        Assert.Null(await Amendable.FindDocumentAsync("note", "1", Cancellation));
        Assert.Null(await Store.FindAsync(Some.Key("1"), Cancellation));
        Assert.Empty(await ReadQuarantineAsync(new QuarantineQuery()));
    }

    /// <summary>A document of the kind that these tests use.</summary>
    protected static LedgerDocument Document(string id, string text = "") => new("note", id, Encoding.UTF8.GetBytes(text));

    /// <summary>Another connection.</summary>
    protected IAmendableStore Other() => AmendableOf(UnderTest.Connect());

    /// <summary>The text of a document, as another connection reads it.</summary>
    protected async Task<string?> TextOfAsync(string id) =>
        await Other().FindDocumentAsync("note", id, Cancellation) is { } document ? Encoding.UTF8.GetString(document.Body.Span) : null;

    /// <summary>The ids that a query finds, page by page, by two connections in turn.</summary>
    protected async Task<List<string>> IdsAsync(DocumentQuery query)
    {
        List<string> ids = [];
        Page<LedgerDocument> page;
        IAmendableStore[] stores = [Amendable, Other()];
        int pages = 0;
        do
        {
            page = await stores[pages++ % 2].GetDocumentsAsync(query, Cancellation);
            Assert.True(page.ContinuationToken is null || page.Items.Count == query.PageSize || (query.MostBytes is not null && page.Items.Count > 0));
            Assert.All(page.Items, document => Assert.Equal(query.Kind, document.Kind));
            ids.AddRange(page.Items.Select(document => document.Id));
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (page.ContinuationToken is not null);

        return ids;
    }

    private static IAmendableStore AmendableOf(IBillingStore store) => Demand<IAmendableStore>(store, nameof(AmendSuite<>));

    private async Task FillAsync()
    {
        // Out of order, and among documents of kinds that begin alike.
        foreach (string id in s_ids.Reverse())
        {
            await Amendable.PutDocumentAsync(Document(id, id), Cancellation);
        }

        foreach (string kind in (string[])["no", "note-a", "notes", "nota"])
        {
            await Amendable.PutDocumentAsync(new LedgerDocument(kind, "a/1", ReadOnlyMemory<byte>.Empty), Cancellation);
        }
    }
}
