using System.Text;
using Billing.Aws;
using Billing.Local.Queues;
using Billing.Local.Runtime;

namespace Billing.Local.Tests;

/// <summary>Which messages come again, as Lambda's event source mapping decides it.</summary>
public sealed class QueuePollerTests
{
    private static readonly SqsMessage[] s_batch = [.. ((string[])["a", "b", "c"]).Select(id => new SqsMessage { MessageId = id, Body = "{}" })];

    [Theory]
    [InlineData("""{"batchItemFailures":[]}""", "")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"b"}]}""", "b")]
    [InlineData("null", "")]
    [InlineData("", "")]
    // Lambda takes each of these for the whole batch.
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""", "abc")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"z"}]}""", "abc")]
    [InlineData("""{"batchItemFailures":[{"other":"a"}]}""", "abc")]
    [InlineData("not json", "abc")]
    public void A_reply_decides_which_messages_come_again(string reply, string again)
    {
        InvocationResult result = new() { RequestId = "1", Payload = Encoding.UTF8.GetBytes(reply) };
        Assert.Equal(again, string.Concat(QueuePoller.FailedOf(s_batch, result, out _).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void All_messages_of_an_invocation_that_failed_come_again()
    {
        InvocationResult result = new() { RequestId = "1", Payload = ErrorDocument.Write("X", "y"), ErrorType = "X", ErrorMessage = "y" };
        Assert.Equal(3, QueuePoller.FailedOf(s_batch, result, out string? why).Count);
        Assert.Equal("X: y", why);
    }
}
