using Billing.Simulation.Tests.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Simulation.Tests.Runs;

/// <summary>Builds the real pipeline with the settings of a schedule.</summary>
internal sealed class Pipelines(Schedule schedule, TimeProvider time)
{
    private const string Rules = """
        { "rules": [
          { "name": "large", "when": { "amount": { "atLeast": 500 } }, "flag": "large", "alert": true },
          { "name": "food", "when": { "text": ["bread", "flour"] }, "category": "food" },
          { "name": "rest", "when": {}, "category": "other" }
        ] }
        """;

    private const string Requirements = """
        { "rules": [ { "name": "not negative", "require": { "billedAmount": { "atLeast": 0 } } } ] }
        """;

    private static readonly CategoryRules s_rules = CategoryRules.Parse(Rules);
    private static readonly CategoryRules s_requirements = CategoryRules.Parse(Requirements);

    /// <summary>The layout of all sources.</summary>
    public static SourceLayout Layout { get; } = new()
    {
        Date = "date",
        Party = "company",
        Amount = "amount",
        Currency = "currency",
        Id = "id",
        Description = "note",
        Numbers = NumberFormat.Invariant,
    };

    public BillingPipeline Build(IReadOnlyList<IBillingSink> stores, SimulatedRates rates, int batchSize, bool statesSettings = true, bool statesIdentity = true)
    {
        ServiceCollection services = new();
        services.AddSingleton(time);
        services.AddBilling(billing =>
        {
            billing.UseBatchSize(batchSize);
            foreach (IBillingSink store in stores)
            {
                billing.AddSink(store);
            }

            if (statesSettings)
            {
                billing.UseLayout(Layout).AddCategoryRules(s_rules);
                if (schedule.NegativesAreRefused)
                {
                    billing.AddCategoryRules(s_requirements);
                }
            }

            if (statesIdentity)
            {
                billing.UseIdentity(schedule.Identity);
            }

            if (schedule.RatesAreFetched)
            {
                billing.UseExchangeRateSource(rates);
            }
            else
            {
                billing.UseExchangeRates(rates.Rates);
            }
        });
        return services.BuildServiceProvider().GetRequiredService<BillingPipeline>();
    }
}
