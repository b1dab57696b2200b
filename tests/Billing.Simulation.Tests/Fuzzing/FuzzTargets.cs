namespace Billing.Simulation.Tests.Fuzzing;

/// <summary>All readers of bytes that others write.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("csv", Corpus.Csv, (input, way) => SourceTargets.IngestAsync(input, "fuzz.csv", way)),
        new("json", Corpus.Json, (input, way) => SourceTargets.IngestAsync(input, "fuzz.jsonl", way)),
        new("inspect", [.. Corpus.Csv, .. Corpus.Json], (input, way) => SourceTargets.InspectAsync(input, "fuzz", way)),
        new("layout", Corpus.Layouts, SettingsTargets.LayoutAsync),
        new("rules", Corpus.Rules, SettingsTargets.RulesAsync),
        new("rates", Corpus.Rates, SettingsTargets.RatesAsync),
        new("ecb-rates", Corpus.EcbRates, SettingsTargets.EcbRatesAsync),
        new("events", Corpus.Events, SettingsTargets.EventsAsync),
        new("values", [.. Corpus.Csv, .. Corpus.Rates], SettingsTargets.ValuesAsync),
    ];
}
