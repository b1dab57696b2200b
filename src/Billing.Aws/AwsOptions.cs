using Amazon;
using Amazon.Runtime;

namespace Billing.Aws;

/// <summary>Options for calls to AWS. An option that is null is taken from the environment, as the AWS tools do.</summary>
public sealed class AwsOptions
{
    /// <summary>The region, such as <c>eu-central-1</c>. Default null: <c>AWS_REGION</c>, then <c>AWS_DEFAULT_REGION</c>, then the region of the profile or of the machine.</summary>
    public string? Region { get; set; }

    /// <summary>The credentials. Default null: the default chain of the AWS SDK (environment, profile, container, instance).</summary>
    public AWSCredentials? Credentials { get; set; }

    /// <summary>
    /// The endpoint of all services, for emulators and private endpoints. Default null: <c>AWS_ENDPOINT_URL_S3</c>, <c>_SQS</c>, <c>_SNS</c>, <c>_SECRETS_MANAGER</c>,
    /// then <c>AWS_ENDPOINT_URL</c>, unless <c>AWS_IGNORE_CONFIGURED_ENDPOINT_URLS</c> is true; otherwise the endpoint of the region.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>How many times a call is tried when it fails with a transient error (5xx, throttling, timeouts, lost connections), 1 to 20. Default 6.</summary>
    public int MaxAttempts { get; set; } = 6;

    /// <summary>The longest wait between two attempts, 1 millisecond to 5 minutes. The waits are random and grow. Default 10 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time that one attempt may take, 100 milliseconds to 10 minutes. Default 20 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Returns a checked copy, which later changes to this object do not affect.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    internal AwsOptions Checked()
    {
        Check(Region is null || RegionEndpoint.GetBySystemName(Region).DisplayName != "Unknown", nameof(Region), Region, "the system name of a region, such as eu-central-1");
        Check(Endpoint is null || Endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https" }, nameof(Endpoint), Endpoint, "an absolute address of http or https");
        Check(MaxAttempts is >= 1 and <= 20, nameof(MaxAttempts), MaxAttempts, "1 to 20");
        Check(MaxRetryDelay >= TimeSpan.FromMilliseconds(1) && MaxRetryDelay <= TimeSpan.FromMinutes(5), nameof(MaxRetryDelay), MaxRetryDelay, "1 millisecond to 5 minutes");
        Check(AttemptTimeout >= TimeSpan.FromMilliseconds(100) && AttemptTimeout <= TimeSpan.FromMinutes(10), nameof(AttemptTimeout), AttemptTimeout, "100 milliseconds to 10 minutes");
        return (AwsOptions)MemberwiseClone();
    }

    private static void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, nameof(AwsOptions), option, value, use);
}
