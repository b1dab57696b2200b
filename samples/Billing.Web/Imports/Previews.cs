using System.Text.Json;
using Billing.Web.Contracts;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Records;
using Billing.Web.Uploads;

namespace Billing.Web.Imports;

/// <summary>Previews: the pipeline itself, as a dry run against the ledger. What each row became is kept beside the upload, one line each, so that memory does not grow with the file.</summary>
internal sealed class Previews(WebLedger ledger, UploadStore uploads) : IDisposable
{
    private const int FirstRows = 100;
    private const string Extension = ".preview";

    // Each reads a whole file; more at once would only make all of them slower.
    private readonly SemaphoreSlim _atOnce = new(2, 2);

    public async Task<PreviewReply> RunAsync(string uploadId, ImportTerms terms, CancellationToken cancellationToken)
    {
        IngestOptions options = TermsCheck.Options(terms);
        (UploadReply upload, IBillingSource source) = uploads.Open(uploadId);
        if (!_atOnce.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            throw new RefusedException(StatusCodes.Status429TooManyRequests, "Other previews are being made. Wait until they have ended.");
        }

        try
        {
            return await RunAsync(upload, source, options, cancellationToken);
        }
        finally
        {
            _atOnce.Release();
        }
    }

    public async Task<PreviewRows> RowsAsync(string uploadId, string preview, RowOutcomeKind? outcome, PageRequest page, CancellationToken cancellationToken)
    {
        string path = uploads.Beside(uploadId, Addresses.Id(preview) + Extension);
        if (!File.Exists(path))
        {
            throw new RefusedException(StatusCodes.Status404NotFound, "There is no such preview any more. Make one again.");
        }

        long from = page.ContinuationToken is not { } token ? 0 : long.TryParse(token, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long line) ? line : throw QueryReader.WrongToken();
        List<PreviewRow> rows = [];
        long at = 0;
        string? next = null;
        await foreach (string json in File.ReadLinesAsync(path, cancellationToken))
        {
            if (at++ < from)
            {
                continue;
            }

            PreviewRow row = JsonSerializer.Deserialize(json, WebJsonContext.Default.PreviewRow)!;
            if (outcome is null || row.Outcome == outcome)
            {
                if (rows.Count == page.PageSize)
                {
                    next = (at - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
                    break;
                }

                rows.Add(row);
            }
        }

        return new PreviewRows { Items = await WithStoredAsync(rows, cancellationToken), Next = next };
    }

    public void Dispose() => _atOnce.Dispose();

    private async Task<PreviewReply> RunAsync(UploadReply upload, IBillingSource source, IngestOptions options, CancellationToken cancellationToken)
    {
        string id = Guid.NewGuid().ToString("N");
        string path = uploads.Beside(upload.Id, id + Extension);
        foreach (string old in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*" + Extension))
        {
            File.Delete(old);
        }

        HashSet<RecordKey>? delivered = options.Delivery is null ? null : [];
        IngestReport report;
        string? refusal = null;
        StreamWriter writer = new(path);
        await using (writer)
        {
            // A dry run replaces nothing; the file is read row by row also where it is known.
            IngestOptions dry = options with
            {
                Delivery = null,
                Scope = options.Delivery?.Scope ?? options.Scope,
                Reread = true,
                RowTraced = (outcome, trace) =>
                {
                    delivered?.Add(outcome.Key);
                    writer.WriteLine(JsonSerializer.Serialize(RowOf(outcome, trace), WebJsonContext.Default.PreviewRow));
                },
            };
            try
            {
                report = await Refusal.OfAsync(() => ledger.Pipeline().AsDryRun().IngestAsync(source, dry, cancellationToken));
            }
            catch (SourceFormatException e)
            {
                throw new RefusedException(StatusCodes.Status422UnprocessableEntity, e.Message);
            }
            catch (InvalidDataException e)
            {
                throw new RefusedException(StatusCodes.Status422UnprocessableEntity, e.Message);
            }
            catch (IngestFailedException e)
            {
                (report, refusal) = (e.Report, e.Message);
            }
        }

        if (options.Delivery is { } delivery && refusal is null)
        {
            report = report with { Warnings = [.. report.Warnings, await ReplacementAsync(delivery, delivered!, report, cancellationToken)] };
            refusal = report.Quarantined.Rows > report.Pending.Rows ? "A file that is the whole of a period must have no row that is refused: it would be missing. Nothing of it would be stored." : null;
        }

        return new PreviewReply { Id = id, Report = report, Refusal = refusal, Statement = report.ToString(), Rows = await RowsAsync(upload.Id, id, null, new PageRequest { PageSize = FirstRows }, cancellationToken) };
    }

    private async Task<string> ReplacementAsync(Delivery delivery, HashSet<RecordKey> delivered, IngestReport report, CancellationToken cancellationToken)
    {
        long missing = 0;
        await foreach (BillingRecord record in ledger.Store.QueryAllAsync(new RecordQuery { Scope = delivery.Scope, From = delivery.From, To = delivery.To }, cancellationToken))
        {
            missing += delivered.Contains(record.Key) ? 0 : 1;
        }

        return FormattableString.Invariant($"the file is the whole of {delivery}: {report.Conflict.Rows} changed rows would replace what is stored, and {missing} records that it does not have would be superseded");
    }

    private async Task<IReadOnlyList<PreviewRow>> WithStoredAsync(List<PreviewRow> rows, CancellationToken cancellationToken)
    {
        int[] changed = [.. Enumerable.Range(0, rows.Count).Where(i => rows[i].Outcome == RowOutcomeKind.Conflict)];
        IReadOnlyList<BillingRecord?> stored = await ledger.Store.FindAllAsync([.. changed.Select(i => rows[i].Key)], cancellationToken);
        foreach ((int i, BillingRecord? record) in changed.Zip(stored))
        {
            rows[i] = rows[i] with { Stored = record };
        }

        return rows;
    }

    private static PreviewRow RowOf(RowOutcome outcome, RecordTrace trace) => new()
    {
        Source = outcome.Source,
        Outcome = outcome.Kind,
        Key = outcome.Key,
        Reason = outcome.Reason,
        Detail = outcome.Detail,
        Record = trace.Record,
        Raw = trace.Record is null || outcome.Kind == RowOutcomeKind.Quarantined ? trace.RawText : null,
    };
}
