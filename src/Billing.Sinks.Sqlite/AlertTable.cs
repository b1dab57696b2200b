using System.Globalization;

namespace Billing.Sinks.Sqlite;

/// <summary>Keeps alerts beside their records, and hands them to senders. Used inside a transaction.</summary>
internal static class AlertTable
{
    private const string Columns = "alert, key, rule, subject, message, raised_at, attempts, due_at, sent_at, last_error";

    /// <summary>Adds the alerts of the records that were stored just now.</summary>
    public static void Add(SqliteSession session, IReadOnlyList<BillingRecord> records, IReadOnlyList<WriteOutcome> outcomes, DateTimeOffset now)
    {
        for (int i = 0; i < records.Count; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Stored && records[i].Alerts.Count > 0)
            {
                Add(session, BillingAlert.Of(records[i], now));
            }
        }
    }

    /// <summary>Adds alerts.</summary>
    public static void Add(SqliteSession session, IReadOnlyList<BillingAlert> alerts)
    {
        if (alerts.Count == 0)
        {
            return;
        }

        using SqliteStatement insert = session.Prepare("INSERT INTO alerts (alert, key, rule, subject, message, raised_at, attempts, due_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?)");
        foreach (BillingAlert alert in alerts)
        {
            insert.Bind(1, alert.Id);
            insert.BindKey(2, alert.RecordKey);
            insert.Bind(3, alert.Rule);
            insert.Bind(4, alert.Subject);
            insert.Bind(5, alert.Message);
            insert.Bind(6, Text(alert.RaisedAt));
            insert.Bind(7, Text(alert.DueAt));
            insert.Run();
        }
    }

    /// <summary>Claims what is due.</summary>
    public static List<BillingAlert> Claim(SqliteSession session, int most, DateTimeOffset now, TimeSpan lease)
    {
        List<BillingAlert> due = [];
        using (SqliteStatement select = session.Prepare($"SELECT {Columns} FROM alerts WHERE due_at <= ?1 ORDER BY due_at, alert LIMIT ?2"))
        {
            select.Bind(1, Text(now));
            select.Bind(2, most);
            while (select.Step())
            {
                due.Add(Read(select).Claimed(now, lease));
            }
        }

        using SqliteStatement update = session.Prepare("UPDATE alerts SET due_at = ?2 WHERE alert = ?1");
        foreach (BillingAlert alert in due)
        {
            update.Bind(1, alert.Id);
            update.Bind(2, Text(alert.DueAt));
            update.Run();
        }

        return due;
    }

    /// <summary>Puts what a confirmation or a failure makes of an alert in its place.</summary>
    public static void Change(SqliteSession session, BillingAlert alert, Func<BillingAlert, BillingAlert?> change)
    {
        BillingAlert? changed = null;
        using (SqliteStatement select = session.Prepare($"SELECT {Columns} FROM alerts WHERE alert = ?1"))
        {
            select.Bind(1, alert.Id);
            changed = select.Step() ? change(Read(select)) : null;
        }

        if (changed is null)
        {
            return;
        }

        using SqliteStatement update = session.Prepare("UPDATE alerts SET attempts = ?2, due_at = ?3, sent_at = ?4, last_error = ?5 WHERE alert = ?1");
        update.Bind(1, changed.Id);
        update.Bind(2, changed.Attempts);
        update.Bind(3, Text(changed.DueAt));
        update.Bind(4, Text(changed.SentAt));
        update.Bind(5, changed.LastError);
        update.Run();
    }

    /// <summary>The alerts of a record, in the order of their rules.</summary>
    public static IReadOnlyList<BillingAlert> Of(SqliteSession session, RecordKey key)
    {
        using SqliteStatement select = session.Prepare($"SELECT {Columns} FROM alerts WHERE key = ?1 ORDER BY id");
        select.BindKey(1, key);
        List<BillingAlert> alerts = [];
        while (select.Step())
        {
            alerts.Add(Read(select));
        }

        return alerts;
    }

    private static BillingAlert Read(SqliteStatement row) => new()
    {
        Id = row.Text(0),
        RecordKey = row.Key(1),
        Rule = row.Text(2),
        Subject = row.Text(3),
        Message = row.Text(4),
        RaisedAt = Instant(row.Text(5)),
        Attempts = row.Int32(6),
        DueAt = row.TextOrNull(7) is { } due ? Instant(due) : null,
        SentAt = row.TextOrNull(8) is { } sent ? Instant(sent) : null,
        LastError = row.TextOrNull(9),
    };

    // In UTC and of one length, so that the order of the texts is that of the instants.
    private static string? Text(DateTimeOffset? instant) => instant?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
