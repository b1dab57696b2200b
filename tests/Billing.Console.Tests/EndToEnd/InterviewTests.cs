namespace Billing.Console.Tests.EndToEnd;

/// <summary><c>inspect</c> with a person at the terminal, with a layout to go on from, and from the standard input.</summary>
public sealed class InterviewTests : IDisposable
{
    private const string Statement = "date,amount,net,total\n03/04/2025,10.00,10.00,11.00\n05/04/2025,20.00,20.00,22.00\n";

    private readonly Workplace _place = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Every_question_is_asked_and_the_completed_layout_is_written_and_ingests()
    {
        string file = _place.Write("june.csv", Statement);
        string layout = _place.PathTo("june.layout.json");
        // The amount, a code that is none and one that is, the date.
        Run run = await _place.BillingWithAsync(80, input: null, answers: "2\nxxq\nCAD\n1\n", "inspect", file, "--out", layout);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        _place.Check("inspect-interview.txt", run.Out);
        SourceLayout written = SourceLayout.Load(layout);
        Assert.Equal(("total", "CAD"), (written.Amount, written.DefaultCurrency));
        Assert.Equal(["dd/MM/yyyy"], written.DateFormats);

        Run again = await _place.BillingAsync("inspect", file, "--layout", layout, "--json");
        Assert.Empty(again.Json.GetProperty("questions").EnumerateArray());
        Assert.Equal(2, again.Json.GetProperty("rowsRead").GetInt64());
        Run ingest = await _place.BillingAsync("ingest", file, "--layout", layout, "--currency", "CAD", "--store", _place.Store, "--json");
        Assert.Equal((0, 2), (ingest.ExitCode, ingest.Json.GetProperty("total").GetProperty("rows").GetProperty("stored").GetInt64()));
    }

    [Fact]
    public async Task What_is_left_open_stays_open_and_is_not_asked_again()
    {
        Run run = await _place.BillingWithAsync(80, input: null, answers: "\n\n\n", "inspect", _place.Write("june.csv", Statement));
        Assert.Equal(ExitCode.Quarantined, run.ExitCode);
        Assert.Equal(3, run.Out.Split("Enter leaves it open").Length - 1);
        Run ended = await _place.BillingWithAsync(80, input: null, answers: "", "inspect", _place.Write("june.csv", Statement));
        Assert.Equal(run.Out, ended.Out);
    }

    [Fact]
    public async Task A_document_asks_nothing()
    {
        Run run = await _place.BillingWithAsync(80, input: null, answers: "1\n1\n1\n", "inspect", _place.Write("june.csv", Statement), "--json");
        Assert.Equal(3, run.Json.GetProperty("questions").GetArrayLength());
    }

    [Fact]
    public async Task A_layout_and_a_currency_to_go_on_from_are_kept()
    {
        string layout = _place.Write("layout.json", """{ "columns": { "amount": "total", "description": null }, "dateFormats": ["MM/dd/yyyy"] }""");
        Run run = await _place.BillingAsync("inspect", _place.Write("june.csv", Statement), "--layout", layout, "--currency", "cad", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Json.GetProperty("questions").EnumerateArray());
        SourceLayout proposed = SourceLayout.Parse(run.Json.GetProperty("layout").GetRawText());
        Assert.Equal(("total", "CAD", "", "date"), (proposed.Amount, proposed.DefaultCurrency, proposed.Description, proposed.Date));
        Assert.Equal(["MM/dd/yyyy"], proposed.DateFormats);
    }

    [Theory]
    [InlineData("--layout", "no-such.json")]
    [InlineData("--currency", "XXQ")]
    public async Task What_cannot_be_gone_on_from_is_wrong_usage(string option, string value)
    {
        Run run = await _place.BillingAsync("inspect", _place.Write("june.csv", Statement), option, value);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(value, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dash_is_the_standard_input()
    {
        const string text = "date,party,amount,currency\n2025-06-02,Acme,10.00,USD\n";
        Run inspect = await _place.BillingWithAsync(null, input: text, answers: null, "inspect", "-", "--json");
        Assert.Equal("stdin", inspect.Json.GetProperty("source").GetString());
        Assert.Equal((0, 1), (inspect.ExitCode, inspect.Json.GetProperty("rowsRead").GetInt64()));

        Run ingest = await _place.BillingWithAsync(null, input: text, answers: null, "ingest", "-", "--store", _place.Store, "--json");
        Assert.Equal((0, 1), (ingest.ExitCode, ingest.Json.GetProperty("total").GetProperty("rows").GetProperty("stored").GetInt64()));
        Assert.Equal("stdin", ingest.Json.GetProperty("sources")[0].GetProperty("source").GetString());
        Run beside = await _place.BillingWithAsync(null, input: text, answers: null, "ingest", _place.Write("june.csv", text), "-", "--store", _place.Store, "--json");
        Assert.Equal(2, beside.Json.GetProperty("total").GetProperty("rows").GetProperty("duplicate").GetInt64());
        Run twice = await _place.BillingWithAsync(null, input: text, answers: null, "ingest", "-", "-", "--store", _place.Store);
        Assert.Equal(ExitCode.Usage, twice.ExitCode);
    }
}
