using System.Text.Json;
using Billing.HttpApi;
using Billing.Lambda.Runtime;
using Billing.LambdaEvents;
using Billing.Sinks.Dynamo;

namespace Billing.Lambda.Functions;

/// <summary>System 3, reading: <c>GET /transactions</c> (filters, pages), <c>GET /totals?by=category|merchant|minute|day|currency</c>.</summary>
internal sealed class TransactionsApiFunction : IFunction
{
    private readonly HttpReplies _replies;
    private readonly RecordsApi _records;

    private TransactionsApiFunction(IBillingStore ledger, HttpReplies replies)
    {
        _replies = replies;
        _records = new RecordsApi(ledger, replies, [("category", SummaryBy.Category), ("merchant", SummaryBy.Party), ("minute", SummaryBy.Minute), ("day", SummaryBy.Day), ("currency", SummaryBy.Currency)]);
    }

    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        DynamoSink ledger = Ledgers.Transactions(services);
        await ledger.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        return new TransactionsApiFunction(ledger, new HttpReplies(services.Settings.Text("CORS_ORIGIN", "*"), "GET, OPTIONS"));
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken) =>
        (await AnswerAsync(HttpApiRequest.Parse(invocation.Event.Span), cancellationToken)).ToUtf8Bytes();

    private async Task<HttpApiResponse> AnswerAsync(HttpApiRequest request, CancellationToken cancellationToken)
    {
        string path = HttpReplies.Path(request);
        return (request.Method, path) switch
        {
            ("OPTIONS", _) => _replies.Empty(),
            ("GET", "/transactions") => await _records.ListAsync(request, Write, cancellationToken),
            ("GET", "/totals") => await _records.TotalsAsync(request, cancellationToken),
            _ => _replies.Error(404, $"There is no {request.Method} {path} here. Use GET /transactions or GET /totals."),
        };
    }

    private static void Write(Utf8JsonWriter json, BillingRecord record)
    {
        json.WriteString("transaction_id", record.SourceId);
        json.WriteString("user_id", record.Account);
        json.WriteNumber("amount", record.Amount.Amount);
        json.WriteString("currency", record.Amount.Currency.Code);
        json.WriteNumber("amount_usd", record.ReportingAmount.Amount);
        json.WriteString("timestamp", Ledgers.Instant(record));
        json.WriteString("merchant", record.Party);
        json.WriteString("transaction_category", record.Category);
    }
}
