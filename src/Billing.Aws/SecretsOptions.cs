namespace Billing.Aws;

/// <summary>How secrets are read.</summary>
public sealed class SecretsOptions
{
    /// <summary>How long a secret is used before it is read again, up to 1 day. Default 5 minutes.</summary>
    public TimeSpan RefreshAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Where the Secrets Manager Agent or the Lambda extension listens. Default null: the port of <c>PARAMETERS_SECRETS_EXTENSION_HTTP_PORT</c> on
    /// localhost, or 2773 in a Lambda function with extensions; else none. Without <see cref="AgentToken"/> it is not asked.
    /// </summary>
    public Uri? Agent { get; set; }

    /// <summary>What the agent lets a caller in by. Default null: <c>AWS_SESSION_TOKEN</c>. Never logged.</summary>
    public string? AgentToken { get; set; }

    /// <summary>A copy that later changes of this do not reach.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    internal SecretsOptions Checked()
    {
        BillingConfigurationException.ThrowUnless(RefreshAfter >= TimeSpan.Zero && RefreshAfter <= TimeSpan.FromDays(1), nameof(SecretsOptions), nameof(RefreshAfter), RefreshAfter, "up to 1 day");
        BillingConfigurationException.ThrowUnless(Agent is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }, nameof(SecretsOptions), nameof(Agent), Agent, "an absolute address of http or https");
        BillingConfigurationException.ThrowUnless(AgentToken is null || !string.IsNullOrWhiteSpace(AgentToken), nameof(SecretsOptions), nameof(AgentToken), AgentToken, "the token, or null");
        return (SecretsOptions)MemberwiseClone();
    }
}
