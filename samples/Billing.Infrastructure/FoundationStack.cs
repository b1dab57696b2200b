using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Billing.Infrastructure.Parts;

namespace Billing.Infrastructure;

/// <summary>The part that all systems share: the topics for alarms and alerts, and their key.</summary>
public sealed class FoundationStack : Stack
{
    internal FoundationStack(Constructs.Construct scope, CloudSettings settings)
        : base(scope, $"billing-{settings.Stage}-foundation")
    {
        // The AWS managed key for topics does not let alarms publish.
        TopicKey = new Key(this, "TopicKey", new KeyProps
        {
            Description = $"Billing {settings.Stage}: topics",
            EnableKeyRotation = true,
            RemovalPolicy = Removal.Of(settings),
        });
        Alarms = Topics.Create(this, "Alarms", $"billing-{settings.Stage}-alarms", "Billing alarm", TopicKey, settings);
        Alerts = Topics.Create(this, "Alerts", $"billing-{settings.Stage}-alerts", "Expense Alert", TopicKey, settings);
        Topics.AllowPublish(Alarms, TopicKey, new ServicePrincipal("cloudwatch.amazonaws.com"));
    }

    internal Key TopicKey { get; }

    /// <summary>The topic for alarms: failures of the systems.</summary>
    internal Topic Alarms { get; }

    /// <summary>The topic for alerts: what rules found in records and receipts.</summary>
    internal Topic Alerts { get; }
}
