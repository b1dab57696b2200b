using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Aws;
using Billing.LambdaEvents;

namespace Billing.Lambda.Tests;

/// <summary>Events as AWS gives them.</summary>
internal static class Events
{
    /// <summary>The notification of a bucket, with keys as S3 writes them.</summary>
    public static string S3(params string[] encodedKeys) => S3(encodedKeys.Select((key, i) => (key, $"00{i}")).ToArray());

    /// <summary>The same, with the sequencer of each upload.</summary>
    public static string S3(params (string Key, string Sequencer)[] uploads) => new JsonObject
    {
        ["Records"] = new JsonArray([.. uploads.Select(upload => (JsonNode)new JsonObject
        {
            ["eventVersion"] = "2.1",
            ["eventSource"] = "aws:s3",
            ["eventTime"] = "2025-06-17T10:00:00.000Z",
            ["eventName"] = "ObjectCreated:Put",
            ["s3"] = new JsonObject
            {
                ["bucket"] = new JsonObject { ["name"] = Emulators.Bucket },
                ["object"] = new JsonObject { ["key"] = upload.Key, ["sequencer"] = upload.Sequencer },
            },
        })]),
    }.ToJsonString();

    /// <summary>Messages of a queue; the ids are m0, m1, ...</summary>
    public static string Sqs(params string[] bodies) => System.Text.Encoding.UTF8.GetString(new SqsEvent
    {
        Messages = [.. bodies.Select((body, i) => new SqsMessage { MessageId = $"m{i}", Body = body, QueueArn = "arn:aws:sqs:us-east-1:000000000000:queue" })],
    }.ToUtf8Bytes());

    /// <summary>A request of an HTTP API.</summary>
    public static string Http(string method, string path, string? body = null, Dictionary<string, string>? query = null, params (string Name, string Value)[] headers) =>
        System.Text.Encoding.UTF8.GetString(new HttpApiRequest
        {
            RawPath = path,
            Body = body,
            QueryStringParameters = query,
            Headers = headers.ToDictionary(header => header.Name, header => header.Value),
            RequestContext = new HttpApiRequestContext { Http = new HttpApiRequestHttp { Method = method, Path = path } },
        }.ToUtf8Bytes());

    /// <summary>The ids that a batch response names.</summary>
    public static string[] Failures(InvocationResult result) => [.. SqsBatchResponse.Parse(result.Payload.Span).Failures.Select(failure => failure.MessageId)];

    /// <summary>The answer of an HTTP API, and its body in JSON.</summary>
    public static (HttpApiResponse Response, JsonElement Body) Answer(InvocationResult result)
    {
        HttpApiResponse response = HttpApiResponse.Parse(result.Payload.Span);
        using JsonDocument body = JsonDocument.Parse(response.Body.Length == 0 ? "{}" : response.Body);
        return (response, body.RootElement.Clone());
    }
}
