using System.Globalization;

namespace Billing.Sinks.Sql.Alerts;

/// <summary>Stores and lists receipts. Used inside a transaction.</summary>
internal sealed class ReceiptTable(SqlTable receipts, UploadTable uploads, AlertTable alerts)
{
    private readonly SqlDialect _dialect = receipts.Dialect;
    private readonly string _id = receipts.Dialect.Name("receipt_id");
    private readonly string _columns = string.Join(
        ", ",
        receipts.Dialect.Name("receipt_id"),
        "file_name, bucket, size, uploaded_at, status",
        receipts.Dialect.SelectAmount("amount"),
        "currency, merchant",
        receipts.Dialect.Name("receipt_date"),
        receipts.Dialect.SelectUtf8("flags"),
        receipts.Dialect.SelectUtf8("alerts"),
        "sightings, last_seen_at, last_name");

    /// <summary>Adds a receipt with its alerts, or counts another sighting of it.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="receipt">The receipt.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="now">The time of the write.</param>
    /// <param name="writeId">Identifies this call, in case the answer of an attempt is lost.</param>
    /// <param name="cancellationToken">Cancels the call and undoes its changes.</param>
    public async ValueTask<ReceiptOutcome> AddAsync(SqlSession session, Receipt receipt, ReceiptUpload upload, DateTimeOffset now, string writeId, CancellationToken cancellationToken)
    {
        Receipt first = ReceiptRules.AsFirst(receipt);
        byte[] id = Convert.FromHexString(first.Id);
        if (await uploads.FindAsync(session, id, upload, writeId, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        bool isNew = !await session.AnyAsync($"SELECT 1 FROM {receipts.Sql} WHERE {_id} = @p0{_dialect.ForUpdate}", [id], cancellationToken).ConfigureAwait(false);
        if (isNew)
        {
            // Of two concurrent calls one waits for the other, and then fails because the key exists: it is tried again.
            await session.InsertAsync(receipts, [Values(first, id)], cancellationToken).ConfigureAwait(false);
            await alerts.AddAsync(session, ReceiptRules.AlertsOf(receipt, now), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await session.ExecuteAsync(
                $"UPDATE {receipts.Sql} SET sightings = sightings + 1, last_name = CASE WHEN last_seen_at <= @p1 THEN @p2 ELSE last_name END, last_seen_at = CASE WHEN last_seen_at <= @p1 THEN @p1 ELSE last_seen_at END WHERE {_id} = @p0",
                [id, Text(first.UploadedAt), _dialect.Text(first.FileName)],
                cancellationToken).ConfigureAwait(false);
        }

        await uploads.AddAsync(session, id, upload, writeId, isNew, cancellationToken).ConfigureAwait(false);
        return isNew ? ReceiptOutcome.Stored : ReceiptOutcome.Sighting;
    }

    /// <summary>Returns the receipt with this id, or null.</summary>
    public async ValueTask<Receipt?> FindAsync(SqlSession session, string id, CancellationToken cancellationToken)
    {
        if (!RecordKey.TryParse(id, out RecordKey key))
        {
            return null;
        }

        Receipt? found = null;
        await foreach (SqlRow row in session.ReadAsync($"SELECT {_columns} FROM {receipts.Sql} WHERE {_id} = @p0", [key.ToByteArray()], cancellationToken).ConfigureAwait(false))
        {
            found = Read(row);
        }

        return found;
    }

    /// <summary>Returns one page, the last uploaded first.</summary>
    public async ValueTask<Page<Receipt>> QueryAsync(SqlSession session, PageRequest page, CancellationToken cancellationToken)
    {
        PageBuilder<Receipt, byte[]> built = StorePages.Of<Receipt>(page, "receipts", receipt => ReceiptPosition.Of(receipt).ToBytes());
        SqlConditions conditions = new(_dialect);
        if (built.TryGetAfter(out byte[]? token))
        {
            ReceiptPosition after = ReceiptPosition.Parse(token);
            conditions.And("uploaded_at <= {0}", Text(after.UploadedAt)).And($"(uploaded_at < {{0}} OR {_id} > {{1}})", Text(after.UploadedAt), after.Id.ToByteArray());
        }

        string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT {_columns} FROM {receipts.Sql} {conditions.Where} ORDER BY uploaded_at DESC, {_id} LIMIT {built.Limit}");
        await foreach (SqlRow row in session.ReadAsync(sql, conditions.Values, cancellationToken).ConfigureAwait(false))
        {
            built.Add(Read(row));
        }

        return built.ToPage();
    }

    private object?[] Values(Receipt receipt, byte[] id) =>
    [
        id,
        _dialect.Text(receipt.FileName),
        _dialect.Text(receipt.Bucket),
        receipt.Size,
        Text(receipt.UploadedAt),
        _dialect.Text(receipt.Status),
        .. _dialect.Amount(receipt.Amount?.Amount),
        receipt.Amount?.Currency.Code,
        _dialect.Text(receipt.Merchant),
        receipt.Date?.ToString("O", CultureInfo.InvariantCulture),
        _dialect.Json(JsonText.ToBytes(receipt.Flags)),
        _dialect.Json(JsonText.ToBytes(receipt.Alerts)),
        receipt.Sightings,
        Text(receipt.LastSeenAt!.Value),
        _dialect.Text(receipt.LastName),
    ];

    private static Receipt Read(SqlRow row) => new()
    {
        Id = row.Key(0).ToString(),
        FileName = row.Text(1),
        Bucket = row.TextOrNull(2),
        Size = row.Int64(3),
        UploadedAt = row.Instant(4),
        Status = row.Text(5),
        Amount = row.IsNull(6) ? null : new Money(row.Amount(6), row.Currency(7)),
        Merchant = row.TextOrNull(8),
        Date = row.DateOrNull(9),
        Flags = JsonText.ReadTexts(row.Bytes(10)),
        Alerts = JsonText.ReadTexts(row.Bytes(11)),
        Sightings = row.Int64(12),
        LastSeenAt = row.Instant(13),
        LastName = row.Text(14),
    };

    private static string Text(DateTimeOffset instant) => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
