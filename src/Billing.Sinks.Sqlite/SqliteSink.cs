using Billing.Sinks.Sqlite.Alerts;
using Billing.Sinks.Sqlite.Records;
using Billing.Sinks.Sqlite.Runs;

namespace Billing.Sinks.Sqlite;

/// <summary>A store in one SQLite file.</summary>
/// <remarks>
/// Several runs, instances and processes may use one file at once; writes take turns. SQLite has no asynchronous calls:
/// calls return when their work is done, which waits for nothing but the disk, other writers, and what is read. What they throw says
/// that the file is of another program or a newer version, busy for too long, full, read-only or damaged.
/// </remarks>
public sealed class SqliteSink : SqlStore, IBillingStore, IKnownSources
{
    private readonly SqliteDatabase _database;

    /// <summary>Creates a sink for a connection string of Microsoft.Data.Sqlite, such as <c>Data Source=billing.db</c>. The file is opened on first use.</summary>
    /// <exception cref="BillingConfigurationException">The connection string or an option is invalid.</exception>
    public SqliteSink(string connectionString, SqliteSinkOptions? options = null, TimeProvider? timeProvider = null)
        : this(SqliteLocation.Parse(connectionString), (options ?? new SqliteSinkOptions()).Checked(), timeProvider, SqliteSchema.Scripts)
    {
    }

    internal SqliteSink(SqliteLocation location, SqliteSinkOptions options, TimeProvider? timeProvider, IReadOnlyList<string> scripts)
        : this("sqlite:" + location.Path, new SqliteDatabase(location, options, scripts), timeProvider ?? TimeProvider.System)
    {
    }

    private SqliteSink(string name, SqliteDatabase database, TimeProvider time)
        : base(name, database, new SqlSchema(SqliteDialect.Instance, prefix: ""), new SqliteRecords(name), new SqliteUploads(), time) => _database = database;

    /// <inheritdoc/>
    bool IBillingStore.IsMissing => _database.IsMissing;

    /// <inheritdoc/>
    ValueTask<string> IKnownSources.GetMarkAsync(CancellationToken cancellationToken) => _database.ReadAsync(SqliteKnownSources.MarkAsync, cancellationToken);

    /// <inheritdoc/>
    async ValueTask IKnownSources.RememberAsync(string terms, string runId, string mark, CancellationToken cancellationToken) =>
        await _database.ChangeAsync((session, token) => SqliteKnownSources.RememberAsync(session, terms, runId, mark, token), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    async ValueTask<IngestReport?> IKnownSources.FindKnownRunAsync(string terms, CancellationToken cancellationToken) =>
        await _database.ReadAsync((session, token) => SqliteKnownSources.FindAsync(session, terms, token), cancellationToken).ConfigureAwait(false) is { } runId
            && await FindRunAsync(runId, cancellationToken).ConfigureAwait(false) is { Status: RunStatus.Completed } run
            ? run
            : null;
}
