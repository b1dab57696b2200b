using Billing.Layouts;

namespace Billing.Core.Tests.Layouts;

public sealed class ColumnMapTests
{
    [Fact]
    public void The_header_of_company_bills_needs_no_layout()
    {
        ColumnMap map = Resolve("id,company_name,country,city,product_line,item,bill_date,currency,bill_amount");

        Assert.Equal((0, 1, 6, 7, 8, 5), (map.Id, map.Party, map.Date, map.Currency, map.Amount, map.Description));
        Assert.Equal((-1, -1, -1, -1, -1), (map.Instant, map.Account, map.Debit, map.Credit, map.Scope));
        Assert.Equal(["country", "city", "product_line"], map.AttributeNames);
        Assert.Equal([2, 3, 4], map.Attributes);
        Assert.Empty(map.Identity);
        Assert.Null(map.TimeZone);
    }

    [Fact]
    public void Transactions_take_their_date_from_the_instant()
    {
        ColumnMap map = Resolve("transaction_id,user_id,amount,currency,timestamp,merchant");

        Assert.Equal((-1, 4, 2, 3, 0, 1, 5), (map.Date, map.Instant, map.Amount, map.Currency, map.Id, map.Account, map.Party));
        Assert.Null(map.TimeZone);
        Assert.Empty(map.Attributes);
    }

    [Fact]
    public void An_instant_column_that_says_utc_gives_the_time_zone_unless_the_layout_does()
    {
        const string header = "transaction_id,user_id,amount,currency,transaction_timestamp_utc,merchant";

        Assert.Equal("UTC", Resolve(header).TimeZone);
        Assert.Equal("Asia/Tokyo", Resolve(header, new SourceLayout { TimeZone = "Asia/Tokyo" }).TimeZone);
        Assert.Equal("UTC", Resolve("date,amount,logged_utc", new SourceLayout { Instant = "logged_utc" }).TimeZone);
    }

    [Fact]
    public void Payments_resolve_with_the_creation_as_the_instant()
    {
        ColumnMap map = Resolve("payment_id,created_at,amount,currency,merchant_id,status,source");

        Assert.Equal((0, 1, -1, 2, 3, 4), (map.Id, map.Instant, map.Date, map.Amount, map.Currency, map.Party));
        Assert.Equal(["status", "source"], map.AttributeNames);
    }

    [Fact]
    public void The_creation_is_an_attribute_where_there_is_a_date()
    {
        ColumnMap map = Resolve("date,amount,created_at");

        Assert.Equal((0, -1), (map.Date, map.Instant));
        Assert.Equal(["created_at"], map.AttributeNames);
    }

    [Fact]
    public void A_FOCUS_cloud_bill_resolves()
    {
        ColumnMap map = Resolve("BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeDescription,ChargePeriodEnd,ChargePeriodStart,ContractedCost,EffectiveCost,ListCost,ProviderName,PublisherName,Id");

        Assert.Equal((0, 1, 3, 6, 8, 12, 14), (map.Amount, map.Account, map.Currency, map.Description, map.Date, map.Party, map.Id));
    }

    [Fact]
    public void A_German_statement_resolves()
    {
        ColumnMap map = Resolve("Buchungstag,Valutadatum,Auftraggeber/Empfänger,Verwendungszweck,Betrag,WÄHRUNG");

        Assert.Equal((0, 2, 3, 4, 5), (map.Date, map.Party, map.Description, map.Amount, map.Currency));
        Assert.Equal(["Valutadatum"], map.AttributeNames);
    }

    [Theory]
    [InlineData("date,debit,credit,balance", 1, 2)]
    [InlineData("Date,Paid out,Paid in,Balance", 1, 2)]
    [InlineData("Datum,Soll,Haben", 1, 2)]
    public void Debit_and_credit_stand_in_for_an_amount(string header, int debit, int credit)
    {
        ColumnMap map = Resolve(header);

        Assert.Equal((-1, debit, credit), (map.Amount, map.Debit, map.Credit));
    }

    [Fact]
    public void The_roles_own_name_wins_over_synonyms()
    {
        ColumnMap map = Resolve("bill_date,date,total,amount,currency,currency_code,vendor,party");

        Assert.Equal((1, 3, 4, 7), (map.Date, map.Amount, map.Currency, map.Party));
        Assert.Equal(["bill_date", "total", "currency_code", "vendor"], map.AttributeNames);
    }

    [Theory]
    [InlineData("bill_date,invoice_date,amount", "date", "'bill_date', 'invoice_date'", "bill_date")]
    [InlineData("date,bill_amount,total", "amount", "'bill_amount', 'total'", "bill_amount")]
    [InlineData("date,amount,vendor,merchant", "party", "'vendor', 'merchant'", "vendor")]
    [InlineData("date,amount,currency_code,Waehrung", "currency", "'currency_code', 'Waehrung'", "currency_code")]
    [InlineData("date,amount,Date", "date", "'date' (#1), 'Date' (#3)", "#1")]
    [InlineData("date,amount,amount", "amount", "'amount' (#2), 'amount (2)' (#3)", "#2")]
    public void Several_columns_for_one_role_are_an_error_that_lists_them_and_the_remedy(string header, string role, string listed, string remedy)
    {
        SourceFormatException exception = Assert.Throws<SourceFormatException>(() => Resolve(header));

        Assert.Contains($"columns {listed} could each be the {role}", exception.Message);
        Assert.Contains($"\"columns\": {{ \"{role}\": \"{remedy}\" }}", exception.Message);
        Assert.StartsWith("june.csv: ", exception.Message);
    }

    [Fact]
    public void An_amount_beside_debit_and_credit_is_ambiguous_until_the_layout_says()
    {
        const string header = "date,amount,debit,credit";

        SourceFormatException exception = Assert.Throws<SourceFormatException>(() => Resolve(header));
        ColumnMap amount = Resolve(header, new SourceLayout { Amount = "amount" });
        ColumnMap pair = Resolve(header, new SourceLayout { Debit = "debit", Credit = "credit" });
        ColumnMap off = Resolve(header, new SourceLayout { Amount = "" });

        Assert.Contains("'amount', 'debit', 'credit'", exception.Message);
        Assert.Equal((1, -1, -1), (amount.Amount, amount.Debit, amount.Credit));
        Assert.Equal((-1, 2, 3), (pair.Amount, pair.Debit, pair.Credit));
        Assert.Equal((-1, 2, 3), (off.Amount, off.Debit, off.Credit));
    }

    [Fact]
    public void One_side_of_debit_and_credit_counts_only_where_the_layout_names_it()
    {
        SourceFormatException exception = Assert.Throws<SourceFormatException>(() => Resolve("date,debit,balance"));
        ColumnMap map = Resolve("date,debit,balance", new SourceLayout { Debit = "debit" });

        Assert.Contains("no column is recognised as amount", exception.Message);
        Assert.Equal((1, -1, -1), (map.Debit, map.Credit, map.Amount));
    }

    [Theory]
    [InlineData("amount,currency", "date or instant", "\"date\": \"...\"")]
    [InlineData("date,currency", "amount", "\"amount\": \"...\"")]
    public void A_missing_date_or_amount_is_an_error_that_shows_header_and_remedy(string header, string what, string snippet)
    {
        SourceFormatException exception = Assert.Throws<SourceFormatException>(() => Resolve(header));

        Assert.Contains($"no column is recognised as {what}", exception.Message);
        Assert.Contains(snippet, exception.Message);
        Assert.Contains($"Its columns: {header.Replace(",", ", ")}.", exception.Message);
    }

    [Fact]
    public void The_columns_that_a_layout_names_are_found_in_any_case_and_by_place()
    {
        SourceLayout layout = new() { Date = " WHEN ", Amount = "#2", Description = "what" };

        ColumnMap map = Resolve(" When ,How much,What", layout);

        Assert.Equal((0, 1, 2), (map.Date, map.Amount, map.Description));
        Assert.Equal(["When", "How much", "What"], map.Names);
    }

    [Fact]
    public void A_named_column_is_nothing_else_by_synonym()
    {
        ColumnMap map = Resolve("timestamp,amount,memo,id", new SourceLayout { Date = "timestamp", Description = "id" });

        Assert.Equal((0, -1, 3, -1), (map.Date, map.Instant, map.Description, map.Id));
        Assert.Equal(["memo"], map.AttributeNames);
    }

    [Fact]
    public void A_role_that_the_layout_switches_off_is_not_looked_for()
    {
        ColumnMap map = Resolve("id,date,amount,vendor,merchant", new SourceLayout { Id = "", Party = "" });

        Assert.Equal((-1, -1), (map.Id, map.Party));
        Assert.Equal(["id", "vendor", "merchant"], map.AttributeNames);
    }

    [Fact]
    public void A_named_column_that_is_absent_is_an_error_with_the_nearest_names()
    {
        SourceLayout layout = new() { Name = "bills.json", Date = "bil_date" };

        SourceFormatException exception = Assert.Throws<SourceFormatException>(() => Resolve("id,bill_date,amount", layout));

        Assert.Equal("june.csv: there is no column 'bil_date', which the layout 'bills.json' names as date. Is it 'bill_date'? Its columns: id, bill_date, amount.", exception.Message);
    }

    [Fact]
    public void A_named_column_that_is_there_twice_is_to_be_named_by_its_place()
    {
        const string header = "date,amount,tax,tax";

        SourceFormatException exception = Assert.Throws<SourceFormatException>(() => Resolve(header, new SourceLayout { Required = ["tax"] }));
        ColumnMap map = Resolve(header, new SourceLayout { Required = ["#4"] });

        Assert.Contains("several columns 'tax' (#3, #4)", exception.Message);
        Assert.Contains("such as #3", exception.Message);
        Assert.Equal([3], map.Required);
    }

    [Fact]
    public void The_very_name_wins_over_one_in_another_case()
    {
        ColumnMap map = Resolve("date,amount,ref,REF", new SourceLayout { Id = "REF" });

        Assert.Equal(3, map.Id);
    }

    [Fact]
    public void Names_are_made_unique_and_never_blank()
    {
        ColumnMap map = Resolve("date,amount,tax,tax,,tax (2),tax,#5");

        Assert.Equal(["date", "amount", "tax", "tax (3)", "#5 (2)", "tax (2)", "tax (4)", "#5"], map.Names);
        Assert.Equal(map.Names.Count, map.Names.Distinct().Count());
    }

    [Fact]
    public void A_header_of_blanks_is_addressed_by_place()
    {
        ColumnMap map = Resolve(",,", new SourceLayout { Date = "#1", Amount = "#3" });

        Assert.Equal((0, 2), (map.Date, map.Amount));
        Assert.Equal(["#2"], map.AttributeNames);
    }

    [Theory]
    [InlineData("#4")]
    [InlineData("#99999999999")]
    public void A_place_outside_the_header_is_an_error(string place)
    {
        Assert.Throws<SourceFormatException>(() => Resolve("date,amount,id", new SourceLayout { Id = place }));
    }

    [Fact]
    public void Identity_columns_are_found_in_their_order_whatever_their_role()
    {
        ColumnMap map = Resolve("date,amount,invoice_no,line_no", identity: RecordIdentity.Columns("line_no", "Invoice_No"));

        Assert.Equal([3, 2], map.Identity);
        Assert.Equal(["line_no"], map.AttributeNames);
    }

    [Fact]
    public void An_identity_column_that_is_absent_is_an_error()
    {
        SourceFormatException exception = Assert.Throws<SourceFormatException>(() => Resolve("date,amount,id", identity: RecordIdentity.Columns("transaction_id")));

        Assert.Contains("there is no column 'transaction_id', which the identity names.", exception.Message);
    }

    [Fact]
    public void One_column_in_two_roles_is_a_mistake_of_the_layout()
    {
        BillingConfigurationException exception = Assert.Throws<BillingConfigurationException>(() => Resolve("date,amount,ref", new SourceLayout { Id = "ref", Description = "#3" }));

        Assert.Contains("uses column 'ref' as id and as description", exception.Message);
    }

    [Fact]
    public void Date_and_instant_may_be_one_column_and_the_scope_may_be_the_account()
    {
        ColumnMap map = Resolve("when,amount,account_id", new SourceLayout { Date = "when", Instant = "when", Scope = "account_id" });

        Assert.Equal((0, 0, 2, 2), (map.Date, map.Instant, map.Scope, map.Account));
    }

    [Fact]
    public void An_amount_with_debit_or_credit_is_a_mistake_of_the_layout()
    {
        Assert.Throws<BillingConfigurationException>(() => Resolve("date,amount,debit", new SourceLayout { Amount = "amount", Debit = "debit" }));
    }

    private static ColumnMap Resolve(string header, SourceLayout? layout = null, RecordIdentity? identity = null) =>
        ColumnMap.Resolve("june.csv", header.Split(','), layout ?? SourceLayout.Default, identity ?? RecordIdentity.Content);
}
