using Billing.Web.Contracts;
using Billing.Web.Events;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Settings;
using Billing.Web.Uploads;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Billing.Web.Receipts;

/// <summary>Takes receipts: streamed to a file under a random name, told by their SHA-256, kept once under it.</summary>
internal sealed class ReceiptDesk
{
    private const string Field = "file";
    private const int LongestBoundary = 100;

    private readonly WebLedger _ledger;
    private readonly EventHub _events;
    private readonly TimeProvider _time;
    private readonly ReceiptAudit _audit;
    private readonly string _folder;

    public ReceiptDesk(WebSettings settings, WebLedger ledger, EventHub events, TimeProvider time)
    {
        (_ledger, _events, _time) = (ledger, events, time);
        _audit = new ReceiptAudit(null, settings.ReportingCurrency, settings.Rates);
        _folder = Path.Combine(settings.Folder, "receipts");
        Directory.CreateDirectory(_folder);
    }

    public async Task<ReceiptReply> TakeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        string? idempotencyKey = request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key.Length <= 255 ? key : throw new FieldException("Idempotency-Key", "Send at most 255 characters.") : null;
        string temporary = Path.Combine(_folder, $"{Guid.NewGuid():N}.part");
        try
        {
            string name = await ReceiveAsync(request, temporary, cancellationToken);
            return await KeepAsync(name, temporary, idempotencyKey ?? Guid.NewGuid().ToString("N"), cancellationToken);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public async Task<Receipt> FindAsync(string id, CancellationToken cancellationToken) =>
        RecordKey.TryParse(id, out RecordKey key) && key.ToString() == id && await _ledger.Receipts.FindReceiptAsync(id, cancellationToken) is { } receipt
            ? receipt
            : throw new RefusedException(StatusCodes.Status404NotFound, "There is no such receipt. Its id is the SHA-256 of its bytes.");

    // One file, and nothing else.
    private static async Task<string> ReceiveAsync(HttpRequest request, string path, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException(StatusCodes.Status415UnsupportedMediaType, "Send the receipt as multipart/form-data, in a part named file.");
        }

        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, "The Content-Type states no boundary.");
        }

        MultipartReader reader = new(boundary, request.Body);
        string? name = null;
        while (await ReadAsync(() => reader.ReadNextSectionAsync(cancellationToken)) is { } section)
        {
            if (name is not null || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition) || HeaderUtilities.RemoveQuotes(disposition.Name) != Field || NameOf(disposition) is not { } stated)
            {
                throw new FieldException(Field, "Send one file, in a part named file, and nothing else.");
            }

            name = FileLabel.Check(stated, Field);
            FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
            await using (file)
            {
                byte[] buffer = new byte[81_920];
                while (await ReadAsync(() => section.Body.ReadAsync(buffer, cancellationToken).AsTask()) is var read and > 0)
                {
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }

                file.Flush(flushToDisk: true);
                if (file.Length == 0)
                {
                    throw new FieldException(Field, "The file is empty.");
                }
            }
        }

        return name ?? throw new FieldException(Field, "This is missing. Send the receipt in a part named file.");
    }

    // What the reader throws at a body that is none of its kind. A disk that is full is another matter, and so is a body that the server refuses, such as one that is too large.
    private static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, "The body is not multipart/form-data, or was cut off.");
        }
    }

    private static string? NameOf(ContentDispositionHeaderValue disposition) =>
        HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;

    private async Task<ReceiptReply> KeepAsync(string name, string temporary, string upload, CancellationToken cancellationToken)
    {
        ReceiptDigest digest;
        FileStream stream = File.OpenRead(temporary);
        await using (stream)
        {
            digest = await ReceiptHasher.HashAsync(stream, cancellationToken);
        }

        // The bytes first: a receipt in the ledger has its file.
        File.Move(temporary, PathOf(digest.Id), overwrite: true);
        Receipt receipt = _audit.Apply(new Receipt { Id = digest.Id, FileName = name, Size = digest.Size, UploadedAt = _time.GetUtcNow() });
        ReceiptOutcome outcome = await _ledger.Receipts.AddReceiptAsync(receipt, new ReceiptUpload($"web {upload}"), cancellationToken);
        Receipt stored = await FindAsync(digest.Id, cancellationToken);
        _events.Publish("receipts");
        return new ReceiptReply
        {
            Receipt = ReceiptItems.Of(stored),
            IsDuplicate = outcome == ReceiptOutcome.Sighting,
            Message = outcome == ReceiptOutcome.Sighting
                ? FormattableString.Invariant($"This receipt is there already, since {stored.UploadedAt.UtcDateTime:yyyy-MM-dd}, as {stored.FileName}. It was not stored again; it was seen {stored.Sightings} times.")
                : "The receipt is stored.",
        };
    }

    /// <summary>The file of a receipt.</summary>
    public string PathOf(string id) => Path.Combine(_folder, id);
}
