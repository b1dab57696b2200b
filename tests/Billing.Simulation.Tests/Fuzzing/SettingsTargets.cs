using System.Text;
using Billing.Aws;
using Billing.Simulation.Tests.Runs;

namespace Billing.Simulation.Tests.Fuzzing;

/// <summary>Reads settings, rates and events. What is accepted is also used.</summary>
internal static class SettingsTargets
{
    private static readonly byte[] s_rows = "date,company,amount,currency,note,Datum,Betrag\n2025-06-01,Acme,10.00,USD,x,01.06.2025,\"1,50\"\n2025-06-02,The Bar,-600,CAD,,02.06.2025,2\n2025-06-03,B,7,EUR,y,03.06.2025,3\n"u8.ToArray();

    public static async Task LayoutAsync(byte[] input, int way)
    {
        if (Accepted(() => SourceLayout.Parse(Encoding.UTF8.GetString(input)), () => With(input, SourceLayout.Load), way) is { } layout)
        {
            ViolationException.ThrowUnless(SourceLayout.Parse(layout.ToJson()).ToJson() == layout.ToJson(), "The layout is another one after it was written and read.");
            await SourceTargets.IngestAsync(s_rows, "rows.csv", way, layout);
        }
    }

    public static async Task RulesAsync(byte[] input, int way)
    {
        if (Accepted(() => CategoryRules.Parse(Encoding.UTF8.GetString(input)), () => With(input, CategoryRules.Load), way) is { } rules)
        {
            await SourceTargets.IngestAsync(s_rows, "rows.csv", 0, rules: rules);
        }
    }

    public static async Task RatesAsync(byte[] input, int way)
    {
        if (Accepted(() => FixedRates.Parse(Encoding.UTF8.GetString(input)), () => With(input, FixedRates.Load), way) is { } rates)
        {
            await UseAsync(rates);
        }
    }

    public static async Task EcbRatesAsync(byte[] input, int way)
    {
        if (Accepted(null, () => With(input, path => EcbRates.Load(path, TimeSpan.FromDays(way % 4000))), 1) is { } rates)
        {
            await UseAsync(rates);
        }
    }

    public static Task EventsAsync(byte[] input, int way)
    {
        _ = way;
        Try(() => SqsEvent.Parse(input).ToUtf8Bytes());
        Try(() => S3Event.Parse(input).Records.Count);
        Try(() => SqsBatchResponse.Parse(input).ToUtf8Bytes());
        return Task.CompletedTask;
    }

    public static Task ValuesAsync(byte[] input, int way)
    {
        _ = way;
        string text = Encoding.UTF8.GetString(input);
        foreach (string word in text.Split([',', '\n', ';', '"', ':'], 60).Prepend(text))
        {
            _ = Currency.TryParse(word, out _);
            _ = Fingerprint.TryParse(word, out _);
            _ = RecordKey.TryParse(word, out _);
            Same(Money.TryParse(word, out Money money), () => Money.Parse(money.ToString()) == money, word);
            Same(ExactSum.TryParse(word, out ExactSum sum), () => ExactSum.Parse(sum.ToString()) == sum, word);
        }

        return Task.CompletedTask;
    }

    private static void Same(bool isRead, Func<bool> isSame, string word) => ViolationException.ThrowUnless(!isRead || isSame(), $"'{word}' is another value after it was written and read.");

    // Rates that do not lead to the reporting currency are refused where they are wired.
    private static async Task UseAsync(IExchangeRates rates)
    {
        try
        {
            await SourceTargets.IngestAsync(s_rows, "rows.csv", 0, rates: rates);
        }
        catch (BillingConfigurationException)
        {
        }
    }

    private static T? Accepted<T>(Func<T>? parse, Func<T> load, int way)
        where T : class
    {
        try
        {
            return parse is not null && way % 2 == 0 ? parse() : load();
        }
        catch (BillingConfigurationException)
        {
            return null;
        }
    }

    private static void Try<T>(Func<T> read)
    {
        try
        {
            _ = read();
        }
        catch (SourceFormatException)
        {
        }
    }

    private static T With<T>(byte[] input, Func<string, T> load)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, input);
            return load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
