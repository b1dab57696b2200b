using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Billing.Sinks.Aurora.Connections;

/// <summary>MySQL and MariaDB, through MySqlConnector.</summary>
internal sealed class AuroraEngine(AuroraSinkOptions options) : SqlEngine(options)
{
    private volatile bool _sendsStreams;

    /// <summary>Creates a database of this kind.</summary>
    public static ServerDatabase Database(
        DataSourceOpener source, AuroraSinkOptions options, IReadOnlyList<SqlTable> tables, string name, TimeProvider time, ILogger logger) =>
        new(source, new AuroraEngine(options), new SqlTables(AuroraDialect.Instance, tables, nameof(AuroraSinkOptions)), name, time, logger);

    public override void Opened(DbDataSource source) => _sendsStreams = new MySqlConnectionStringBuilder(source.ConnectionString).AllowLoadLocalInfile;

    public override async ValueTask<ServerSession> StartAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await AuroraSession.StartAsync((MySqlConnection)connection, options, _sendsStreams, cancellationToken).ConfigureAwait(false);

    public override string? CodeOf(Exception exception) => AuroraErrors.NumberOf(exception) is not 0 and var number ? number.ToString(CultureInfo.InvariantCulture) : null;

    public override bool IsAccessDenied(Exception exception) => AuroraErrors.IsAccessDenied(exception);

    public override bool IsUnreachable(Exception exception) => AuroraErrors.IsUnreachable(exception);

    public override bool IsDatabase(Exception exception) => AuroraErrors.IsDatabase(exception);

    public override string? ReasonToRetry(Exception exception) => AuroraErrors.ReasonToRetry(exception);

    public override string Remedy(Exception exception) => AuroraErrors.Remedy(exception);
}
