namespace Billing.Sinks.Sql.Connections;

/// <summary>Says that the call can be tried again; never leaves this package.</summary>
internal sealed class PassingException(string reason, Exception cause) : Exception(reason, cause)
{
    /// <summary>Why it may pass.</summary>
    public string Reason { get; } = reason;

    /// <summary>What happened.</summary>
    public Exception Cause { get; } = cause;
}
