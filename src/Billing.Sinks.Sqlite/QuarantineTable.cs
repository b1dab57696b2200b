using System.Globalization;

namespace Billing.Sinks.Sqlite;

/// <summary>Keeps and lists what could not be processed.</summary>
internal static class QuarantineTable
{
    private const string Columns =
        "key, run_id, source, line, byte_offset, scope, reason, detail, raw, raw_length, format, header, separator, amount, currency_code";

    /// <summary>Keeps records, each once by its key; those that are there and open take the latest reason.</summary>
    public static void Add(SqliteSession session, IReadOnlyList<QuarantinedRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using SqliteStatement insert = session.Prepare(
            $"""
            INSERT INTO quarantine ({Columns}, kept_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET reason = excluded.reason, detail = excluded.detail, amount = excluded.amount, currency_code = excluded.currency_code
            WHERE resolved_by_run IS NULL
            """);
        foreach (QuarantinedRecord record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            insert.BindKey(1, record.Key);
            insert.Bind(2, record.RunId);
            insert.Bind(3, record.Source.Name);
            insert.Bind(4, record.Source.Line);
            insert.Bind(5, record.Source.ByteOffset);
            insert.Bind(6, record.Scope);
            insert.Bind(7, record.Reason);
            insert.Bind(8, record.Detail);
            insert.BindBlob(9, record.Raw.Span);
            insert.Bind(10, record.RawLength);
            insert.Bind(11, record.Format.ToString());
            insert.Bind(12, record.Header);
            insert.Bind(13, record.Separator?.ToString());
            insert.Bind(14, record.Amount?.ToString(CultureInfo.InvariantCulture));
            insert.Bind(15, record.CurrencyCode);
            insert.Bind(16, Instant(now));
            insert.Run();
        }
    }

    /// <summary>Closes records; those that are closed already stay as they are.</summary>
    public static void Resolve(SqliteSession session, IReadOnlyList<RecordKey> keys, string resolution, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using SqliteStatement update = session.Prepare(
            "UPDATE quarantine SET resolved_by_run = ?2, resolved_at = ?3 WHERE key = ?1 AND resolved_by_run IS NULL");
        update.Bind(2, resolution);
        update.Bind(3, Instant(now));
        foreach (RecordKey key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            update.BindKey(1, key);
            update.Run();
        }
    }

    /// <summary>One page, by source, then byte offset, then key.</summary>
    public static Page<QuarantinedRecord> Query(SqliteSession session, QuarantineQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<QuarantinedRecord, QuarantinePosition> page = StorePages.Of(query);
        SqlConditions conditions = SqlConditions.Of(query);
        if (page.TryGetAfter(out QuarantinePosition after))
        {
            conditions.And("(source, byte_offset, key) > (?, ?, ?)", [after.Source, after.ByteOffset, after.Key.ToByteArray()]);
        }

        string limit = page.Limit.ToString(CultureInfo.InvariantCulture);
        using SqliteStatement statement = session.Prepare(
            $"SELECT {Columns}, resolved_by_run FROM quarantine {conditions.Where} ORDER BY source, byte_offset, key LIMIT {limit}");
        conditions.BindTo(statement);
        while (statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!page.Add(Read(statement)))
            {
                break;
            }
        }

        return page.ToPage();
    }

    private static QuarantinedRecord Read(SqliteStatement row) => new()
    {
        Key = row.Key(0),
        RunId = row.Text(1),
        Source = new RecordSource(row.Text(2), row.Int64(3), row.Int64(4)),
        Scope = row.TextOrNull(5),
        Reason = row.Text(6),
        Detail = row.Text(7),
        Raw = row.Bytes(8).ToArray(),
        RawLength = row.Int64(9),
        Format = Enum.Parse<SourceFormat>(row.Text(10)),
        Header = row.TextOrNull(11),
        Separator = row.TextOrNull(12)?[0],
        Amount = row.IsNull(13) ? null : row.Decimal(13),
        CurrencyCode = row.TextOrNull(14),
        Resolution = row.TextOrNull(15),
    };

    private static string Instant(DateTimeOffset now) => now.ToString("O", CultureInfo.InvariantCulture);
}
