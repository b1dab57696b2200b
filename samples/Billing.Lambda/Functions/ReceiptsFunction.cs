using Billing.Aws;
using Billing.Lambda.Runtime;
using Billing.Sinks.Dynamo;
using Microsoft.Extensions.Logging;

namespace Billing.Lambda.Functions;

/// <summary>System 2: stores the receipts of a bucket, which arrive in messages of a queue: the bytes of each file once, with a count of its sightings.</summary>
internal sealed class ReceiptsFunction : IFunction
{
    private readonly DynamoReceiptStore _ledger;
    private readonly ReceiptAudit _audit;
    private readonly AlertSender? _alerts;
    private readonly SqsBatchHandler _batches;
    private readonly AwsConnection _aws;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile bool _raisedAlerts;

    private ReceiptsFunction(DynamoReceiptStore ledger, ReceiptAudit audit, AlertSender? alerts, FunctionServices services)
    {
        _ledger = ledger;
        _audit = audit;
        _alerts = alerts;
        _aws = services.Aws;
        _time = services.Time;
        _logger = services.Logger<ReceiptsFunction>();
        _batches = new SqsBatchHandler(new DeadLettersOnly(), new SqsBatchOptions { Concurrency = 4 }, _time, services.Logger<SqsBatchHandler>());
    }

    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        CategoryRules? rules = services.Settings.File("RECEIPT_RULES", CategoryRules.Load);
        ReceiptAudit audit = new(rules);
        DynamoReceiptStore ledger = Ledgers.Receipts(services);
        AlertSender? alerts = services.Settings.Optional("ALERT_TOPIC_ARN") is null ? null : Ledgers.Sender(services, ledger);
        await ledger.GetReceiptsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        _ = services.Aws.S3;
        return new ReceiptsFunction(ledger, audit, alerts, services);
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        SqsEvent batch = SqsEvent.Parse(invocation.Event.Span);
        return (await _batches.HandleAsync(batch, HandleAsync, invocation.Deadline, cancellationToken)).ToUtf8Bytes();
    }

    public async Task AfterAnswerAsync(CancellationToken cancellationToken)
    {
        if (_alerts is not null && _raisedAlerts)
        {
            AlertSendReport report = await _alerts.SendAsync(cancellationToken);
            _raisedAlerts = report.Failed > 0;
            Log.AlertsSent(_logger, report.Sent, report.Failed);
        }
    }

    private async ValueTask<SqsMessageOutcome> HandleAsync(SqsMessage message, CancellationToken cancellationToken)
    {
        S3Event notification;
        try
        {
            notification = S3Event.Parse(message.Body);
        }
        catch (SourceFormatException e)
        {
            // The dead-letter queue keeps the whole message.
            return SqsMessageOutcome.Retry(e.Message);
        }

        foreach (S3EventRecord record in notification.Records)
        {
            if (record.IsCreated)
            {
                await AddAsync(record, cancellationToken);
            }
            else
            {
                Log.NotCreated(_logger, record.EventName);
            }
        }

        return SqsMessageOutcome.Done;
    }

    private async Task AddAsync(S3EventRecord record, CancellationToken cancellationToken)
    {
        ReceiptDigest digest;
        Stream stream = await S3Source.Of(record, _aws.S3).OpenAsync(cancellationToken);
        await using (stream)
        {
            digest = await ReceiptHasher.HashAsync(stream, cancellationToken);
        }

        Receipt receipt = _audit.Apply(new Receipt { Id = digest.Id, Size = digest.Size, FileName = record.Key, Bucket = record.Bucket, UploadedAt = record.Time ?? _time.GetUtcNow() });

        // The value that tells two uploads of one key apart; the digest if the event states nothing.
        ReceiptUpload upload = ReceiptUpload.OfObject(record.Bucket, record.Key, record.VersionId ?? record.Sequencer ?? record.ETag ?? digest.Id);
        ReceiptOutcome outcome = await _ledger.AddReceiptAsync(receipt, upload, cancellationToken);
        _raisedAlerts |= outcome == ReceiptOutcome.Stored && receipt.Alerts.Count > 0;
        Log.ReceiptTaken(_logger, receipt.Id, record.Address, outcome);
    }
}
