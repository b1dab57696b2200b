using System.Diagnostics;
using System.Globalization;
using System.Text;
using Billing.Aws;
using Billing.LambdaEvents;
using Billing.Local;

namespace Billing.Start;

/// <summary>Starts functions as Lambda does, beside the emulators of the five systems, and waits for the reply to one event.</summary>
internal sealed class FunctionStart : IAsyncDisposable
{
    private const string Invoices = "billing-invoices";
    private const string Receipts = "bille-receipts";
    private readonly LocalEnvironment _environment;
    private readonly string _folder;
    private int _event;

    private FunctionStart(LocalEnvironment environment, string folder)
    {
        _environment = environment;
        _folder = folder;
    }

    public static async Task<FunctionStart> CreateAsync(string folder)
    {
        LocalEnvironment environment = await LocalEnvironment.StartAsync(new LocalOptions { FunctionsFolder = folder });
        // The function that makes the database needs an administrator; here it is the same user.
        environment.Database!.Execute("GRANT ALL ON *.* TO 'billing'@'127.0.0.1' WITH GRANT OPTION; GRANT ALL ON *.* TO 'billing'@'localhost' WITH GRANT OPTION");
        return new FunctionStart(environment, folder);
    }

    /// <summary>A first event for each function.</summary>
    public IEnumerable<FunctionEvent> Events() =>
    [
        new("database", "make the tables and the user", () => Task.FromResult("{}")),
        new("billing-csv", "ingest a file of one row", () => UploadedAsync(Invoices, "csv")),
        new("billing-csv-shard", "ingest one row of a large file", () => Task.FromResult(Shard())),
        new("receipts", "enter a receipt", () => UploadedAsync(Receipts, "pdf")),
        new("receipts-api", "list receipts", () => Task.FromResult(Http("GET", "/expenses"))),
        new("transactions", "store a message", () => Task.FromResult(Sqs(Transaction()))),
        new("transactions-api", "list transactions", () => Task.FromResult(Http("GET", "/transactions"))),
        new("payments", "make a payment", () => Task.FromResult("""{"count":1}""")),
        new("log-expense", "store an expense", () => Task.FromResult(Http("POST", "/logexpense", string.Create(CultureInfo.InvariantCulture, $$"""{"description":"Lunch {{++_event}}","amount":12.50}""")))),
        new("expenses-api", "list expenses", () => Task.FromResult(Http("GET", "/expenses"))),
        new("monthly-report", "report a month", () => Task.FromResult("""{"month":"2025-06"}""")),
        new("backup", "back up the expenses", () => Task.FromResult("{}")),
        new("alerts", "send what is due", () => Task.FromResult("{}")),
    ];

    /// <summary>The milliseconds from the start of the process to its reply.</summary>
    public async Task<double> MeasureAsync(FunctionEvent first)
    {
        byte[] json = Encoding.UTF8.GetBytes(await first.Json());
        await using RuntimeApi api = await RuntimeApi.StartAsync(new RuntimeApiOptions { FunctionName = first.Function });
        Task<InvocationResult> reply = api.InvokeAsync(json);
        long begin = Stopwatch.GetTimestamp();
        using Process process = Start(first.Function, api.Address);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (await Task.WhenAny(reply, output) != reply)
            {
                throw new InvalidOperationException($"{first.Function} ended: {await output}");
            }

            double elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            InvocationResult result = await reply;
            return result.Succeeded && !result.Text.Contains("\"itemIdentifier\"", StringComparison.Ordinal) && !result.Text.Contains("\"statusCode\":4", StringComparison.Ordinal) && !result.Text.Contains("\"statusCode\":5", StringComparison.Ordinal)
                ? elapsed
                : throw new InvalidOperationException($"{first.Function}: {result}");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    public ValueTask DisposeAsync() => _environment.DisposeAsync();

    private Process Start(string function, string api)
    {
        LocalState state = _environment.State;
        ProcessStartInfo start = new(Path.Combine(_folder, "bootstrap")) { RedirectStandardOutput = true, WorkingDirectory = _folder };
        foreach ((string name, string value) in ((string, string)[])
        [
            ("_HANDLER", function), ("AWS_LAMBDA_RUNTIME_API", api), ("TZ", "UTC"), ("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "local"), ("AWS_SECRET_ACCESS_KEY", "local"), ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_ENDPOINT_URL", state.Storage.AbsoluteUri), ("AWS_ENDPOINT_URL_DYNAMODB", state.DynamoDb.AbsoluteUri), ("AWS_ENDPOINT_URL_SECRETS_MANAGER", state.Control.AbsoluteUri),
            ("DB_SECRET_NAME", "billing-database"), ("DB_ADMIN_SECRET_NAME", "billing-database"), ("BILLING_CREATE_SCHEMA", "true"), ("BILLING_RATES", "EUR=1.10,GBP=1.30,CAD=0.75,MXN=0.059"),
            ("RECEIPTS_TABLE", "receipts"), ("TRANSACTIONS_TABLE", "transactions"), ("PAYMENTS_TABLE", "payments"), ("EXPENSES_TABLE", "expenses"),
            ("EVENTS_BUCKET", "payment-events"), ("REPORT_BUCKET", "expense-reports"), ("ALERT_TOPIC_ARN", "arn:aws:sns:us-east-1:000000000000:ExpenseAlerts"),
        ])
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private async Task<string> UploadedAsync(string bucket, string extension)
    {
        string row = string.Create(CultureInfo.InvariantCulture, $"{++_event},Acme,Canada,Montréal,Bakery,Bread,2025-06-17,USD,{_event}.25");
        string key = string.Create(CultureInfo.InvariantCulture, $"first-{_event}.{extension}");
        using MemoryStream content = new(Encoding.UTF8.GetBytes($"id,company_name,country,city,product_line,item,bill_date,currency,bill_amount\n{row}\n"));
        await _environment.Client.PutAsync(bucket, key, content);
        return Sqs(string.Create(CultureInfo.InvariantCulture, $$$$"""{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventTime":"2025-06-17T10:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"{{{{bucket}}}}"},"object":{"key":"{{{{key}}}}","sequencer":"{{{{_event:X16}}}}"}}}]}"""));
    }

    private string Shard() => string.Create(CultureInfo.InvariantCulture, $$$$"""{"BatchInput":{"bucket":"{{{{Invoices}}}}","key":"large.csv","identity":"position"},"Items":[{"row":{{{{++_event}}}},"value":{"id":"{{{{_event}}}}","company_name":"Acme","country":"CA","city":"Montréal","product_line":"Bakery","item":"Bread","bill_date":"2025-06-17","currency":"USD","bill_amount":"1.00"}}]}""");

    private string Transaction() => string.Create(CultureInfo.InvariantCulture, $$"""{"transaction_id":"t-{{++_event}}","user_id":"u","amount":1000,"currency":"USD","timestamp":"2025-06-30T23:30:00-05:00","merchant":"M","channel":"web"}""");

    private static string Sqs(string body) => Encoding.UTF8.GetString(new SqsEvent { Messages = [new SqsMessage { MessageId = "m0", Body = body, QueueArn = "arn:aws:sqs:us-east-1:000000000000:queue" }] }.ToUtf8Bytes());

    private static string Http(string method, string path, string? body = null) =>
        Encoding.UTF8.GetString(new HttpApiRequest { RawPath = path, Body = body, RequestContext = new HttpApiRequestContext { Http = new HttpApiRequestHttp { Method = method, Path = path } } }.ToUtf8Bytes());
}
