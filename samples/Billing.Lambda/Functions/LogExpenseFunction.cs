using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Billing.HttpApi;
using Billing.Lambda.Runtime;
using Billing.LambdaEvents;
using Billing.Sinks.Dynamo;
using Microsoft.Extensions.Logging;

namespace Billing.Lambda.Functions;

/// <summary>System 5: <c>POST /logexpense</c>. The expense and its alert are one write. The alert is sent after the response, and a failure to send it does not fail the request.</summary>
internal sealed class LogExpenseFunction : IFunction
{
    private static readonly CategoryRules s_alerts = CategoryRules.Create(
        CategoryRule.When("over 500", record => record.ReportingAmount.Amount > 500m).WithAlert("Expense Alert"));

    private readonly FunctionServices _services;
    private readonly AlertSender _sender;
    private readonly ExpenseLog _log;
    private readonly string _table;
    private readonly ILogger _logger;
    private bool _mayHaveAlerts;

    private LogExpenseFunction(FunctionServices services, DynamoSink ledger, FixedRates rates, AlertSender sender)
    {
        _services = services;
        _sender = sender;
        _table = services.Settings.Text("EXPENSES_TABLE", "Expenses");
        _logger = services.Logger<LogExpenseFunction>();
        _log = new ExpenseLog(
            new HttpReplies(services.Settings.Text("CORS_ORIGIN", "*"), "POST, OPTIONS"),
            configure => services.Pipeline(billing => configure(billing.UseReportingCurrency("USD").UseExchangeRates(rates).AddCategoryRules(s_alerts).AddSink(ledger))))
        {
            Rates = rates,
            ReportingCurrency = Currency.Usd,
            Time = services.Time,
            Zone = services.Settings.TimeZone(),
            Find = (id, _, cancellationToken) => FindAsync(id, cancellationToken),
        };
    }

    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        FixedRates rates = Rates.Of(services);
        DynamoSink ledger = Ledgers.Expenses(services);
        LogExpenseFunction function = new(services, ledger, rates, Ledgers.Sender(services, ledger));
        await ledger.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        return function;
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        (HttpApiResponse response, bool isStored) = await _log.AnswerAsync(HttpApiRequest.Parse(invocation.Event.Span), cancellationToken);
        _mayHaveAlerts |= isStored;
        return response.ToUtf8Bytes();
    }

    public async Task AfterAnswerAsync(CancellationToken cancellationToken)
    {
        if (!_mayHaveAlerts)
        {
            return;
        }

        _mayHaveAlerts = false;
        AlertSendReport report = await _sender.SendAsync(cancellationToken);
        Log.AlertsSent(_logger, report.Sent, report.Failed);
    }

    /// <summary>Returns the expense with this id, or null if there is none.</summary>
    private async Task<EarlierExpense?> FindAsync(string id, CancellationToken cancellationToken)
    {
        GetItemResponse found = await _services.Dynamo.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = new() { [ExpenseLog.Id] = new AttributeValue { S = id } }, ConsistentRead = true }, cancellationToken);
        return found.Item is not { Count: > 0 } item || !item.TryGetValue("date", out AttributeValue? date)
            ? null
            : new EarlierExpense(
                DateOnly.ParseExact(date.S, "O", CultureInfo.InvariantCulture),
                item.TryGetValue("timestamp", out AttributeValue? instant) ? DateTimeOffset.ParseExact(instant.S, "O", CultureInfo.InvariantCulture) : null,
                item.TryGetValue("billing", out AttributeValue? record) && record.M is { } fields && fields.TryGetValue("fingerprint", out AttributeValue? fingerprint) ? fingerprint.S : null);
    }
}
