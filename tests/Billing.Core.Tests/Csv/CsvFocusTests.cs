using Billing.Core.Tests.Reading;

namespace Billing.Core.Tests.Csv;

/// <summary>A real cloud bill of 1,000 rows and 44 columns.</summary>
public sealed class CsvFocusTests
{
    [Fact]
    public void A_real_bill_reads_to_the_last_decimal()
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        byte[] bytes = File.ReadAllBytes(SharedData.PathTo("focus-sample", "focus_sample.csv"));
        SourceLayout layout = new()
        {
            Date = "BillingPeriodStart",
            Instant = "ChargePeriodStart",
            TimeZone = "UTC",
            Amount = "BilledCost",
            Currency = "BillingCurrency",
            Party = "ProviderName",
            Account = "BillingAccountId",
            Id = "Id",
            Description = "ChargeDescription",
            NullValues = ["NULL"],
        };
        foreach (int blockBytes in CsvRows.BlockSizes)
        {
            ReadSource read = ReadSource.Of(bytes, layout, blockBytes: blockBytes);
            Assert.Equal(1000, read.Rows.Count);
            Assert.All(read.Rows, row => Assert.Null(row.Fault));
            Assert.Equal(20.52022672899m, read.Rows.Sum(row => row.Amount));
            Assert.Equal(13, read.Rows.Count(row => row.Amount < 0));
            Assert.Equal(36, read.Rows[0].Attributes.Count);
            Assert.Null(read.Rows[0].Attributes["Tags"]);
            Assert.StartsWith("{\"application\": \"BrightLensMatrix\"", read.Rows[1].Attributes["Tags"], StringComparison.Ordinal);
        }
    }
}
