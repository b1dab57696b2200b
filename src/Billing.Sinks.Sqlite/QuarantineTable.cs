using System.Globalization;
using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>Quarantined records, each once.</summary>
internal static class QuarantineTable
{
    private const string Columns = "key, source, byte_offset, line, run_id, scope, reason, detail, raw, raw_length, format, header, separator, amount, currency, resolved_by";

    /// <summary>Keeps records inside the caller's transaction; one that is kept already is left as it is.</summary>
    public static void Write(sqlite3 database, IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        using SqliteStatement insert = new(database, $"""
            INSERT INTO quarantine ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
            ON CONFLICT (key) DO NOTHING
            """);
        foreach (QuarantinedRecord record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            insert.Reset()
                .Bind(record.Key.ToByteArray())
                .Bind(record.Source.Name)
                .Bind(record.Source.ByteOffset)
                .Bind(record.Source.Line)
                .Bind(record.RunId)
                .Bind(record.Scope)
                .Bind(record.Reason)
                .Bind(record.Detail)
                .Bind(record.Raw.Span)
                .Bind(record.RawLength)
                .Bind((long)record.Format)
                .Bind(record.Header)
                .Bind(record.Separator?.ToString())
                .Bind(record.Amount?.ToString(CultureInfo.InvariantCulture))
                .Bind(record.CurrencyCode)
                .Bind(record.ResolvedByRunId)
                .Step();
        }
    }

    /// <summary>Marks records inside the caller's transaction.</summary>
    public static void Resolve(sqlite3 database, IReadOnlyList<RecordKey> keys, string runId, CancellationToken cancellationToken)
    {
        using SqliteStatement update = new(database, "UPDATE quarantine SET resolved_by = ?1 WHERE key = ?2 AND resolved_by IS NULL");
        foreach (RecordKey key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            update.Reset().Bind(runId).Bind(key.ToByteArray()).Step();
        }
    }

    public static Page<QuarantinedRecord> List(sqlite3 database, QuarantineQuery query, CancellationToken cancellationToken)
    {
        List<string> conditions = [];
        List<Action<SqliteStatement>> parameters = [];
        void add(string condition, Action<SqliteStatement> bind)
        {
            conditions.Add(condition);
            parameters.Add(bind);
        }

        if (!query.IncludeResolved)
        {
            add("resolved_by IS NULL", _ => { });
        }

        if (query.Reason is { } reason)
        {
            add("reason = ?", statement => statement.Bind(reason));
        }

        if (query.SourceName is { } source)
        {
            add("source = ?", statement => statement.Bind(source));
        }

        if (query.RunId is { } run)
        {
            add("run_id = ?", statement => statement.Bind(run));
        }

        if (query.Line is { } line)
        {
            add("line = ?", statement => statement.Bind(line));
        }

        if (query.ContinuationToken is { } token)
        {
            (RecordKey key, long offset, string after) = Position(token);
            add("(source, byte_offset, key) > (?, ?, ?)", statement => statement.Bind(after).Bind(offset).Bind(key.ToByteArray()));
        }

        string where = conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);
        using SqliteStatement statement = new(database, $"SELECT {Columns} FROM quarantine{where} ORDER BY source, byte_offset, key LIMIT ?");
        parameters.ForEach(bind => bind(statement));
        return ListPage.Read(
            statement.Bind(ListPage.Size(query) + 1L),
            query,
            Read,
            record => string.Create(CultureInfo.InvariantCulture, $"{record.Key}:{record.Source.ByteOffset}:{record.Source.Name}"),
            cancellationToken);
    }

    private static QuarantinedRecord Read(SqliteStatement row)
    {
        RecordKey key = new(row.ReadBytes());
        string source = row.ReadRequiredText();
        long offset = row.ReadInteger();
        long line = row.ReadInteger();
        return new QuarantinedRecord
        {
            Key = key,
            Source = new RecordSource(source, line, offset),
            RunId = row.ReadRequiredText(),
            Scope = row.ReadText(),
            Reason = row.ReadRequiredText(),
            Detail = row.ReadRequiredText(),
            Raw = row.ReadBytes().ToArray(),
            RawLength = row.ReadInteger(),
            Format = (SourceFormat)row.ReadInteger(),
            Header = row.ReadText(),
            Separator = row.ReadText() is { Length: 1 } separator ? separator[0] : null,
            Amount = row.ReadText() is { } amount ? decimal.Parse(amount, CultureInfo.InvariantCulture) : null,
            CurrencyCode = row.ReadText(),
            ResolvedByRunId = row.ReadText(),
        };
    }

    private static (RecordKey Key, long Offset, string Source) Position(string token)
    {
        string[] parts = token.Split(':', 3);
        return parts.Length == 3
            && RecordKey.TryParse(parts[0], out RecordKey key)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
                ? (key, offset, parts[2])
                : throw ListPage.WrongToken(token);
    }
}
