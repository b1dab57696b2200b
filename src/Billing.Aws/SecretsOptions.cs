namespace Billing.Aws;

/// <summary>How secrets are read.</summary>
public sealed class SecretsOptions
{
    /// <summary>How long a secret is used before it is read again, up to 1 day. Default 5 minutes.</summary>
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Where the Secrets Manager Agent or the Lambda extension listens. Default null: the port of <c>PARAMETERS_SECRETS_EXTENSION_HTTP_PORT</c> on
    /// localhost, or 2773 in a Lambda function with extensions; else none. Without <see cref="AgentToken"/> it is not asked.
    /// </summary>
    public Uri? Agent { get; set; }

    /// <summary>What the agent lets a caller in by. Default null: <c>AWS_SESSION_TOKEN</c>. Never logged.</summary>
    public string? AgentToken { get; set; }

    internal SecretsOptions Checked()
    {
        if (CacheFor < TimeSpan.Zero || CacheFor > TimeSpan.FromDays(1))
        {
            throw new BillingConfigurationException($"{nameof(SecretsOptions)}.{nameof(CacheFor)} is '{CacheFor}'. Use up to 1 day.");
        }

        return (SecretsOptions)MemberwiseClone();
    }
}
