using System.Net;
using System.Text;
using Billing.Aws;
using Billing.HttpApi;
using Billing.Lambda.Expenses;
using Billing.Lambda.Runtime;
using Billing.LambdaEvents;
using Billing.Sinks.Dynamo;

namespace Billing.Lambda.Functions;

/// <summary>System 5, reading: <c>GET /expenses</c> (filters, pages), <c>GET /totals?by=month|day|category|currency</c>, <c>GET /reports/2025-06</c>.</summary>
internal sealed class ExpensesApiFunction(DynamoSink ledger, S3Bucket? reports, HttpReplies replies) : IFunction
{
    private readonly ExpensesApi _expenses = new(ledger, replies);

    // A Lambda response has at most 6 MB, and its text is escaped.
    private const long LargestReport = 2 * 1024 * 1024;

    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        HttpReplies replies = new(services.Settings.Text("CORS_ORIGIN", "*"), "GET, OPTIONS");
        S3Bucket? reports = services.Settings.Optional("REPORT_BUCKET") is { } bucket ? new S3Bucket(services.Aws.S3, bucket) : null;
        DynamoSink ledger = Ledgers.Expenses(services);
        await ledger.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        return new ExpensesApiFunction(ledger, reports, replies);
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken) =>
        (await AnswerAsync(HttpApiRequest.Parse(invocation.Event.Span), cancellationToken)).ToUtf8Bytes();

    private async Task<HttpApiResponse> AnswerAsync(HttpApiRequest request, CancellationToken cancellationToken)
    {
        string path = HttpReplies.Path(request);
        return (request.Method, path) switch
        {
            ("OPTIONS", _) => replies.Empty(),
            ("GET", "/expenses") => await _expenses.ListAsync(request, cancellationToken),
            ("GET", "/totals" or "/summary") => await _expenses.TotalsAsync(request, cancellationToken),
            ("GET", _) when path.StartsWith("/reports/", StringComparison.Ordinal) => await ReportAsync(path["/reports/".Length..], cancellationToken),
            _ => replies.Error(404, $"There is no {request.Method} {path} here. Use GET /expenses, GET /totals or GET /reports/2025-06."),
        };
    }

    private async Task<HttpApiResponse> ReportAsync(string name, CancellationToken cancellationToken)
    {
        if (!BillingMonth.TryParse(name, out BillingMonth month))
        {
            return replies.Error(400, "The month must be written as 2025-06.");
        }

        if (reports is null)
        {
            return replies.Error(404, "There are no reports here: REPORT_BUCKET is not set.");
        }

        string key = MonthlyReport.NameOf(month);
        try
        {
            using MemoryStream content = new();
            Stream stream = await reports.Source(key).OpenAsync(cancellationToken);
            await using (stream)
            {
                byte[] buffer = new byte[81_920];
                while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
                {
                    content.Write(buffer, 0, read);
                    if (content.Length > LargestReport)
                    {
                        return replies.Error(413, $"The report is too large for an HTTP response. Fetch s3://{reports.Name}/{key}.");
                    }
                }
            }

            return replies.Text(200, "text/csv; charset=utf-8", Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length), key);
        }
        catch (AwsException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return replies.Error(404, $"There is no report for {month} yet.");
        }
    }
}
