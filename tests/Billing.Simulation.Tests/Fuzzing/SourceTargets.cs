using Billing.Simulation.Tests.Runs;
using Billing.Simulation.Tests.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Simulation.Tests.Fuzzing;

/// <summary>Reads sources through the whole pipeline.</summary>
internal static class SourceTargets
{
    private static readonly SourceLayout s_places = new() { HasHeader = false, Date = "#1", Party = "#2", Amount = "#3", Currency = "#4" };
    private static readonly SourceLayout s_small = new() { MaxRecordBytes = 1024, Numbers = new NumberFormat { GroupSeparators = ",", AllowParentheses = true, AllowCurrencySign = true }, DefaultCurrency = "USD", TimeZone = "Europe/Berlin" };
    private static readonly SourceLayout[] s_layouts = [SourceLayout.Default, s_places, s_small, new SourceLayout { Rows = "data.rows", DateFormats = ["yyyy-MM-dd", "dd.MM.yyyy", "d MMM yy"] }];

    /// <summary>Ingests the input twice: each run balances or says what is wrong with the source, and the second adds nothing.</summary>
    public static async Task IngestAsync(byte[] input, string name, int way, SourceLayout? layout = null, CategoryRules? rules = null, IExchangeRates? rates = null)
    {
        MemorySink ledger = new();
        IngestOptions options = new() { Layout = layout ?? s_layouts[way % s_layouts.Length], Identity = layout is null && way % 5 == 4 ? RecordIdentity.Columns("id") : null };
        (IngestReport? first, string? error) = await RunAsync(ledger, input, name, way, options, rules, rates);
        (IngestReport? second, string? again) = await RunAsync(ledger, input, name, way / 2, options, rules, rates);
        ViolationException.ThrowUnless(error == again, $"The first time it gave {error ?? "a report"}, the second time {again ?? "a report"}.");
        if (first is null || second is null)
        {
            return;
        }

        ViolationException.ThrowUnless(first.IsBalanced && second.IsBalanced, "A run does not balance.");
        ViolationException.ThrowUnless(first.Read.Equals(second.Read) && second.Stored.Rows == 0, $"The second run differs:\n{first}\n{second}");
        BillingRecord[] records = await ledger.QueryAllAsync(new RecordQuery()).ToArrayAsync();
        ViolationException.ThrowUnless(Totals.Billed(records).Equals(first.Stored), $"The ledger has {Totals.Billed(records)}, the report says {first.Stored}.");
        StoreFault[] faults = await new StoreVerification(ledger).FindFaultsAsync().ToArrayAsync();
        ViolationException.ThrowUnless(faults.Length == 0, $"The verification finds {faults.FirstOrDefault()?.Detail}");
    }

    /// <summary>Looks at the input, and ingests it with the layout that is proposed.</summary>
    public static async Task InspectAsync(byte[] input, string name, int way)
    {
        LayoutProposal proposal;
        try
        {
            proposal = await LayoutInspector.InspectAsync(Source(input, name, way));
        }
        catch (Exception e) when (e is SourceFormatException or InvalidDataException)
        {
            return;
        }

        SourceLayout layout = SourceLayout.Parse(proposal.Layout.ToJson());
        ViolationException.ThrowUnless(layout.ToJson() == proposal.Layout.ToJson(), "The proposed layout is another one after it was written and read.");
        await IngestAsync(input, name, way, layout);
    }

    private static async Task<(IngestReport?, string?)> RunAsync(MemorySink ledger, byte[] input, string name, int way, IngestOptions options, CategoryRules? rules, IExchangeRates? rates)
    {
        using BillingPipeline pipeline = Build(ledger, way, rules, rates);
        try
        {
            return (await pipeline.IngestAsync(Source(input, name, way), options), null);
        }
        catch (Exception e) when (e is SourceFormatException or BillingConfigurationException or IngestFailedException { InnerException: SourceFormatException or BillingConfigurationException or InvalidDataException })
        {
            // Whether rows before the damage were stored by then depends on the size of batches.
            return (null, e is BillingConfigurationException ? "a refusal of the settings" : "a refusal of the source");
        }
    }

    private static BillingPipeline Build(MemorySink ledger, int way, CategoryRules? rules, IExchangeRates? rates)
    {
        ServiceCollection services = new();
        services.AddBilling(billing =>
        {
            billing.UseBatchSize(way % 3 == 0 ? 3 : 10_000).AddSink(ledger).UseExchangeRates(rates ?? FixedRates.Parse("CAD=0.75, MXN=0.059, EUR=1.1"));
            if (rules is not null)
            {
                billing.AddCategoryRules(rules);
            }
        });
        return services.BuildServiceProvider().GetRequiredService<BillingPipeline>();
    }

    private static FuzzSource Source(byte[] input, string name, int way) =>
        new(name, input, new Arrival(way % 7 == 0 && input.Length < 5_000 ? ArrivalKind.OneByteAtATime : way % 7 == 1 ? ArrivalKind.Short : ArrivalKind.Whole, way, CanReopen: way % 2 == 0));
}
