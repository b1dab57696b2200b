namespace Billing.Aws.Requests;

/// <summary>A transient failure of a call, which can be retried.</summary>
internal sealed class PassingAwsException(AwsException cause) : Exception(cause.Message, cause)
{
    /// <summary>The exception to throw when the retries fail too.</summary>
    public AwsException Cause => cause;
}
