using System.Data.Common;

namespace Billing.Sinks.Sql.Connections;

/// <summary>A kind of server: how a session starts, and what its errors mean.</summary>
internal abstract class SqlEngine(SqlSinkOptions options)
{
    /// <summary>The validated options that all kinds share.</summary>
    public SqlSinkOptions Options => options;

    /// <summary>Takes over an open connection.</summary>
    /// <exception cref="BillingException">The server rejects the settings that exact values need, or the connection has no TLS although it is required.</exception>
    public abstract ValueTask<ServerSession> StartAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Inspects a data source that is used from now on.</summary>
    public virtual void Opened(DbDataSource source)
    {
    }

    /// <summary>Returns the server's code of an error or its cause; null if the error is not from the server.</summary>
    public abstract string? CodeOf(Exception exception);

    /// <summary>Whether the server rejects the user or the password.</summary>
    public abstract bool IsAccessDenied(Exception exception);

    /// <summary>Whether no server answered, as opposed to one that refused.</summary>
    public abstract bool IsUnreachable(Exception exception);

    /// <summary>Whether an exception comes from the driver or the network below it.</summary>
    public abstract bool IsDatabase(Exception exception);

    /// <summary>Returns why an error is transient, or null if it is not.</summary>
    public abstract string? ReasonToRetry(Exception exception);

    /// <summary>Returns what to do about an error that is not transient.</summary>
    public abstract string Remedy(Exception exception);

    /// <summary>Returns the exception for a connection that has no TLS although it is required.</summary>
    /// <param name="host">The host.</param>
    /// <param name="setting">The setting that requests TLS in a connection string.</param>
    /// <param name="options">The name of the sink's options class.</param>
    public static BillingException NotEncrypted(string? host, string setting, string options) =>
        new($"The connection to {host} is not encrypted. Request TLS in the connection string ({setting}), or set {options}.{nameof(SqlSinkOptions.RequireTls)} to false on a network that nobody else can listen to.");

    /// <summary>Returns the exception for the caller. Messages of servers and drivers contain no passwords.</summary>
    public BillingException Of(Exception exception, string database, int attempts)
    {
        string tried = attempts > 1 ? FormattableString.Invariant($" after {attempts} attempts") : "";
        if (IsUnreachable(exception))
        {
            return new BillingException($"The database {database} cannot be reached{tried} ({exception.GetBaseException().Message.TrimEnd('.')}). Start the server, or correct the host and the port. Nothing of this call is stored in part; running it again is safe.", exception);
        }

        string code = CodeOf(exception) is { } known ? $"error {known}: " : "";
        return new BillingException($"The database {database} failed{tried} ({code}{exception.Message}). {Remedy(exception)} Nothing of this call is stored in part; running it again is safe.", exception);
    }
}
