namespace Billing.Console.Tests.EndToEnd;

public sealed class InspectTests : IDisposable
{
    private readonly Workplace _place = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("invoices", "billing_data_dairy_june_2025.csv", 100)]
    [InlineData("stray-quote", "billing_data_bakery_june_2025.csv", 80)]
    [InlineData("transactions", "transactions.jsonl", 100)]
    public async Task The_proposal_for_a_sample_file(string golden, string file, int width)
    {
        Run run = await _place.BillingAsync(width, "inspect", Workplace.Sample(file));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        _place.Check($"inspect-{golden}.txt", run.Out);
    }

    [Fact]
    public async Task The_document_holds_the_layout_that_is_written()
    {
        string layout = _place.PathTo("layout.json");
        Run run = await _place.BillingAsync("inspect", Workplace.Sample("billing_data_dairy_june_2025.csv"), "--out", layout, "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(run.Json.GetProperty("layout").GetRawText().Where(c => !char.IsWhiteSpace(c)), (await File.ReadAllTextAsync(layout, Token)).Where(c => !char.IsWhiteSpace(c)));
    }

    [Fact]
    public async Task A_file_can_be_ingested_with_the_layout_that_was_proposed()
    {
        string layout = _place.PathTo("layout.json");
        await _place.BillingAsync("inspect", Workplace.Sample("billing_data_dairy_june_2025.csv"), "--out", layout);
        Run run = await _place.BillingAsync("ingest", Workplace.Sample("billing_data_dairy_june_2025.csv"), "--layout", layout, "--rates", Workplace.Sample("rates.json"), "--to", _place.Store, "--json");
        Assert.InRange(run.Json.GetProperty("total").GetProperty("rows").GetProperty("stored").GetInt64(), 13, 14);
    }

    [Fact]
    public async Task A_layout_that_is_there_is_written_over_only_by_force()
    {
        string layout = _place.Write("layout.json", "mine");
        string[] args = ["inspect", Workplace.Sample("billing_data_meat_june_2025.csv"), "--out", layout];
        Run refused = await _place.BillingAsync(args);
        Assert.Equal((ExitCode.Usage, ""), (refused.ExitCode, refused.Out));
        Assert.Equal("mine", await File.ReadAllTextAsync(layout, Token));
        Run forced = await _place.BillingAsync([.. args, "--force"]);
        Assert.Equal(0, forced.ExitCode);
        Assert.NotEqual("mine", await File.ReadAllTextAsync(layout, Token));
    }
}
