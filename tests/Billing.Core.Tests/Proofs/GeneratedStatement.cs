using System.Globalization;
using System.Text;

namespace Billing.Core.Tests.Proofs;

/// <summary>An account statement made from a seed: rows in one or two currencies, with the totals that a sender would state of them.</summary>
internal sealed class GeneratedStatement
{
    private const string Header = "date,company,amount,currency,balance\n";

    private readonly List<(decimal Amount, string Currency)> _rows = [];
    private readonly Dictionary<string, decimal> _openings = [];

    public GeneratedStatement(int seed)
    {
        Random random = new(seed);
        string[] currencies = seed % 3 == 0 ? ["EUR", "USD"] : ["EUR"];
        foreach (string currency in currencies)
        {
            _openings[currency] = random.Next(-1_000_000, 1_000_000) / 100m;
        }

        for (int i = random.Next(2, 40); i > 0; i--)
        {
            // Never zero: a row of zero can be lost without a sum that shows it.
            decimal amount = (random.Next(2) == 0 ? -1 : 1) * random.Next(1, 5_000_000) / 100m;
            _rows.Add((amount, currencies[random.Next(currencies.Length)]));
        }
    }

    public int Count => _rows.Count;

    /// <summary>What the sender states, of the rows as they are now.</summary>
    public StatedTotals Stated => new()
    {
        Rows = _rows.Count,
        Totals = _openings.Keys.ToDictionary(code => code, code => ExactSum.From(Sum(code))),
        Openings = _openings.ToDictionary(pair => pair.Key, pair => ExactSum.From(pair.Value)),
        Closings = _openings.ToDictionary(pair => pair.Key, pair => ExactSum.From(pair.Value + Sum(pair.Key))),
    };

    /// <summary>The statement, with the balances as they were before any fault.</summary>
    public List<string> Lines()
    {
        Dictionary<string, decimal> balances = new(_openings);
        return [.. _rows.Select((row, i) =>
        {
            balances[row.Currency] += row.Amount;
            return string.Create(CultureInfo.InvariantCulture, $"2025-06-{(i % 30) + 1:D2},Company {i},{row.Amount},{row.Currency},{balances[row.Currency]}");
        })];
    }

    public static string Text(IEnumerable<string> lines) => new StringBuilder(Header).AppendJoin('\n', lines).Append('\n').ToString();

    /// <summary>The statement with one row deleted, doubled or mis-scaled, and the line of that row in the file.</summary>
    public (string Text, int Line) WithFault(int seed)
    {
        Random random = new(seed);
        List<string> lines = Lines();
        int at = random.Next(lines.Count);
        switch (random.Next(3))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[at]);
                break;
            default:
                string[] fields = lines[at].Split(',');
                fields[2] = (_rows[at].Amount * 100m).ToString(CultureInfo.InvariantCulture);
                lines[at] = string.Join(',', fields);
                break;
        }

        return (Text(lines), at + 2);
    }

    private decimal Sum(string code) => _rows.Where(row => row.Currency == code).Sum(row => row.Amount);
}
