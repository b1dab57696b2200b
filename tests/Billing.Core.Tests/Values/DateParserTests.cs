using System.Globalization;
using System.Text;
using Billing.Values;

namespace Billing.Core.Tests.Values;

public sealed class DateParserTests
{
    [Theory]
    [InlineData("2025-06-17")]
    [InlineData("  2025-06-17 ")]
    [InlineData("2025-06-17 00:00:00")]
    [InlineData("2025-06-17T23:59:59")]
    [InlineData("2025-06-17 23:59")]
    [InlineData("2025-06-17T23:59:59.123456789")]
    [InlineData("2025-06-17T23:59:59Z")]
    [InlineData("2025-06-17T00:30:00+14:00")]
    [InlineData("2025-06-17T23:30:00.5-0800")]
    [InlineData("2025-06-17 23:30:00 UTC")]
    [InlineData("2025-06-17 23:30:00 +02")]
    public void Without_formats_the_date_of_ISO_8601_is_read_as_it_is_written(string text)
    {
        Assert.Null(ParseDate(SourceLayout.Default, text, out DateOnly date));
        Assert.Equal(new DateOnly(2025, 6, 17), date);
    }

    [Theory]
    [InlineData("2023/05/11")]
    [InlineData("11.05.2023")]
    [InlineData("20230511")]
    [InlineData("2023-5-11")]
    [InlineData("2023-02-30")]
    [InlineData("2023-13-01")]
    [InlineData("2023-00-10")]
    [InlineData("2023-01-00")]
    [InlineData("0000-01-01")]
    [InlineData("2100-02-29")]
    [InlineData("2023-05-11x")]
    [InlineData("2023-05-11T")]
    [InlineData("2023-05-11 24:00:00")]
    [InlineData("2023-05-11 10:60:00")]
    [InlineData("2023-05-11 10:00:60")]
    [InlineData("2023-05-11 10:00:00.")]
    [InlineData("2023-05-11 10:00:00+15:00")]
    [InlineData("2023-05-11 10:00:00+02:60")]
    [InlineData("2023-05-11 10:00:00 PST")]
    [InlineData("2023-05-11Z")]
    [InlineData("1683763200")]
    [InlineData("٢٠٢٣-٠٥-١١")]
    [InlineData("yesterday")]
    public void Without_formats_anything_else_is_no_date(string text)
    {
        RowFault? fault = ParseDate(SourceLayout.Default, text, out _);

        Assert.Equal(QuarantineReason.BadDate, fault?.Reason);
    }

    [Theory]
    [InlineData("dd.MM.yyyy", "31.12.2025", 2025, 12, 31)]
    [InlineData("dd/MM/yyyy", "03/04/2025", 2025, 4, 3)]
    [InlineData("MM/dd/yyyy", "03/04/2025", 2025, 3, 4)]
    [InlineData("yyyyMMdd", "20250617", 2025, 6, 17)]
    [InlineData("yyyy/MM/dd", "2025/06/17", 2025, 6, 17)]
    [InlineData("d.M.yyyy", "3.4.2025", 2025, 4, 3)]
    [InlineData("d MMM yyyy", "17 Jun 2025", 2025, 6, 17)]
    [InlineData("MMMM d, yyyy", "June 17, 2025", 2025, 6, 17)]
    [InlineData("dd.MM.yy", "17.06.25", 2025, 6, 17)]
    [InlineData("ddd dd MMM yyyy", "Tue 17 Jun 2025", 2025, 6, 17)]
    [InlineData("dd.MM.yyyy HH:mm", "17.06.2025 23:30", 2025, 6, 17)]
    [InlineData("dd.MM.yyyy HH:mm zzz", "17.06.2025 23:30 -08:00", 2025, 6, 17)]
    [InlineData("yyyy'Y'MM'M'dd'D'", "2025Y06M17D", 2025, 6, 17)]
    public void A_format_of_the_layout_reads_its_dates(string format, string text, int year, int month, int day)
    {
        Assert.Null(ParseDate(new SourceLayout { DateFormats = [format] }, text, out DateOnly date));
        Assert.Equal(new DateOnly(year, month, day), date);
    }

    [Theory]
    [InlineData("d MMM yyyy", "16 okt 2019", "2019-10-16")]
    [InlineData("d MMM yyyy", "2 maj 2019", "2019-05-02")]
    [InlineData("d MMM yyyy", "1 Sept 2025", "2025-09-01")]
    [InlineData("d MMM yyyy", "1 sept. 2025", "2025-09-01")]
    [InlineData("d MMM yyyy", "1 août 2025", "2025-08-01")]
    [InlineData("d. MMMM yyyy", "1. März 2025", "2025-03-01")]
    [InlineData("d. MMMM yyyy", "1. Ma\u0308rz 2025", "2025-03-01")]
    [InlineData("d MMMM yyyy", "3 września 2025", "2025-09-03")]
    [InlineData("dd-MMM-yy", "05-dic-25", "2025-12-05")]
    [InlineData("yyyy.MM.dd.", "2019.04.19.", "2019-04-19")]
    [InlineData("yyyy/M/d", "2025/6/1", "2025-06-01")]
    [InlineData("excel", "45581", "2024-10-16")]
    [InlineData("excel", "45581.75", "2024-10-16")]
    [InlineData("excel", "61", "1900-03-01")]
    [InlineData("unix", "1750000000", "2025-06-15")]
    [InlineData("unixMilliseconds", "1750000000123", "2025-06-15")]
    public void Months_have_names_and_days_have_numbers(string format, string text, string expected)
    {
        Assert.Null(ParseDate(new SourceLayout { DateFormats = [format] }, text, out DateOnly date));
        Assert.Equal(expected, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("excel", "60")]
    [InlineData("excel", "-5")]
    [InlineData("excel", "2958466")]
    [InlineData("unix", "1e9")]
    [InlineData("unixMilliseconds", "99999999999999999999")]
    [InlineData("d MMM yyyy", "31 feb 2025")]
    [InlineData("dd.MM.yyyy", "31.02.2025")]
    [InlineData("dd.MM.yyyy", "2025-06-17")]
    [InlineData("dd.MM.yyyy", "1.06.2025")]
    [InlineData("dd.MM.yyyy", "31.12.2025 10:00")]
    [InlineData("dd.MM.yyyy", "31/12/2025")]
    [InlineData("dd.MM.yyyy", "aa.bb.cccc")]
    [InlineData("ddd dd MMM yyyy", "Mon 17 Jun 2025")]
    [InlineData("d MMM yyyy", "17 Listopad 2025")]
    [InlineData("d MMM yyyy", "17 Jun 2025\0")]
    public void A_format_of_the_layout_reads_nothing_else(string format, string text)
    {
        RowFault? fault = ParseDate(new SourceLayout { DateFormats = [format] }, text, out _);

        Assert.Equal(QuarantineReason.BadDate, fault?.Reason);
    }

    [Fact]
    public void Formats_are_tried_in_their_order()
    {
        SourceLayout layout = new() { DateFormats = ["yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy"] };

        Assert.Null(ParseDate(layout, "2025-04-03", out DateOnly first));
        Assert.Null(ParseDate(layout, "03/04/2025", out DateOnly second));
        Assert.Null(ParseDate(layout, "12/31/2025", out DateOnly third));

        Assert.Equal(new DateOnly(2025, 4, 3), first);
        Assert.Equal(new DateOnly(2025, 4, 3), second);
        Assert.Equal(new DateOnly(2025, 12, 31), third);
    }

    [Fact]
    public void An_empty_date_is_a_missing_value()
    {
        Assert.Equal(QuarantineReason.MissingValue, ParseDate(SourceLayout.Default, " ", out _)?.Reason);
        Assert.Equal(QuarantineReason.MissingValue, ParseDate(new SourceLayout { DateFormats = ["dd.MM.yyyy"] }, "", out _)?.Reason);
        Assert.Equal(QuarantineReason.MissingValue, ParseInstant(SourceLayout.Default, " ", out _)?.Reason);
    }

    [Fact]
    public void The_detail_names_column_text_formats_and_remedy()
    {
        RowFault? without = ParseDate(SourceLayout.Default, "2023/05/11", out _);
        RowFault? with = ParseDate(new SourceLayout { DateFormats = ["dd.MM.yyyy", "dd.MM.yy"] }, "2023/05/11", out _);

        Assert.Equal("Column 'when': '2023/05/11' is not a date in the format yyyy-MM-dd. Set dateFormats in the layout.", without?.Detail);
        Assert.Equal("Column 'when': '2023/05/11' is not a date in any of the formats dd.MM.yyyy, dd.MM.yy. Set dateFormats in the layout.", with?.Detail);
    }

    [Theory]
    [InlineData("MM/yyyy")]
    [InlineData("dd.MM")]
    [InlineData("dd.yyyy")]
    [InlineData("dddd MM yyyy")]
    [InlineData("dd.mm.yyyy")]
    [InlineData("HH:mm")]
    [InlineData("d")]
    [InlineData("o")]
    [InlineData("")]
    [InlineData("yyyy-MM-dd'")]
    [InlineData("date")]
    public void A_format_without_day_month_or_year_is_refused_when_the_parser_is_made(string format)
    {
        BillingConfigurationException exception = Assert.Throws<BillingConfigurationException>(() => new DateParser(new SourceLayout { DateFormats = [format] }));

        Assert.Contains($"'{format}'", exception.Message);
    }

    [Fact]
    public void An_unknown_time_zone_is_refused_when_the_parser_is_made()
    {
        BillingConfigurationException exception = Assert.Throws<BillingConfigurationException>(() => new DateParser(new SourceLayout { TimeZone = "Mars/Olympus" }));

        Assert.Contains("'Mars/Olympus'", exception.Message);
    }

    [Theory]
    [InlineData("2025-06-17T10:30:00Z", "2025-06-17T10:30:00.0000000+00:00")]
    [InlineData("2025-06-17t10:30:00z", "2025-06-17T10:30:00.0000000+00:00")]
    [InlineData("2025-06-17 10:30:00 UTC", "2025-06-17T10:30:00.0000000+00:00")]
    [InlineData("2025-06-17T10:30+12:00", "2025-06-17T10:30:00.0000000+12:00")]
    [InlineData("2025-06-17T10:30:00.1234567-03:30", "2025-06-17T10:30:00.1234567-03:30")]
    [InlineData("2025-06-17T10:30:00.123456700-0330", "2025-06-17T10:30:00.1234567-03:30")]
    [InlineData("2025-06-17T10:30:00,5+05", "2025-06-17T10:30:00.5000000+05:00")]
    public void An_instant_keeps_its_offset_and_every_tick(string text, string expected)
    {
        Assert.Null(ParseInstant(SourceLayout.Default, text, out DateTimeOffset instant));
        Assert.Equal(expected, instant.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2025-06-17T10:30:00", "has no offset. Set timeZone in the layout.")]
    [InlineData("2025-06-17", "has no time of day")]
    [InlineData("2025-06-17T10:30:00.12345678Z", "more than 7 decimals")]
    [InlineData("0001-01-01T00:00:00+01:00", "year 1")]
    [InlineData("9999-12-31T23:59:59-01:00", "year 9999")]
    [InlineData("1718620200", "not an ISO 8601 instant")]
    [InlineData("1718620200000", "not an ISO 8601 instant")]
    [InlineData("17.06.2025 10:30", "not an ISO 8601 instant")]
    public void What_is_no_certain_instant_is_refused_with_the_reason(string text, string reason)
    {
        RowFault? fault = ParseInstant(SourceLayout.Default, text, out _);

        Assert.Equal(QuarantineReason.BadDate, fault?.Reason);
        Assert.Contains(reason, fault!.Detail);
        Assert.StartsWith($"Column 'when': '{text}' ", fault.Detail);
    }

    [Fact]
    public void An_instant_without_an_offset_is_read_in_the_time_zone_of_the_layout()
    {
        SourceLayout layout = new() { TimeZone = "Pacific/Auckland" };

        Assert.Null(ParseInstant(layout, "2025-01-15 10:30:00", out DateTimeOffset summer));
        Assert.Null(ParseInstant(layout, "2025-06-17 10:30:00", out DateTimeOffset winter));
        Assert.Null(ParseInstant(layout, "2025-06-17T10:30:00Z", out DateTimeOffset stated));

        Assert.Equal(TimeSpan.FromHours(13), summer.Offset);
        Assert.Equal(TimeSpan.FromHours(12), winter.Offset);
        Assert.Equal(TimeSpan.Zero, stated.Offset);
        Assert.Equal(10, summer.Hour);
    }

    [Fact]
    public void A_time_zone_from_the_header_stands_in_for_the_layouts()
    {
        DateParser parser = new(SourceLayout.Default, "UTC");

        Assert.Null(parser.ParseInstant("2025-06-17T10:30:00"u8, "when", out DateTimeOffset instant));
        Assert.Equal(new DateTimeOffset(2025, 6, 17, 10, 30, 0, TimeSpan.Zero), instant);
    }

    [Fact]
    public void A_local_time_that_clocks_skipped_or_struck_twice_is_refused()
    {
        SourceLayout layout = new() { TimeZone = "America/New_York" };

        RowFault? skipped = ParseInstant(layout, "2025-03-09 02:30:00", out _);
        RowFault? twice = ParseInstant(layout, "2025-11-02 01:30:00", out _);
        RowFault? before = ParseInstant(layout, "2025-03-09 01:59:59", out _);
        RowFault? withOffset = ParseInstant(layout, "2025-11-02 01:30:00-04:00", out _);

        Assert.Equal(QuarantineReason.BadDate, skipped?.Reason);
        Assert.Contains("did not exist in America/New_York", skipped!.Detail);
        Assert.Equal(QuarantineReason.BadDate, twice?.Reason);
        Assert.Contains("happened twice in America/New_York", twice!.Detail);
        Assert.Null(before);
        Assert.Null(withOffset);
    }

    [Fact]
    public void An_instant_from_before_standard_time_is_read_in_its_time_zone()
    {
        Assert.Null(ParseInstant(new SourceLayout { TimeZone = "Europe/Amsterdam" }, "1850-06-17 10:30:00", out DateTimeOffset instant));
        Assert.Equal(new DateTime(1850, 6, 17, 10, 30, 0), instant.DateTime);
    }

    [Fact]
    public void A_format_with_a_time_reads_instants_too()
    {
        SourceLayout layout = new() { DateFormats = ["dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm zzz", "dd.MM.yyyy"], TimeZone = "UTC" };

        Assert.Null(ParseInstant(layout, "17.06.2025 10:30", out DateTimeOffset zoned));
        Assert.Null(ParseInstant(layout, "17.06.2025 10:30 +02:00", out DateTimeOffset stated));

        Assert.Equal(new DateTimeOffset(2025, 6, 17, 10, 30, 0, TimeSpan.Zero), zoned);
        Assert.Equal(new DateTimeOffset(2025, 6, 17, 10, 30, 0, TimeSpan.FromHours(2)), stated);
        Assert.Equal(TimeSpan.FromHours(2), stated.Offset);
        Assert.Equal(QuarantineReason.BadDate, ParseInstant(layout, "17.06.2025", out _)?.Reason);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("de-DE")]
    public void The_culture_of_the_machine_plays_no_part(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            SourceLayout layout = new() { DateFormats = ["yyyy/MM/dd", "d MMM yyyy", "MMMM d, yyyy h:mm tt"], TimeZone = "UTC" };

            Assert.Null(ParseDate(SourceLayout.Default, "2025-06-17", out DateOnly iso));
            Assert.Null(ParseDate(layout, "2025/06/17", out DateOnly slashes));
            Assert.Null(ParseDate(layout, "17 Jun 2025", out DateOnly named));
            Assert.Null(ParseInstant(layout, "June 17, 2025 1:30 PM", out DateTimeOffset instant));
            RowFault? fault = ParseDate(layout, "17.06.2025", out _);

            Assert.Equal(new DateOnly(2025, 6, 17), iso);
            Assert.Equal(iso, slashes);
            Assert.Equal(iso, named);
            Assert.Equal(new DateTimeOffset(2025, 6, 17, 13, 30, 0, TimeSpan.Zero), instant);
            Assert.Equal("Column 'when': '17.06.2025' is not a date in any of the formats yyyy/MM/dd, d MMM yyyy, MMMM d, yyyy h:mm tt. Set dateFormats in the layout.", fault?.Detail);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static RowFault? ParseDate(SourceLayout layout, string text, out DateOnly date) =>
        new DateParser(layout).ParseDate(Encoding.UTF8.GetBytes(text), "when", out date);

    private static RowFault? ParseInstant(SourceLayout layout, string text, out DateTimeOffset instant) =>
        new DateParser(layout).ParseInstant(Encoding.UTF8.GetBytes(text), "when", out instant);
}
