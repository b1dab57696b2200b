using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Billing.Hosting.Tests;

public sealed class SettingsTests
{
    private const string Memory = "\"Sinks\": [{ \"Kind\": \"memory\" }]";

    [Fact]
    public async Task A_pipeline_is_what_its_settings_say()
    {
        string folder = Some.Folder();
        string rules = Path.Combine(folder, "rules.json");
        await File.WriteAllTextAsync(rules, """{ "rules": [{ "name": "small", "category": "petty", "when": { "amount": { "atMost": 100 } } }] }""", TestContext.Current.CancellationToken);
        IConfigurationSection section = Settings.Billing($$"""
            {
              "ReportingCurrency": "EUR", "Rounding": "ToZero", "Rates": "USD=0.9", "Rules": "{{rules}}", "Scope": "acme", "Identity": "columns:no", "BatchSize": 2, "BatchMebibytes": 3,
              "Layout": { "Columns": { "Date": "Datum", "Amount": "Betrag", "Id": "no" }, "Numbers": { "DecimalMark": "," }, "DefaultCurrency": "USD" },
              "Sinks": [{ "Kind": "Sqlite", "ConnectionString": "Data Source={{Path.Combine(folder, "b.db")}}", "BusyTimeout": "00:00:05" }]
            }
            """);
        await using ServiceProvider services = new ServiceCollection().AddBilling(section, sinks => sinks.Add("Sqlite", (billing, sink) => billing.AddSqliteSink(sink))).BuildServiceProvider();

        IngestReport report = await services.GetRequiredService<BillingPipeline>()
            .IngestAsync(BillingSource.Text("a.csv", "no;Datum;Betrag\n1;2025-06-01;\"10,55\"\n2;2025-06-02;20\n"), TestContext.Current.CancellationToken);

        Assert.Equal((2, "EUR", "acme"), (report.Stored.Rows, report.ReportingCurrency, report.Scope));
        BillingRecord first = (await services.GetRequiredService<IBillingStore>().QueryAsync(new RecordQuery(), TestContext.Current.CancellationToken)).Items[0];
        Assert.Equal((9.49m, "petty", "settings", "1"), (first.ReportingAmount.Amount, first.Category, first.ExchangeRate!.Source, first.SourceId));
        Assert.Contains("columns:no", report.Settings!.Layout, StringComparison.Ordinal);
        Assert.Equal(2, services.GetRequiredService<IOptions<BillingSettings>>().Value.BatchSize);
        Assert.Equal(3, services.GetRequiredService<IOptions<BillingSettings>>().Value.BatchMebibytes);
    }

    [Fact]
    public async Task Pipelines_live_side_by_side_under_names()
    {
        IConfigurationRoot settings = Settings.Of($$"""{ "A": { {{Memory}}, "Scope": "a" }, "B": { {{Memory}}, "Scope": "b" } }""");
        await using ServiceProvider services = new ServiceCollection()
            .AddBilling("a", settings.GetSection("A"), Kinds)
            .AddBilling("b", settings.GetSection("B"), Kinds)
            .BuildServiceProvider();

        foreach (string name in (string[])["a", "b"])
        {
            IngestReport report = await services.GetRequiredKeyedService<BillingPipeline>(name).IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,1,USD\n"), TestContext.Current.CancellationToken);
            Assert.Equal(name, report.Scope);
            Assert.Equal(name, services.GetRequiredService<IOptionsMonitor<BillingSettings>>().Get(name).Scope);
        }
    }

    [Theory]
    [InlineData("\"ReportingCurency\": \"EUR\"", "Billing:ReportingCurency is not a setting. Use ReportingCurrency, ")]
    [InlineData("\"ReportingCurrency\": \"EURO\"", "Billing:ReportingCurrency is 'EURO'. Use an ISO 4217 code with minor units, such as USD.")]
    [InlineData("\"ReportingCurrency\": \"XAU\"", "Billing:ReportingCurrency is 'XAU'.")]
    [InlineData("\"Rounding\": \"Up\"", "'Up' at 'Billing:Rounding'")]
    [InlineData("\"Rounding\": 9", "Billing:Rounding is 9. Use ToEven, ")]
    [InlineData("\"BatchSize\": 0", "Billing:BatchSize is 0. Use 1 to 100,000.")]
    [InlineData("\"BatchMebibytes\": 0", "Billing:BatchMebibytes is 0. Use 1 to 256.")]
    [InlineData("\"BatchMebibytes\": 257", "Billing:BatchMebibytes is 257. Use 1 to 256.")]
    [InlineData("\"BatchSize\": \"many\"", "'many' at 'Billing:BatchSize'")]
    [InlineData("\"Identity\": \"column:a\"", "Billing:Identity: 'column:a' is not an identity. Use content, ")]
    [InlineData("\"Scope\": \" \"", "Billing:Scope is blank.")]
    [InlineData("\"Rates\": \"\"", "Billing:Rates is blank.")]
    [InlineData("\"Rates\": \"CAD=x\"", "Billing:Rates: ")]
    [InlineData("\"Rates\": \"ecb:nowhere.csv\"", "Billing:Rates: The file 'nowhere.csv' cannot be read")]
    [InlineData("\"Rules\": [\"nowhere.json\"]", "Billing:Rules: The file 'nowhere.json' cannot be read")]
    [InlineData("\"Rules\": [\"\"]", "Billing:Rules has a blank name.")]
    [InlineData("\"Layout\": \"\"", "Billing:Layout is blank. Name a layout file, or leave the key out.")]
    [InlineData("\"Inbox\": {}", "InboxOptions.Folder is ''.")]
    [InlineData("\"Layout\": \"nowhere.json\"", "Billing:Layout: The file 'nowhere.json' cannot be read")]
    [InlineData("\"Layout\": { \"columns\": { \"dat\": \"x\" } }", "Billing:Layout: 'columns' has no 'dat'. It may have date, ")]
    [InlineData("\"Layout\": { \"skipRows\": \"some\" }", "Billing:Layout: 'skipRows' must be a whole number")]
    [InlineData("\"Inbox\": { \"Folder\": \"in\", \"Folders\": \"x\" }", "Billing:Inbox:Folders is not a setting. Use Folder, Pattern, ")]
    [InlineData("\"Inbox\": { \"Pattern\": \"*.csv\" }", "InboxOptions.Folder is ''. Use the folder that files are put into.")]
    [InlineData("\"Inbox\": { \"Folder\": \"in\", \"DoneFolder\": \".\" }", "InboxOptions.DoneFolder is '.'. Use a folder other than Folder")]
    [InlineData("\"Inbox\": { \"Folder\": \"in\", \"Interval\": \"soon\" }", "'soon' at 'Billing:Inbox:Interval'")]
    [InlineData("\"AlertSending\": { \"Interval\": \"00:00:00\" }", "AlertSendingOptions.Interval is '00:00:00'. Use 1 second to a day.")]
    public void A_wrong_setting_is_refused_with_its_key_and_its_remedy(string setting, string says)
    {
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(Settings.Billing($$"""{ {{setting}}, {{Memory}} }"""), Kinds));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "Billing:Sinks names no sink. Use a list such as [{ \"Kind\": \"Sqlite\", ")]
    [InlineData("{ \"Sinks\": [{ \"ConnectionString\": \"x\" }] }", "Billing:Sinks:0:Kind is not set. Use Memory.")]
    [InlineData("{ \"Sinks\": [{ \"Kind\": \"Oracle\" }] }", "Billing:Sinks:0:Kind is 'Oracle', which this application does not have. Use Memory, or add the kind in code")]
    public void A_sink_that_is_not_there_is_refused(string billing, string says)
    {
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(Settings.Billing(billing), Kinds));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(
            () => new ServiceCollection().AddBilling(Settings.Billing($$"""{ "BatchSize": 0, "Scope": "", {{Memory}} }"""), Kinds));
        Assert.Contains("Billing:BatchSize", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Billing:Scope", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_with_nothing_stated_is_as_by_default()
    {
        ServiceCollection services = new();
        services.AddBilling(Settings.Billing($$"""{ "AlertSending": {}, {{Memory}} }"""), Kinds);
        Assert.Single(services, service => service.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService));
    }

    [Fact]
    public async Task The_first_sink_is_the_ledger_and_code_comes_after_settings()
    {
        MemorySink ledger = new();
        MemorySink follower = new();
        await using ServiceProvider services = new ServiceCollection()
            .AddBilling(
                Settings.Billing("""{ "BatchSize": 1, "Sinks": [{ "Kind": "first" }, { "Kind": "second" }] }"""),
                sinks => sinks.Add("First", (billing, _) => billing.AddSink(ledger)).Add("Second", (billing, _) => billing.AddSink(follower)),
                billing => billing.UseScope("code"))
            .BuildServiceProvider();

        BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
        Assert.Same(ledger, pipeline.Ledger);
        Assert.Equal("code", (await pipeline.IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,1,USD\n"), TestContext.Current.CancellationToken)).Scope);
        Assert.Single((await follower.QueryAsync(new RecordQuery(), TestContext.Current.CancellationToken)).Items);
    }

    private static void Kinds(SinkKinds sinks) => sinks.Add("Memory", (billing, _) => billing.AddSink(new MemorySink()));
}
