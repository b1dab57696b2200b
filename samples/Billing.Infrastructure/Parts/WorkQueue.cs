using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Billing.Infrastructure.Parts;

/// <summary>A queue whose messages go to its dead letters after five receives, with alarms on both.</summary>
internal sealed class WorkQueue : Construct
{
    private const int Receives = 5;

    // As AWS advises: the messages of a throttled function stay hidden long enough to be tried again.
    private const int TimeoutsHidden = 6;

    public WorkQueue(Construct scope, string id, string name, Duration functionTimeout, CloudSettings settings, FoundationStack foundation)
        : base(scope, id)
    {
        DeadLetters dead = new(this, "DeadLetters", name + "DeadLetters", settings, foundation);
        Queue = new Queue(this, "Queue", new QueueProps
        {
            QueueName = $"billing-{settings.Stage}-{name}",
            VisibilityTimeout = Duration.Seconds(functionTimeout.ToSeconds() * TimeoutsHidden),
            RetentionPeriod = Duration.Days(4),
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            RemovalPolicy = Removal.Of(settings),
            DeadLetterQueue = new DeadLetterQueue { Queue = dead.Queue, MaxReceiveCount = Receives },
        });
        Alarms.Add(this, "Age", $"billing-{settings.Stage}-{name}-age", $"The oldest message of {name} waits for an hour.", Queue.MetricApproximateAgeOfOldestMessage(Alarms.Over("Maximum")), 3600, foundation.Alarms);
    }

    public Queue Queue { get; }

    /// <summary>Where messages end that failed too often; an alarm tells of the first.</summary>
    internal sealed class DeadLetters : Construct
    {
        public DeadLetters(Construct scope, string id, string name, CloudSettings settings, FoundationStack foundation)
            : base(scope, id)
        {
            string queue = name.StartsWith("billing-", StringComparison.Ordinal) ? name : $"billing-{settings.Stage}-{name}";
            Queue = new Queue(this, "Queue", new QueueProps
            {
                QueueName = queue,
                RetentionPeriod = Duration.Days(14),
                Encryption = QueueEncryption.SQS_MANAGED,
                EnforceSSL = true,
                RemovalPolicy = Removal.Of(settings),
            });
            Alarms.Add(this, "NotEmpty", queue + "-not-empty", $"Work failed for good and waits in {queue}: mend the cause, then redrive.", Queue.MetricApproximateNumberOfMessagesVisible(Alarms.Over("Maximum")), 1, foundation.Alarms);
        }

        public Queue Queue { get; }
    }
}
