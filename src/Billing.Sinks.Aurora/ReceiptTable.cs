using System.Globalization;
using System.Text;

namespace Billing.Sinks.Aurora;

/// <summary>Keeps and lists receipts. Used inside a transaction.</summary>
internal sealed class ReceiptTable(AuroraTable receipts, AuroraTable uploads, AlertTable alerts)
{
    private const string Columns =
        "receipt_id, file_name, bucket, size, uploaded_at, status, CAST(amount AS CHAR), amount_scale, "
        + "currency, merchant, receipt_date, CAST(flags AS BINARY), CAST(alerts AS BINARY), sightings, last_seen_at, last_name";

    /// <summary>Adds a receipt with its alerts, or counts a sighting.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="receipt">The receipt.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="now">The time of the write.</param>
    /// <param name="writeId">What names this call, for an attempt whose answer was lost.</param>
    /// <param name="cancellationToken">Cancels, and undoes.</param>
    public async ValueTask<ReceiptOutcome> AddAsync(AuroraSession session, Receipt receipt, ReceiptUpload upload, DateTimeOffset now, string writeId, CancellationToken cancellationToken)
    {
        Receipt first = ReceiptRules.AsFirst(receipt);
        byte[] id = Convert.FromHexString(first.Id);
        byte[] uploadHash = System.Security.Cryptography.SHA256.HashData([.. id, .. Encoding.UTF8.GetBytes(upload.Id)]);
        await foreach (AuroraRow row in session.ReadAsync(
            $"SELECT written_by, is_first FROM `{uploads.Name}` WHERE upload_hash = @p0", [uploadHash], cancellationToken).ConfigureAwait(false))
        {
            return row.Text(0) != writeId ? ReceiptOutcome.Repeated : row.Int64(1) == 1 ? ReceiptOutcome.Stored : ReceiptOutcome.Sighting;
        }

        bool isNew = !await session.AnyAsync($"SELECT 1 FROM `{receipts.Name}` WHERE receipt_id = @p0 FOR UPDATE", [id], cancellationToken).ConfigureAwait(false);
        if (isNew)
        {
            // Of two that come here at once one waits for the other, and then is told that the key is there: it is tried again.
            await ValuesInsert.InsertAsync(session, receipts, [Values(first, id)], cancellationToken).ConfigureAwait(false);
            await alerts.AddAsync(session, BillingAlert.Of(receipt, now), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await session.ExecuteAsync(
                $"UPDATE `{receipts.Name}` SET sightings = sightings + 1, last_name = IF(last_seen_at <= @p1, @p2, last_name), last_seen_at = GREATEST(last_seen_at, @p1) WHERE receipt_id = @p0",
                [id, Text(first.UploadedAt), Encoding.UTF8.GetBytes(first.FileName)],
                cancellationToken).ConfigureAwait(false);
        }

        await ValuesInsert.InsertAsync(session, uploads, [[uploadHash, id, writeId, isNew ? 1L : 0L]], cancellationToken).ConfigureAwait(false);
        return isNew ? ReceiptOutcome.Stored : ReceiptOutcome.Sighting;
    }

    /// <summary>The receipt with that id, or null.</summary>
    public async ValueTask<Receipt?> FindAsync(AuroraSession session, string id, CancellationToken cancellationToken)
    {
        if (!RecordKey.TryParse(id, out RecordKey key))
        {
            return null;
        }

        Receipt? found = null;
        await foreach (AuroraRow row in session.ReadAsync($"SELECT {Columns} FROM `{receipts.Name}` WHERE receipt_id = @p0", [key.ToByteArray()], cancellationToken).ConfigureAwait(false))
        {
            found = Read(row);
        }

        return found;
    }

    /// <summary>One page, the last uploaded first.</summary>
    public async ValueTask<Page<Receipt>> QueryAsync(AuroraSession session, PageRequest page, CancellationToken cancellationToken)
    {
        int size = PageToken.SizeOf(page);
        SqlConditions conditions = new();
        if (PageToken.Read(page, QueryIdentity.Receipts) is { } token)
        {
            ReceiptPosition after = ReceiptPosition.Parse(token);
            conditions.And("uploaded_at <= {0}", Text(after.UploadedAt)).And("(uploaded_at < {0} OR receipt_id > {1})", Text(after.UploadedAt), after.Id.ToByteArray());
        }

        List<Receipt> found = [];
        string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT {Columns} FROM `{receipts.Name}` {conditions.Where} ORDER BY uploaded_at DESC, receipt_id LIMIT {size + 1}");
        await foreach (AuroraRow row in session.ReadAsync(sql, conditions.Values, cancellationToken).ConfigureAwait(false))
        {
            found.Add(Read(row));
        }

        return PageToken.Cut(found, size, QueryIdentity.Receipts, receipt => ReceiptPosition.Of(receipt).ToBytes());
    }

    private static object?[] Values(Receipt receipt, byte[] id) =>
    [
        id,
        Encoding.UTF8.GetBytes(receipt.FileName),
        Bytes(receipt.Bucket),
        receipt.Size,
        Text(receipt.UploadedAt),
        Bytes(receipt.Status),
        receipt.Amount?.Amount.ToString(CultureInfo.InvariantCulture),
        receipt.Amount is { } amount ? (long)amount.Amount.Scale : null,
        receipt.Amount?.Currency.Code,
        Bytes(receipt.Merchant),
        receipt.Date?.ToString("O", CultureInfo.InvariantCulture),
        JsonText.ToBytes(receipt.Flags),
        JsonText.ToBytes(receipt.Alerts),
        receipt.Sightings,
        Text(receipt.LastSeenAt!.Value),
        Bytes(receipt.LastName),
    ];

    private static Receipt Read(AuroraRow row) => new()
    {
        Id = row.Key(0).ToString(),
        FileName = row.Text(1),
        Bucket = row.TextOrNull(2),
        Size = row.Int64(3),
        UploadedAt = Instant(row.Text(4)),
        Status = row.Text(5),
        Amount = row.IsNull(6) ? null : new Money(row.Amount(6, 7), Currency.Parse(row.Text(8))),
        Merchant = row.TextOrNull(9),
        Date = row.DateOrNull(10),
        Flags = JsonText.ReadTexts(row.IsNull(11) ? [] : row.Bytes(11)),
        Alerts = JsonText.ReadTexts(row.IsNull(12) ? [] : row.Bytes(12)),
        Sightings = row.Int64(13),
        LastSeenAt = Instant(row.Text(14)),
        LastName = row.Text(15),
    };

    private static byte[]? Bytes(string? value) => value is null ? null : Encoding.UTF8.GetBytes(value);

    private static string Text(DateTimeOffset instant) => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
