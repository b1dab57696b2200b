using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Billing.Infrastructure.Parts;

/// <summary>A queue whose messages go to its dead-letter queue after five receives, with alarms on both.</summary>
internal sealed class WorkQueue : Construct
{
    private const int Receives = 5;

    // As AWS advises: the messages of a throttled function stay hidden long enough to be retried.
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
        Alarms.Add(this, "Age", $"billing-{settings.Stage}-{name}-age", $"The oldest message of {name} has been waiting for an hour.", Queue.MetricApproximateAgeOfOldestMessage(Alarms.Over("Maximum")), 3600, foundation.Alarms);
    }

    public Queue Queue { get; }

    /// <summary>Adds a queue for messages that failed too many times. An alarm reports the first one.</summary>
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
            Alarms.Add(this, "NotEmpty", queue + "-not-empty", $"Messages failed permanently and are in {queue}. Fix the cause, then redrive them.", Queue.MetricApproximateNumberOfMessagesVisible(Alarms.Over("Maximum")), 1, foundation.Alarms);
        }

        public Queue Queue { get; }
    }
}
