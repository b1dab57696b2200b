using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Billing.Aws.Tests;

public sealed class QueueTests(Fauxqs fauxqs)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_sent_received_and_deleted_with_attributes_and_any_text()
    {
        using AwsConnection connection = fauxqs.Connect();
        SqsQueue queue = new(connection, "plain");
        SqsOutgoingMessage[] messages = [.. Enumerable.Range(0, 23).Select(i => new SqsOutgoingMessage($"{i} é 日本 \"<&>\"\n") { Attributes = new Dictionary<string, string> { ["Kind"] = "test" } })];
        IReadOnlyList<SqsEntryOutcome> sent = await queue.SendAsync(messages, Cancellation);
        Assert.All(sent, outcome => Assert.True(outcome.Succeeded, outcome.Error));
        Assert.Equal(23, sent.Select(outcome => outcome.MessageId).Distinct().Count());

        Dictionary<string, SqsMessage> received = [];
        while (received.Count < 23)
        {
            IReadOnlyList<SqsMessage> some = await queue.ReceiveAsync(new SqsReceiveOptions { Wait = TimeSpan.FromSeconds(1) }, Cancellation);
            Assert.NotEmpty(some);
            foreach (SqsMessage message in some)
            {
                received.Add(message.MessageId, message);
            }
        }

        Assert.Equal(messages.Select(message => message.Body).Order(StringComparer.Ordinal), received.Values.Select(message => message.Body).Order(StringComparer.Ordinal));
        Assert.All(received.Values, message => Assert.Equal(("test", 1, "arn:aws:sqs:us-east-1:000000000000:plain"), (message.MessageAttributes["Kind"].StringValue!, message.ReceiveCount, message.QueueArn!)));
        Assert.All(await queue.DeleteAsync([.. received.Values.Select(message => message.ReceiptHandle)], Cancellation), outcome => Assert.True(outcome.Succeeded, outcome.Error));
        Assert.Equal(new SqsQueueCounts(0, 0, 0), await queue.GetCountsAsync(Cancellation));
    }

    [Fact]
    public async Task A_delivery_that_is_given_back_comes_again()
    {
        using AwsConnection connection = fauxqs.Connect();
        SqsQueue queue = new(connection, "visibility");
        await queue.SendAsync([new SqsOutgoingMessage("again")], Cancellation);
        SqsMessage first = Assert.Single(await queue.ReceiveAsync(null, Cancellation));
        Assert.True(Assert.Single(await queue.ChangeVisibilityAsync([first.ReceiptHandle], TimeSpan.Zero, Cancellation)).Succeeded);
        SqsMessage second = Assert.Single(await queue.ReceiveAsync(null, Cancellation));
        Assert.Equal((first.MessageId, 2), (second.MessageId, second.ReceiveCount));
    }

    [Fact]
    public async Task A_FIFO_queue_gives_a_group_in_the_order_that_it_was_sent_in()
    {
        using AwsConnection connection = fauxqs.Connect();
        SqsQueue queue = new(connection, "ordered.fifo");
        SqsOutgoingMessage[] messages = [.. Enumerable.Range(0, 6).Select(i => new SqsOutgoingMessage($"m{i}") { GroupId = i % 2 == 0 ? "even" : "odd" })];
        Assert.All(await queue.SendAsync(messages, Cancellation), outcome => Assert.True(outcome.Succeeded, outcome.Error));
        List<SqsMessage> received = [];
        while (received.Count < messages.Length)
        {
            // The emulator gives one message of a group at a time; SQS may give more.
            IReadOnlyList<SqsMessage> some = await queue.ReceiveAsync(new SqsReceiveOptions { Wait = TimeSpan.FromSeconds(1) }, Cancellation);
            Assert.NotEmpty(some);
            received.AddRange(some);
            await queue.DeleteAsync([.. some.Select(message => message.ReceiptHandle)], Cancellation);
        }

        Assert.Equal(["m0", "m2", "m4"], received.Where(message => message.GroupId == "even").Select(message => message.Body));
        Assert.Equal(["m1", "m3", "m5"], received.Where(message => message.GroupId == "odd").Select(message => message.Body));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_an_error_that_says_so()
    {
        using AwsConnection connection = fauxqs.Connect();
        AwsException error = await Assert.ThrowsAsync<AwsException>(async () => await new SqsQueue(connection, "nowhere").GetUrlAsync(Cancellation));
        Assert.Contains("QueueDoesNotExist", error.ErrorCode + error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_producer_loses_nothing()
    {
        using AwsConnection connection = fauxqs.Connect();
        SqsQueue queue = new(connection, "producer");
        SqsSendReport report = await new SqsProducer(queue).SendAsync(Messages(257), null, Cancellation);
        Assert.Equal(257, report.Sent);
        Assert.Empty(report.Unsent);
        Assert.Equal(257, (await queue.GetCountsAsync(Cancellation)).Waiting);

        static async IAsyncEnumerable<SqsOutgoingMessage> Messages(int count)
        {
            for (int i = 0; i < count; i++)
            {
                await Task.Yield();
                yield return new SqsOutgoingMessage($"{i}");
            }
        }
    }

    [Fact]
    public async Task Entries_that_fail_or_are_not_named_are_sent_again_and_no_others()
    {
        List<string[]> calls = [];
        using ScriptedHandler handler = new((number, body) =>
        {
            string[] ids = Ids(body);
            calls.Add(ids);
            return number switch
            {
                0 => Answer(body, [ids[0]], [(ids[1], "ServiceUnavailable", false), (ids[2], "ThrottlingException", true)]),
                _ => Answer(body, ids, []),
            };
        });
        using AwsConnection connection = handler.Connect();
        IReadOnlyList<SqsEntryOutcome> outcomes = await Queue(connection).SendAsync([.. "abcd".Select(c => new SqsOutgoingMessage($"{c}"))], Cancellation);
        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
        Assert.Equal([["m0", "m1", "m2", "m3"], ["m1", "m2", "m3"]], calls);
    }

    [Theory]
    [InlineData("calls")]
    [InlineData("entries")]
    [InlineData("both")]
    public async Task What_never_passes_is_tried_as_often_as_the_options_say_and_no_oftener(string what)
    {
        using ScriptedHandler handler = new((number, body) => what == "calls" || (what == "both" && number % 2 == 0)
            ? ScriptedHandler.Json("""{"__type":"com.amazonaws.sqs#ServiceUnavailable","message":"busy"}""", HttpStatusCode.ServiceUnavailable)
            : Answer(body, [], [.. Ids(body).Select(id => (id, "InternalError", false))]));
        using AwsConnection connection = handler.Connect(options => options.MaxAttempts = 4);
        SqsEntryOutcome outcome = Assert.Single(await Queue(connection).SendAsync([new SqsOutgoingMessage("a")], Cancellation));
        Assert.Equal((false, what == "calls" ? "ServiceUnavailable" : "InternalError"), (outcome.Succeeded, outcome.ErrorCode));
        Assert.Equal(4, handler.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_breaks_and_a_try_that_takes_too_long_are_tried_again()
    {
        using ScriptedHandler handler = new((number, body) => number switch
        {
            0 => throw new HttpRequestException("refused"),
            1 => new HttpResponseMessage { Content = new StreamContent(new BrokenStream("{\"Succ"u8.ToArray())) },
            _ => Answer(body, Ids(body), []),
        });
        using AwsConnection connection = handler.Connect();
        Assert.True(Assert.Single(await Queue(connection).SendAsync([new SqsOutgoingMessage("a")], Cancellation)).Succeeded);
        Assert.Equal(3, handler.Requests.Count);

        using HangingHandler hanging = new();
        using AwsConnection slow = new(new AwsOptions { Region = "eu-central-1", Endpoint = new Uri("http://aws.test"), Credentials = new Amazon.Runtime.BasicAWSCredentials("a", "b"), MaxAttempts = 2, MaxRetryDelay = TimeSpan.FromMilliseconds(1), AttemptTimeout = TimeSpan.FromMilliseconds(100) }, hanging);
        AwsException error = await Assert.ThrowsAsync<AwsException>(() => Queue(slow).GetCountsAsync(Cancellation));
        Assert.Equal(("Timeout", 2), (error.ErrorCode, hanging.Count));
    }

    [Fact]
    public async Task Errors_do_not_repeat_the_session_token_that_AWS_repeats()
    {
        using ScriptedHandler handler = new((_, _) => ScriptedHandler.Json(
            """{"__type":"InvalidSignatureException","message":"The request signature does not match.\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:very-secret-token'"}""", HttpStatusCode.Forbidden));
        using AwsConnection connection = handler.Connect();
        AwsException error = await Assert.ThrowsAsync<AwsException>(() => Queue(connection).GetCountsAsync(Cancellation));
        Assert.DoesNotContain("very-secret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(("InvalidSignatureException", HttpStatusCode.Forbidden, "request-7"), (error.ErrorCode, error.StatusCode!.Value, error.RequestId));
    }

    [Fact]
    public async Task Without_a_configured_endpoint_a_queue_is_called_where_its_URL_says_and_signed_for_that_region()
    {
        using ScriptedHandler handler = new((_, _) => ScriptedHandler.Json("{}"));
        using AwsConnection connection = handler.Connect(options => options.Endpoint = null);
        await new SqsQueue(connection, "https://sqs.ap-southeast-2.amazonaws.com/123456789012/q").ReceiveAsync(new SqsReceiveOptions { Wait = TimeSpan.Zero }, Cancellation);
        await new SqsQueue(connection, "arn:aws:sqs:eu-central-1:123456789012:other").DeleteAsync(["handle"], Cancellation);
        Assert.Equal("https://sqs.ap-southeast-2.amazonaws.com/", handler.Requests[0].RequestUri!.ToString());
        Assert.Contains("/ap-southeast-2/sqs/aws4_request", Assert.Single(handler.Requests[0].Headers.GetValues("Authorization")), StringComparison.Ordinal);
        Assert.Equal("https://sqs.eu-central-1.amazonaws.com/", handler.Requests[1].RequestUri!.ToString());
        Assert.Contains("\"QueueOwnerAWSAccountId\":\"123456789012\"", handler.Bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_is_wrong_is_sent_once_and_reported_and_the_others_pass()
    {
        using ScriptedHandler handler = new((_, body) => Answer(body, [.. Ids(body).Skip(1)], [(Ids(body)[0], "InvalidParameterValue", true)]));
        using AwsConnection connection = handler.Connect();
        IReadOnlyList<SqsEntryOutcome> outcomes = await Queue(connection).SendAsync([new("a"), new("b")], Cancellation);
        Assert.Equal([false, true], outcomes.Select(outcome => outcome.Succeeded));
        Assert.Equal("InvalidParameterValue", outcomes[0].ErrorCode);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task When_a_call_fails_for_good_every_message_of_it_is_reported_and_the_others_are_sent()
    {
        using ScriptedHandler handler = new((_, body) => body.Contains("\"m10\"", StringComparison.Ordinal)
            ? ScriptedHandler.Json("""{"__type":"AccessDenied","message":"no"}""", HttpStatusCode.Forbidden)
            : Answer(body, Ids(body), []));
        using AwsConnection connection = handler.Connect();
        IReadOnlyList<SqsEntryOutcome> outcomes = await Queue(connection).SendAsync([.. Enumerable.Range(0, 25).Select(i => new SqsOutgoingMessage($"{i}"))], Cancellation);
        Assert.Equal(Enumerable.Range(10, 10), Enumerable.Range(0, 25).Where(i => !outcomes[i].Succeeded));
        Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.Equal("AccessDenied", outcome.ErrorCode));
    }

    [Fact]
    public async Task After_a_message_of_a_group_has_failed_none_of_its_group_is_sent()
    {
        using ScriptedHandler handler = new((_, body) => body.Contains("\"bad\"", StringComparison.Ordinal)
            ? Answer(body, [.. Ids(body).Where(id => id != "m1")], [("m1", "InvalidParameterValue", true)])
            : Answer(body, Ids(body), []));
        using AwsConnection connection = handler.Connect();
        SqsOutgoingMessage[] messages = [new("a") { GroupId = "g" }, new("bad") { GroupId = "g" }, new("c") { GroupId = "g" }, new("d") { GroupId = "h" }];
        IReadOnlyList<SqsEntryOutcome> outcomes = await new SqsQueue(connection, "http://aws.test/1/q.fifo").SendAsync(messages, Cancellation);
        Assert.Equal([null, "InvalidParameterValue", "GroupStopped", null], outcomes.Select(outcome => outcome.ErrorCode));
        Assert.DoesNotContain(handler.Bodies, body => body.Contains("\"c\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calls_hold_ten_messages_and_no_more_bytes_than_the_queue_takes_and_what_no_queue_takes_is_refused()
    {
        List<int> sizes = [];
        using ScriptedHandler handler = new((_, body) =>
        {
            sizes.Add(Ids(body).Length);
            return Answer(body, Ids(body), []);
        });
        using AwsConnection connection = handler.Connect();
        string large = new('x', 100_000);
        SqsOutgoingMessage[] messages = [new(large), new(large), new(large), new(new string('é', 131_073)), new(""), new("\u0001"), new("\ud800"), .. Enumerable.Range(0, 12).Select(i => new SqsOutgoingMessage("s"))];
        IReadOnlyList<SqsEntryOutcome> outcomes = await Queue(connection).SendAsync(messages, Cancellation);
        Assert.Equal([2, 10, 3], sizes);
        Assert.Equal(["MessageTooLong", "EmptyMessage", "InvalidMessageContents", "InvalidMessageContents"], outcomes.Skip(3).Take(4).Select(outcome => outcome.ErrorCode));
        Assert.Equal(15, outcomes.Count(outcome => outcome.Succeeded));
    }

    [Fact]
    public async Task A_body_that_arrives_damaged_is_an_error()
    {
        using ScriptedHandler handler = new((_, _) => ScriptedHandler.Json("""{"Messages":[{"MessageId":"1","ReceiptHandle":"h","Body":"damaged","MD5OfBody":"00000000000000000000000000000000"}]}"""));
        using AwsConnection connection = handler.Connect();
        AwsException error = await Assert.ThrowsAsync<AwsException>(() => Queue(connection).ReceiveAsync(null, Cancellation));
        Assert.Equal("DamagedBody", error.ErrorCode);
    }

    private static SqsQueue Queue(AwsConnection connection) => new(connection, "http://aws.test/1/q");

    private static string[] Ids(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return [.. document.RootElement.GetProperty("Entries").EnumerateArray().Select(entry => entry.GetProperty("Id").GetString()!)];
    }

    // As SQS confirms entries: by the MD5 of what it took.
    private static HttpResponseMessage Answer(string body, string[] successful, (string Id, string Code, bool SenderFault)[] failed)
    {
        using JsonDocument request = JsonDocument.Parse(body);
        Dictionary<string, string> bodies = request.RootElement.GetProperty("Entries").EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("Id").GetString()!, entry => entry.TryGetProperty("MessageBody", out JsonElement text) ? text.GetString()! : "");
        return ScriptedHandler.Json(
            "{\"Successful\":[" + string.Join(',', successful.Select(id => $"{{\"Id\":\"{id}\",\"MessageId\":\"id-{id}\",\"MD5OfMessageBody\":\"{Md5(bodies[id])}\"}}"))
            + "],\"Failed\":[" + string.Join(',', failed.Select(f => $"{{\"Id\":\"{f.Id}\",\"Code\":\"{f.Code}\",\"Message\":\"m\",\"SenderFault\":{(f.SenderFault ? "true" : "false")}}}")) + "]}");
    }

#pragma warning disable CA5351 // The protocol of SQS.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
