using System.Net;
using System.Text;

namespace Billing.Aws.Tests;

/// <summary>Answers requests as a test says, and keeps what it was asked.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Func<int, string, HttpResponseMessage> _answer;

    /// <param name="answer">Gets the number of the request, from 0, and its body.</param>
    public ScriptedHandler(Func<int, string, HttpResponseMessage> answer) => _answer = answer;

    public List<HttpRequestMessage> Requests { get; } = [];

    public List<string> Bodies { get; } = [];

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/x-amz-json-1.0"), Headers = { { "x-amzn-RequestId", "request-7" } } };

    /// <summary>A connection that this answers, without long waits.</summary>
    public AwsConnection Connect(Action<AwsOptions>? configure = null, TimeProvider? time = null)
    {
        AwsOptions options = new()
        {
            Region = "eu-central-1",
            Endpoint = new Uri("http://aws.test"),
            Credentials = new Amazon.Runtime.SessionAWSCredentials("AKIDEXAMPLE", "very-secret-key", "very-secret-token"),
            MaxRetryDelay = TimeSpan.FromMilliseconds(1),
        };
        configure?.Invoke(options);
        return new AwsConnection(options, this, time);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        int number;
        lock (Requests)
        {
            number = Requests.Count;
            Requests.Add(request);
            Bodies.Add(body);
        }

        return _answer(number, body);
    }
}
