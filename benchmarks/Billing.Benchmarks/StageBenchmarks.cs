using BenchmarkDotNet.Attributes;
using Billing.Categories;
using Billing.Currencies;
using Billing.Fingerprints;
using Billing.Keys;
using Billing.Reading;
using Billing.Rows;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Benchmarks;

/// <summary>The hot path, stage by stage and whole. Figures are per row.</summary>
[MemoryDiagnoser]
public class StageBenchmarks
{
    private const int Rows = 20_000;

    private byte[] _csv = [];
    private readonly FormBuffer _contents = new();
    private RecycledList<ParsedRow> _rows = new();
    private List<BillingRecord> _records = [];
    private BillingPipeline _pipeline = null!;
    private Categoriser _categoriser = null!;
    private readonly FixedRates _rates = FixedRates.Parse("CAD=0.75, MXN=0.059");

    // Not every toolchain of BenchmarkDotNet waits for a setup that is asynchronous.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        _csv = Invoices.Csv(Rows);
        _rows = await ReadAsync();
        CategoryRules rules = CategoryRules.Create(
            CategoryRule.When("high value", record => record.ReportingAmount.Amount >= 1000).WithCategory("high_value"),
            CategoryRule.When("medium value", record => record.ReportingAmount.Amount >= 100).WithCategory("medium_value"),
            CategoryRule.When("rest", _ => true).WithCategory("standard"));
        _categoriser = new Categoriser(rules.Rules);
        _pipeline = new ServiceCollection()
            .AddBilling(billing => billing.UseExchangeRates(_rates).AddCategoryRules(rules).AddSink(new NullSink()))
            .BuildServiceProvider()
            .GetRequiredService<BillingPipeline>();
        MemorySink memory = new();
        await new ServiceCollection()
            .AddBilling(billing => billing.UseExchangeRates(_rates).AddSink(memory))
            .BuildServiceProvider()
            .GetRequiredService<BillingPipeline>()
            .IngestAsync(BillingSource.Bytes("invoices.csv", _csv));
        _records = [.. (await memory.QueryAsync(new RecordQuery { PageSize = 10_000 }, CancellationToken.None)).Items];
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public async Task<int> Parse() => (await ReadAsync()).Count;

    [Benchmark(OperationsPerInvoke = Rows)]
    public decimal Convert()
    {
        decimal sum = 0;
        foreach (ParsedRow row in _rows)
        {
            if (Currency.TryParse(row.CurrencyCode, out Currency? currency)
                && _rates.TryGetRate(currency, Currency.Usd, row.Date, out ExchangeRate? rate)
                && CurrencyConverter.TryConvert(row.Amount!.Value, rate, 2, MidpointRounding.ToEven, out decimal converted))
            {
                sum += converted;
            }
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public int FingerprintAndKey()
    {
        using RecordFingerprinter fingerprinter = new(RecordIdentity.Content);
        int hash = 0;
        foreach (ParsedRow row in _rows)
        {
            CanonicalForm.Write(row, Currency.Usd, _contents);
            _contents.End();
        }

        ReadOnlySpan<Sha256Digest> fingerprints = fingerprinter.Hash(_contents);
        for (int i = 0; i < _rows.Count; i++)
        {
            fingerprinter.AddKey(_rows[i], "invoices.csv", null, new Fingerprint(fingerprints[i]), fingerprinter.NextOccurrence(fingerprints[i]));
        }

        foreach (Sha256Digest key in fingerprinter.Hash())
        {
            hash ^= key.GetHashCode();
        }

        return hash;
    }

    [Benchmark(OperationsPerInvoke = 10_000)]
    public int Categorise()
    {
        int categorised = 0;
        foreach (BillingRecord record in _records)
        {
            categorised += _categoriser.Apply(record).Category is null ? 0 : 1;
        }

        return categorised;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public Task<IngestReport> WholePathToNullSink() => _pipeline.IngestAsync(BillingSource.Bytes("invoices.csv", _csv));

    private async Task<RecycledList<ParsedRow>> ReadAsync()
    {
        RecycledList<ParsedRow> rows = new();
        await using RecordReader reader = await RecordReaders.OpenAsync("invoices.csv", new MemoryStream(_csv), SourceLayout.Default, RecordIdentity.Content, CancellationToken.None);
        // One more than there are: a full list would be read into for ever.
        while (await reader.ReadAsync(rows, Rows + 1, int.MaxValue, CancellationToken.None))
        {
        }

        return rows;
    }
}
