using System.Text;
using Billing.LambdaEvents;

namespace Billing.Lambda.Tests;

/// <summary>The events that API Gateway and EventBridge publish.</summary>
public sealed class LambdaEventTests
{
    [Fact]
    public void Events_are_written_as_they_are_read()
    {
        ScheduledEvent scheduled = ScheduledEvent.Parse(Sample("scheduled-event.json"));
        Assert.Equal(scheduled.Id, ScheduledEvent.Parse(scheduled.ToUtf8Bytes()).Id);
        Assert.Equal("POST", HttpApiRequest.Parse(HttpApiRequest.Parse(Sample("http-api-v2-request.json")).ToUtf8Bytes()).Method);
    }

    [Fact]
    public void A_schedule_says_when_it_was_due()
    {
        ScheduledEvent read = ScheduledEvent.Parse(Sample("scheduled-event.json"));
        Assert.Equal(("Scheduled Event", "aws.events", DateTimeOffset.UnixEpoch), (read.DetailType, read.Source, read.Time));
        Assert.Equal("arn:aws:events:us-east-1:123456789012:rule/my-schedule", Assert.Single(read.Resources));
    }

    [Fact]
    public void A_request_of_an_HTTP_API_gives_its_headers_in_any_case_its_query_and_its_bytes()
    {
        HttpApiRequest read = HttpApiRequest.Parse(Sample("http-api-v2-request.json"));
        Assert.Equal(("POST", "/my/path", "value1", "value1,value2", "value1"), (read.Method, read.RawPath, read.Header("HEADER1"), read.Query("parameter1"), read.PathParameter("parameter1")));
        Assert.Null(read.Header("none"));
        // The published example states base 64 for a text that is none.
        Assert.Throws<SourceFormatException>(read.BodyBytes);
        Assert.Equal("{}", Encoding.UTF8.GetString(HttpApiRequest.Parse("""{"requestContext":{"http":{"method":"POST"}},"body":"e30=","isBase64Encoded":true}"""u8).BodyBytes()));
    }

    [Theory]
    [InlineData("sample-http-api-v2-request.json")]
    [InlineData("http-api-v2-request-iam-authorizer.json")]
    [InlineData("http-api-v2-request-lambda-authorizer.json")]
    public void Requests_of_every_published_kind_are_read(string file) => Assert.NotEmpty(HttpApiRequest.Parse(Sample(file)).Method);

    [Fact]
    public void A_request_of_a_REST_API_is_an_error_that_says_so() => Assert.Throws<SourceFormatException>(() => HttpApiRequest.Parse(Sample("proxy-event.json")));

    [Fact]
    public void An_answer_has_the_shape_that_API_Gateway_takes() => Assert.Equal(
        """{"statusCode":400,"headers":{"content-type":"application/json"},"body":"{}","isBase64Encoded":false}""",
        Encoding.UTF8.GetString(new HttpApiResponse { StatusCode = 400, Headers = new Dictionary<string, string> { ["content-type"] = "application/json" }, Body = "{}" }.ToUtf8Bytes()));

    private static byte[] Sample(string file)
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        return File.ReadAllBytes(SharedData.PathTo("aws-events-lambda-dotnet", file));
    }
}
