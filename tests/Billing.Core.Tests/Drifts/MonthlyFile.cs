using System.Globalization;
using System.Text;

namespace Billing.Core.Tests.Drifts;

/// <summary>One file of a month, as a sender makes it. Its properties are what may drift.</summary>
internal sealed record MonthlyFile
{
    public int Month { get; init; } = 1;

    public int Rows { get; init; } = 40;

    public int Seed { get; init; } = 1;

    public string Header { get; init; } = "date,company,amount,currency,reference";

    public string Currency { get; init; } = "EUR";

    public decimal Factor { get; init; } = 1;

    /// <summary>The share of debits, 0 to 100.</summary>
    public int Debits { get; init; } = 30;

    /// <summary>The share of rows without a date that can be read, 0 to 100.</summary>
    public int Unreadable { get; init; }

    public string DateFormat { get; init; } = "yyyy-MM-dd";

    public bool AreMinorUnits { get; init; }

    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>How amounts are written.</summary>
    public string NumberFormat { get; init; } = "0.00";

    public char Separator { get; init; } = ',';

    /// <summary>Whether columns two and five have each other's values.</summary>
    public bool AreSwapped { get; init; }

    public DateTimeOffset SentAt => new DateTimeOffset(2023, 1, 2, 6, 0, 0, TimeSpan.Zero).AddMonths(Month);

    public string Name => string.Create(CultureInfo.InvariantCulture, $"statement-{Month:D2}.csv");

    public string Text()
    {
        Random random = new(Seed * 1000 + Month);
        DateTime first = new DateTime(2023, 1, 1).AddMonths(Month - 1);
        StringBuilder text = new(Header.Replace(',', Separator));
        for (int i = 0; i < Rows; i++)
        {
            DateTime day = first.AddDays(random.Next(28));
            string date = random.Next(100) < Unreadable ? "soon" : day.ToString(DateFormat, CultureInfo.InvariantCulture);

            // Many small amounts and a few large ones.
            decimal amount = Math.Round(Factor * random.Next(500, 20_000) * random.Next(50, 300) / 10_000m, 2) + 0.01m;
            amount = random.Next(100) < Debits ? -amount : amount;
            string number = AreMinorUnits ? (100 * amount).ToString("0", CultureInfo.InvariantCulture) : amount.ToString(NumberFormat, Culture);
            string company = $"Company {(char)('A' + random.Next(20))}";
            string reference = random.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture);
            string[] fields = AreSwapped ? [date, reference, number, Currency, company] : [date, company, number, Currency, reference];
            text.Append('\n').AppendJoin(Separator, [.. fields, .. Enumerable.Repeat("more", Header.Split(',').Length - fields.Length)]);
        }

        return text.Append('\n').ToString();
    }
}
