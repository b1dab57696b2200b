namespace Billing.Sinks.Sql;

/// <summary>The options that all SQL sinks share.</summary>
public abstract class SqlSinkOptions
{
    private const int LongestPrefix = 40;
    private const int MostConcurrency = 16;

    internal SqlSinkOptions()
    {
    }

    /// <summary>Whether the tables are created on first use. Default false: if they are missing, the first call fails and shows the SQL.</summary>
    public bool CreateTables { get; set; }

    /// <summary>
    /// The start of the table names: up to 40 ASCII letters, digits and underscores; for PostgreSQL, letters in lower case only. Default <c>billing_</c>, which gives
    /// <c>billing_records</c>, <c>billing_runs</c> and <c>billing_quarantine</c>.
    /// </summary>
    public string TablePrefix { get; set; } = "billing_";

    /// <summary>
    /// How many batches of one run are written at once, each over its own connection and in its own transaction, 1 to 16. Default 2: while the server
    /// works on one, the next is prepared and sent. A server with more cores can take more. A run holds one batch more than this in memory.
    /// </summary>
    public int Concurrency { get; set; } = 2;

    /// <summary>Whether an unencrypted connection to another machine is refused. Default true.</summary>
    public bool RequireTls { get; set; } = true;

    /// <summary>How many times a call is tried when it fails with transient errors (deadlock, failover, lost connection), 1 to 100. Default 9, which takes about half a minute.</summary>
    public int MaxAttempts { get; set; } = 9;

    /// <summary>The longest pause before a call is tried again, 1 millisecond to an hour. The pauses double from a tenth of a second, with jitter. Default 10 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one statement may take, 1 second to a day. Default 5 minutes.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether <see cref="TablePrefix"/> may contain capital letters.</summary>
    internal virtual bool TakesCapitals => true;

    /// <summary>Returns a checked copy, which later changes to this object do not affect.</summary>
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
