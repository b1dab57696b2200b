using System.Text.Json;
using Billing.HttpApi;
using Billing.Aws;
using Billing.Generators;
using Billing.Lambda.Runtime;
using Billing.Sinks.Dynamo;

namespace Billing.Lambda.Functions;

/// <summary>System 4: <c>{"count": n}</c> creates n payments. The same request creates the same payments, however many times it is tried.</summary>
internal sealed class PaymentsFunction : IFunction
{
    private static readonly SourceLayout s_layout = new()
    {
        Numbers = NumberFormat.Invariant,
        Id = "payment_id",
        Instant = "created_at",
        Date = "",
        Amount = "amount",
        Currency = "currency",
        Party = "merchant_id",
        Account = "",
        Description = "",
        Identity = RecordIdentity.Columns("payment_id"),
    };

    private readonly BillingPipeline _pipeline;
    private readonly PaymentRequests _requests;
    private readonly string _table;
    private readonly S3Bucket? _archive;

    private PaymentsFunction(BillingPipeline pipeline, PaymentRequests requests, string table, S3Bucket? archive)
    {
        _pipeline = pipeline;
        _requests = requests;
        _table = table;
        _archive = archive;
    }

    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        string table = services.Settings.Required("PAYMENTS_TABLE", "the name of the table, such as demo-dev-payments");
        FixedRates rates = Rates.Of(services, "USD", "EUR", "GBP");
        S3Bucket? archive = services.Settings.Optional("EVENTS_BUCKET") is { } bucket ? new S3Bucket(services.Aws.S3, bucket) : null;
        DynamoSink ledger = Ledgers.Payments(services, table);
        BillingPipeline pipeline = services.Pipeline(billing => billing.UseReportingCurrency("USD").UseExchangeRates(rates).UseLayout(s_layout).AddSink(ledger));
        await ledger.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        return new PaymentsFunction(pipeline, new PaymentRequests(services.Dynamo, table + "-billing", services.Time), table, archive);
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        int count = CountOf(invocation.Event);
        DateTimeOffset requestedAt = await _requests.FirstAskedAsync(invocation.RequestId, cancellationToken);
        List<Payment> payments = [.. PaymentGenerator.Generate(invocation.RequestId, requestedAt, count)];
        using MemoryStream lines = new();
        await new LinesOutput(lines).WriteAsync([.. payments.Select(payment => payment.ToJson())], cancellationToken);
        byte[] bytes = lines.ToArray();

        IngestReport report = await _pipeline.IngestAsync(BillingSource.Bytes("payments:" + invocation.RequestId, bytes), cancellationToken);
        if (report.Stored.Rows + report.Duplicate.Rows != count)
        {
            throw new BillingException(FormattableString.Invariant($"Of {count} payments, {report.Conflict.Rows} are already in the table with other content and {report.Quarantined.Rows} cannot be stored. See run {report.RunId}."));
        }

        if (_archive is not null)
        {
            await _archive.PutAsync(
                FormattableString.Invariant($"payments/{requestedAt.UtcDateTime:yyyy/MM/dd}/{invocation.RequestId}.jsonl"), bytes, new S3PutOptions { ContentType = "application/x-ndjson" }, cancellationToken);
        }

        return JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("message", FormattableString.Invariant($"Stored {count} {(count == 1 ? "payment" : "payments")}"));
            json.WriteString("table", _table);
            json.WriteNumber("count", count);
            json.WriteStartArray("payment_ids");
            foreach (Payment payment in payments)
            {
                json.WriteStringValue(payment.Id);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static int CountOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json.Length == 0 ? "{}"u8.ToArray() : json);
            return PaymentCount.Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new SourceFormatException("event", "It is not JSON. Send an object such as {\"count\": 3}.", e);
        }
    }
}
