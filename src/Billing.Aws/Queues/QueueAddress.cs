using Billing.Aws.Requests;

namespace Billing.Aws.Queues;

/// <summary>Where a queue is: by URL, ARN or name.</summary>
internal sealed class QueueAddress
{
    private readonly AwsConnection _connection;
    private readonly string? _owner;
    private volatile Uri? _url;
    private string? _arn;

    public QueueAddress(AwsConnection connection, string queue)
    {
        _connection = connection;
        if (Uri.TryCreate(queue, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https")
        {
            _url = url;
            Name = url.Segments[^1];
        }
        else if (queue.StartsWith("arn:", StringComparison.Ordinal) && queue.Split(':') is [_, _, "sqs", _, { Length: > 0 } owner, { Length: > 0 } name])
        {
            _arn = queue;
            _owner = owner;
            Name = name;
        }
        else
        {
            Name = queue;
        }
    }

    /// <summary>The name of the queue.</summary>
    public string Name { get; }

    /// <summary>The URL.</summary>
    /// <exception cref="AwsException">The queue is not there, or may not be seen.</exception>
    public async ValueTask<Uri> GetAsync(CancellationToken cancellationToken)
    {
        if (_url is { } known)
        {
            return known;
        }

        AwsReply reply = await _connection.SendAsync(QueueJson.GetUrl(Name, _owner), cancellationToken).ConfigureAwait(false);
        return _url = QueueJson.Read(reply, "GetQueueUrl", static root => new Uri(root.GetProperty("QueueUrl").GetString()!));
    }

    /// <summary>The ARN as messages of events carry it.</summary>
    public async ValueTask<string> GetArnAsync(CancellationToken cancellationToken)
    {
        if (_arn is not null)
        {
            return _arn;
        }

        Uri url = await GetAsync(cancellationToken).ConfigureAwait(false);
        string account = url.Segments.Length > 2 ? url.Segments[^2].TrimEnd('/') : "000000000000";
        return _arn = $"arn:{_connection.Endpoints.Region.PartitionName}:sqs:{_connection.Endpoints.Region.SystemName}:{account}:{Name}";
    }
}
