using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace Billing.Infrastructure.Parts;

/// <summary>Alarms that notify the topic for alarms.</summary>
internal static class Alarms
{
    /// <summary>Adds an alarm for a metric of at least <paramref name="threshold"/>.</summary>
    public static void Add(Construct scope, string id, string name, string description, IMetric metric, double threshold, ITopic topic)
    {
        Alarm alarm = new(scope, id, new AlarmProps
        {
            AlarmName = name,
            AlarmDescription = description,
            Metric = metric,
            Threshold = threshold,
            EvaluationPeriods = 1,
            ComparisonOperator = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            TreatMissingData = TreatMissingData.NOT_BREACHING,
        });
        alarm.AddAlarmAction(new SnsAction(topic));
        alarm.AddOkAction(new SnsAction(topic));
    }

    /// <summary>Returns how a metric is read: over five minutes.</summary>
    public static MetricOptions Over(string statistic) => new() { Period = Duration.Minutes(5), Statistic = statistic };
}
