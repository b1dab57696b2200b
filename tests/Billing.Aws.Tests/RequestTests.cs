using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Aws.Tests;

public sealed class RequestTests
{
    private static readonly DateTimeOffset s_now = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_signature_that_these_tests_compute_is_that_of_the_published_example() =>
        // get-vanilla of AWS's test suite of Signature Version 4.
        Assert.Equal(
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            Signature("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service", "GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

    [Fact]
    public async Task A_request_is_signed_as_AWS_specifies_with_all_that_must_be_signed()
    {
        using ScriptedHandler handler = new((_, _) => ScriptedHandler.Json("""{"SecretString":"answer"}"""));
        using AwsConnection connection = handler.Connect(time: new FixedTime(s_now));
        await AskAsync(connection);

        HttpRequestMessage request = Assert.Single(handler.Requests);
        string authorization = Assert.Single(request.Headers.GetValues("Authorization"));
        string[] signed = authorization.Split("SignedHeaders=")[1].Split(',')[0].Split(';');
        Assert.Equal(["content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token", "x-amz-target"], signed);
        string headers = string.Concat(signed.Select(name => $"{name}:{(name == "host" ? "aws.test" : name == "content-type" ? request.Content!.Headers.ContentType!.ToString() : Assert.Single(request.Headers.GetValues(name)))}\n"));
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(handler.Bodies[0])));
        string canonical = $"POST\n/\n\n{headers}\n{string.Join(';', signed)}\n{hash}";
        Assert.EndsWith("Signature=" + Signature("very-secret-key", "eu-central-1", "secretsmanager", canonical), authorization, StringComparison.Ordinal);
        Assert.Equal("secretsmanager.GetSecretValue", Assert.Single(request.Headers.GetValues("X-Amz-Target")));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    [InlineData(HttpStatusCode.BadRequest, "ThrottlingException")]
    [InlineData(HttpStatusCode.TooManyRequests, "Whatever")]
    public async Task What_may_pass_is_tried_again(HttpStatusCode status, string code)
    {
        using ScriptedHandler handler = new((number, _) => number < 3
            ? ScriptedHandler.Json($$"""{"__type":"com.amazonaws.secretsmanager#{{code}}","message":"busy"}""", status)
            : ScriptedHandler.Json("""{"SecretString":"answer"}"""));
        using AwsConnection connection = handler.Connect();
        Assert.Equal("answer", await AskAsync(connection));
        Assert.Equal(4, handler.Requests.Count);
    }

    [Fact]
    public async Task A_broken_connection_and_a_broken_body_are_tried_again()
    {
        using ScriptedHandler handler = new((number, _) => number switch
        {
            0 => throw new HttpRequestException("refused"),
            1 => new HttpResponseMessage { Content = new StreamContent(new BrokenStream("{\"Secret"u8.ToArray())) },
            _ => ScriptedHandler.Json("""{"SecretString":"answer"}"""),
        });
        using AwsConnection connection = handler.Connect();
        await AskAsync(connection);
        Assert.Equal(3, handler.Requests.Count);
    }

    [Fact]
    public async Task A_wrong_request_is_not_tried_again_and_the_error_says_what_support_asks_for()
    {
        using ScriptedHandler handler = new((_, _) => ScriptedHandler.Json("""{"__type":"com.amazonaws.secretsmanager#ResourceNotFoundException","message":"There is no such secret."}""", HttpStatusCode.BadRequest));
        using AwsConnection connection = handler.Connect();
        AwsException error = await Assert.ThrowsAsync<AwsException>(async () => await AskAsync(connection));
        Assert.Equal("Secrets Manager GetSecretValue failed: ResourceNotFoundException, HTTP 400, request request-7. There is no such secret.", error.Message);
        Assert.Equal(("Secrets Manager", "GetSecretValue", "ResourceNotFoundException", HttpStatusCode.BadRequest, "request-7"), (error.Service, error.Operation, error.ErrorCode, error.StatusCode!.Value, error.RequestId));
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Errors_do_not_repeat_the_session_token_that_AWS_repeats()
    {
        using ScriptedHandler handler = new((_, _) => ScriptedHandler.Json(
            """{"__type":"InvalidSignatureException","message":"The request signature does not match.\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:very-secret-token'"}""", HttpStatusCode.Forbidden));
        using AwsConnection connection = handler.Connect();
        AwsException error = await Assert.ThrowsAsync<AwsException>(async () => await AskAsync(connection));
        Assert.DoesNotContain("very-secret", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("The request signature does not match.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_try_that_takes_too_long_is_ended_and_after_the_last_the_error_says_so()
    {
        using HangingHandler handler = new();
        using AwsConnection connection = new(new AwsOptions
        {
            Region = "eu-central-1",
            Endpoint = new Uri("http://aws.test"),
            Credentials = new Amazon.Runtime.BasicAWSCredentials("a", "b"),
            MaxAttempts = 2,
            MaxRetryDelay = TimeSpan.FromMilliseconds(1),
            AttemptTimeout = TimeSpan.FromMilliseconds(100),
        }, handler);
        AwsException error = await Assert.ThrowsAsync<AwsException>(async () => await AskAsync(connection));
        Assert.Equal("Timeout", error.ErrorCode);
        Assert.Equal(2, handler.Count);
    }

    [Fact]
    public async Task Region_and_endpoints_come_from_the_environment_that_of_the_service_before_that_of_all()
    {
        Dictionary<string, string> variables = new() { ["AWS_REGION"] = "sa-east-1", ["AWS_ENDPOINT_URL"] = "http://all.test:1", ["AWS_ENDPOINT_URL_SQS"] = "http://sqs.test:2" };
        try
        {
            foreach ((string name, string value) in variables)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            using ScriptedHandler handler = new((_, _) => ScriptedHandler.Json("""{"QueueUrl":"http://sqs.test:2/1/q","SecretString":"s"}"""));
            using AwsConnection connection = handler.Connect(options => (options.Endpoint, options.Region) = (null, null));
            await new SqsQueue(connection, "q").GetUrlAsync(Cancellation);
            await AskAsync(connection);
            Assert.Equal(["http://sqs.test:2/", "http://all.test:1/"], handler.Requests.Select(request => request.RequestUri!.ToString()));
            Assert.Contains("/sa-east-1/secretsmanager/", Assert.Single(handler.Requests[1].Headers.GetValues("Authorization")), StringComparison.Ordinal);
            Assert.Equal("http://all.test:1/", connection.S3.Config.ServiceURL);
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SQS", "nowhere");
            Assert.Contains("AWS_ENDPOINT_URL_SQS", Assert.Throws<BillingConfigurationException>(() => handler.Connect(options => options.Endpoint = null)).Message, StringComparison.Ordinal);
        }
        finally
        {
            foreach (string name in variables.Keys)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }

    [Theory]
    [InlineData("Region", "nowhere")]
    [InlineData("Attempts", "0")]
    [InlineData("Endpoint", "ftp://host")]
    public void A_wrong_option_is_an_error_that_names_it(string option, string value) => Assert.Throws<BillingConfigurationException>(() =>
    {
        using AwsConnection connection = new(option switch
        {
            "Region" => new AwsOptions { Region = value },
            "Attempts" => new AwsOptions { MaxAttempts = int.Parse(value, CultureInfo.InvariantCulture) },
            _ => new AwsOptions { Endpoint = new Uri(value) },
        });
    });

    private static async Task<string> AskAsync(AwsConnection connection)
    {
        using SecretsManager secrets = new(connection);
        return await secrets.GetAsync("s", Cancellation);
    }

    // Signature Version 4, as its specification says; a canonical request of 20150830T123600Z.
    private static string Signature(string secret, string region, string service, string canonicalRequest)
    {
        static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
        string scope = $"20150830/{region}/{service}/aws4_request";
        string toSign = $"AWS4-HMAC-SHA256\n20150830T123600Z\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";
        byte[] key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + secret), "20150830"), region), service), "aws4_request");
        return Convert.ToHexStringLower(Mac(key, toSign));
    }
}
