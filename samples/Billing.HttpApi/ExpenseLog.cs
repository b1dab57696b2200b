using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Billing.LambdaEvents;

namespace Billing.HttpApi;

/// <summary><c>POST /logexpense</c>: an expense with its alerts, in one write, once under an <c>Idempotency-Key</c>.</summary>
internal sealed class ExpenseLog
{
    /// <summary>The name of the column with the id of an expense.</summary>
    public const string Id = "expenseId";

    /// <summary>The name of the source of its records.</summary>
    public const string Source = "logexpense";

    private const int LongestKey = 255;

    /// <summary>The layout of an expense as JSON.</summary>
    public static readonly SourceLayout Layout = new()
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

    private readonly HttpReplies _replies;
    private readonly Func<Action<BillingBuilder>, BillingPipeline> _pipelines;
    private readonly BillingPipeline _pipeline;

    /// <param name="replies">Writes the responses.</param>
    /// <param name="pipelines">Builds a pipeline with the rules and the ledger of the caller.</param>
    public ExpenseLog(HttpReplies replies, Func<Action<BillingBuilder>, BillingPipeline> pipelines)
    {
        _replies = replies;
        _pipelines = pipelines;
        _pipeline = Pipeline(null);
    }

    public required IExchangeRates Rates { get; init; }

    public required Currency ReportingCurrency { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The time zone that decides the day of an instant.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Returns the expense with an id, or null if there is none. It is given the key of its record too.</summary>
    public required Func<string, RecordKey, CancellationToken, Task<EarlierExpense?>> Find { get; init; }

    /// <summary>The scope of the expense with an id; null for none, which is the default.</summary>
    public Func<string, string?> ScopeOf { get; init; } = _ => null;

    /// <summary>Answers a request.</summary>
    /// <returns>The response, and whether an expense is stored, so that it may have alerts.</returns>
    public async Task<(HttpApiResponse Response, bool IsStored)> AnswerAsync(HttpApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Method == "OPTIONS")
        {
            return (_replies.Empty(), false);
        }

        if (request.Method != "POST" || HttpReplies.Path(request) != "/logexpense")
        {
            return (_replies.Error(404, $"There is no {request.Method} {HttpReplies.Path(request)} here. Use POST /logexpense."), false);
        }

        byte[] body;
        try
        {
            body = request.BodyBytes();
        }
        catch (SourceFormatException)
        {
            return (_replies.Error(400, "The body is marked as base 64, but is not valid base 64."), false);
        }

        (ExpenseRequest? expense, string? error) = ExpenseRequest.Read(body, Zone);
        string? key = request.Header("Idempotency-Key") is { } header && !string.IsNullOrWhiteSpace(header) ? header.Trim() : null;
        error ??= key?.Length > LongestKey ? FormattableString.Invariant($"The Idempotency-Key has {key.Length} characters. Send at most {LongestKey}.") : null;
        if (expense is null || error is not null)
        {
            return (_replies.Error(400, error!), false);
        }

        if (expense.Amount.Currency != ReportingCurrency && !Rates.TryGetRate(expense.Amount.Currency, ReportingCurrency, expense.Date ?? Today().Date, out _))
        {
            return (_replies.Error(400, $"There is no exchange rate for {expense.Amount.Currency.Code}."), false);
        }

        return await StoreAsync(expense, key, cancellationToken);
    }

    /// <summary>The id of the expense under an Idempotency-Key: RFC 9562, version 8, derived by a rule of this program, the same for the same key.</summary>
    public static Guid IdOf(string key)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes("billing expense v1\0" + key));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    private async Task<(HttpApiResponse Response, bool IsStored)> StoreAsync(ExpenseRequest expense, string? key, CancellationToken cancellationToken)
    {
        string id = (key is null ? Guid.NewGuid() : IdOf(key)).ToString("D");
        BillingPipeline pipeline = expense.Category is null ? _pipeline : Pipeline(expense.Category);
        RowOutcome outcome = default;
        for (int attempt = 0; attempt < 2; attempt++)
        {
            (DateOnly date, DateTimeOffset? instant) = expense.Date is { } stated ? (stated, expense.Instant) : Today();
            byte[] row = RecordOf(id, expense, date, instant);
            RecordTrace traced = await TraceAsync(pipeline, id, row, cancellationToken);
            if (key is not null && traced.Record is { } record && await Find(id, record.Key, cancellationToken) is { } logged)
            {
                if (expense.Date is null)
                {
                    // Sent again later, it is of the moment at which it was logged.
                    row = RecordOf(id, expense, logged.Date, logged.Instant);
                    traced = await TraceAsync(pipeline, id, row, cancellationToken);
                }

                if (traced.Record?.Fingerprint.ToString() != logged.Fingerprint)
                {
                    return (_replies.Error(422, "Another expense was logged under this Idempotency-Key. Nothing was changed; use a new key for a new expense."), false);
                }
            }

            // What cannot be stored is refused here, and does not end in quarantine.
            if (traced.Quarantined is { } refused)
            {
                return (_replies.Error(400, refused.Detail), false);
            }

            outcome = await IngestAsync(pipeline, id, row, cancellationToken);
            if (outcome.Kind != RowOutcomeKind.Conflict || expense.Date is not null)
            {
                break;
            }

            // Another request with the same key came first: try once more, with the time that it was stored with.
        }

        switch (outcome.Kind)
        {
            case RowOutcomeKind.Stored or RowOutcomeKind.Duplicate:
                return (_replies.Json(200, json =>
                {
                    json.WriteStartObject();
                    json.WriteString("message", "Expense logged successfully");
                    json.WriteString(Id, id);
                    json.WriteEndObject();
                }), true);

            case RowOutcomeKind.Conflict:
                return (_replies.Error(422, "Another expense was logged under this Idempotency-Key at the same moment. It was not changed; what you sent is in quarantine, to be dismissed there. Use a new key for a new expense."), false);

            default:
                return (_replies.Error(400, $"{outcome.Detail ?? "The expense cannot be stored."} What you sent is in quarantine, to be dismissed there."), false);
        }
    }

    private async Task<RecordTrace> TraceAsync(BillingPipeline pipeline, string id, byte[] record, CancellationToken cancellationToken) =>
        await pipeline.TraceAsync(BillingSource.Bytes(Source, record), 1, new IngestOptions { Scope = ScopeOf(id) }, store: null, cancellationToken) ?? throw new BillingException("The expense has no row.");

    private async Task<RowOutcome> IngestAsync(BillingPipeline pipeline, string id, byte[] record, CancellationToken cancellationToken)
    {
        RowOutcome? outcome = null;
        await pipeline.IngestAsync(BillingSource.Bytes(Source, record), new IngestOptions { Scope = ScopeOf(id), RowDone = row => outcome = row }, cancellationToken);
        return outcome ?? throw new BillingException("The run did not report an outcome for the expense.");
    }

    private static byte[] RecordOf(string id, ExpenseRequest expense, DateOnly date, DateTimeOffset? instant) => JsonBytes.Of(json =>
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

    // A category normally comes from a rule; here it comes from the request.
    private BillingPipeline Pipeline(string? category) => _pipelines(billing =>
    {
        billing.UseLayout(Layout);
        if (category is not null)
        {
            billing.AddCategoryRules(CategoryRules.Create(CategoryRule.When("as logged", _ => true).WithCategory(category)));
        }
    });

    private (DateOnly Date, DateTimeOffset? Instant) Today()
    {
        DateTimeOffset now = TimeZoneInfo.ConvertTime(Time.GetUtcNow(), Zone);
        return (DateOnly.FromDateTime(now.DateTime), now);
    }
}
