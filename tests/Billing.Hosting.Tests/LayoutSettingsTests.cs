using System.Reflection;
using System.Text.RegularExpressions;
using Billing.Hosting.Settings;

namespace Billing.Hosting.Tests;

public sealed class LayoutSettingsTests
{
    private const string WithDebits = """
        {
          "columns": {
            "date": "bill_date", "instant": "at", "debit": "out", "credit": "in", "currency": "ccy", "id": "",
            "party": "company", "account": "account no", "description": "item", "scope": "account no", "category": "kind", "balance": "Saldo"
          },
          "debitsAreSigned": false, "minorUnits": true, "debitIsNegative": false, "negateAmounts": true, "defaultCurrency": "USD", "required": ["product_line"], "ignore": ["balance"],
          "numbers": { "decimalMark": ",", "groupSeparators": ". ", "parentheses": true, "trailingMinus": true, "exponent": false, "currencySign": true, "debitCredit": true, "indianGroups": true },
          "dateFormats": ["yyyy-MM-dd", "yyyy/MM/dd"], "timeZone": "Pacific/Auckland", "identity": "columns:transaction_id,line",
          "separator": ";", "quote": "'", "header": false, "skipRows": 3, "footer": ["Total"], "stated": [{ "line": "Total", "rows": "#2", "total": "#3", "opening": "#4", "closing": "#5", "direction": "#6", "currency": "#7", "optional": true, "dated": true }, { "line": "Sum", "debit": "out", "credit": "in" }], "escape": "\\", "repeatedHeaders": true, "rows": "data.lines", "encoding": "windows-1252", "nullValues": ["NULL", "\\N"], "maxRecordBytes": 2048
        }
        """;

    private const string WithDirection = """
        { "columns": { "amount": "Umsatz", "direction": "S/H", "fee": "Entgelt", "status": "Stand" }, "pending": { "values": ["vorgemerkt"], "posted": ["gebucht", "ok"], "id": "Nr", "match": { "days": 5, "percent": "20", "amount": "2.50" }, "days": 30 }, "direction": { "debit": ["S", "SS"], "credit": ["H"] }, "feeIsSigned": true, "ignore": [], "identity": { "columns+occurrence": ["a,b", "c"] } }
        """;

    [Theory]
    [InlineData(WithDebits)]
    [InlineData(WithDirection)]
    public void A_layout_in_settings_is_the_layout_of_its_file(string json)
    {
        Assert.Equal(SourceLayout.Parse(json, "layout"), InSettings(json));

        // Settings are mostly written so.
        string pascal = Regex.Replace(json, "\"(\\w[\\w+]*)\":", match => $"\"{char.ToUpperInvariant(match.Groups[1].Value[0])}{match.Groups[1].Value[1..]}\":");
        Assert.Equal(SourceLayout.Parse(json, "layout"), InSettings(pascal));
    }

    [Fact]
    public void No_property_of_a_layout_is_left_out()
    {
        SourceLayout[] layouts = [InSettings(WithDebits), InSettings(WithDirection)];
        Assert.All(
            typeof(SourceLayout).GetProperties(BindingFlags.Public | BindingFlags.Instance),
            property => Assert.True(layouts.Any(layout => !Equals(property.GetValue(SourceLayout.Default), property.GetValue(layout))), property.Name));
        Assert.All(
            typeof(NumberFormat).GetProperties(BindingFlags.Public | BindingFlags.Instance),
            property => Assert.False(Equals(property.GetValue(NumberFormat.Invariant), property.GetValue(layouts[0].Numbers)), property.Name));
    }

    private static SourceLayout InSettings(string json) => SourceLayout.Parse(LayoutJson.Of(Settings.Of(json)), "layout");
}
