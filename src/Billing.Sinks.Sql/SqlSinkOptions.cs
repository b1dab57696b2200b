namespace Billing.Sinks.Sql;

/// <summary>The options that all SQL sinks have.</summary>
public abstract class SqlSinkOptions
{
    private const int LongestPrefix = 40;
    private const int MostConcurrency = 16;

    internal SqlSinkOptions()
    {
    }

    /// <summary>Whether the tables are created on first use. Default false: without them, the first call fails and shows the SQL.</summary>
    public bool CreateTables { get; set; }

    /// <summary>
    /// What the names of the tables begin with: up to 40 ASCII letters, digits and underscores; in PostgreSQL the letters are lower-case. Default <c>billing_</c>, for
    /// <c>billing_records</c>, <c>billing_runs</c> and <c>billing_quarantine</c>.
    /// </summary>
    public string TablePrefix { get; set; } = "billing_";

    /// <summary>
    /// How many batches of one run are written at once, each over a connection and in a transaction of its own, 1 to 16. Default 2: while the server
    /// works on one, the next is made ready and sent. A server with more cores takes more; a run holds one batch more than this in memory.
    /// </summary>
    public int Concurrency { get; set; } = 2;

    /// <summary>Whether a connection without TLS to another host than this one is refused. Default true.</summary>
    public bool RequireTls { get; set; } = true;

    /// <summary>How often a call is tried in all while errors come that may pass (deadlock, failover, lost connection), 1 to 100. Default 9: about half a minute.</summary>
    public int MaxAttempts { get; set; } = 9;

    /// <summary>The longest pause before a call is tried again, 1 millisecond to an hour. The pauses double from a tenth of a second, with jitter. Default 10 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one statement may take, 1 second to a day. Default 5 minutes.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether <see cref="TablePrefix"/> may have capital letters.</summary>
    internal virtual bool TakesCapitals => true;

    /// <summary>A copy that later changes of this do not reach.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    internal T Checked<T>()
        where T : SqlSinkOptions
    {
        Check(TablePrefix is not null && TablePrefix.Length <= LongestPrefix && TablePrefix.All(IsOfAName), nameof(TablePrefix), TablePrefix, $"up to {LongestPrefix} {(TakesCapitals ? "" : "lower-case ")}ASCII letters, digits and underscores");
        Check(Concurrency is >= 1 and <= MostConcurrency, nameof(Concurrency), Concurrency, $"1 to {MostConcurrency}");
        Check(MaxAttempts is >= 1 and <= 100, nameof(MaxAttempts), MaxAttempts, "1 to 100");
        Check(MaxRetryDelay >= TimeSpan.FromMilliseconds(1) && MaxRetryDelay <= TimeSpan.FromHours(1), nameof(MaxRetryDelay), MaxRetryDelay, "1 millisecond to an hour");
        Check(CommandTimeout >= TimeSpan.FromSeconds(1) && CommandTimeout <= TimeSpan.FromDays(1), nameof(CommandTimeout), CommandTimeout, "1 second to a day");
        return (T)MemberwiseClone();
    }

    private void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, GetType().Name, option, value, use);

    private bool IsOfAName(char character) => char.IsAsciiDigit(character) || character == '_' || (TakesCapitals ? char.IsAsciiLetter(character) : char.IsAsciiLetterLower(character));
}
