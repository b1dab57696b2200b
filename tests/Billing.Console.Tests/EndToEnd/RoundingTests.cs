namespace Billing.Console.Tests.EndToEnd;

/// <summary><c>billing rounding</c> shows what rounding left behind.</summary>
public sealed class RoundingTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task It_is_shown_by_run_and_currency_for_people_and_as_a_document()
    {
        Assert.Equal((0, "no record was converted\n"), await ShowAsync("usd.csv", "5.00,USD"));
        await ShowAsync("june.csv", "10.01,CAD\n2025-06-02,B,10.03,CAD\n2025-06-03,C,1.01,MXN");
        Run people = await _work.BillingAsync(120, "rounding", "--store", _work.Store);
        _work.Check("rounding.txt", people.Out);
        Run document = await _work.BillingAsync("rounding", "--store", _work.Store, "--currency", "MXN", "--json");
        _work.Check("rounding.json", document.Out);
        Assert.Equal((0, 0), (people.ExitCode, document.ExitCode));
    }

    private async Task<(int, string)> ShowAsync(string name, string rows)
    {
        string file = _work.Write(name, $"date,company,amount,currency\n2025-06-01,A,{rows}\n");
        Assert.Equal(0, (await _work.BillingAsync("ingest", file, "--to", _work.Store, "--rates", "CAD=0.75,MXN=0.059")).ExitCode);
        Run shown = await _work.BillingAsync("rounding", "--store", _work.Store);
        return (shown.ExitCode, shown.Out);
    }
}
