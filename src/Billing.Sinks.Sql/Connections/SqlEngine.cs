using System.Data.Common;

namespace Billing.Sinks.Sql.Connections;

/// <summary>A kind of server: how a session begins, and what its errors mean.</summary>
internal abstract class SqlEngine(SqlSinkOptions options)
{
    /// <summary>The options that all kinds have, checked.</summary>
    public SqlSinkOptions Options => options;

    /// <summary>Takes over an open connection.</summary>
    /// <exception cref="BillingException">The server does not take the settings that exactness needs, or the connection has no TLS and needs it.</exception>
    public abstract ValueTask<ServerSession> StartAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Looks at a data source that is used from now on.</summary>
    public virtual void Opened(DbDataSource source)
    {
    }

    /// <summary>What the server calls an error, or what caused it; null where it is none of the server's.</summary>
    public abstract string? CodeOf(Exception exception);

    /// <summary>Whether the server does not know the user or the password.</summary>
    public abstract bool IsAccessDenied(Exception exception);

    /// <summary>Whether there was no server to talk to, rather than one that says no.</summary>
    public abstract bool IsUnreachable(Exception exception);

    /// <summary>Whether an exception comes from a driver or the network beneath it.</summary>
    public abstract bool IsDatabase(Exception exception);

    /// <summary>Why an error may pass, or null where it will not.</summary>
    public abstract string? ReasonToRetry(Exception exception);

    /// <summary>What to do about an error that does not pass.</summary>
    public abstract string Remedy(Exception exception);

    /// <summary>What to throw where a connection has no TLS and needs it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="setting">How a connection string asks for TLS.</param>
    /// <param name="options">The name of the sink's options.</param>
    public static BillingException NotEncrypted(string? host, string setting, string options) =>
        new($"The connection to {host} is not encrypted. Ask for TLS in the connection string ({setting}), or set {options}.{nameof(SqlSinkOptions.RequireTls)} to false in a network that nobody else can hear.");

    /// <summary>What to throw to the caller. Messages of servers and drivers carry no passwords.</summary>
    public BillingException Of(Exception exception, string database, int attempts)
    {
        string tried = attempts > 1 ? FormattableString.Invariant($" after {attempts} attempts") : "";
        if (IsUnreachable(exception))
        {
            return new BillingException($"The database {database} cannot be reached{tried} ({exception.GetBaseException().Message.TrimEnd('.')}). Start the server, or correct host and port. Nothing of this call is stored in part; running it again is safe.", exception);
        }

        string code = CodeOf(exception) is { } known ? $"error {known}: " : "";
        return new BillingException($"The database {database} failed{tried} ({code}{exception.Message}). {Remedy(exception)} Nothing of this call is stored in part; running it again is safe.", exception);
    }
}
