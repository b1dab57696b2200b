namespace Billing.Core.Tests.Runs;

/// <summary>A time of day is kept, or the row says why it is not: it never vanishes.</summary>
public sealed class TimeOfDayTests
{
    private const string Text = "date,amount,currency\n2025-06-01 00:00:00,1,USD\n2025-06-01 14:33:00,2,USD\n";

    [Fact]
    public async Task A_time_that_nothing_would_keep_goes_to_quarantine_with_the_remedy()
    {
        Ingest ingest = new();
        IngestReport report = await ingest.Text(Text);
        Assert.Equal(1, report.Stored.Rows);
        QuarantinedRecord row = Assert.Single(await ingest.Quarantine());
        Assert.Equal(QuarantineReason.BadDate, row.Reason);
        Assert.Contains("timeZone", row.Detail, StringComparison.Ordinal);
        Assert.Contains("dateFormats", row.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_the_instant_it_is_kept()
    {
        Ingest ingest = new();
        await ingest.Text(Text, options: new IngestOptions { Layout = new SourceLayout { Date = "date", Instant = "date", TimeZone = "UTC" } });
        Assert.Contains(new DateTimeOffset(2025, 6, 1, 14, 33, 0, TimeSpan.Zero), (await ingest.Records()).Select(record => record.Instant!.Value));
    }

    [Fact]
    public async Task A_format_that_names_it_says_that_the_date_is_all_that_is_wanted()
    {
        Ingest ingest = new();
        IngestReport report = await ingest.Text(Text, options: new IngestOptions { Layout = new SourceLayout { DateFormats = ["yyyy-MM-dd HH:mm:ss"] } });
        Assert.Equal(2, report.Stored.Rows);
    }
}
