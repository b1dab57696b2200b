using System.Globalization;
using System.IO.Compression;
using System.Text;
using Billing.Currencies;

namespace Billing.Core.Tests.Currencies;

public sealed class EcbRatesTests
{
    // Friday 2 January, Monday 5, Tuesday 6 (no ISK), Thursday 8; as the ECB has it: newest first, an empty column at the end.
    private const string Small = "Date,USD,GBP,ISK,\n2026-01-08,1.1675,0.8687,147.2,\n2026-01-06,1.1707,0.8663,N/A,\n2026-01-05,1.1664,0.8676,147.4,\n2026-01-02,1.1721,0.8719,147.4,\n";

    [Fact]
    public void From_the_euro_the_rate_is_that_of_the_table()
    {
        ExchangeRate rate = Rate(Load(Small), "EUR", "USD", "2026-01-05");

        Assert.Equal(("1.1664", new DateOnly(2026, 1, 5), "ECB"), (rate.ValueText, rate.Date, rate.Source));
    }

    [Fact]
    public void To_the_euro_it_is_the_inverse_with_the_number_of_the_table() =>
        Assert.Equal("1/0.8676", Rate(Load(Small), "GBP", "EUR", "2026-01-05").ValueText);

    [Fact]
    public void Other_pairs_keep_both_legs()
    {
        ExchangeRate rate = Rate(Load(Small), "GBP", "USD", "2026-01-05");

        Assert.Equal((1.1664m, 0.8676m), (rate.Numerator, rate.Denominator));
        // By hand: 100 x 1.1664 / 0.8676 = 134.43983402...
        Assert.True(CurrencyConverter.TryConvert(100m, rate, 2, MidpointRounding.ToEven, out decimal converted));
        Assert.Equal(134.44m, converted);
    }

    [Theory]
    [InlineData("2026-01-02", "2026-01-02")]
    [InlineData("2026-01-03", "2026-01-02")]
    [InlineData("2026-01-04", "2026-01-02")]
    [InlineData("2026-01-05", "2026-01-05")]
    [InlineData("2026-01-07", "2026-01-06")]
    [InlineData("2026-01-08", "2026-01-08")]
    // After the end of the file, exactly as stale as allowed.
    [InlineData("2026-01-15", "2026-01-08")]
    public void A_day_without_rates_takes_the_last_one_before(string date, string used) =>
        Assert.Equal(Day(used), Rate(Load(Small), "GBP", "USD", date).Date);

    [Theory]
    [InlineData("2026-01-16")]
    [InlineData("2026-01-01")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void A_day_too_far_after_the_last_or_before_the_first_has_no_rate(string date) =>
        Assert.False(Load(Small).TryGetRate(Currency.Usd, Currency.Eur, Day(date), out _));

    [Theory]
    [InlineData(0, "2026-01-07", null)]
    [InlineData(0, "2026-01-06", "2026-01-06")]
    [InlineData(1, "2026-01-07", "2026-01-06")]
    [InlineData(1, "2026-01-10", null)]
    [InlineData(3650, "2030-01-01", "2026-01-08")]
    public void The_staleness_is_a_setting_in_days(int days, string date, string? used)
    {
        EcbRates rates = Load(Small, TimeSpan.FromDays(days));

        Assert.Equal(TimeSpan.FromDays(days), rates.MaxStaleness);
        Assert.Equal(used is not null, rates.TryGetRate(Currency.Usd, Currency.Eur, Day(date), out ExchangeRate? rate));
        Assert.Equal(used is null ? null : Day(used), rate?.Date);
    }

    [Fact]
    public void Both_legs_are_of_the_same_day_also_where_one_has_a_gap()
    {
        ExchangeRate rate = Rate(Load(Small), "ISK", "USD", "2026-01-07");

        Assert.Equal(("1.1664/147.4", new DateOnly(2026, 1, 5)), (rate.ValueText, rate.Date));
        Assert.Equal(new DateOnly(2026, 1, 6), Rate(Load(Small), "GBP", "USD", "2026-01-07").Date);
    }

    [Fact]
    public void A_currency_that_the_ECB_does_not_list_has_no_rate()
    {
        EcbRates rates = Load(Small);
        DateOnly day = new(2026, 1, 5);

        Assert.False(rates.TryGetRate(Currency.Parse("KWD"), Currency.Usd, day, out _));
        Assert.False(rates.TryGetRate(Currency.Usd, Currency.Parse("KWD"), day, out _));
        Assert.False(rates.TryGetRate(Currency.Eur, Currency.Parse("KWD"), day, out _));
    }

    [Fact]
    public void A_currency_to_itself_is_1_and_says_why()
    {
        Assert.Equal(("1", "same currency"), (Rate(Load(Small), "EUR", "EUR", "1990-01-01").ValueText, Rate(Load(Small), "KWD", "KWD", "2026-01-05").Source));
    }

    [Fact]
    public void A_rate_is_the_same_object_every_time_and_found_without_allocating()
    {
        EcbRates rates = Load(Small);
        Currency gbp = Currency.Parse("GBP");
        Currency kwd = Currency.Parse("KWD");
        Assert.True(rates.TryGetRate(gbp, Currency.Usd, new DateOnly(2026, 1, 2), out ExchangeRate? first));

        bool same = true;
        int day = 0;
        Assert.Equal(0, Allocations.OfMany(() =>
        {
            day = (day + 1) % 3;
            same &= rates.TryGetRate(gbp, Currency.Usd, new DateOnly(2026, 1, 2 + day), out ExchangeRate? again) && ReferenceEquals(first, again);
            same &= !rates.TryGetRate(kwd, Currency.Usd, new DateOnly(2026, 1, 2), out _);
            same &= !rates.TryGetRate(gbp, Currency.Usd, new DateOnly(2025, 1, 2), out _);
        }));
        Assert.True(same);
    }

    [Fact]
    public void Many_threads_get_the_same_object()
    {
        EcbRates rates = Load(Small);
        ExchangeRate[] found = new ExchangeRate[64];

        Parallel.For(0, found.Length, i => found[i] = Rate(rates, "GBP", "USD", "2026-01-07"));

        Assert.All(found, rate => Assert.Same(found[0], rate));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_daily_file_has_spaces_and_dates_in_words(string culture)
    {
        using CultureScope scope = new(culture);
        EcbRates rates = Load("Date, USD, JPY, IDR, \n3 April 2026, 1.1684, 186.75, 20082.05, \n");

        Assert.Equal(("20082.05", new DateOnly(2026, 4, 3)), (Rate(rates, "EUR", "IDR", "2026-04-05").ValueText, Rate(rates, "EUR", "IDR", "2026-04-05").Date));
    }

    [Fact]
    public void A_zip_file_is_read_whatever_its_name()
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("eurofxref-hist.csv").Open();
            entry.Write(Encoding.UTF8.GetBytes(Small));
        }

        using TemporaryFile file = new("rates", zip.ToArray());

        Assert.Equal("1.1664", Rate(EcbRates.Load(file.Path), "EUR", "USD", "2026-01-05").ValueText);
    }

    [Fact]
    public void A_zip_file_must_hold_one_csv_and_be_whole()
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("a.csv");
            archive.CreateEntry("b.csv");
        }

        using TemporaryFile two = new("two.zip", zip.ToArray());
        using TemporaryFile half = new("half.zip", zip.ToArray()[..20]);

        Assert.Contains("holds 2 CSV files", Assert.Throws<BillingConfigurationException>(() => EcbRates.Load(two.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("half.zip", Assert.Throws<BillingConfigurationException>(() => EcbRates.Load(half.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("Date,USD,\n", 1, "no day")]
    [InlineData("Day,USD,\n2026-01-05,1,\n", 1, "not 'Date'")]
    [InlineData("Date,\n2026-01-05,\n", 1, "names no currency")]
    [InlineData("Date,USD,ABC,\n2026-01-05,1,1,\n", 1, "Column 3: 'ABC' is not a currency")]
    [InlineData("Date,USD,,GBP\n2026-01-05,1,,1\n", 1, "Column 3: '' is not a currency")]
    [InlineData("Date,USD,USD,\n2026-01-05,1,1,\n", 1, "USD appears twice")]
    [InlineData("Date,EUR,\n2026-01-05,1,\n", 1, "EUR appears twice, or is the base")]
    [InlineData("Date,USD,\n2026-01-05,1,\n2026-01-02,1,\n2026-01-05,1,\n", 4, "2026-01-05 appears twice")]
    [InlineData("Date,USD,\n2026-01-05,1,\n05/01/2026,1,\n", 3, "'05/01/2026' is not a date")]
    [InlineData("Date,USD,\n2026-02-30,1,\n", 2, "'2026-02-30' is not a date")]
    [InlineData("Date,USD,\n2026-01-05,0,\n", 2, "Column USD: the rate is 0")]
    [InlineData("Date,USD,\n2026-01-05,-1.2,\n", 2, "Column USD: the rate is -1.2")]
    [InlineData("Date,USD,GBP,\n2026-01-05,1.2,,\n", 2, "Column GBP: '' is not a rate")]
    [InlineData("Date,USD,\n2026-01-05,1.2x,\n", 2, "Column USD: '1.2x' is not a rate")]
    [InlineData("Date,USD,\n2026-01-05,1.2,7\n", 2, "the value '7'")]
    [InlineData("Date,USD,\r\n2026-01-05,1.2,\r\n2026-01-02,1.2\r\n", 3, "2 fields, but the header has 3")]
    [InlineData("Date,USD,\n\"2026-01-05,1.2,\n", 2, "quote")]
    [InlineData("<!DOCTYPE html>\n<html>", 1, "not 'Date'")]
    public void A_wrong_file_is_refused_with_line_and_reason(string content, long line, string reason)
    {
        using TemporaryFile file = new("eurofxref.csv", content);

        BillingConfigurationException error = Assert.Throws<BillingConfigurationException>(() => EcbRates.Load(file.Path));

        Assert.Equal((file.Path, line), (error.File, error.Line));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_settings_are_refused()
    {
        using TemporaryFile file = new("eurofxref.csv", Small);

        Assert.Throws<BillingConfigurationException>(() => EcbRates.Load(file.Path, TimeSpan.FromDays(-1)));
        Assert.Throws<BillingConfigurationException>(() => EcbRates.Load(file.Path, TimeSpan.FromHours(36)));
        Assert.Throws<BillingConfigurationException>(() => EcbRates.Load(file.Path + ".no"));
        Assert.Throws<BillingConfigurationException>(() => EcbRates.Load(Path.GetDirectoryName(file.Path)!));
    }

    // Read off the file of the ECB by eye.
    [Theory]
    [InlineData("EUR", "USD", "2026-04-13", "1.1684", "2026-04-13")]
    [InlineData("EUR", "USD", "1999-01-04", "1.1789", "1999-01-04")]
    [InlineData("EUR", "TRL", "1999-01-04", "372274", "1999-01-04")]
    // A Saturday and a Sunday: the Friday before.
    [InlineData("GBP", "USD", "2025-06-14", "1.1512/0.8505", "2025-06-13")]
    [InlineData("GBP", "USD", "2025-06-15", "1.1512/0.8505", "2025-06-13")]
    // Easter Monday 2025: the Thursday before.
    [InlineData("USD", "EUR", "2025-04-21", "1/1.136", "2025-04-17")]
    // The Icelandic krona has no rates from 2008-12-10 to 2018-01-31.
    [InlineData("ISK", "USD", "2008-12-09", "1.2838/290", "2008-12-09")]
    [InlineData("ISK", "USD", "2008-12-10", "1.2838/290", "2008-12-09")]
    [InlineData("ISK", "USD", "2008-12-16", "1.2838/290", "2008-12-09")]
    [InlineData("ISK", "USD", "2008-12-17", null, null)]
    [InlineData("ISK", "USD", "2018-01-31", null, null)]
    [InlineData("ISK", "USD", "2018-02-01", "1.2459/125.01", "2018-02-01")]
    // The Bulgarian lev was withdrawn on 2026-01-01.
    [InlineData("BGN", "USD", "2025-12-31", "1.175/1.9558", "2025-12-31")]
    [InlineData("BGN", "USD", "2026-01-07", "1.175/1.9558", "2025-12-31")]
    [InlineData("BGN", "USD", "2026-01-08", null, null)]
    [InlineData("EUR", "USD", "1999-01-03", null, null)]
    [InlineData("EUR", "USD", "2026-04-20", "1.1684", "2026-04-13")]
    [InlineData("EUR", "USD", "2026-04-21", null, null)]
    public void The_history_of_the_ECB_gives_these_rates(string from, string to, string date, string? valueText, string? used)
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);

        bool found = History.Value.TryGetRate(Currency.Parse(from), Currency.Parse(to), Day(date), out ExchangeRate? rate);

        Assert.Equal(valueText is not null, found);
        Assert.Equal(valueText, rate?.ValueText);
        Assert.Equal(used is null ? null : Day(used), rate?.Date);
    }

    [Fact]
    public void Zipped_and_daily_files_of_the_ECB_say_the_same()
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        EcbRates zipped = EcbRates.Load(SharedData.PathTo("ecb-eurofxref", "eurofxref-hist.zip"));
        EcbRates daily = EcbRates.Load(SharedData.PathTo("ecb-eurofxref", "eurofxref.csv"));
        DateOnly day = new(2026, 4, 13);

        int listed = 0;
        foreach (Currency currency in Currency.All)
        {
            bool known = History.Value.TryGetRate(Currency.Eur, currency, day, out ExchangeRate? rate);
            Assert.Equal(known, zipped.TryGetRate(Currency.Eur, currency, day, out ExchangeRate? fromZip));
            Assert.Equal(known, daily.TryGetRate(Currency.Eur, currency, day, out ExchangeRate? fromDaily));
            Assert.Equal(rate?.Numerator, fromZip?.Numerator);
            Assert.Equal(rate?.Numerator, fromDaily?.Numerator);
            listed += known ? 1 : 0;
        }

        // 29 currencies and the euro itself.
        Assert.Equal(30, listed);
    }

    private static Lazy<EcbRates> History { get; } = new(() => EcbRates.Load(SharedData.PathTo("ecb-eurofxref", "eurofxref-hist.csv")));

    private static EcbRates Load(string content, TimeSpan? maxStaleness = null)
    {
        using TemporaryFile file = new("eurofxref.csv", content);
        return EcbRates.Load(file.Path, maxStaleness);
    }

    private static ExchangeRate Rate(EcbRates rates, string from, string to, string date)
    {
        Assert.True(rates.TryGetRate(Currency.Parse(from), Currency.Parse(to), Day(date), out ExchangeRate? rate));
        return rate;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
