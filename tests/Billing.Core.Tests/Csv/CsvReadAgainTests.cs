using System.Text;
using Billing.Core.Tests.Reading;
using Billing.Reading;
using Billing.Rows;

namespace Billing.Core.Tests.Csv;

/// <summary>A quarantined row by itself reads as it did in its source.</summary>
public sealed class CsvReadAgainTests
{
    private static readonly SourceLayout s_layout = new() { Date = "date", Amount = "amount", Currency = "currency", Party = "party", Id = "id" };

    public static TheoryData<string, SourceLayout> Sources => new()
    {
        { Csv(','), s_layout },
        { Csv(';'), s_layout },
        { "\"" + Csv(','), s_layout },
        { string.Join('\n', Csv(',').Split('\n')[1..]), s_layout with { HasHeader = false, Date = "#3", Amount = "#5", Currency = "#4", Party = "#2", Id = "#1", Separator = ',' } },
        { "{\"id\":1,\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"EUR\",\"x\":[1, 2]}\n{\"x\":1}\n{\"date\":\"y\",\"amount\":5}\n{\"date\":\n[1]\n{\"date\":\"2025-06-17\",\"amount\":\"z\",\"id\":1}\n", s_layout },
        { "[{\"id\":1,\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"EUR\"},{\"a\":1,},7]", s_layout },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Every_row_reads_again_as_in_its_source(string text, SourceLayout layout)
    {
        layout = layout with { MaxRecordBytes = 1024 };
        ReadSource read = ReadSource.Of(text, layout, RecordIdentity.Columns(layout.Id!));
        Assert.Contains(read.Rows, row => row.Fault is null);
        Assert.Contains(read.Rows, row => row.Fault is not null);
        foreach (ParsedRow row in read.Rows)
        {
            ParsedRow again = SecondReading.Of(Quarantined(row, read), layout, RecordIdentity.Columns(layout.Id!));
            Assert.Equal(ReadSource.Describe(row), ReadSource.Describe(again));
            Assert.Equal(row.Fault?.Reason, again.Fault?.Reason);
            Assert.Equal(row.Raw.ToArray(), again.Raw.ToArray());
            Assert.Equal(row.RawLength, again.RawLength);
        }
    }

    [Fact]
    public void A_mended_layout_reads_what_it_could_not()
    {
        ReadSource read = ReadSource.Of("id,party,date,currency,amount\n1,\"A\nB\",17/06/2025,EUR,5\n", s_layout);
        ParsedRow bad = Assert.Single(read.Rows);
        Assert.Equal(QuarantineReason.BadDate, bad.Fault?.Reason);
        ParsedRow again = SecondReading.Of(Quarantined(bad, read), s_layout with { DateFormats = ["dd/MM/yyyy"] }, RecordIdentity.Content);
        Assert.Equal("2 @30 2025-06-17 5 EUR id=1 party=A\nB", ReadSource.Describe(again));
    }

    [Fact]
    public void A_row_that_was_no_UTF_8_is_read_in_the_encoding_that_the_layout_states_by_now()
    {
        ReadSource read = ReadSource.Of(Encoding.Latin1.GetBytes("id,party,date,currency,amount\n1,Café,2025-06-17,EUR,5\n"), s_layout);
        QuarantinedRecord bad = Quarantined(read.Rows[0], read);
        Assert.Equal(QuarantineReason.BadEncoding, SecondReading.Of(bad, s_layout, RecordIdentity.Content).Fault?.Reason);
        ParsedRow again = SecondReading.Of(bad, s_layout with { Encoding = "windows-1252" }, RecordIdentity.Content);
        Assert.Equal("2 @30 2025-06-17 5 EUR id=1 party=Café", ReadSource.Describe(again));
        Assert.Equal(bad.Raw.ToArray(), again.Raw.ToArray());
    }

    [Fact]
    public void What_was_lost_in_transcoding_stays_lost()
    {
        byte[] bytes = [0xff, 0xfe, .. Encoding.Unicode.GetBytes("id,party,date,currency,amount\n1,A"), 0x00, 0xd8, .. Encoding.Unicode.GetBytes(",2025-06-17,EUR,5\n")];
        ReadSource read = ReadSource.Of(bytes, s_layout);
        Assert.Equal(QuarantineReason.BadEncoding, SecondReading.Of(Quarantined(read.Rows[0], read), s_layout, RecordIdentity.Content).Fault?.Reason);
    }

    [Fact]
    public void A_layout_that_does_not_fit_the_header_is_told()
    {
        ReadSource read = ReadSource.Of("id,party,date,currency,amount\n1,A,x,EUR,5\n", s_layout);
        Assert.Throws<SourceFormatException>(() => SecondReading.Of(Quarantined(read.Rows[0], read), s_layout with { Amount = "total" }, RecordIdentity.Content));
    }

    private static string Csv(char separator) => string.Join('\n', new[]
    {
        "id,party,date,currency,amount",
        "1,A,2025-06-17,EUR,5",
        "2,\"A, B\r\n C\",2025-06-17,EUR,5",
        "3,\"A\"B,2025-06-17,EUR,5",
        "4,\"A,2025-06-17,EUR,5",
        "5,A,2025-06-17,EUR",
        "6,\"A\nB\"x,2025-06-17",
        "7,A,17.6.2025,EUR,5",
        "8,5\" pipe,2025-06-17,EUR,x",
        ",A,2025-06-17,EUR,5",
        "9," + new string('x', 2000) + ",2025-06-17,EUR,5",
        "10,A,2025-06-17,EUR,5",
    }).Replace(',', separator);

    private static QuarantinedRecord Quarantined(ParsedRow row, ReadSource source) => new()
    {
        Key = Some.Key("q"),
        RunId = "run-1",
        Source = new RecordSource("june.csv", row.Line, row.ByteOffset),
        Reason = row.Fault?.Reason ?? QuarantineReason.NoRate,
        Detail = row.Fault?.Detail ?? "",
        Raw = row.Raw,
        RawLength = row.RawLength,
        Format = source.Format,
        Header = source.Header,
        Separator = source.Separator,
        Amount = row.Amount,
        CurrencyCode = row.CurrencyCode,
    };
}
