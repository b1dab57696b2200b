using Billing.Lambda.Settings;
using MySqlConnector;

namespace Billing.Lambda.Functions;

/// <summary>The pipeline of system 1, for whole files and for shards: rates, rules, layout and database come from the settings.</summary>
internal static class InvoicePipeline
{
    // At the deadline, batches in progress are undone, which takes the database as long as doing them took. Earlier batches stay.
    private const int BatchSize = 2_000;

    // The defaults, unless the settings name other files.
    private const string Invoices = "layout.invoices.json";
    private const string Rules = "rules.invoices.json";

    /// <summary>Creates the pipeline, and checks that the database can be used.</summary>
    /// <exception cref="BillingConfigurationException">A setting is missing or invalid.</exception>
    public static async Task<BillingPipeline> StartAsync(FunctionServices services, SourceLayout layout, CancellationToken cancellationToken)
    {
        CategoryRules rules = services.Settings.File("BILLING_RULES", CategoryRules.Load) ?? CategoryRules.Parse(BuiltIn.Text(Rules), Rules);
        string reporting = Rates.ReportingCurrency(services);
        FixedRates rates = Rates.Of(services, reporting);
        string? scope = Scope(services);
        bool createsSchema = services.Settings.Flag("BILLING_CREATE_SCHEMA");
        Func<CancellationToken, ValueTask<MySqlDataSource>> database = services.Database();
        BillingPipeline pipeline = services.Pipeline(billing =>
        {
            billing.UseReportingCurrency(reporting).UseBatchSize(BatchSize).UseExchangeRates(rates).AddCategoryRules(rules).UseLayout(layout).AddAuroraSink((_, token) => database(token), options => options.CreateTables = createsSchema);
            if (scope is not null)
            {
                billing.UseScope(scope);
            }
        });
        await ((IBillingStore)pipeline.Ledger).GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken);
        return pipeline;
    }

    /// <summary>Returns whose records the files hold, or null.</summary>
    public static string? Scope(FunctionServices services) => services.Settings.Optional("BILLING_SCOPE");

    /// <summary>Returns the layout from the settings.</summary>
    /// <exception cref="BillingConfigurationException">The setting cannot be used.</exception>
    public static SourceLayout Layout(FunctionServices services) => services.Settings.File("BILLING_LAYOUT", SourceLayout.Load) ?? SourceLayout.Parse(BuiltIn.Text(Invoices), Invoices);
}
