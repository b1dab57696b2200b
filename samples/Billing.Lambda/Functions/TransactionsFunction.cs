using System.Text;
using System.Text.Json;
using Billing.Aws;
using Billing.Lambda.Runtime;
using Billing.Sinks.Dynamo;

namespace Billing.Lambda.Functions;

/// <summary>System 3: ingests the transactions of a queue, one per message, each once, with a category and the time of processing.</summary>
internal sealed class TransactionsFunction : IFunction
{
    private const string UtcTimestamp = "transaction_timestamp_utc";

    private readonly SqsBatchHandler _batches;
    private readonly SqsRecordIngester _byTimestamp;
    private readonly SqsRecordIngester _byUtcTimestamp;

    private TransactionsFunction(BillingPipeline pipeline, FunctionServices services)
    {
        _batches = new SqsBatchHandler(pipeline.Ledger, null, services.Time, services.Logger<SqsBatchHandler>());
        _byTimestamp = Ingester("timestamp");
        _byUtcTimestamp = Ingester(UtcTimestamp);

        SqsRecordIngester Ingester(string instant) => new(
            pipeline,
            new SqsRecordOptions
            {
                Identity = RecordIdentity.Columns("transaction_id"),
                Layout = new SourceLayout
                {
                    Id = "transaction_id",
                    Instant = instant,
                    // The date is that of the instant; no other member is used.
                    Date = "",
                    Amount = "amount",
                    Currency = "currency",
                    Account = "user_id",
                    Party = "merchant",
                    Description = "",
                    Numbers = NumberFormat.Invariant,
                    TimeZone = "UTC",
                    Required = ["transaction_id"],
                },
            },
            services.Logger<SqsRecordIngester>());
    }

    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        // A transaction without a rate is quarantined, and can be replayed once the rate is set.
        string reporting = Rates.ReportingCurrency(services);
        FixedRates rates = Rates.Of(services, reporting);
        DynamoSink ledger = Ledgers.Transactions(services);
        BillingPipeline pipeline = services.Pipeline(billing => billing.UseReportingCurrency(reporting).UseExchangeRates(rates).AddCategoryRules(Rules()).AddSink(_ => ledger));
        await ledger.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        return new TransactionsFunction(pipeline, services);
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        SqsEvent batch = SqsEvent.Parse(invocation.Event.Span);
        return (await _batches.HandleAllAsync(batch, IngestAsync, invocation.Deadline, cancellationToken)).ToUtf8Bytes();
    }

    // By the amount as the transaction states it, in any currency.
    private static CategoryRules Rules() => CategoryRules.Create(
        CategoryRule.When("high value", record => record.Amount.Amount >= 1000m).WithCategory("high_value"),
        CategoryRule.When("medium value", record => record.Amount.Amount >= 100m).WithCategory("medium_value"),
        CategoryRule.When("rest", _ => true).WithCategory("standard"));

    // A layout names one member as the instant; messages may have either of two.
    private async ValueTask<IReadOnlyList<SqsMessageOutcome>> IngestAsync(IReadOnlyList<SqsMessage> messages, CancellationToken cancellationToken)
    {
        SqsMessageOutcome[] outcomes = new SqsMessageOutcome[messages.Count];
        ILookup<bool, int> places = Enumerable.Range(0, messages.Count).ToLookup(i => HasUtcTimestampOnly(messages[i].Body));
        foreach (IGrouping<bool, int> group in places)
        {
            SqsRecordIngester ingester = group.Key ? _byUtcTimestamp : _byTimestamp;
            int[] members = [.. group];
            IReadOnlyList<SqsMessageOutcome> some = await ingester.IngestAsync([.. members.Select(i => messages[i])], cancellationToken);
            for (int i = 0; i < members.Length; i++)
            {
                outcomes[members[i]] = some[i];
            }
        }

        return outcomes;
    }

    private static bool HasUtcTimestampOnly(string body)
    {
        if (!body.Contains(UtcTimestamp, StringComparison.Ordinal))
        {
            return false;
        }

        bool hasUtc = false;
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(body.TrimStart('\uFEFF')));
        try
        {
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
                {
                    if (reader.ValueTextEquals("timestamp"u8))
                    {
                        return false;
                    }

                    hasUtc |= reader.ValueTextEquals("transaction_timestamp_utc"u8);
                }
            }
        }
        catch (JsonException)
        {
            // The ingester reports what is wrong with it.
            return false;
        }

        return hasUtc;
    }
}
