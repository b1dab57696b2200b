using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Billing.Aws;
using Billing.Lambda.Runtime;
using Billing.Sinks.Dynamo;

namespace Billing.Lambda.Functions;

/// <summary>System 5, reading: <c>GET /expenses</c> (filters, pages), <c>GET /totals?by=month|category|currency</c>, <c>GET /reports/2025-06</c>.</summary>
internal sealed class ExpensesApiFunction(DynamoSink ledger, S3Bucket? reports, HttpReplies replies) : IFunction
{
    // An answer of Lambda has at most 6 MB, and its text is escaped.
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
            ("GET", "/expenses") => await ListAsync(request, cancellationToken),
            ("GET", "/totals" or "/summary") => await SummarizeAsync(request, cancellationToken),
            ("GET", _) when path.StartsWith("/reports/", StringComparison.Ordinal) => await ReportAsync(path["/reports/".Length..], cancellationToken),
            _ => replies.Error(404, $"There is no {request.Method} {path} here. Use GET /expenses, GET /totals or GET /reports/2025-06."),
        };
    }

    private async Task<HttpApiResponse> ListAsync(HttpApiRequest request, CancellationToken cancellationToken)
    {
        if (HttpReplies.PageOf(request) is not { } page)
        {
            return replies.Error(400, HttpReplies.LimitHint);
        }

        if (!TryReadFilter(request, out RecordQuery filter, out string? error))
        {
            return replies.Error(400, error!);
        }

        Page<BillingRecord> records;
        try
        {
            records = await ledger.QueryAsync(filter with { PageSize = page.PageSize, ContinuationToken = page.ContinuationToken }, cancellationToken);
        }
        catch (ArgumentException)
        {
            return replies.Error(400, HttpReplies.NextHint);
        }

        return replies.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (BillingRecord record in records.Items)
            {
                json.WriteStartObject();
                json.WriteString("expenseId", record.SourceId);
                json.WriteNumber("amount", record.Amount.Amount);
                json.WriteString("currency", record.Amount.Currency.Code);
                json.WriteNumber("amountUsd", record.ReportingAmount.Amount);
                json.WriteString("date", record.Date.ToString("O", CultureInfo.InvariantCulture));
                json.WriteString("timestamp", Ledgers.Instant(record));
                json.WriteString("description", record.Description);
                json.WriteString("category", record.Category);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next", records.ContinuationToken);
            json.WriteEndObject();
        });
    }

    private async Task<HttpApiResponse> SummarizeAsync(HttpApiRequest request, CancellationToken cancellationToken)
    {
        SummaryBy? by = request.Query("by") switch
        {
            null or "" or "month" => SummaryBy.Month,
            "category" => SummaryBy.Category,
            "currency" => SummaryBy.Currency,
            _ => null,
        };
        if (by is null)
        {
            return replies.Error(400, "'by' must be month, category or currency.");
        }

        if (!TryReadFilter(request, out RecordQuery filter, out string? error))
        {
            return replies.Error(400, error!);
        }

        IReadOnlyList<SummaryRow> rows = await ledger.SummarizeAsync(by.Value, filter, cancellationToken);
        return replies.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (SummaryRow row in rows)
            {
                json.WriteStartObject();
                json.WriteString("group", row.Group);
                json.WriteNumber("count", row.Reporting.Rows);
                Write(json, "billed", row.Billed);
                Write(json, "reporting", row.Reporting);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<HttpApiResponse> ReportAsync(string name, CancellationToken cancellationToken)
    {
        if (!YearMonth.TryParse(name, out YearMonth month))
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
                        return replies.Error(413, $"The report is too large for this answer. Fetch s3://{reports.Name}/{key}.");
                    }
                }
            }

            return replies.Text(200, "text/csv; charset=utf-8", Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length), key);
        }
        catch (AwsException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return replies.Error(404, $"There is no report of {month} yet.");
        }
    }

    private static bool TryReadFilter(HttpApiRequest request, out RecordQuery query, out string? error)
    {
        query = new RecordQuery { Category = Value("category"), Text = Value("text"), Currency = Value("currency")?.ToUpperInvariant() };
        foreach (string name in (string[])["from", "to"])
        {
            if (Value(name) is not { } text)
            {
                continue;
            }

            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            {
                error = $"'{name}' must be a day such as 2025-06-17.";
                return false;
            }

            query = name == "from" ? query with { From = day } : query with { To = day };
        }

        error = null;
        return true;

        string? Value(string name) => request.Query(name) is { Length: > 0 } value ? value : null;
    }

    private static void Write(Utf8JsonWriter json, string name, ControlTotals totals)
    {
        json.WriteStartObject(name);
        foreach ((string currency, ExactSum sum) in totals.Money)
        {
            json.WritePropertyName(currency);
            json.WriteRawValue(sum.ToString());
        }

        json.WriteEndObject();
    }
}
