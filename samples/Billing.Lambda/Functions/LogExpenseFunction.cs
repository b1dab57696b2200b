using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Billing.Lambda.Runtime;
using Billing.LambdaEvents;
using Billing.Sinks.Dynamo;
using Microsoft.Extensions.Logging;

namespace Billing.Lambda.Functions;

/// <summary>System 5: <c>POST /logexpense</c>. The expense and its alert are one write. The alert is sent after the response, and a failure to send it does not fail the request.</summary>
internal sealed class LogExpenseFunction : IFunction
{
    private const int LongestKey = 255;
    private const string Id = "expenseId";

    private static readonly SourceLayout s_layout = new()
    {
        Numbers = NumberFormat.Invariant,
        Id = Id,
        Amount = "amount",
        Currency = "currency",
        Description = "description",
        Date = "date",
        Instant = "timestamp",
        Party = "",
        Account = "",
        Identity = RecordIdentity.Columns(Id),
    };

    private static readonly CategoryRules s_alerts = CategoryRules.Create(
        CategoryRule.When("over 500", record => record.ReportingAmount.Amount > 500m).WithAlert("Expense Alert"));

    private readonly FunctionServices _services;
    private readonly DynamoSink _ledger;
    private readonly FixedRates _rates;
    private readonly AlertSender _sender;
    private readonly HttpReplies _replies;
    private readonly TimeZoneInfo _zone;
    private readonly string _table;
    private readonly BillingPipeline _pipeline;
    private readonly ILogger _logger;
    private bool _mayHaveAlerts;

    private LogExpenseFunction(FunctionServices services, DynamoSink ledger, FixedRates rates, AlertSender sender)
    {
        _services = services;
        _ledger = ledger;
        _rates = rates;
        _sender = sender;
        _replies = new HttpReplies(services.Settings.Text("CORS_ORIGIN", "*"), "POST, OPTIONS");
        _zone = services.Settings.TimeZone();
        _table = services.Settings.Text("EXPENSES_TABLE", "Expenses");
        _pipeline = Pipeline(null);
        _logger = services.Logger<LogExpenseFunction>();
    }

    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        FixedRates rates = Rates.Of(services);
        DynamoSink ledger = Ledgers.Expenses(services);
        LogExpenseFunction function = new(services, ledger, rates, Ledgers.Sender(services, ledger));
        await ledger.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        return function;
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken) =>
        (await AnswerAsync(HttpApiRequest.Parse(invocation.Event.Span), cancellationToken)).ToUtf8Bytes();

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

    private async Task<HttpApiResponse> AnswerAsync(HttpApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Method == "OPTIONS")
        {
            return _replies.Empty();
        }

        if (request.Method != "POST" || HttpReplies.Path(request) != "/logexpense")
        {
            return _replies.Error(404, $"There is no {request.Method} {HttpReplies.Path(request)} here. Use POST /logexpense.");
        }

        byte[] body;
        try
        {
            body = request.BodyBytes();
        }
        catch (SourceFormatException)
        {
            return _replies.Error(400, "The body is marked as base 64, but is not valid base 64.");
        }

        (ExpenseRequest? expense, string? error) = ExpenseRequest.Read(body, _zone);
        string? key = request.Header("Idempotency-Key") is { } header && !string.IsNullOrWhiteSpace(header) ? header.Trim() : null;
        error ??= key?.Length > LongestKey ? FormattableString.Invariant($"The Idempotency-Key has {key.Length} characters. Send at most {LongestKey}.") : null;
        if (expense is null || error is not null)
        {
            return _replies.Error(400, error!);
        }

        if (expense.Amount.Currency != Currency.Usd && !_rates.TryGetRate(expense.Amount.Currency, Currency.Usd, expense.Date ?? Today().Date, out _))
        {
            return _replies.Error(400, $"There is no exchange rate for {expense.Amount.Currency.Code}.");
        }

        return await StoreAsync(expense, key, cancellationToken);
    }

    private async Task<HttpApiResponse> StoreAsync(ExpenseRequest expense, string? key, CancellationToken cancellationToken)
    {
        string id = (key is null ? Guid.NewGuid() : IdOf(key)).ToString("D");
        RowOutcome outcome = default;
        for (int attempt = 0; attempt < 2; attempt++)
        {
            (DateOnly date, DateTimeOffset? instant) = expense.Date is { } stated ? (stated, expense.Instant)
                : (key is null ? null : await FindTimeAsync(id, cancellationToken)) ?? Today();
            outcome = await IngestAsync(id, expense, date, instant, cancellationToken);
            if (outcome.Kind != RowOutcomeKind.Conflict || expense.Date is not null)
            {
                break;
            }

            // Another request with the same key came first: try once more, with the time that it was stored with.
        }

        switch (outcome.Kind)
        {
            case RowOutcomeKind.Stored or RowOutcomeKind.Duplicate:
                _mayHaveAlerts = true;
                return _replies.Json(200, json =>
                {
                    json.WriteStartObject();
                    json.WriteString("message", "Expense logged successfully");
                    json.WriteString(Id, id);
                    json.WriteEndObject();
                });

            case RowOutcomeKind.Conflict:
                return _replies.Error(422, "Another expense was logged under this Idempotency-Key. Nothing was changed; use a new key for a new expense.");

            default:
                return _replies.Error(400, outcome.Detail ?? "The expense cannot be stored.");
        }
    }

    private async Task<RowOutcome> IngestAsync(string id, ExpenseRequest expense, DateOnly date, DateTimeOffset? instant, CancellationToken cancellationToken)
    {
        byte[] record = JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString(Id, id);
            json.WriteNumber("amount", expense.Amount.Amount);
            json.WriteString("currency", expense.Amount.Currency.Code);
            json.WriteString("description", expense.Description);
            json.WriteString("date", date.ToString("O", CultureInfo.InvariantCulture));
            if (instant is { } at)
            {
                json.WriteString("timestamp", at.ToString("O", CultureInfo.InvariantCulture));
            }

            if (expense.Category is not null)
            {
                json.WriteString("category", expense.Category);
            }

            json.WriteEndObject();
        });
        RowOutcome? outcome = null;
        BillingPipeline pipeline = expense.Category is null ? _pipeline : Pipeline(expense.Category);
        await pipeline.IngestAsync(BillingSource.Bytes("logexpense", record), new IngestOptions { RowDone = row => outcome = row }, cancellationToken);
        return outcome ?? throw new BillingException("The run did not report an outcome for the expense.");
    }

    // A category normally comes from a rule; here it comes from the request.
    private BillingPipeline Pipeline(string? category) => _services.Pipeline(billing =>
    {
        billing.UseReportingCurrency("USD").UseExchangeRates(_rates).UseLayout(s_layout).AddCategoryRules(s_alerts).AddSink(_ledger);
        if (category is not null)
        {
            billing.AddCategoryRules(CategoryRules.Create(CategoryRule.When("as logged", _ => true).WithCategory(category)));
        }
    });

    private (DateOnly Date, DateTimeOffset? Instant) Today()
    {
        DateTimeOffset now = TimeZoneInfo.ConvertTime(_services.Time.GetUtcNow(), _zone);
        return (DateOnly.FromDateTime(now.DateTime), now);
    }

    /// <summary>Returns when the expense with this id was logged, or null if there is none.</summary>
    private async Task<(DateOnly Date, DateTimeOffset? Instant)?> FindTimeAsync(string id, CancellationToken cancellationToken)
    {
        GetItemResponse found = await _services.Dynamo.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = new() { [Id] = new AttributeValue { S = id } }, ConsistentRead = true }, cancellationToken);
        return found.Item is not { Count: > 0 } item || !item.TryGetValue("date", out AttributeValue? date)
            ? null
            : (DateOnly.ParseExact(date.S, "O", CultureInfo.InvariantCulture),
                item.TryGetValue("timestamp", out AttributeValue? instant) ? DateTimeOffset.ParseExact(instant.S, "O", CultureInfo.InvariantCulture) : null);
    }

    // RFC 9562, version 8: an id derived by a rule of this program, the same for the same key.
    private static Guid IdOf(string key)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes("billing expense v1\0" + key));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
