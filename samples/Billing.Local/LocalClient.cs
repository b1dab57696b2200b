using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Billing.Aws;
using Billing.LambdaEvents;
using Billing.Local.Queues;
using Billing.Local.Systems;

namespace Billing.Local;

/// <summary>Works with a running local environment, in this process or another: uploads files, invokes functions, redrives queues.</summary>
public sealed class LocalClient : IDisposable
{
    // In parts, like AWS's own tools. fauxqs accepts no more than 11 MB in one piece.
    private const int LargestPart = 8 * 1024 * 1024;

    private readonly LocalState _state;
    private readonly TimeProvider _time;
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="state">The location of the environment.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    public LocalClient(LocalState state, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        _state = state;
        _time = time ?? TimeProvider.System;
        Aws = new AwsConnection(new AwsOptions { Endpoint = state.Storage, Region = "us-east-1", Credentials = new BasicAWSCredentials("local", "local"), MaxAttempts = 3 });
    }

    /// <summary>The names of the queues that feed functions.</summary>
    public static IReadOnlyList<string> Queues => [.. Deployment.Queues.Select(queue => queue.Name)];

    /// <summary>The names of the schedules.</summary>
    public static IReadOnlyList<string> Schedules => [.. Deployment.Schedules.Select(schedule => schedule.Name)];

    /// <summary>The names of the buckets.</summary>
    public static IReadOnlyList<string> Buckets => Deployment.Buckets;

    /// <summary>The connection to its S3, SQS and SNS.</summary>
    public AwsConnection Aws { get; }

    /// <summary>Returns the bucket for a file name: invoices for CSV, receipts for everything else.</summary>
    public static string BucketFor(string fileName)
    {
        string name = fileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? fileName[..^3] : fileName;
        return name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? Deployment.Invoices : Deployment.Receipts;
    }

    /// <summary>Creates a client for its DynamoDB.</summary>
    public AmazonDynamoDBClient NewDynamoDb() => new(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig { ServiceURL = _state.DynamoDb.AbsoluteUri, AuthenticationRegion = "us-east-1", Timeout = TimeSpan.FromSeconds(30) });

    /// <summary>Returns one of its queues.</summary>
    public SqsQueue Queue(string name) => new(Aws, name);

    /// <summary>Returns the dead-letter queue of one of its queues.</summary>
    public SqsQueue DeadLettersOf(string queue) => new(Aws, queue + "DeadLetters");

    /// <summary>Uploads an object, and notifies the queue of its bucket.</summary>
    /// <exception cref="LocalException">There is no such bucket.</exception>
    /// <exception cref="AwsException">The object was not stored, or the queue was not notified.</exception>
    public async Task<StoredObject> UploadAsync(string bucket, string key, Stream content, CancellationToken cancellationToken = default)
    {
        StoredObject stored = await PutAsync(bucket, key, content, cancellationToken);
        await NotifyAsync([stored], cancellationToken);
        return stored;
    }

    /// <summary>Uploads an object without notifying a queue.</summary>
    /// <inheritdoc cref="UploadAsync"/>
    public async Task<StoredObject> PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!Deployment.Buckets.Contains(bucket))
        {
            throw new LocalException($"There is no bucket '{bucket}'. Buckets: {string.Join(", ", Deployment.Buckets)}.");
        }

        long size = content.Length - content.Position;
        string tag = size <= LargestPart
            ? (await new S3Bucket(Aws.S3, bucket).PutAsync(key, content, null, cancellationToken)).ETag
            : await PartsUpload.PutAsync(Aws.S3, bucket, key, content, LargestPart, cancellationToken);
        DateTimeOffset now = _time.GetUtcNow();
        return new StoredObject(bucket, key, size, tag, now.UtcTicks.ToString("X16", CultureInfo.InvariantCulture), now);
    }

    /// <summary>Notifies the queue of a bucket of objects in that bucket, in one event.</summary>
    /// <exception cref="AwsException">The queue was not notified.</exception>
    public async Task NotifyAsync(IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        if (objects.Count > 0 && Deployment.QueueOf(objects[0].Bucket) is { } queue)
        {
            await SendAsync(queue, ObjectCreated.Event([.. objects]), cancellationToken);
        }
    }

    /// <summary>The queue of transactions.</summary>
    public static string TransactionQueue => "FinancialTransactionQueue";

    /// <summary>Sends a message to a queue.</summary>
    /// <exception cref="LocalException">The queue rejected the message.</exception>
    public async Task SendAsync(string queue, string body, CancellationToken cancellationToken = default)
    {
        SqsEntryOutcome outcome = (await Queue(queue).SendAsync([new SqsOutgoingMessage(body)], cancellationToken))[0];
        if (!outcome.Succeeded)
        {
            throw new LocalException($"The queue {queue} rejected the message: {outcome.Error}");
        }
    }

    /// <summary>Invokes a function as <c>aws lambda invoke</c> would.</summary>
    /// <returns>Whether it succeeded, and its reply or its error.</returns>
    /// <exception cref="LocalException">There is no such function.</exception>
    public async Task<(bool Succeeded, string Reply)> InvokeAsync(string function, string payload, CancellationToken cancellationToken = default)
    {
        using StringContent content = new(payload, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync(new Uri(_state.Control, $"/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations"), content, cancellationToken);
        string reply = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? (!response.Headers.Contains("X-Amz-Function-Error"), reply) : throw new LocalException(Message(reply));
    }

    /// <summary>Triggers a schedule, as EventBridge would when it is due.</summary>
    /// <exception cref="LocalException">There is no such schedule.</exception>
    public Task<(bool Succeeded, string Reply)> FireAsync(string schedule, CancellationToken cancellationToken = default)
    {
        ScheduleDefinition definition = Deployment.Schedules.FirstOrDefault(candidate => candidate.Name == schedule)
            ?? throw new LocalException($"There is no schedule '{schedule}'. Schedules: {string.Join(", ", Schedules)}.");
        DateTimeOffset now = _time.GetUtcNow();
        ScheduledEvent due = new()
        {
            Id = Guid.NewGuid().ToString(),
            DetailType = "Scheduled Event",
            Source = "aws.events",
            Account = "000000000000",
            Region = "us-east-1",
            Time = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero),
            Resources = [$"arn:aws:events:us-east-1:000000000000:rule/{schedule}"],
            Detail = JsonElement.Parse("{}"u8),
        };
        return InvokeAsync(definition.Function, Encoding.UTF8.GetString(due.ToUtf8Bytes()), cancellationToken);
    }

    /// <summary>Sends the dead letters of a queue back to it. Each is deleted once the queue has accepted it.</summary>
    /// <returns>The number of messages sent back.</returns>
    /// <exception cref="LocalException">There is no such queue, or it rejected a message.</exception>
    public async Task<int> RedriveAsync(string queue, CancellationToken cancellationToken = default)
    {
        if (!Queues.Contains(queue))
        {
            throw new LocalException($"There is no queue '{queue}'. Queues: {string.Join(", ", Queues)}.");
        }

        SqsQueue dead = DeadLettersOf(queue);
        int moved = 0;
        while (await dead.ReceiveAsync(new SqsReceiveOptions { Wait = TimeSpan.Zero }, cancellationToken) is { Count: > 0 } messages)
        {
            IReadOnlyList<SqsEntryOutcome> outcomes = await Queue(queue).SendAsync(
                [.. messages.Select(message => new SqsOutgoingMessage(message.Body)
                {
                    Attributes = message.MessageAttributes.Where(attribute => attribute.Value.StringValue is not null).ToDictionary(attribute => attribute.Key, attribute => attribute.Value.StringValue!),
                })],
                cancellationToken);
            string[] taken = [.. messages.Where((_, i) => outcomes[i].Succeeded).Select(message => message.ReceiptHandle)];
            _ = await dead.DeleteAsync(taken, CancellationToken.None);
            moved += taken.Length;
            if (outcomes.FirstOrDefault(outcome => !outcome.Succeeded) is { } refused)
            {
                throw new LocalException($"The queue {queue} rejected a message: {refused.Error} {moved} messages were sent back.");
            }
        }

        return moved;
    }

    /// <summary>Returns the alerts that have arrived since the last call: subject and message. A topic keeps no messages, so a queue is subscribed to it.</summary>
    public async Task<IReadOnlyList<(string Subject, string Message)>> TakeAlertsAsync(TimeSpan wait = default, CancellationToken cancellationToken = default)
    {
        SqsQueue inbox = Queue(Deployment.AlertInbox);
        IReadOnlyList<SqsMessage> messages = await inbox.ReceiveAsync(new SqsReceiveOptions { Wait = wait }, cancellationToken);
        _ = await inbox.DeleteAsync([.. messages.Select(message => message.ReceiptHandle)], CancellationToken.None);
        return [.. messages.Select(message => Alert(message.Body))];
    }

    /// <summary>Returns the functions: name, processes, invocations, failures.</summary>
    public async Task<IReadOnlyList<(string Name, int Processes, long Invocations, long Failures)>> GetFunctionsAsync(CancellationToken cancellationToken = default)
    {
        using JsonDocument status = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_state.Control, "/status"), cancellationToken));
        return [.. status.RootElement.GetProperty("functions").EnumerateArray().Select(function => (
            function.GetProperty("name").GetString()!,
            function.GetProperty("processes").GetInt32(),
            function.GetProperty("invocations").GetInt64(),
            function.GetProperty("failures").GetInt64()))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Aws.Dispose();
        _http.Dispose();
    }

    private static string Message(string reply)
    {
        using JsonDocument document = JsonDocument.Parse(reply);
        return document.RootElement.GetProperty("Message").GetString()!;
    }

    private static (string Subject, string Message) Alert(string body)
    {
        using JsonDocument envelope = JsonDocument.Parse(body);
        JsonElement root = envelope.RootElement;
        return (root.TryGetProperty("Subject", out JsonElement subject) ? subject.GetString() ?? "" : "", root.GetProperty("Message").GetString() ?? "");
    }
}
