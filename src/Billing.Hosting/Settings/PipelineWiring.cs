using Microsoft.Extensions.Configuration;

namespace Billing.Hosting.Settings;

/// <summary>Wires a pipeline from its section of the settings.</summary>
internal sealed class PipelineWiring(IConfiguration section, SinkKinds kinds)
{
    private const string LayoutKey = "Layout";
    private const string SinksKey = "Sinks";
    private const string InboxKey = "Inbox";
    private const string AlertSendingKey = "AlertSending";
    private const string Ecb = "ecb:";

    /// <summary>The path of the section; empty for the root of the settings.</summary>
    public string Path => (section as IConfigurationSection)?.Path ?? "";

    /// <summary>Reads the section.</summary>
    /// <exception cref="BillingConfigurationException">A key is unknown, or its value cannot be read.</exception>
    public void Bind(BillingSettings settings)
    {
        SettingsSection.Check(
            section, nameof(BillingSettings.ReportingCurrency), nameof(BillingSettings.Rounding), LayoutKey, nameof(BillingSettings.Rates), nameof(BillingSettings.Rules),
            nameof(BillingSettings.Identity), nameof(BillingSettings.Scope), nameof(BillingSettings.BatchSize), nameof(BillingSettings.BatchMebibytes), SinksKey, InboxKey, AlertSendingKey);
        SettingsSection.Bind(() => section.Bind(settings));
        if (section[nameof(BillingSettings.Rules)] is { Length: > 0 } one)
        {
            settings.Rules.Add(one);
        }
    }

    /// <summary>Wires the pipeline.</summary>
    /// <exception cref="BillingConfigurationException">A setting, or a file that it names, is wrong; the message says which, and what to do.</exception>
    public void Apply(BillingBuilder billing)
    {
        BillingSettings settings = new();
        Bind(settings);
        if (new BillingSettingsValidator(billing.Name, Path).Validate(billing.Name, settings) is { Failed: true } wrong)
        {
            throw new BillingConfigurationException(string.Join(' ', wrong.Failures));
        }

        billing.UseReportingCurrency(settings.ReportingCurrency).UseRounding(settings.Rounding).UseBatchSize(settings.BatchSize).UseBatchMemory(settings.BatchMebibytes);
        if (settings.Rates is { } rates)
        {
            billing.UseExchangeRates(At(nameof(settings.Rates), () => RatesOf(rates, settings.ReportingCurrency)));
        }

        foreach (string file in settings.Rules)
        {
            billing.AddCategoryRules(At(nameof(settings.Rules), () => CategoryRules.Load(file)));
        }

        if (settings.Identity is { } identity)
        {
            billing.UseIdentity(RecordIdentity.Parse(identity));
        }

        if (settings.Scope is { } scope)
        {
            billing.UseScope(scope);
        }

        UseLayout(billing);
        AddSinks(billing);
        AddServices(billing);
    }

    private static IExchangeRates RatesOf(string rates, string reportingCurrency)
    {
        if (rates.StartsWith(Ecb, StringComparison.Ordinal))
        {
            return EcbRates.Load(rates[Ecb.Length..]);
        }

        return rates.Contains('=', StringComparison.Ordinal) && !File.Exists(rates)
            ? FixedRates.Parse(rates, reportingCurrency, "settings")
            : FixedRates.Load(rates);
    }

    private void UseLayout(BillingBuilder billing)
    {
        IConfigurationSection layout = section.GetSection(LayoutKey);
        if (layout.Value is { } file)
        {
            if (string.IsNullOrWhiteSpace(file))
            {
                throw new BillingConfigurationException($"{layout.Path} is blank. Name a layout file, or leave the key out.");
            }

            billing.UseLayout(At(LayoutKey, () => SourceLayout.Load(file)));
        }
        else if (layout.GetChildren().Any())
        {
            try
            {
                billing.UseLayout(SourceLayout.Parse(LayoutJson.Of(layout), layout.Path));
            }
            catch (BillingConfigurationException wrong) when (wrong.File is { } name)
            {
                // Settings have no lines.
                throw new BillingConfigurationException(wrong.Message.Replace(FormattableString.Invariant($"{name}({wrong.Line})"), name, StringComparison.Ordinal), wrong);
            }
        }
    }

    private void AddSinks(BillingBuilder billing)
    {
        IConfigurationSection[] sinks = [.. section.GetSection(SinksKey).GetChildren()];
        if (sinks.Length == 0)
        {
            throw new BillingConfigurationException($"{SettingsSection.PathOf(section, SinksKey)} names no sink. Use a list such as [{{ \"Kind\": \"Sqlite\", \"ConnectionString\": \"Data Source=billing.db\" }}]; its first is the ledger. The kinds of this application are: {kinds.Names}.");
        }

        foreach (IConfigurationSection sink in sinks)
        {
            string kind = SettingsSection.Required(sink, "Kind", kinds.Names);
            _ = (kinds.Find(kind) ?? throw new BillingConfigurationException($"{sink.Path}:Kind is '{kind}', which this application does not have. Use {kinds.Names}, or add the kind in code (SinkKinds.Add)."))(billing, sink);
        }
    }

    private void AddServices(BillingBuilder billing)
    {
        if (Has(InboxKey))
        {
            billing.AddInbox(section.GetSection(InboxKey));
        }

        if (Has(AlertSendingKey))
        {
            billing.AddAlertSending(section.GetSection(AlertSendingKey));
        }
    }

    // Even if it is empty: {} is a service with the defaults.
    private bool Has(string key) => section.GetChildren().Any(child => string.Equals(child.Key, key, StringComparison.OrdinalIgnoreCase));

    private T At<T>(string key, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (BillingConfigurationException wrong)
        {
            throw new BillingConfigurationException($"{SettingsSection.PathOf(section, key)}: {wrong.Message}", wrong);
        }
    }
}
