using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.Amendments;
using Billing.Fingerprints;
using Billing.Storage;

namespace Billing.Audits;

/// <summary>Writes the files of a bundle, one after the other, each in one pass over the store.</summary>
internal sealed class BundleExport(IAmendableStore store, IBundleTarget target, DateOnly? from, DateOnly? to)
{
    private const string Extension = ".jsonl";

    private readonly BundlePeriod _period = new(from, to);
    private readonly List<BundleFile> _files = [];
    private readonly SortedDictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sealed = new(StringComparer.Ordinal);
    private long _notSealed;

    public async Task<AuditBundleReport> RunAsync(CancellationToken cancellationToken)
    {
        LedgerSeal? last = await SealDocuments.FindLastAsync(store, cancellationToken).ConfigureAwait(false);
        BundleFile seals = await WriteAsync("seals", SealsAsync, cancellationToken).ConfigureAwait(false);
        BundleFile runs = await WriteAsync("runs", RunsAsync, cancellationToken).ConfigureAwait(false);
        BundleFile entries = await WriteAsync("entries", EntriesAsync, cancellationToken).ConfigureAwait(false);
        BundleFile records = await WriteAsync("records", RecordsAsync, cancellationToken).ConfigureAwait(false);
        BundleFile changes = await WriteAsync("changes", ChangesAsync, cancellationToken).ConfigureAwait(false);
        if (await Documents.AnyAsync(store, ClosingDocuments.Kind, cancellationToken).ConfigureAwait(false))
        {
            _ = await WriteAsync("closings", ClosingsAsync, cancellationToken).ConfigureAwait(false);
        }

        _ = await WriteAsync("erased", ErasedAsync, cancellationToken).ConfigureAwait(false);
        BundleFile quarantined = await WriteAsync("quarantine", QuarantineAsync, cancellationToken).ConfigureAwait(false);
        if (_period.IsPartial)
        {
            _ = await WriteAsync("contents", ContentsAsync, cancellationToken).ConfigureAwait(false);
        }

        foreach ((string name, string text) in _settings)
        {
            await WriteTextAsync(name, text, cancellationToken).ConfigureAwait(false);
        }

        await WriteTextAsync("README.md", BundleReadme.Text, cancellationToken).ConfigureAwait(false);
        if (last?.Hash != (await SealDocuments.FindLastAsync(store, cancellationToken).ConfigureAwait(false))?.Hash)
        {
            throw new BillingException($"{store.Name} was changed while the bundle was made: a run or an entry has ended. Make it again, into another folder.");
        }

        LedgerHead? head = last is null ? null : LedgerHead.Of(last);
        BundleFile manifest = await WriteTextAsync("manifest.json", Manifest(head), cancellationToken).ConfigureAwait(false);
        return new AuditBundleReport
        {
            Records = records.Lines,
            Quarantined = quarantined.Lines,
            Runs = runs.Lines,
            Entries = entries.Lines,
            Changes = changes.Lines,
            Seals = seals.Lines,
            Head = head,
            NotSealed = _notSealed,
            ManifestSha256 = manifest.Sha256,
        };
    }

    private async ValueTask<BundleFile> WriteAsync(string name, Func<BundleFileWriter, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using BundleFileWriter file = new(target.Open(name + Extension), name + Extension);
        await write(file, cancellationToken).ConfigureAwait(false);
        BundleFile written = await file.EndAsync(cancellationToken).ConfigureAwait(false);
        _files.Add(written);
        return written;
    }

    private async ValueTask<BundleFile> WriteTextAsync(string name, string text, CancellationToken cancellationToken)
    {
        using BundleFileWriter file = new(target.Open(name), name);
        await file.WriteTextAsync(text, cancellationToken).ConfigureAwait(false);
        BundleFile written = await file.EndAsync(cancellationToken).ConfigureAwait(false);
        _files.Add(written);
        return written;
    }

    private async Task SealsAsync(BundleFileWriter file, CancellationToken cancellationToken)
    {
        await foreach (LedgerDocument document in SealDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            _sealed.Add(SealDocuments.Read(document).Of);
            await file.WriteLineAsync(json => BundleLines.Write(json, document), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunsAsync(BundleFileWriter file, CancellationToken cancellationToken)
    {
        await foreach (IngestReport run in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            _notSealed += _sealed.Contains(run.RunId) ? 0 : 1;
            Keep(run.Settings);
            if (run.Stored.Rows == 0 && run.Quarantined.Rows > 0)
            {
                // Rows without a record beside them have no date that is known.
                _period.Relate(run.RunId);
            }

            // As it was sealed: that it was taken back, the entry says that did so.
            await file.WriteLineAsync(ReportJson.Write(run with { RevertedBy = null }), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EntriesAsync(BundleFileWriter file, CancellationToken cancellationToken)
    {
        await foreach (LedgerEntry entry in EntryDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            _notSealed += _sealed.Contains(entry.Id) ? 0 : 1;
            await file.WriteLineAsync(json => BundleLines.Write(json, EntryDocuments.Write(entry with { RevertedBy = null })), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ClosingsAsync(BundleFileWriter file, CancellationToken cancellationToken)
    {
        await foreach (LedgerDocument document in Documents.AllAsync(store, new DocumentQuery { Kind = ClosingDocuments.Kind }, cancellationToken).ConfigureAwait(false))
        {
            await file.WriteLineAsync(json => BundleLines.Write(json, document), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RecordsAsync(BundleFileWriter file, CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<BillingRecord> page in store.QueryPagesAsync(_period.Query, cancellationToken).ConfigureAwait(false))
        {
            foreach (BillingRecord record in page)
            {
                _period.Relate(record.RunId);
                await file.WriteLineAsync(json => BundleLines.Write(json, record), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ChangesAsync(BundleFileWriter file, CancellationToken cancellationToken)
    {
        await foreach (LedgerDocument document in Documents.AllAsync(store, new DocumentQuery { Kind = ChangeDocuments.Kind }, cancellationToken).ConfigureAwait(false))
        {
            if (_period.IsPartial)
            {
                RecordChange change = ChangeDocuments.Read(document);
                if (!_period.Has(change.From) && !_period.Has(change.To))
                {
                    continue;
                }

                _period.Relate(change.EntryId);
                foreach (BillingRecord record in ((BillingRecord?[])[change.From, change.To]).OfType<BillingRecord>().Where(_period.Has))
                {
                    _period.Relate(record.RunId);
                }
            }

            await file.WriteLineAsync(json => BundleLines.Write(json, document), cancellationToken).ConfigureAwait(false);
        }
    }

    // All of them, whatever the period: they are digests.
    private async Task ErasedAsync(BundleFileWriter file, CancellationToken cancellationToken)
    {
        await foreach (LedgerDocument document in ErasedDocuments.AllAsync(store, entryId: null, cancellationToken).ConfigureAwait(false))
        {
            _period.Relate(ErasedDocuments.EntryOf(document));
            await file.WriteLineAsync(json => BundleLines.Write(json, document), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task QuarantineAsync(BundleFileWriter file, CancellationToken cancellationToken)
    {
        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true, MostBytes = 4 << 20 }, cancellationToken).ConfigureAwait(false))
        {
            if (_period.Has(row))
            {
                await file.WriteLineAsync(json => BundleLines.Write(json, row), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Where records are left out: the digests of all that the seal of a run or an entry covers, in its order. They prove what is here without showing what is not.
    private async Task ContentsAsync(BundleFileWriter file, CancellationToken cancellationToken)
    {
        SealReading reading = await SealReading.BeginAsync(store, expected: null, cancellationToken).ConfigureAwait(false);
        foreach (string id in _period.Related.Where(_sealed.Contains))
        {
            (List<SealedItem> records, List<SealedItem> quarantined, IReadOnlyList<Sha256Digest> changes) = await reading.ItemsOfRunAsync(id, cancellationToken).ConfigureAwait(false);
            records.Sort();
            quarantined.Sort();
            await WriteAsync("record", records.Select(item => item.Digest)).ConfigureAwait(false);
            await WriteAsync("quarantined", quarantined.Select(item => item.Digest)).ConfigureAwait(false);
            await WriteAsync("change", changes).ConfigureAwait(false);

            async ValueTask WriteAsync(string part, IEnumerable<Sha256Digest> digests)
            {
                foreach (Sha256Digest digest in digests)
                {
                    await file.WriteLineAsync(json => Write(json, id, part, digest), cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private static void Write(Utf8JsonWriter json, string id, string part, Sha256Digest digest)
    {
        json.WriteStartObject();
        json.WriteString("of", id);
        json.WriteString("part", part);
        json.WriteString("digest", digest.ToString());
        json.WriteEndObject();
    }

    private void Keep(RunSettings? settings)
    {
        Keep("layout", "json", settings?.Layout);
        Keep("rates", "csv", settings?.Rates);
        Keep("rules", "json", settings?.Rules);
    }

    // Under the SHA-256 of the text: a run that has the same one has the same file.
    private void Keep(string name, string extension, string? text)
    {
        if (text is not null)
        {
            _ = _settings.TryAdd($"settings/{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}.{extension}", text);
        }
    }

    private string Manifest(LedgerHead? head)
    {
        System.Buffers.ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("bundle", "billing-audit 1");
            json.WriteString("from", _period.FromText);
            json.WriteString("to", _period.ToText);
            json.WriteString("head", head?.ToString());
            json.WriteStartArray("files");
            foreach (BundleFile file in _files.OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("name", file.Name);
                json.WriteNumber("bytes", file.Bytes);
                json.WriteNumber("lines", file.Lines);
                json.WriteString("sha256", file.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
