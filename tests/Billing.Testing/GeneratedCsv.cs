using System.Globalization;
using System.Text;

namespace Billing.Testing;

/// <summary>Whole files, from a few records that come again and again, some changed, some damaged.</summary>
public static class GeneratedCsv
{
    /// <summary>A file, and whether its rows are told by their id.</summary>
    public static (string Text, bool ById) Of(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        bool byId = random.Next(3) == 0;
        char separator = random.Next(2) == 0 ? ',' : ';';
        StringBuilder text = new(string.Join(separator, "id", "date", "party", "amount", "currency") + "\n");
        for (int i = random.Next(1, 40); i > 0; i--)
        {
            int record = random.Next(60);
            string amount = random.Next(12) switch { 0 => "x", 1 => "", 2 => "1.2.3", 3 when byId => (record + 1).ToString(CultureInfo.InvariantCulture) + ".05", _ => record.ToString(CultureInfo.InvariantCulture) + ".25" };
            string currency = random.Next(15) switch { 0 => "CHF", 1 => "QQQ", 2 => "JPY", 3 => "EUR", _ => "USD" };
            string date = random.Next(15) switch { 0 => "2025-02-30", 1 => "soon", _ => $"2025-06-{(record % 28) + 1:D2}" };
            string party = random.Next(10) switch { 0 => "\"Quo\"\"ted\"", 1 => "open \"", 2 => "Ünïcode €", _ => "Party " + (record % 7).ToString(CultureInfo.InvariantCulture) };
            text.Append(string.Join(separator, record, date, party, amount, currency)).Append(random.Next(25) == 0 ? separator + "more" : "").Append('\n');
        }

        return (text.ToString(), byId);
    }
}
