using System.Globalization;
using System.Text;

namespace Billing.Sinks.Sql.Quarantine;

/// <summary>Stores and lists quarantined records.</summary>
internal sealed class QuarantineTable(SqlTable table)
{
    private const int KeysPerStatement = 500;

    private readonly SqlDialect _dialect = table.Dialect;
    private readonly string _key = table.Dialect.Name("key_hash");
    private readonly string _columns = string.Join(
        ", ",
        table.Dialect.Name("key_hash"),
        "run_id, source, line, byte_offset, scope, reason, detail, raw, raw_length, format, header",
        table.Dialect.Name("field_separator"),
        table.Dialect.SelectAmount("amount"),
        "currency_code, resolved_by_run");

    /// <summary>Keeps records, each once by its key. A record that is already there and open takes the latest reason.</summary>
    public async ValueTask AddAsync(SqlSession session, IReadOnlyList<QuarantinedRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_dialect.Upsert(table, ["reason", "detail", "amount", "currency_code"], "resolved_by_run IS NULL") is { } upsert)
        {
            await session.InsertAsync(table, [.. records.Select(record => Values(record, now))], upsert, cancellationToken).ConfigureAwait(false);
            return;
        }

        HashSet<RecordKey> kept = [];
        Dictionary<RecordKey, (string Reason, string Detail)> open = [];
        foreach (string keys in KeyLists([.. records.Select(record => record.Key).Distinct()]))
        {
            await foreach (SqlRow row in session.ReadAsync($"SELECT {_key}, reason, detail, resolved_by_run FROM {table.Sql} WHERE {_key} IN ({keys})", [], cancellationToken).ConfigureAwait(false))
            {
                kept.Add(row.Key(0));
                if (row.IsNull(3))
                {
                    open.Add(row.Key(0), (row.Text(1), row.Text(2)));
                }
            }
        }

        foreach (QuarantinedRecord record in records.Where(record => open.TryGetValue(record.Key, out (string, string) known) && known != (record.Reason, record.Detail)).OrderBy(record => record.Key))
        {
            object?[] values = [_dialect.Text(record.Reason), _dialect.Text(record.Detail), _dialect.Text(record.CurrencyCode), .. _dialect.Amount(record.Amount)];
            string scale = _dialect.KeepsScaleApart ? ", amount_scale = @p4" : "";
            await session.ExecuteAsync(
                $"UPDATE {table.Sql} SET reason = @p0, detail = @p1, currency_code = @p2, amount = @p3{scale} WHERE {_key} = {_dialect.Literal(record.Key)} AND resolved_by_run IS NULL",
                values,
                cancellationToken).ConfigureAwait(false);
        }

        // The first record of a key is kept. A stable sort by key then prevents deadlocks between concurrent writers.
        List<object?[]> rows = [.. records.Where(record => kept.Add(record.Key)).OrderBy(record => record.Key).Select(record => Values(record, now))];
        await session.InsertAsync(table, rows, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes records. Records that are closed already stay as they are.</summary>
    public async ValueTask ResolveAsync(SqlSession session, IReadOnlyList<RecordKey> keys, string resolution, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (string list in KeyLists([.. keys.Order()]))
        {
            await session.ExecuteAsync(
                $"UPDATE {table.Sql} SET resolved_by_run = @p0, resolved_at = @p1 WHERE {_key} IN ({list}) AND resolved_by_run IS NULL",
                [Identifier(resolution, _dialect.LongestRunId, "resolution"), Instant(now)],
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens records again that were closed with exactly this resolution.</summary>
    public async ValueTask ReopenAsync(SqlSession session, IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken)
    {
        foreach (string list in KeyLists([.. keys.Order()]))
        {
            await session.ExecuteAsync(
                $"UPDATE {table.Sql} SET resolved_by_run = NULL, resolved_at = NULL WHERE {_key} IN ({list}) AND resolved_by_run = @p0",
                [Identifier(resolution, _dialect.LongestRunId, "resolution")],
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Replaces the texts of records that are there.</summary>
    public async ValueTask ReplaceAsync(SqlSession session, IReadOnlyList<QuarantinedRecord> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (QuarantinedRecord row in rows.OrderBy(row => row.Key))
        {
            await session.ExecuteAsync(
                $"UPDATE {table.Sql} SET raw = @p0, header = @p1, detail = @p2, resolved_by_run = @p3, resolved_at = COALESCE(resolved_at, @p4) WHERE {_key} = {_dialect.Literal(row.Key)}",
                [row.Raw.ToArray(), _dialect.Text(row.Header), _dialect.Text(row.Detail), row.Resolution is null ? null : Identifier(row.Resolution, _dialect.LongestRunId, "resolution"), row.Resolution is null ? null : Instant(now)],
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns one page, by source, then byte offset, then key.</summary>
    public async ValueTask<Page<QuarantinedRecord>> QueryAsync(SqlSession session, QuarantineQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<QuarantinedRecord, QuarantinePosition> page = StorePages.Of(query);
        SqlConditions conditions = SqlConditions.Of(query, _dialect);
        if (page.TryGetAfter(out QuarantinePosition after))
        {
            conditions.And(_dialect.After("source", "byte_offset", _key), _dialect.Text(after.Source), after.ByteOffset, after.Key.ToByteArray());
        }

        string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT {_columns} FROM {table.Sql} {conditions.Where} ORDER BY source, byte_offset, {_key} LIMIT {page.Limit}");
        await foreach (SqlRow row in session.ReadAsync(sql, conditions.Values, cancellationToken).ConfigureAwait(false))
        {
            if (!page.Add(Read(row)))
            {
                break;
            }
        }

        return page.ToPage();
    }

    private IEnumerable<string> KeyLists(RecordKey[] keys) =>
        keys.Chunk(KeysPerStatement).Select(chunk => string.Join(',', chunk.Select(_dialect.Literal)));

    private object?[] Values(QuarantinedRecord record, DateTimeOffset now) =>
    [
        record.Key.ToByteArray(),
        Identifier(record.RunId, _dialect.LongestRunId, "run id"),
        Identifier(record.Source.Name, _dialect.LongestSource, "source name"),
        record.Source.Line,
        record.Source.ByteOffset,
        _dialect.Text(record.Scope),
        _dialect.Text(record.Reason),
        _dialect.Text(record.Detail),
        record.Raw.ToArray(),
        record.RawLength,
        record.Format.ToString(),
        _dialect.Text(record.Header),
        _dialect.Text(record.Separator?.ToString()),
        .. _dialect.Amount(record.Amount),
        _dialect.Text(record.CurrencyCode),
        Instant(now),
    ];

    private static QuarantinedRecord Read(SqlRow row) => new()
    {
        Key = row.Key(0),
        RunId = row.Identifier(1),
        Source = new RecordSource(row.Identifier(2), row.Int64(3), row.Int64(4)),
        Scope = row.TextOrNull(5),
        Reason = row.Text(6),
        Detail = row.Text(7),
        Raw = row.Bytes(8).ToArray(),
        RawLength = row.Int64(9),
        Format = Enum.Parse<SourceFormat>(row.Text(10)),
        Header = row.TextOrNull(11),
        Separator = row.TextOrNull(12)?[0],
        Amount = row.IsNull(13) ? null : row.Amount(13),
        CurrencyCode = row.TextOrNull(14),
        Resolution = row.IdentifierOrNull(15),
    };

    private object? Identifier(string value, int longest, string what) => Encoding.UTF8.GetByteCount(value) <= longest
        ? _dialect.Text(value)
        : throw new BillingException(FormattableString.Invariant($"The {what} is longer than {longest} bytes in UTF-8. Use a shorter one."));

    private static string Instant(DateTimeOffset now) => now.ToString("O", CultureInfo.InvariantCulture);
}
