namespace Billing.Aws;

/// <summary>Options for reading secrets.</summary>
public sealed class SecretsOptions
{
    /// <summary>How long a secret is cached, up to 1 day. Default 5 minutes.</summary>
    public TimeSpan RefreshAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The address of the Secrets Manager Agent or the Lambda extension. Default null: the port of <c>PARAMETERS_SECRETS_EXTENSION_HTTP_PORT</c> on
    /// localhost, or 2773 in a Lambda function with extensions; otherwise no agent. Without <see cref="AgentToken"/> the agent is not used.
    /// </summary>
    public Uri? Agent { get; set; }

    /// <summary>The token that the agent requires from a caller. Default null: <c>AWS_SESSION_TOKEN</c>. Never logged.</summary>
    public string? AgentToken { get; set; }

    /// <summary>Returns a checked copy, which later changes to this object do not affect.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    internal SecretsOptions Checked()
    {
        BillingConfigurationException.ThrowUnless(RefreshAfter >= TimeSpan.Zero && RefreshAfter <= TimeSpan.FromDays(1), nameof(SecretsOptions), nameof(RefreshAfter), RefreshAfter, "up to 1 day");
        BillingConfigurationException.ThrowUnless(Agent is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }, nameof(SecretsOptions), nameof(Agent), Agent, "an absolute address of http or https");
        BillingConfigurationException.ThrowUnless(AgentToken is null || !string.IsNullOrWhiteSpace(AgentToken), nameof(SecretsOptions), nameof(AgentToken), AgentToken, "the token, or null");
        return (SecretsOptions)MemberwiseClone();
    }
}
