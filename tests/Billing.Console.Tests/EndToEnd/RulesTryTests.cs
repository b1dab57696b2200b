namespace Billing.Console.Tests.EndToEnd;

/// <summary>What other rules would change in the store of the sample invoices.</summary>
public sealed class RulesTryTests : IAsyncLifetime
{
    private const string Draft = """
        { "rules": [
          { "name": "product line", "require": { "attribute": { "name": "product_line", "in": ["Bakery", "Dairy", "Meat"] } } },
          { "name": "large", "when": { "amount": { "atLeast": 1500 } }, "category": "large" },
          { "name": "casinos", "when": { "text": "casino" }, "category": "going out" },
          { "name": "dairy", "when": { "attribute": { "name": "product_line", "is": "Dairy" } }, "category": "dairy" },
          { "name": "large dairy", "when": { "all": [ { "amount": { "atLeast": 1500 } }, { "attribute": { "name": "product_line", "is": "Dairy" } } ] }, "category": "large dairy" },
          { "name": "meat", "when": { "attribute": { "name": "product_line", "is": "Meat" } }, "category": "meat" } ] }
        """;

    private readonly Workplace _place = new();

    public async ValueTask InitializeAsync() => await _place.IngestInvoicesAsync();

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Shows_moves_and_idle_rules_and_changes_nothing()
    {
        string draft = _place.Write("draft.json", Draft);
        Run before = await _place.BillingAsync("summary", "--by", "category", "--store", _place.Store, "--json");
        Run run = await _place.BillingAsync(100, "rules", "try", draft, "--store", _place.Store);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        _place.Check("rules-try.txt", run.Out);
        Run json = await _place.BillingAsync("rules", "try", draft, "--store", _place.Store, "--json");
        Assert.Equal((0, ""), (json.ExitCode, json.Error));
        _place.Check("rules-try.json", json.Out);
        Assert.Equal(before.Out, (await _place.BillingAsync("summary", "--by", "category", "--store", _place.Store, "--json")).Out);
    }

    [Fact]
    public async Task A_query_limits_the_records_and_nothing_found_is_said()
    {
        string draft = _place.Write("draft.json", Draft);
        Run run = await _place.BillingAsync("rules", "try", draft, "--party", "Nobody", "--store", _place.Store);
        Assert.Equal((0, "No records."), (run.ExitCode, run.Out.Trim()));
    }

    [Fact]
    public async Task A_wrong_draft_and_a_missing_store_are_named()
    {
        string draft = _place.Write("draft.json", """{ "rules": [{ "name": "x", "when": {}, "categori": "y" }] }""");
        Run wrong = await _place.BillingAsync("rules", "try", draft, "--store", _place.Store);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("draft.json(1): Rule 'x': 'categori' is not known", wrong.Error, StringComparison.Ordinal);
        Run missing = await _place.BillingAsync("rules", "try", _place.Write("draft.json", Draft), "--store", "sqlite:nowhere.db");
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("nowhere.db", missing.Error, StringComparison.Ordinal);
    }
}
