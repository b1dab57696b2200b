namespace Billing.Hosting;

/// <summary>
/// The settings of one pipeline, such as the section <c>Billing</c> of <c>appsettings.json</c> (docs/hosting.md). In addition to these keys the section has <c>Layout</c>,
/// which is the name of a layout file or a layout in the form of one; <c>Sinks</c>, a list whose first item is the ledger; and <c>Inbox</c> and <c>AlertSending</c>,
/// each for one hosted service. Paths are relative to the current directory.
/// </summary>
public sealed class BillingSettings
{
    /// <summary>The reporting currency, in which every amount is stated. Default USD.</summary>
    public string ReportingCurrency { get; set; } = "USD";

    /// <summary>How conversions round, once, at the end. Default <see cref="MidpointRounding.ToEven"/>.</summary>
    public MidpointRounding Rounding { get; set; } = MidpointRounding.ToEven;

    /// <summary>
    /// The exchange rates: a rates file, rates such as <c>CAD=0.75, MXN=0.059</c> in the reporting currency, or <c>ecb:</c> and a file of the European Central Bank.
    /// Default null: the <see cref="IExchangeRates"/> that is registered, or none.
    /// </summary>
    public string? Rates { get; set; }

    /// <summary>The rules files, in order; a single one needs no brackets. Default none.</summary>
    public IList<string> Rules { get; } = [];

    /// <summary>What makes a record the same record, as <see cref="RecordIdentity.Parse(string)"/> reads it, where the layout does not say. Default null: content and occurrence.</summary>
    public string? Identity { get; set; }

    /// <summary>The scope: whose records the sources hold, if the layout does not set it. Default null: no scope.</summary>
    public string? Scope { get; set; }

    /// <summary>The maximum number of rows that are written at once, 1 to 100,000. Default 10,000.</summary>
    public int BatchSize { get; set; } = 10_000;

    /// <summary>The number of mebibytes of rows, as received, that ends a batch before it has its number of rows, 1 to 256. Default 4.</summary>
    public int BatchMebibytes { get; set; } = 4;
}
