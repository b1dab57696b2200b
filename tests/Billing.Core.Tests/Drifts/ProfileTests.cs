using Billing.Core.Tests.Amendments;
using Billing.Core.Tests.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Drifts;

/// <summary>What a run looks like is kept for later ones only once the run was completed.</summary>
public sealed class ProfileTests
{
    private static readonly IngestOptions s_options = new() { Scope = "DE12", Drift = DriftPolicy.Warn };

    private readonly HookedLedger _ledger = new();
    private readonly EventLog _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_does_not_balance_is_no_model_for_others()
    {
        _ledger.Totals = totals => totals with { Stored = ControlTotals.Zero };
        await Assert.ThrowsAsync<IngestFailedException>(() => IngestAsync("may.csv", "colour"));
        _ledger.Totals = null;
        IngestReport june = await IngestAsync("june.csv", "size");
        Assert.StartsWith("there is no earlier run", june.Drift!.NotCompared, StringComparison.Ordinal);
        Assert.Contains("'size'", Assert.Single((await IngestAsync("july.csv", "weight")).Drift!.Findings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_that_cannot_be_kept_is_logged_and_the_run_is_completed()
    {
        _ledger.BeforePut = document =>
        {
            if (document.Kind == "profiles")
            {
                throw new IOException("full");
            }
        };
        IngestReport may = await IngestAsync("may.csv", "colour");
        Assert.Equal((RunStatus.Completed, 1L), (may.Status, may.Stored.Rows));
        Assert.Contains("ProfileNotKept", _log.Names);
        _ledger.BeforePut = null;
        Assert.NotNull((await IngestAsync("june.csv", "size")).Drift!.NotCompared);
    }

    private async Task<IngestReport> IngestAsync(string name, string column)
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<Microsoft.Extensions.Logging.ILogger<BillingPipeline>>(_log)
            .AddBilling(billing => billing.AddSink(_ledger))
            .BuildServiceProvider();
        return await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text(name, $"date,company,amount,currency,{column}\n2025-06-01,{name},1.00,USD,a\n"), s_options, Cancellation);
    }
}
