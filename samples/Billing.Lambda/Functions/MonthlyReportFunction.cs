using System.Text.Json;
using Billing.HttpApi;
using Billing.Aws;
using Billing.Lambda.Expenses;
using Billing.Lambda.Runtime;
using Billing.Sinks.Dynamo;

namespace Billing.Lambda.Functions;

/// <summary>System 5: writes the expenses of a month as CSV to a bucket. A schedule reports the month that had just ended when it was due; <c>{"month": "2025-06"}</c> reports that month.</summary>
internal sealed class MonthlyReportFunction(DynamoSink ledger, S3Bucket bucket, TimeZoneInfo zone, string storageClass, TimeProvider time) : IFunction
{
    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        S3Bucket bucket = new(services.Aws.S3, services.Settings.Required("REPORT_BUCKET", "the bucket that reports are put into"));
        TimeZoneInfo zone = services.Settings.TimeZone();
        string storageClass = services.Settings.Text("REPORT_STORAGE_CLASS", "GLACIER_IR");
        DynamoSink ledger = Ledgers.Expenses(services);
        await ledger.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        return new MonthlyReportFunction(ledger, bucket, zone, storageClass, services.Time);
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        BillingMonth month = MonthOf(invocation.Event);
        string key = MonthlyReport.NameOf(month);

        // In a file, because a month may be larger than the memory of a function.
        FileStream file = new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        await using (file)
        {
            long rows = await MonthlyReport.WriteAsync(ledger, month, file, cancellationToken);
            file.Position = 0;
            S3StoredObject stored = await bucket.PutAsync(key, file, new S3PutOptions { ContentType = "text/csv; charset=utf-8", StorageClass = storageClass }, cancellationToken);
            return JsonBytes.Of(json =>
            {
                json.WriteStartObject();
                json.WriteString("report", stored.Address);
                json.WriteString("month", month.ToString());
                json.WriteNumber("expenses", rows);
                json.WriteString("sha256", stored.Sha256);
                json.WriteEndObject();
            });
        }
    }

    private BillingMonth MonthOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json.Length == 0 ? "{}"u8.ToArray() : json);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("month", out JsonElement stated))
            {
                return stated.ValueKind == JsonValueKind.String && BillingMonth.TryParse(stated.GetString(), out BillingMonth month)
                    ? month
                    : throw new SourceFormatException("event", "The month must be written as \"2025-06\".");
            }

            // The time it was due, not the time it ran: a schedule that is late, or retried, reports the same month.
            DateTimeOffset due = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("time", out JsonElement at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out DateTimeOffset stamp)
                ? stamp
                : time.GetUtcNow();
            return BillingMonth.JustEnded(due, zone);
        }
        catch (JsonException e)
        {
            throw new SourceFormatException("event", "It is not JSON. Send a scheduled event, or {\"month\": \"2025-06\"}.", e);
        }
    }
}
