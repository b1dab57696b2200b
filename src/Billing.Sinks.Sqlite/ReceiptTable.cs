using System.Globalization;

namespace Billing.Sinks.Sqlite;

/// <summary>Keeps and lists receipts. Used inside a transaction.</summary>
internal static class ReceiptTable
{
    private const string Columns =
        "receipt, file_name, bucket, size, uploaded_at, status, amount, currency, merchant, date, flags, alerts, sightings, last_seen_at, last_name";

    /// <summary>Adds a receipt with its alerts, or counts a sighting.</summary>
    public static ReceiptOutcome Add(SqliteSession session, Receipt receipt, ReceiptUpload upload, DateTimeOffset now)
    {
        Receipt first = ReceiptRules.AsFirst(receipt);
        bool isNew = Insert(session, first);
        if (!AddUpload(session, first, upload))
        {
            return ReceiptOutcome.Repeated;
        }

        if (isNew)
        {
            AlertTable.Add(session, ReceiptRules.AlertsOf(receipt, now));
            return ReceiptOutcome.Stored;
        }

        using SqliteStatement update = session.Prepare(
            """
            UPDATE receipts SET sightings = sightings + 1,
                last_name = CASE WHEN last_seen_at <= ?2 THEN ?3 ELSE last_name END,
                last_seen_at = max(last_seen_at, ?2)
            WHERE receipt = ?1
            """);
        update.BindKey(1, RecordKey.Parse(first.Id));
        update.Bind(2, Text(first.UploadedAt));
        update.Bind(3, first.FileName);
        update.Run();
        return ReceiptOutcome.Sighting;
    }

    /// <summary>The receipt with that id, or null.</summary>
    public static Receipt? Find(SqliteSession session, string id)
    {
        if (!RecordKey.TryParse(id, out RecordKey key))
        {
            return null;
        }

        using SqliteStatement select = session.Prepare($"SELECT {Columns} FROM receipts WHERE receipt = ?1");
        select.BindKey(1, key);
        return select.Step() ? Read(select) : null;
    }

    /// <summary>One page, the last uploaded first.</summary>
    public static Page<Receipt> Query(SqliteSession session, PageRequest page, CancellationToken cancellationToken)
    {
        PageBuilder<Receipt, byte[]> built = StorePages.Of<Receipt>(page, "receipts", receipt => ReceiptPosition.Of(receipt).ToBytes());
        SqlConditions conditions = new();
        if (built.TryGetAfter(out byte[]? token))
        {
            ReceiptPosition after = ReceiptPosition.Parse(token);
            conditions.And("uploaded_at <= ?", Text(after.UploadedAt));
            conditions.And("(uploaded_at < ? OR receipt > ?)", [Text(after.UploadedAt), after.Id.ToByteArray()]);
        }

        string limit = built.Limit.ToString(CultureInfo.InvariantCulture);
        using SqliteStatement select = session.Prepare($"SELECT {Columns} FROM receipts {conditions.Where} ORDER BY uploaded_at DESC, receipt LIMIT {limit}");
        conditions.BindTo(select);
        while (select.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            built.Add(Read(select));
        }

        return built.ToPage();
    }

    private static bool Insert(SqliteSession session, Receipt receipt)
    {
        using SqliteStatement insert = session.Prepare(
            $"INSERT INTO receipts ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (receipt) DO NOTHING");
        insert.BindKey(1, RecordKey.Parse(receipt.Id));
        insert.Bind(2, receipt.FileName);
        insert.Bind(3, receipt.Bucket);
        insert.Bind(4, receipt.Size);
        insert.Bind(5, Text(receipt.UploadedAt));
        insert.Bind(6, receipt.Status);
        insert.Bind(7, receipt.Amount?.Amount.ToString(CultureInfo.InvariantCulture));
        insert.Bind(8, receipt.Amount?.Currency.Code);
        insert.Bind(9, receipt.Merchant);
        insert.Bind(10, receipt.Date?.ToString("O", CultureInfo.InvariantCulture));
        BindTexts(insert, 11, receipt.Flags);
        BindTexts(insert, 12, receipt.Alerts);
        insert.Bind(13, receipt.Sightings);
        insert.Bind(14, Text(receipt.LastSeenAt!.Value));
        insert.Bind(15, receipt.LastName);
        insert.Run();
        return session.Changes == 1;
    }

    private static bool AddUpload(SqliteSession session, Receipt receipt, ReceiptUpload upload)
    {
        using SqliteStatement insert = session.Prepare(
            "INSERT INTO receipt_uploads (receipt, upload) SELECT id, ?2 FROM receipts WHERE receipt = ?1 ON CONFLICT (receipt, upload) DO NOTHING");
        insert.BindKey(1, RecordKey.Parse(receipt.Id));
        insert.Bind(2, upload.Id);
        insert.Run();
        return session.Changes == 1;
    }

    private static void BindTexts(SqliteStatement statement, int index, IReadOnlyList<string> texts)
    {
        if (JsonText.ToBytes(texts) is { } json)
        {
            statement.BindText(index, json);
        }
        else
        {
            statement.BindNull(index);
        }
    }

    private static Receipt Read(SqliteStatement row) => new()
    {
        Id = row.Key(0).ToString(),
        FileName = row.Text(1),
        Bucket = row.TextOrNull(2),
        Size = row.Int64(3),
        UploadedAt = Instant(row.Text(4)),
        Status = row.Text(5),
        Amount = row.IsNull(6) ? null : new Money(row.Decimal(6), Currency.Parse(row.Text(7))),
        Merchant = row.TextOrNull(8),
        Date = row.TextOrNull(9) is { } date ? DateOnly.ParseExact(date, "O", CultureInfo.InvariantCulture) : null,
        Flags = JsonText.ReadTexts(row.Bytes(10)),
        Alerts = JsonText.ReadTexts(row.Bytes(11)),
        Sightings = row.Int64(12),
        LastSeenAt = Instant(row.Text(13)),
        LastName = row.Text(14),
    };

    private static string Text(DateTimeOffset instant) => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
