using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CsvHelper;

namespace Billing.Core.Tests.Currencies;

/// <summary>Compares the built-in table with the lists that it was generated from.</summary>
public sealed class Iso4217TableTests
{
    [Fact]
    public void The_table_agrees_with_both_lists_in_every_code_number_minor_unit_and_name()
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        ILookup<string, Listed> listed = Lists().ToLookup(row => row.Code);

        Assert.Equal(listed.Select(rows => rows.Key).Order(StringComparer.Ordinal), Currency.All.Select(currency => currency.Code));
        foreach (Currency currency in Currency.All)
        {
            Listed[] current = [.. listed[currency.Code].Where(row => row.Withdrawn.Length == 0)];
            Assert.Equal(current.Length > 0, currency.WithdrawnOn is null);
            Assert.All(current, row =>
            {
                Assert.Equal(row.MinorUnits == "-" ? null : Number(row.MinorUnits), currency.MinorUnits);
                Assert.Equal(row.Name, currency.Name);
            });
            // A code that is on both lists has its number of list one.
            Assert.All(current.Length > 0 ? current : listed[currency.Code], row => Assert.Equal(row.Number.Length == 0 ? 0 : Number(row.Number), currency.Number));
        }
    }

    [Fact]
    public void Withdrawn_currencies_carry_the_last_month_of_list_three_and_one_of_its_names()
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        ILookup<string, Listed> listed = Lists().ToLookup(row => row.Code);

        foreach (Currency currency in Currency.All.Where(currency => currency.WithdrawnOn is not null))
        {
            Assert.Equal(listed[currency.Code].Select(row => LastMonth(row.Withdrawn)).Max(), currency.WithdrawnOn);
            Assert.Contains(currency.Name, listed[currency.Code].Select(row => row.Name));
        }
    }

    [Fact]
    public void The_table_agrees_with_the_published_list_one()
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        // Published in June 2024: these were withdrawn later.
        string[] withdrawnSince = ["ANG", "BGN", "CUC"];
        XElement[] entries = [.. XDocument.Load(SharedData.PathTo("iso4217-currency-codes", "table_a1.xml")).Descendants("CcyNtry").Where(entry => entry.Element("Ccy") is not null)];

        Assert.InRange(entries.Length, 250, 300);
        Assert.All(entries, entry =>
        {
            Currency currency = Currency.Parse(entry.Element("Ccy")!.Value);
            string minorUnits = entry.Element("CcyMnrUnts")!.Value;
            Assert.Equal(Number(entry.Element("CcyNbr")!.Value), currency.Number);
            Assert.Equal(minorUnits == "N.A." ? null : Number(minorUnits), currency.MinorUnits);
            Assert.Equal(withdrawnSince.Contains(currency.Code), currency.WithdrawnOn is not null);
        });
    }

    private static List<Listed> Lists()
    {
        using CsvReader csv = CsvReader.FromFile(SharedData.PathTo("iso4217-currency-codes", "codes-all.csv"), new CsvReaderOptions { Separator = ',' });
        List<Listed> rows = [];
        while (csv.Read())
        {
            if (csv.GetString("AlphabeticCode").Length > 0)
            {
                rows.Add(new Listed(csv.GetString("AlphabeticCode"), csv.GetString("NumericCode"), csv.GetString("MinorUnit"), OneSpaced(csv.GetString("Currency")), csv.GetString("WithdrawalDate")));
            }
        }

        Assert.InRange(rows.Count, 400, 500);
        return rows;
    }

    // The list has some names with hard spaces or spaces at the end.
    private static string OneSpaced(string name) =>
        string.Join(' ', new StringBuilder(name).Replace('\u00A0', ' ').ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static DateOnly LastMonth(string withdrawn)
    {
        string last = withdrawn.Split(" to ")[^1];
        last = last == "1989-1990" ? "1990" : last;
        return DateOnly.ParseExact(last.Length == 4 ? last + "-12-01" : last + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Listed(string Code, string Number, string MinorUnits, string Name, string Withdrawn);
}
