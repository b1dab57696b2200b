using System.Security.Cryptography;
using System.Text;
using Billing.Reports;
using Billing.Storage;

namespace Billing;

/// <summary>An alert that a rule asked for. It is stored in the same write as its record, and sent by an <see cref="AlertSender"/>.</summary>
public sealed record BillingAlert
{
    /// <summary>The default subject, for rules that name none: <c>Billing Alert</c>.</summary>
    public const string DefaultSubject = "Billing Alert";

    private const int LongestError = 1_000;

    private static readonly byte[] s_domain = "billing alert v1\0"u8.ToArray();

    /// <summary>The id: 64 lower-case hexadecimal digits, the same for the same record and rule on every delivery. A receiver that has seen the id has seen the alert.</summary>
    public required string Id { get; init; }

    /// <summary>The key of the record, or of what else the store keeps: of a receipt, its SHA-256.</summary>
    public required RecordKey RecordKey { get; init; }

    /// <summary>The name of the rule that asked for it.</summary>
    public required string Rule { get; init; }

    /// <summary>The subject, one line.</summary>
    public required string Subject { get; init; }

    /// <summary>The message: lines of plain text, each ending in a line feed.</summary>
    public required string Message { get; init; }

    /// <summary>When the record was stored, in UTC.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>The number of attempts to send the alert, including the one that succeeded.</summary>
    public int Attempts { get; init; }

    /// <summary>When a sender can next claim the alert: the end of the current claim, or of the pause after a failed attempt. Null once the alert is sent.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When a sender confirmed that it was sent, in UTC; null until then.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Why the last attempt failed; null if none did.</summary>
    public string? LastError { get; init; }

    /// <summary>Returns the alerts that the rules asked for on a record, due at once. For stores, which keep them with the record.</summary>
    /// <param name="record">The record, with its key.</param>
    /// <param name="raisedAt">The time of the write.</param>
    public static IReadOnlyList<BillingAlert> Of(BillingRecord record, DateTimeOffset raisedAt)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Of(record.Key, record.Alerts, record.AlertSubjects, raisedAt, rule => AlertMessage.Of(record, rule));
    }

    /// <summary>The alerts that rules asked for on something else that a store keeps, due at once.</summary>
    /// <param name="key">What names it.</param>
    /// <param name="rules">The names of the rules; an equal one counts once.</param>
    /// <param name="subjects">The subjects, at the places of the rules; where there is none, <see cref="DefaultSubject"/>.</param>
    /// <param name="raisedAt">The time of the write.</param>
    /// <param name="message">The message of a rule.</param>
    public static IReadOnlyList<BillingAlert> Of(RecordKey key, IReadOnlyList<string> rules, IReadOnlyList<string> subjects, DateTimeOffset raisedAt, Func<string, string> message)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(message);
        if (rules.Count == 0)
        {
            return [];
        }

        DateTimeOffset utc = raisedAt.ToUniversalTime();
        List<BillingAlert> alerts = new(rules.Count);
        for (int i = 0; i < rules.Count; i++)
        {
            string id = IdOf(key, rules[i]);
            if (!alerts.Exists(alert => alert.Id == id))
            {
                alerts.Add(new BillingAlert
                {
                    Id = id,
                    RecordKey = key,
                    Rule = rules[i],
                    Subject = i < subjects.Count ? subjects[i] : DefaultSubject,
                    Message = message(rules[i]),
                    RaisedAt = utc,
                    DueAt = utc,
                });
            }
        }

        return alerts;
    }

    private static string IdOf(RecordKey key, string rule)
    {
        byte[] name = Encoding.UTF8.GetBytes(rule);
        byte[] bytes = new byte[s_domain.Length + RecordKey.Size + name.Length];
        s_domain.CopyTo(bytes, 0);
        key.CopyTo(bytes.AsSpan(s_domain.Length));
        name.CopyTo(bytes, s_domain.Length + RecordKey.Size);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>Checks what a store was asked to claim.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is not 1 to 100, or <paramref name="lease"/> not above zero.</exception>
    public static void CheckClaim(int most, TimeSpan lease)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 100);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
    }

    /// <summary>
    /// The same, claimed: what a store keeps, and gives to the sender. The time that it is due is the claim itself: no two claims end at the same time, as the
    /// next begins when the last has ended.
    /// </summary>
    public BillingAlert Claimed(DateTimeOffset now, TimeSpan lease) => this with { DueAt = (now + lease).ToUniversalTime() };

    /// <summary>The same, sent: what a store keeps when the sender confirms it. Null where nothing changes, as it is sent already.</summary>
    public BillingAlert? Confirmed(DateTimeOffset sentAt) => SentAt is not null
        ? null
        : this with { SentAt = sentAt.ToUniversalTime(), DueAt = null, Attempts = Attempts + 1 };

    /// <summary>The same after a failed attempt. Null where nothing changes, as it is sent, or another sender has claimed it.</summary>
    /// <param name="claimed">The alert as the sender was given it.</param>
    /// <param name="error">What went wrong; its first 1,000 characters are kept.</param>
    /// <param name="retryAt">When it is due again.</param>
    public BillingAlert? Failed(BillingAlert claimed, string error, DateTimeOffset retryAt)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        ArgumentNullException.ThrowIfNull(error);
        return SentAt is not null || DueAt != claimed.DueAt
            ? null
            : this with { DueAt = retryAt.ToUniversalTime(), Attempts = Attempts + 1, LastError = Cut(error) };
    }

    // Returns the part of an error that is stored, as valid Unicode.
    private static string Cut(string error)
    {
        string text = error.Length <= LongestError ? error : error[..LongestError];
        return UnicodeText.IsWellFormed(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }
}
