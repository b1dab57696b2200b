using Billing.Categories;

namespace Billing.Runs;

/// <summary>What a pipeline was wired with.</summary>
internal sealed record PipelineSettings
{
    public required string Name { get; init; }

    public required Currency ReportingCurrency { get; init; }

    public required MidpointRounding Rounding { get; init; }

    public required IExchangeRates? ExchangeRates { get; init; }

    public required CsvLayout Layout { get; init; }

    public required RecordIdentity? Identity { get; init; }

    public required string? Scope { get; init; }

    public required int BatchSize { get; init; }

    public required Categoriser Categoriser { get; init; }

    /// <summary>The first is the ledger.</summary>
    public required IReadOnlyList<IBillingSink> Sinks { get; init; }

    /// <summary>The layout, identity and scope of one ingestion: the call's, else the layout's, else the pipeline's.</summary>
    public (CsvLayout Layout, RecordIdentity Identity, string? Scope) Resolve(IngestOptions options)
    {
        CsvLayout layout = options.Layout ?? Layout;
        return (layout, options.Identity ?? layout.Identity ?? Identity ?? RecordIdentity.Content, options.Scope ?? Scope);
    }
}
