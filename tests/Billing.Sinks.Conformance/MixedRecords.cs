using FsCheck;
using FsCheck.Fluent;

namespace Billing.Sinks.Conformance;

/// <summary>Records of every kind, queries for them, and what these must find.</summary>
internal static class MixedRecords
{
    private static readonly string?[] s_parties = [null, "", "Acme", "acme", "ÄCME GmbH", "100%", "a_b", "Ünïcode", "\0acme", "😀"];
    private static readonly string?[] s_categories = [null, "", "Food", "Travel", "Ｆood", "\U0001F600"];
    private static readonly string[] s_currencies = ["USD", "EUR", "JPY"];
    private static readonly string[] s_flags = ["weekend", "large", ",", "\"", "week", "😀\0"];
    private static readonly string?[] s_scopes = [null, "", "A", "B"];

    /// <summary>Every filter, alone and combined.</summary>
    public static Gen<RecordQuery> Queries =>
        from dates in Sometimes(Gen.Choose(0, 60).Select(day => (DateOnly?)new DateOnly(2025, 5, 15).AddDays(day)))
        from until in Sometimes(Gen.Choose(0, 60).Select(day => (DateOnly?)new DateOnly(2025, 5, 15).AddDays(day)))
        from party in Sometimes(Gen.Elements<string?>("Acme", "", "100%", "\0acme", "nobody"))
        from category in Sometimes(Gen.Elements<string?>("", "Food", "\U0001F600", "nothing"))
        from currency in Sometimes(Gen.Elements<string?>("USD", "EUR", "JPY", "GBP"))
        from text in Sometimes(Gen.Elements<string?>("acme", "%", "_B", "ü", "Ü", "item 1", "\0A", "", "😀"))
        from run in Sometimes(Gen.Elements<string?>("run-0", "run-1", "run-9"))
        from source in Sometimes(Gen.Elements<string?>("june.csv", "july.csv", "none.csv"))
        from line in Sometimes(Gen.Choose(0, 12).Select(number => (long?)number))
        from scope in Sometimes(Gen.Elements<string?>("", "A", "C"))
        from flag in Sometimes(Gen.Elements<string?>(s_flags))
        from size in Gen.Elements(1, 7, 100, 1_000)
        select new RecordQuery
        {
            From = dates,
            To = until,
            Party = party,
            Category = category,
            Currency = currency,
            Text = text,
            RunId = run,
            SourceName = source,
            Line = line,
            Scope = scope,
            Flag = flag,
            PageSize = size,
        };

    /// <summary>By date, then key.</summary>
    public static IEnumerable<BillingRecord> Ordered(IEnumerable<BillingRecord> records) =>
        records.OrderBy(record => record.Date).ThenBy(record => record.Key.ToString(), StringComparer.Ordinal);

    /// <summary>What a list finds, in its order.</summary>
    public static List<BillingRecord> Ordered(IEnumerable<BillingRecord> all, RecordListQuery list)
    {
        IEnumerable<BillingRecord> found = Ordered(all.Where(record => Matches(record, list.Filter)));
        List<BillingRecord> expected = list.Order switch
        {
            RecordOrder.Amount => [.. found.OrderBy(record => record.ReportingAmount.Amount)],
            RecordOrder.Party => [.. found.OrderBy(record => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(record.Party ?? "")), StringComparer.Ordinal)],
            _ => [.. found],
        };
        if (list.IsDescending)
        {
            expected.Reverse();
        }

        return expected;
    }

    /// <summary>What a query means, written a second time.</summary>
    public static bool Matches(BillingRecord record, RecordQuery query)
    {
        string text = Lower(query.Text ?? "");
        string?[] searched = [record.Party, record.Account, record.Description, record.SourceId];
        bool[] conditions =
        [
            query.From is null || record.Date >= query.From,
            query.To is null || record.Date <= query.To,
            query.Party is null || record.Party == query.Party,
            query.Category is null || record.Category == query.Category || (query.Category == "" && record.Category is null),
            query.Currency is null || record.Amount.Currency.Code == query.Currency,
            text.Length == 0 || searched.Any(value => value is not null && Lower(value).Contains(text, StringComparison.Ordinal)),
            query.RunId is null || record.RunId == query.RunId,
            query.SourceName is null || record.Source.Name == query.SourceName,
            query.Line is null || record.Source.Line == query.Line,
            query.Scope is null || record.Scope == query.Scope,
            query.Flag is null || record.Flags.Contains(query.Flag),
        ];
        return conditions.All(condition => condition);
    }

    /// <summary>Records that differ in everything that a query asks for; the same ones each time.</summary>
    public static List<BillingRecord> Make(int count)
    {
        Random random = new(20250617);
        T Any<T>(T[] values) => values[random.Next(values.Length)];
        List<BillingRecord> all = [];
        for (int i = 0; i < count; i++)
        {
            string currency = Any(s_currencies);
            decimal amount = new(random.Next(), random.Next(), random.Next(4), random.Next(2) == 0, (byte)random.Next(29));
            all.Add(Some.Record(
                $"{i}",
                amount: amount,
                currency: currency,
                reportingAmount: decimal.Round(amount, 2),
                rate: currency == "USD" ? null : new ExchangeRate(Currency.Parse(currency), Currency.Usd, 1m, null, "fixed"),
                date: new DateOnly(2025, 5, 20).AddDays(random.Next(45)),
                instant: random.Next(4) == 0 ? null : new DateTimeOffset(2025, 5, 20, random.Next(24), random.Next(4), 59, 999, TimeSpan.FromMinutes(random.Next(-5, 6) * 105)),
                party: Any(s_parties),
                account: random.Next(3) == 0 ? "account of ACME" : null,
                description: random.Next(4) == 0 ? null : $"Item {i % 20}",
                sourceId: random.Next(3) == 0 ? $"ID_b{i}" : null,
                category: Any(s_categories),
                scope: Any(s_scopes),
                source: random.Next(3) == 0 ? "july.csv" : "june.csv",
                line: random.Next(12),
                runId: $"run-{random.Next(3)}",
                flags: [.. s_flags.Where(_ => random.Next(5) == 0)]));
        }

        return all;
    }

    private static Gen<T?> Sometimes<T>(Gen<T?> value) => Gen.Frequency((7, Gen.Constant(default(T))), (2, value));

    private static string Lower(string text) => string.Concat(text.Select(c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c));
}
