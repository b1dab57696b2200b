using System.Globalization;
using System.Text;
using Billing.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Values;

public sealed class DateParserPropertyTests
{
    private static readonly Arbitrary<DateOnly> AnyDate = Gen.Choose(0, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();

    [Theory]
    [InlineData("yyyy-MM-dd")]
    [InlineData("dd.MM.yyyy")]
    [InlineData("MM/dd/yyyy")]
    [InlineData("yyyyMMdd")]
    [InlineData("d MMM yyyy")]
    public void Every_date_comes_back_from_its_format(string format)
    {
        DateParser parser = new(new SourceLayout { DateFormats = [format] });

        Check.QuickThrowOnFailure(Prop.ForAll(AnyDate, date =>
            parser.ParseDate(Encoding.UTF8.GetBytes(date.ToString(format, CultureInfo.InvariantCulture)), "when", out DateOnly read) is null && read == date));
    }

    [Fact]
    public void Every_instant_comes_back_with_its_offset()
    {
        Arbitrary<DateTimeOffset> any = (
            from day in Gen.Choose(1, DateOnly.MaxValue.DayNumber - 1)
            from second in Gen.Choose(0, 86_399)
            from tick in Gen.Choose(0, 9_999_999)
            from offset in Gen.Choose(-14 * 60, 14 * 60)
            select new DateTimeOffset(new DateTime(day * TimeSpan.TicksPerDay).AddSeconds(second).AddTicks(tick), TimeSpan.FromMinutes(offset))).ToArbitrary();
        DateParser parser = new(SourceLayout.Default);

        Check.QuickThrowOnFailure(Prop.ForAll(any, instant =>
            parser.ParseInstant(Encoding.UTF8.GetBytes(instant.ToString("O", CultureInfo.InvariantCulture)), "when", out DateTimeOffset read) is null
            && read.EqualsExact(instant)));
    }

    [Fact]
    public void Digits_are_read_as_a_date_exactly_when_the_runtime_reads_them_so()
    {
        Arbitrary<string> any = (
            from year in Gen.Choose(0, 9999)
            from month in Gen.Choose(0, 14)
            from day in Gen.Choose(0, 33)
            select string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}")).ToArbitrary();
        DateParser parser = new(SourceLayout.Default);

        Check.QuickThrowOnFailure(Prop.ForAll(any, text =>
        {
            bool exists = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly expected);
            RowFault? fault = parser.ParseDate(Encoding.UTF8.GetBytes(text), "when", out DateOnly read);
            return fault is null == exists && read == expected;
        }));
    }
}
