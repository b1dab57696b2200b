using System.Text.Json;

namespace Billing.Aws.Tests;

public sealed class TopicTests(Fauxqs fauxqs)
{
    private const string Arn = "arn:aws:sns:us-east-1:000000000000:alerts";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_arrives_with_subject_message_and_id()
    {
        using AwsConnection connection = fauxqs.Connect();
        BillingAlert alert = Assert.Single(BillingAlert.Of(Some.Record(alerts: ["over-500"]), DateTimeOffset.UnixEpoch));
        await new SnsAlertPublisher(new SnsTopic(connection, Arn)).PublishAsync(alert, Cancellation);
        SqsMessage message = Assert.Single(await new SqsQueue(connection, "alerts").ReceiveAsync(null, Cancellation));
        using JsonDocument envelope = JsonDocument.Parse(message.Body);
        Assert.Equal((alert.Subject, alert.Message), (envelope.RootElement.GetProperty("Subject").GetString(), envelope.RootElement.GetProperty("Message").GetString()));
        Assert.Equal(alert.Id, envelope.RootElement.GetProperty("MessageAttributes").GetProperty("AlertId").GetProperty("Value").GetString());
    }

    [Theory]
    [InlineData("  Expense\nAlert ", "Expense Alert")]
    [InlineData("Café 😀", "Caf? ?")]
    [InlineData("", "")]
    public void A_subject_is_made_one_that_SNS_takes(string subject, string expected) => Assert.Equal(expected, SnsTopic.SubjectOf(subject));

    [Fact]
    public void A_subject_has_up_to_100_characters() => Assert.Equal(100, SnsTopic.SubjectOf(new string('x', 500)).Length);

    [Theory]
    [InlineData("alerts")]
    [InlineData("arn:aws:sqs:us-east-1:1:alerts")]
    public void What_is_no_ARN_of_a_topic_is_refused(string arn)
    {
        using AwsConnection connection = fauxqs.Connect();
        Assert.Throws<BillingConfigurationException>(() => new SnsTopic(connection, arn));
    }
}
