using Billing.Storage;

namespace Billing.Memory;

/// <summary>Documents in memory. The caller holds the lock.</summary>
internal sealed class MemoryDocuments
{
    private readonly Dictionary<string, SortedDictionary<string, LedgerDocument>> _kinds = new(StringComparer.Ordinal);

    public LedgerDocument? Find(string kind, string id) => Of(kind).GetValueOrDefault(id);

    public bool Add(LedgerDocument document) => Of(document.Kind).TryAdd(document.Id, document);

    public void Put(LedgerDocument document) => Of(document.Kind)[document.Id] = document;

    public Page<LedgerDocument> Page(DocumentQuery query)
    {
        PageBuilder<LedgerDocument, string> page = StorePages.Of(query);
        bool isFirst = !page.TryGetAfter(out string? after);
        IEnumerable<LedgerDocument> documents = query.LastFirst ? Of(query.Kind).Values.Reverse() : Of(query.Kind).Values;
        int past = query.LastFirst ? -1 : 1;
        return page.Fill(documents.Where(document => query.Matches(document) && (isFirst || Math.Sign(string.CompareOrdinal(document.Id, after)) == past)));
    }

    private SortedDictionary<string, LedgerDocument> Of(string kind)
    {
        if (!_kinds.TryGetValue(kind, out SortedDictionary<string, LedgerDocument>? documents))
        {
            _kinds.Add(kind, documents = new SortedDictionary<string, LedgerDocument>(StringComparer.Ordinal));
        }

        return documents;
    }
}
