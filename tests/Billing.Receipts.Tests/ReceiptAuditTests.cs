namespace Billing.Receipts.Tests;

public sealed class ReceiptAuditTests
{
    private static Receipt Bare { get; } = new() { Id = new string('a', 64), FileName = "bar casino.pdf", Size = 1, UploadedAt = new DateTimeOffset(2025, 6, 14, 10, 0, 0, TimeSpan.Zero) };

    [Theory]
    [InlineData("The Bar, Leeds", true)]
    [InlineData("BAR-41", true)]
    [InlineData("Pub", true)]
    [InlineData("Grand CASINO", true)]
    [InlineData("Barcode Systems", false)]
    [InlineData("Crowbar", false)]
    [InlineData("Publix", false)]
    [InlineData(null, false)]
    public void Named_merchants_are_whole_words(string? merchant, bool flagged) =>
        Assert.Equal(flagged ? ["merchant"] : [], new ReceiptAudit().Apply(Bare with { Merchant = merchant }).Flags);

    [Theory]
    [InlineData("5000.00", false)]
    [InlineData("5000.01", true)]
    [InlineData("4999.99", false)]
    public void Amounts_over_5000_are_flagged_and_alert(string amount, bool flagged)
    {
        Receipt receipt = new ReceiptAudit().Apply(Bare with { Amount = new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), Currency.Usd) });
        Assert.Equal(flagged ? ["high_amount"] : [], receipt.Flags);
        Assert.Equal(flagged ? ["amount over 5000"] : [], receipt.Alerts);
        Assert.Equal(flagged ? ["Receipt flagged"] : [], receipt.AlertSubjects);
    }

    [Theory]
    [InlineData("2025-06-13", false)]
    [InlineData("2025-06-14", true)]
    [InlineData("2025-06-15", true)]
    [InlineData("2025-06-16", false)]
    public void Weekend_dates_are_flagged_where_the_date_is_known(string date, bool flagged)
    {
        Assert.Equal(flagged ? ["weekend"] : [], new ReceiptAudit().Apply(Bare with { Date = DateOnly.ParseExact(date, "O") }).Flags);

        // It was uploaded on a Saturday, which says nothing.
        Assert.Empty(new ReceiptAudit().Apply(Bare).Flags);
    }

    [Fact]
    public void Amounts_in_other_currencies_are_converted_or_said_to_have_no_rate()
    {
        Receipt receipt = Bare with { Amount = new Money(6000m, Currency.Parse("CAD")) };
        Assert.Equal(["no_rate"], new ReceiptAudit().Apply(receipt).Flags);
        Assert.Empty(new ReceiptAudit(exchangeRates: FixedRates.Parse("CAD=0.75")).Apply(receipt).Flags);
        Assert.Equal(["high_amount"], new ReceiptAudit(exchangeRates: FixedRates.Parse("CAD=0.84")).Apply(receipt).Flags);
    }

    [Fact]
    public void Rules_of_ones_own_take_the_place_of_these_and_may_not_keep_a_receipt_out()
    {
        ReceiptAudit audit = new(CategoryRules.Parse("""{"rules": [{"name": "pdf", "when": {"attribute": {"name": "file_name", "contains": ".pdf"}}, "flag": "pdf"}]}"""));
        Assert.Equal(["pdf"], audit.Apply(Bare with { Merchant = "Pub" }).Flags);
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(() => new ReceiptAudit(CategoryRules.Parse("""{"rules": [{"name": "r", "require": {"currency": "EUR"}}]}""")));
        Assert.Contains("Rule 'r'", refused.Message, StringComparison.Ordinal);
    }
}
