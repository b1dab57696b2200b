namespace Billing.Aws.Requests;

/// <summary>A failure that may pass when the call is tried again.</summary>
internal sealed class PassingAwsException(AwsException cause) : Exception(cause.Message, cause)
{
    /// <summary>What is thrown when it does not pass.</summary>
    public AwsException Cause => cause;
}
