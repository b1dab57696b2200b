using System.Reflection;

namespace Billing.Core.Tests.Layouts;

public sealed class LayoutFileTests
{
    private const string Everything = """
        {
          // every member
          "columns": {
            "date": "bill_date", "instant": "at", "debit": "out", "credit": "in", "currency": "ccy", "id": null,
            "party": "company", "account": "account no", "description": "item", "scope": "account no", "category": "kind", "balance": "Saldo", "status": "state"
          },
          "debitsAreSigned": false, "feeIsSigned": true, "minorUnits": true,
          "debitIsNegative": false, "negateAmounts": true, "defaultCurrency": "USD", "required": ["product_line"], "ignore": ["balance", "status"],
          "numbers": { "decimalMark": ",", "groupSeparators": ". ", "parentheses": true, "trailingMinus": true, "exponent": false, "currencySign": true, "debitCredit": true, "indianGroups": true },
          "dateFormats": ["yyyy-MM-dd", "yyyy/MM/dd"], "timeZone": "Pacific/Auckland", "identity": "columns:transaction_id,line",
          "separator": ";", "quote": "'", "header": false, "skipRows": 3, "footer": ["Total"], "stated": [{ "line": "Total", "rows": "#2", "total": "#3", "opening": "#4", "closing": "#5", "direction": "#6", "currency": "#7", "optional": true, "dated": true }, { "line": "Sum", "debit": "out", "credit": "in" }], "escape": "\\", "repeatedHeaders": true, "rows": "data.lines", "pending": { "values": ["P"], "posted": ["B", ""], "id": "tx", "postedId": "pending tx", "match": { "days": 3, "percent": 10, "amount": "2.50" }, "days": 30 }, "encoding": "windows-1252", "nullValues": ["NULL", "\\N"], "maxRecordBytes": 2048,
        }
        """;

    // What cannot stand beside debit and credit; below.
    private static readonly string[] Signs = [nameof(SourceLayout.Amount), nameof(SourceLayout.Direction), nameof(SourceLayout.DebitWords), nameof(SourceLayout.CreditWords), nameof(SourceLayout.Fee)];

    [Fact]
    public void Direction_and_fee_are_read_and_written()
    {
        SourceLayout layout = SourceLayout.Parse("""{ "columns": { "amount": "Umsatz", "direction": "S/H", "fee": "Entgelt" }, "direction": { "debit": ["S"], "credit": ["H"] } }""");

        Assert.Equal(("Umsatz", "S/H", "Entgelt"), (layout.Amount, layout.Direction, layout.Fee));
        Assert.Equal(["S"], layout.DebitWords);
        Assert.Equal(["H"], layout.CreditWords);
        Assert.Equal(layout with { Name = "again" }, SourceLayout.Parse(layout.ToJson(), "again"));
    }

    [Fact]
    public void That_numbers_are_stated_is_kept_even_where_they_are_as_by_default()
    {
        SourceLayout layout = SourceLayout.Parse("""{ "numbers": { "decimalMark": "." } }""");

        Assert.NotEqual(SourceLayout.Parse("{}"), layout);
        Assert.Equal("{\n  \"numbers\": {\n    \"decimalMark\": \".\"\n  }\n}", layout.ToJson());
    }

    [Fact]
    public void Every_member_of_the_file_is_read()
    {
        SourceLayout layout = SourceLayout.Parse(Everything, "bills.json");

        Assert.Equal("bills.json", layout.Name);
        Assert.Equal(("bill_date", "at", null, "out", "in"), (layout.Date, layout.Instant, layout.Amount, layout.Debit, layout.Credit));
        Assert.Equal(("ccy", "", "company", "account no", "item", "account no"), (layout.Currency, layout.Id, layout.Party, layout.Account, layout.Description, layout.Scope));
        Assert.Equal((false, true, "USD"), (layout.DebitIsNegative, layout.NegateAmounts, layout.DefaultCurrency));
        Assert.Equal(("kind", "Saldo", "state"), (layout.Category, layout.Balance, layout.Status));
        Assert.Equal(new PendingTerms { Values = ["P"], Posted = ["B", ""], Id = "tx", PostedId = "pending tx", Match = new PendingMatch { Days = 3, Percent = 10, Amount = 2.50m }, Days = 30 }, layout.Pending);
        Assert.Equal(["product_line"], layout.Required);
        Assert.Equal(new NumberFormat { DecimalMark = ',', GroupSeparators = ". ", AllowParentheses = true, AllowTrailingMinus = true, AllowExponent = false, AllowCurrencySign = true, AllowDebitCredit = true, IndianGroups = true }, layout.Numbers);
        Assert.Equal((false, true, true), (layout.DebitsAreSigned, layout.FeeIsSigned, layout.MinorUnits));
        Assert.Equal(["yyyy-MM-dd", "yyyy/MM/dd"], layout.DateFormats);
        Assert.Equal("Pacific/Auckland", layout.TimeZone);
        Assert.Equal(["transaction_id", "line"], layout.Identity!.ColumnNames);
        Assert.Equal((';', '\'', false, 3), (layout.Separator, layout.Quote, layout.HasHeader, layout.SkipRows));
        Assert.Equal(["Total"], layout.Footer);
        Assert.Equal(
            [
                new StatedLine { Begins = "Total", Rows = "#2", Total = "#3", Opening = "#4", Closing = "#5", Direction = "#6", Currency = "#7", IsOptional = true, IsDated = true },
                new StatedLine { Begins = "Sum", Debit = "out", Credit = "in" },
            ],
            layout.Stated);
        Assert.Equal(('\\', true, "data.lines"), (layout.Escape, layout.RepeatedHeaders, layout.Rows));
        Assert.Equal(("windows-1252", 2048), (layout.Encoding, layout.MaxRecordBytes));
        Assert.Equal(["NULL", "\\N"], layout.NullValues);
    }

    [Fact]
    public void No_property_of_a_layout_is_left_out_of_the_file()
    {
        // Everything above differs from its default, so a property that still has it is one that the file does not know.
        SourceLayout layout = SourceLayout.Parse(Everything);
        SourceLayout again = SourceLayout.Parse(layout.ToJson());
        foreach (PropertyInfo property in typeof(SourceLayout).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => !Signs.Contains(property.Name)))
        {
            Assert.False(Equals(property.GetValue(SourceLayout.Default), property.GetValue(layout)), property.Name);
            Assert.Equivalent(property.GetValue(layout), property.GetValue(again), strict: true);
        }

        foreach (PropertyInfo property in typeof(NumberFormat).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Assert.False(Equals(property.GetValue(NumberFormat.Invariant), property.GetValue(layout.Numbers)), property.Name);
        }
    }

    [Fact]
    public void Defaults_are_left_out()
    {
        Assert.Equal("{}", SourceLayout.Default.ToJson());
        Assert.Equal("{}", SourceLayout.Parse("""{ "header": true, "quote": "\"", "columns": {}, "required": [], "separator": null, "identity": null, "timeZone": null }""").ToJson());
    }

    [Fact]
    public void The_file_is_written_for_people()
    {
        SourceLayout layout = new() { Date = "Buchungstag", Id = "", Currency = "Währung", Separator = '\t', Numbers = new() { DecimalMark = ',' } };

        Assert.Equal(
            """
            {
              "columns": {
                "date": "Buchungstag",
                "currency": "Währung",
                "id": null
              },
              "numbers": {
                "decimalMark": ","
              },
              "separator": "\t"
            }
            """.ReplaceLineEndings("\n"),
            layout.ToJson());
    }

    [Fact]
    public void An_identity_whose_columns_hold_commas_is_written_as_a_list()
    {
        SourceLayout layout = new() { Identity = RecordIdentity.Columns("no, line", "date") };

        SourceLayout again = SourceLayout.Parse(layout.ToJson());

        Assert.Equal(["no, line", "date"], again.Identity!.ColumnNames);
    }

    [Fact]
    public void A_file_is_loaded_and_messages_call_it_by_its_path()
    {
        string path = Path.Combine(Some.Folder(), "bills.json");
        File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. "{ \"separator\": \";\" }"u8]);

        Assert.Equal(new SourceLayout { Name = path, Separator = ';' }, SourceLayout.Load(path));

        File.WriteAllText(path, "{\n  \"separatr\": \";\"\n}");
        BillingConfigurationException exception = Assert.Throws<BillingConfigurationException>(() => SourceLayout.Load(path));
        Assert.StartsWith($"{path}(2): ", exception.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_that_names_it()
    {
        string path = Path.Combine(Some.Folder(), "none.json");

        BillingConfigurationException exception = Assert.Throws<BillingConfigurationException>(() => SourceLayout.Load(path));

        Assert.Contains(path, exception.Message);
        Assert.IsType<FileNotFoundException>(exception.InnerException);
    }

    [Theory]
    [InlineData("", 1, "not JSON")]
    [InlineData("[]", 1, "A layout must be an object")]
    [InlineData("{\n\"quote\": \"'\"\n\"header\": true }", 3, "not JSON")]
    [InlineData("{ \"quote\": \"'\", \"quote\": \"'\" }", 1, "'quote' appears twice")]
    [InlineData("{\n\"colums\": {} }", 2, "A layout has no 'colums'. It may have columns, debitIsNegative, ")]
    [InlineData("{\n\"columns\": {\n\"dat\": \"x\" } }", 3, "'columns' has no 'dat'. It may have date, instant, amount, debit, credit, direction, fee, currency, id, party, account, description, scope, category, balance, status.")]
    [InlineData("{\n\"numbers\": {\n\n\"decimal\": \",\" } }", 4, "'numbers' has no 'decimal'. It may have decimalMark, ")]
    [InlineData("{ \"direction\": { \"debit\": [\"S\"], \"credit\": [\"s\"] } }", 1, "'s' is both debit and credit")]
    [InlineData("{ \"direction\": { \"debit\": [\"S\"] } }", 1, "Only one side has words")]
    [InlineData("{ \"direction\": { \"debit\": [\"S\"], \"credit\": [\"H\"] } }", 1, "no column for them")]
    [InlineData("{ \"columns\": { \"debit\": \"a\", \"direction\": \"b\" } }", 1, "which gives the direction")]
    [InlineData("{ \"debitsAreSigned\": true, \"debitIsNegative\": false }", 1, "debitIsNegative has no effect")]
    [InlineData("{\n\"columns\": [] }", 2, "'columns' must be an object")]
    [InlineData("{\n\"columns\": { \"date\": 1 } }", 2, "'date' must be a text in quotes, not the number 1.")]
    [InlineData("{\n\"header\": \"yes\" }", 2, "'header' must be true or false, not the text \"yes\".")]
    [InlineData("{\n\"separator\": \";;\" }", 2, "'separator' must be one character")]
    [InlineData("{\n\"quote\": null }", 2, "'quote' must be a text")]
    [InlineData("{\n\"skipRows\": 1.5 }", 2, "'skipRows' must be a whole number")]
    [InlineData("{\n\"skipRows\": 99999999999 }", 2, "'skipRows' must be a whole number")]
    [InlineData("{\n\"required\": \"a\" }", 2, "'required' must be a list of texts")]
    [InlineData("{\n\"required\": [\n1 ] }", 3, "Each of 'required' must be a text")]
    [InlineData("{\n\"identity\": \"row\" }", 2, "'row' is not an identity")]
    [InlineData("{\n\"identity\": { \"columns\": [] } }", 2, "at least one column")]
    [InlineData("{\n\"columns\": {\n\"date\": \"  \" } }", 3, "A blank is not a column")]
    [InlineData("{\n\"columns\": {\n\"date\": \"#0\" } }", 3, "Places begin at #1")]
    [InlineData("{\n\"columns\": { \"id\": \"a\",\n\"party\": \" a\" } }", 3, "The column 'a' is already the id")]
    [InlineData("{\n\"columns\": { \"amount\": \"a\",\n\"credit\": \"b\" } }", 3, "Name either the amount, or debit and credit")]
    [InlineData("{\n\"defaultCurrency\": \"EUX\" }", 2, "'EUX' is not a currency of ISO 4217")]
    [InlineData("{\n\"numbers\": {\n\"decimalMark\": \";\" } }", 3, "Use a point or a comma")]
    [InlineData("{\n\"numbers\": {\n\"groupSeparators\": \".\" } }", 3, "'.' is the decimal mark")]
    [InlineData("{\n\"numbers\": {\n\"groupSeparators\": \"-\" } }", 3, "'-' cannot separate groups")]
    [InlineData("{\n\"dateFormats\": [\"MM/yyyy\"] }", 2, "'MM/yyyy' is not a format of a complete date")]
    [InlineData("{\n\"timeZone\": \"Mars/Olympus\" }", 2, "'Mars/Olympus' is not a time zone")]
    [InlineData("{\n\"separator\": \"\\n\" }", 2, "U+000A cannot separate fields")]
    [InlineData("{\n\"separator\": \"a\" }", 2, "'a' cannot separate fields")]
    [InlineData("{\n\"separator\": \"\\\"\" }", 2, "is the quote")]
    [InlineData("{\n\"quote\": \" \" }", 2, "cannot quote fields")]
    [InlineData("{\n\"skipRows\": -1 }", 2, "-1 lines cannot be skipped")]
    [InlineData("{\n\"maxRecordBytes\": 1023 }", 2, "1024 (1 KiB) to 67108864 (64 MiB)")]
    [InlineData("{\n\"maxRecordBytes\": 67108865 }", 2, "not a valid limit for a record")]
    [InlineData("{\n\"encoding\": \"utf-99\" }", 2, "'utf-99' is not an encoding")]
    [InlineData("{\n\"stated\": {} }", 2, "'stated' must be a list of lines in brackets, not an object.")]
    [InlineData("{\n\"stated\": [\n\"Total\" ] }", 3, "A line of 'stated' must be an object")]
    [InlineData("{\n\"stated\": [ {\n\"text\": \"Total\" } ] }", 3, "A line of 'stated' has no 'text'. It may have line, rows, total, ")]
    [InlineData("{\n\"stated\": [ { \"line\": \"Total\" } ] }", 2, "The line 'Total' states nothing")]
    [InlineData("{\n\"stated\": [ { \"total\": \"#2\" } ] }", 2, "A blank is not what a line begins with")]
    [InlineData("{\n\"stated\": [ { \"line\": \"Total\", \"total\": \"a\", \"debit\": \"b\" } ] }", 2, "Name either the total, or debit and credit")]
    [InlineData("{\n\"stated\": [ { \"line\": \"Total\", \"total\": \"#0\" } ] }", 2, "Places begin at #1")]
    [InlineData("{\n\"stated\": [ { \"line\": \"Total\", \"total\": 2 } ] }", 2, "'total' must be a text in quotes, not the number 2.")]
    public void A_mistake_is_told_with_its_line_and_the_remedy(string json, long line, string message)
    {
        BillingConfigurationException exception = Assert.Throws<BillingConfigurationException>(() => SourceLayout.Parse(json, "bills.json"));

        Assert.StartsWith($"bills.json({line}): ", exception.Message);
        Assert.Contains(message, exception.Message);
        Assert.Equal(line, exception.Line);
    }

    [Fact]
    public void The_documentation_explains_every_member_and_its_layouts_can_be_read()
    {
        string text = File.ReadAllText(Repository.PathTo("docs", "layout-file.md"));
        string[] blocks = [.. text.Split("```json").Skip(1).Select(part => part.Split("```")[0])];

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => SourceLayout.Parse(block));
        foreach (string member in SourceLayout.Parse(Everything).ToJson().Split('\n').Where(line => line.Contains("\":")).Select(line => line.Split('"')[1]))
        {
            Assert.Contains($"`{member}`", text);
        }
    }
}
