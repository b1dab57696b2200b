using System.Diagnostics.CodeAnalysis;
using Billing.Aws;
using Billing.Console.Stores;

namespace Billing.Console.Generation;

/// <summary>A queue of SQS, as <c>--to sqs:QUEUE</c> names it: by URL, ARN or name.</summary>
internal sealed class QueueTarget
{
    private const string Scheme = "sqs:";
    private const string Example = "sqs:https://sqs.eu-west-1.amazonaws.com/123456789012/transactions";

    private readonly string _queue;

    private QueueTarget(string queue) => _queue = queue;

    /// <summary>Whether an address names a queue.</summary>
    /// <exception cref="UsageException">It begins like one and is none.</exception>
    public static bool TryParse(string address, [NotNullWhen(true)] out QueueTarget? queue)
    {
        queue = null;
        if (!address.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        string rest = address[Scheme.Length..];
        bool isUrl = Uri.TryCreate(rest, UriKind.Absolute, out Uri? url) && url is { Scheme: "http" or "https", AbsolutePath.Length: > 1 };
        bool isArn = rest.Split(':') is ["arn", _, "sqs", _, { Length: > 0 }, { Length: > 0 }];
        bool isName = rest.Length > 0 && rest.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        queue = isUrl || isArn || isName ? new QueueTarget(rest) : throw new UsageException($"'{address}' is not a queue. Write it like {Example}.");
        return true;
    }

    /// <summary>The way to it, from the environment as AWS's tools read it; the caller disposes it.</summary>
    public AwsConnection Connect(TimeProvider time)
    {
        AwsOptions options = new();
        if (Uri.TryCreate(_queue, UriKind.Absolute, out Uri? url) && EmulatorCredentials.For(url) is { } credentials)
        {
            options.Credentials = credentials;
            options.Region = EmulatorCredentials.Region;
        }

        return new AwsConnection(options, timeProvider: time);
    }

    public SqsQueue Open(AwsConnection connection) => new(connection, _queue);

    public override string ToString() => Scheme + _queue;
}
