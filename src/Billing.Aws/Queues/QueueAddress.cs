using Amazon.SQS.Model;
using Billing.Aws.Requests;

namespace Billing.Aws.Queues;

/// <summary>The address of a queue, from its URL, ARN or name.</summary>
internal sealed class QueueAddress
{
    private readonly AwsConnection _connection;
    private readonly string? _owner;
    private volatile Uri? _url;
    private string? _arn;

    public QueueAddress(AwsConnection connection, string queue)
    {
        _connection = connection;

        // A queue outside AWS is called at its URL.
        Uri? endpoint = null;
        if (Uri.TryCreate(queue, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https")
        {
            _url = url;
            Name = url.Segments[^1];
            Region = EndpointRules.RegionOf(url);
            endpoint = Region is null ? new Uri(url.GetLeftPart(UriPartial.Authority)) : null;
        }
        else if (queue.StartsWith("arn:", StringComparison.Ordinal) && queue.Split(':') is [_, _, "sqs", { Length: > 0 } region, { Length: > 0 } owner, { Length: > 0 } name])
        {
            _arn = queue;
            _owner = owner;
            Name = name;
            Region = region;
        }
        else
        {
            Name = queue;
        }

        Calls = new QueueCalls(connection, Region, endpoint);
    }

    /// <summary>The name of the queue.</summary>
    public string Name { get; }

    /// <summary>The region that the URL or ARN names, which may differ from the region of this program; null if none is named.</summary>
    public string? Region { get; }

    /// <summary>The calls to the queue.</summary>
    public QueueCalls Calls { get; }

    /// <summary>The URL.</summary>
    /// <exception cref="AwsException">The queue does not exist, or may not be seen.</exception>
    public async ValueTask<Uri> GetAsync(CancellationToken cancellationToken)
    {
        if (_url is { } known)
        {
            return known;
        }

        GetQueueUrlRequest request = new() { QueueName = Name, QueueOwnerAWSAccountId = _owner };
        GetQueueUrlResponse answer = await Calls.CallAsync("GetQueueUrl", (client, token) => client.GetQueueUrlAsync(request, token), cancellationToken).ConfigureAwait(false);
        return _url = Uri.TryCreate(answer.QueueUrl, UriKind.Absolute, out Uri? url)
            ? url
            : throw new AwsException(AwsService.Sqs.Name, "GetQueueUrl", "InvalidAnswer", "The answer is not one of SQS. Check the endpoint.");
    }

    /// <summary>The ARN, as events carry it.</summary>
    public async ValueTask<string> GetArnAsync(CancellationToken cancellationToken)
    {
        if (_arn is not null)
        {
            return _arn;
        }

        Uri url = await GetAsync(cancellationToken).ConfigureAwait(false);
        string account = url.Segments.Length > 2 ? url.Segments[^2].TrimEnd('/') : "000000000000";
        return _arn = $"arn:{_connection.Endpoints.Region.PartitionName}:sqs:{Region ?? _connection.Endpoints.Region.SystemName}:{account}:{Name}";
    }
}
