namespace Billing.Sinks.Sql.Connections;

/// <summary>A transient failure: the call can be tried again. It never leaves this package.</summary>
internal sealed class PassingException(string reason, Exception cause) : Exception(reason, cause)
{
    /// <summary>Why the failure is transient.</summary>
    public string Reason { get; } = reason;

    /// <summary>The exception that was thrown.</summary>
    public Exception Cause { get; } = cause;
}
