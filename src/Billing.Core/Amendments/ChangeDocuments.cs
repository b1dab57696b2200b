using System.Buffers;
using System.Text.Json;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>The changes of records as documents: one of each record and entry, under the id of the entry, a stroke, and the key.</summary>
internal static class ChangeDocuments
{
    public const string Kind = "changes";

    private const string Erased = "erased";

    /// <summary>Returns the amendment that makes a change.</summary>
    public static RecordAmendment Amend(string entryId, BillingRecord? from, BillingRecord? to)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter json = JsonText.NewWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, "from", from);
            Write(json, "to", to);
            json.WriteEndObject();
        }

        return new RecordAmendment(from, to, new LedgerDocument(Kind, IdOf(entryId, (from ?? to)!.Key), buffer.WrittenMemory));
    }

    /// <summary>The document of an erasure: the record stays, without texts. What it was is not kept; lists have the digests (<see cref="ErasedDocuments"/>).</summary>
    public static LedgerDocument Erase(string entryId, BillingRecord record)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter json = JsonText.NewWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean(Erased, true);
            Write(json, "from", record);
            Write(json, "to", record);
            json.WriteEndObject();
        }

        return new LedgerDocument(Kind, IdOf(entryId, record.Key), buffer.WrittenMemory);
    }

    /// <summary>Whether a change only erased texts.</summary>
    public static bool IsErasure(LedgerDocument document)
    {
        using JsonDocument json = JsonDocument.Parse(document.Body);
        return json.RootElement.TryGetProperty(Erased, out _);
    }

    public static string IdOf(string entryId, RecordKey key) => $"{entryId}/{key}";

    /// <summary>Reads a change.</summary>
    public static RecordChange Read(LedgerDocument document)
    {
        using JsonDocument json = JsonDocument.Parse(document.Body);
        return new RecordChange(document.Id[..document.Id.LastIndexOf('/')], Read(json.RootElement, "from"), Read(json.RootElement, "to"));
    }

    /// <summary>Returns the changes of an entry, or of all if it is null, in the order of entries, then keys.</summary>
    public static async IAsyncEnumerable<RecordChange> AllAsync(IAmendableStore store, string? entryId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DocumentQuery query = new() { Kind = Kind, IdPrefix = entryId is null ? null : entryId + "/" };
        await foreach (LedgerDocument document in Documents.AllAsync(store, query, cancellationToken).ConfigureAwait(false))
        {
            yield return Read(document);
        }
    }

    /// <summary>The ids of everything that may have changed records: entries, and runs whose delivery replaces. In their order.</summary>
    public static async ValueTask<IReadOnlyList<string>> ChangersAsync(IAmendableStore store, CancellationToken cancellationToken)
    {
        List<string> ids = [];
        await foreach (LedgerEntry entry in EntryDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            ids.Add(entry.Id);
        }

        await foreach (IngestReport run in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (run.Delivery is not null)
            {
                ids.Add(run.RunId);
            }
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }

    private static void Write(Utf8JsonWriter json, string name, BillingRecord? record)
    {
        if (record is not null)
        {
            json.WriteStartObject(name);
            RecordFields.Write(record, new RecordJsonWriter(json));
            json.WriteEndObject();
        }
    }

    private static BillingRecord? Read(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement record) ? RecordFields.Read(new RecordJsonReader(record)) : null;
}
