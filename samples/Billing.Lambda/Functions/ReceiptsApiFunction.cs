using Billing.HttpApi;
using Billing.Lambda.Runtime;
using Billing.LambdaEvents;
using Billing.Sinks.Dynamo;

namespace Billing.Lambda.Functions;

/// <summary>System 2: <c>GET /expenses?limit=&amp;next=</c> lists the receipts in the store, newest first.</summary>
internal sealed class ReceiptsApiFunction(DynamoReceiptStore ledger, HttpReplies replies) : IFunction
{
    private readonly ReceiptsApi _receipts = new(ledger, replies);

    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        HttpReplies replies = new(services.Settings.Text("CORS_ORIGIN", "*"), "GET, OPTIONS");
        DynamoReceiptStore ledger = Ledgers.Receipts(services);
        await ledger.GetReceiptsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        return new ReceiptsApiFunction(ledger, replies);
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken) =>
        (await _receipts.AnswerAsync(HttpApiRequest.Parse(invocation.Event.Span), cancellationToken)).ToUtf8Bytes();
}
