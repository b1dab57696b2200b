using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Scheduler;

namespace Billing.Infrastructure.Parts;

/// <summary>Schedules in the time zone of the settings.</summary>
internal static class Schedules
{
    // In the format of EventBridge, so that the function need not know which of the two called.
    private const string Event = """{"source":"aws.scheduler","detail-type":"Scheduled Event","time":"<aws.scheduler.scheduled-time>","detail":{}}""";

    /// <summary>Invokes a function on a schedule. An invocation that fails three times is kept.</summary>
    public static void Add(BillingFunction function, string expression, CloudSettings settings, FoundationStack foundation)
    {
        Role role = new(function, "ScheduleRole", new RoleProps { AssumedBy = Trust.Of("scheduler.amazonaws.com") });
        function.Function.GrantInvoke(role);
        WorkQueue.DeadLetters missed = new(function, "Missed", $"{function.Node.Id}-missed", settings, foundation);
        missed.Queue.GrantSendMessages(role);
        function.KeepFailedEvents();
        _ = new CfnSchedule(function, "Schedule", new CfnScheduleProps
        {
            Name = $"billing-{settings.Stage}-{function.Node.Id}",
            ScheduleExpression = expression,
            ScheduleExpressionTimezone = settings.TimeZone,
            FlexibleTimeWindow = new CfnSchedule.FlexibleTimeWindowProperty { Mode = "OFF" },
            Target = new CfnSchedule.TargetProperty
            {
                Arn = function.Function.FunctionArn,
                RoleArn = role.RoleArn,
                Input = Event,
                DeadLetterConfig = new CfnSchedule.DeadLetterConfigProperty { Arn = missed.Queue.QueueArn },
                RetryPolicy = new CfnSchedule.RetryPolicyProperty { MaximumRetryAttempts = 5, MaximumEventAgeInSeconds = 3600 },
            },
        });
    }
}
