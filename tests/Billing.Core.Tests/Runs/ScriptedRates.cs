namespace Billing.Core.Tests.Runs;

/// <summary>A source of rates that a test directs.</summary>
internal sealed class ScriptedRates : IExchangeRateSource
{
    public int Calls { get; private set; }

    public string Code { get; set; } = "CAD";

    public decimal Rate { get; set; } = 0.75m;

    public Exception? Failure { get; set; }

    public Task Answer { get; set; } = Task.CompletedTask;

    public async ValueTask<IExchangeRates> FetchAsync(CancellationToken cancellationToken)
    {
        Calls++;
        await Answer;
        return Failure is null ? FixedRates.Create(new Dictionary<string, decimal> { [Code] = Rate }) : throw Failure;
    }
}
