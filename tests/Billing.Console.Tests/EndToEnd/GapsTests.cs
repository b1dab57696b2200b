namespace Billing.Console.Tests.EndToEnd;

/// <summary>Missing account statements are listed, until they come.</summary>
public sealed class GapsTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_missing_statement_is_named_until_it_comes()
    {
        await IngestAsync(4);
        Run warned = await IngestAsync(6);
        Assert.Equal(0, warned.ExitCode);
        Assert.Contains("warning: m6.csv: between m4.csv (to 2025-04-28, closing 40) and m6.csv (from 2025-06-02, opening 50) a statement is missing that comes to 10 USD, of DE12", warned.Out.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);

        Run people = await _work.BillingAsync("gaps", "--store", _work.Store);
        _work.Check("gaps.txt", people.Out);
        Run document = await _work.BillingAsync("gaps", "--store", _work.Store, "--json");
        _work.Check("gaps.json", document.Out);
        Assert.Equal((ExitCode.Differences, ExitCode.Differences), (people.ExitCode, document.ExitCode));

        await IngestAsync(5);
        Run none = await _work.BillingAsync("gaps", "--store", _work.Store);
        Assert.Equal((0, "no gap between statements with balances: each begins with what the one before it ends with\n"), (none.ExitCode, none.Out));
        Assert.Equal(0, (await _work.BillingAsync("gaps", "--store", _work.Store, "--json")).ExitCode);
    }

    private Task<Run> IngestAsync(int month)
    {
        string file = _work.Write($"m{month}.csv", $"date,company,amount,currency\n2025-{month:D2}-02,A{month},4,USD\n2025-{month:D2}-28,B{month},6,USD\n");
        return _work.BillingAsync("ingest", file, "--to", _work.Store, "--scope", "DE12", "--expect", $"opening={(month * 10) - 10},closing={month * 10}");
    }
}
