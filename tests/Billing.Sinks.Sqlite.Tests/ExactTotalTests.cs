using System.Globalization;
using System.Text;
using Billing.Sinks.Sqlite.Records;
using Billing.Sinks.Sqlite.Statements;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>The sums of SQLite are those of <see cref="ExactSum"/>, whatever the decimals and however large.</summary>
public sealed class ExactTotalTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(96)]
    public void Sums_of_any_scales_are_exact(int bits)
    {
        Random random = new(bits);
        for (int round = 0; round < 300; round++)
        {
            ExactTotal total = default;
            ExactSum expected = ExactSum.Zero;
            for (int i = 0; i < 40; i++)
            {
                decimal amount = new(random.Next(1 << Math.Min(bits, 30)), bits > 32 ? random.Next() : 0, bits > 64 ? random.Next() : 0, random.Next(2) == 0, (byte)random.Next(29));
                Assert.True(ExactAmount.TryParse(Encoding.UTF8.GetBytes(amount.ToString(CultureInfo.InvariantCulture)), out ExactAmount parsed));
                total.Add(parsed);
                expected += ExactSum.From(amount);
                Assert.Equal(expected, total.Sum);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1e5")]
    [InlineData("١")]
    [InlineData("0x10")]
    public void What_is_no_amount_is_refused(string text) => Assert.False(ExactAmount.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
