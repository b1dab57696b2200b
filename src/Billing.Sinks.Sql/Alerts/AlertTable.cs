using System.Globalization;

namespace Billing.Sinks.Sql.Alerts;

/// <summary>Stores alerts beside their records, and gives them to senders. Used inside a transaction.</summary>
internal sealed class AlertTable(SqlTable table)
{
    private const int IdsPerStatement = 500;

    private readonly SqlDialect _dialect = table.Dialect;
    private readonly string _id = table.Dialect.Name("alert_id");
    private readonly string _key = table.Dialect.Name("key_hash");
    private readonly string _place = table.Dialect.Name("position");

    private string Columns => $"{_id}, {_key}, rule, subject, message, raised_at, attempts, due_at, sent_at, last_error";

    /// <summary>Adds the alerts of the records that this transaction stores.</summary>
    public async ValueTask AddAsync(SqlSession session, IReadOnlyList<BillingRecord> records, IReadOnlyList<WriteOutcome> outcomes, bool mayBeStored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<BillingAlert> alerts = [];
        for (int i = 0; i < records.Count; i++)
        {
            // If an earlier attempt committed and its answer was lost, the record and its alerts are already stored.
            if (outcomes[i].Kind == WriteOutcomeKind.Stored && records[i].Alerts.Count > 0
                && !(mayBeStored && (await OfAsync(session, records[i].Key, cancellationToken).ConfigureAwait(false)).Count > 0))
            {
                alerts.AddRange(BillingAlert.Of(records[i], now));
            }
        }

        await AddAsync(session, alerts, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds alerts. Where a record was removed by hand, its alerts are still there: it is stored anew now, and so they are raised anew.</summary>
    public async ValueTask AddAsync(SqlSession session, IReadOnlyList<BillingAlert> alerts, CancellationToken cancellationToken)
    {
        await RemoveAsync(session, alerts, cancellationToken).ConfigureAwait(false);
        List<object?[]> rows = new(alerts.Count);
        for (int i = 0; i < alerts.Count; i++)
        {
            BillingAlert alert = alerts[i];
            rows.Add(
            [
                IdOf(alert), alert.RecordKey.ToByteArray(), _dialect.Place(i), _dialect.Text(alert.Rule), _dialect.Text(alert.Subject), _dialect.Text(alert.Message),
                Text(alert.RaisedAt), 0L, Text(alert.DueAt), null, null,
            ]);
        }

        await session.InsertAsync(table, rows, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Claims the alerts that are due.</summary>
    public async ValueTask<IReadOnlyList<BillingAlert>> ClaimAsync(SqlSession session, int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        // Locked: another sender that claims at the same time waits, and then sees that these are not due.
        string sql = string.Create(CultureInfo.InvariantCulture, $"SELECT {Columns} FROM {table.Sql} WHERE due_at <= @p0 ORDER BY due_at, {_id} LIMIT {most}{_dialect.ForUpdate}");
        List<BillingAlert> due = [];
        await foreach (SqlRow row in session.ReadAsync(sql, [Text(now)], cancellationToken).ConfigureAwait(false))
        {
            due.Add(Read(row).Claimed(now, lease));
        }

        foreach (BillingAlert alert in due)
        {
            await session.ExecuteAsync($"UPDATE {table.Sql} SET due_at = @p1 WHERE {_id} = @p0", [IdOf(alert), Text(alert.DueAt)], cancellationToken).ConfigureAwait(false);
        }

        return due;
    }

    /// <summary>Replaces an alert by what a confirmation or a failure makes of it.</summary>
    public async ValueTask ChangeAsync(SqlSession session, BillingAlert alert, Func<BillingAlert, BillingAlert?> change, CancellationToken cancellationToken)
    {
        BillingAlert? changed = null;
        await foreach (SqlRow row in session.ReadAsync($"SELECT {Columns} FROM {table.Sql} WHERE {_id} = @p0{_dialect.ForUpdate}", [IdOf(alert)], cancellationToken).ConfigureAwait(false))
        {
            changed = change(Read(row));
        }

        if (changed is not null)
        {
            await session.ExecuteAsync(
                $"UPDATE {table.Sql} SET attempts = @p1, due_at = @p2, sent_at = @p3, last_error = @p4 WHERE {_id} = @p0",
                [IdOf(changed), (long)changed.Attempts, Text(changed.DueAt), Text(changed.SentAt), _dialect.Text(changed.LastError)],
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the alerts of a record, in the order of their rules.</summary>
    public async ValueTask<IReadOnlyList<BillingAlert>> OfAsync(SqlSession session, RecordKey key, CancellationToken cancellationToken)
    {
        List<BillingAlert> alerts = [];
        await foreach (SqlRow row in session.ReadAsync($"SELECT {Columns} FROM {table.Sql} WHERE {_key} = @p0 ORDER BY {_place}", [key.ToByteArray()], cancellationToken).ConfigureAwait(false))
        {
            alerts.Add(Read(row));
        }

        return alerts;
    }

    // Looked for first: to delete rows that are not there locks the gaps between others, and concurrent writers of MySQL would wait for each other.
    private async ValueTask RemoveAsync(SqlSession session, IReadOnlyList<BillingAlert> alerts, CancellationToken cancellationToken)
    {
        foreach (object[] ids in alerts.Select(IdOf).Chunk(IdsPerStatement))
        {
            string these = $"FROM {table.Sql} WHERE {_id} IN ({string.Join(", ", ids.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}")))})";
            if (await session.AnyAsync("SELECT 1 " + these, ids, cancellationToken).ConfigureAwait(false))
            {
                await session.ExecuteAsync("DELETE " + these, ids, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private object IdOf(BillingAlert alert) => _dialect.Hex(alert.Id);

    private static BillingAlert Read(SqlRow row) => new()
    {
        Id = row.Hex(0),
        RecordKey = row.Key(1),
        Rule = row.Text(2),
        Subject = row.Text(3),
        Message = row.Text(4),
        RaisedAt = row.Instant(5),
        Attempts = (int)row.Int64(6),
        DueAt = row.InstantOrNull(7),
        SentAt = row.InstantOrNull(8),
        LastError = row.TextOrNull(9),
    };

    // In UTC and of fixed length, so that the texts sort like the instants.
    private static string? Text(DateTimeOffset? instant) => instant?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
