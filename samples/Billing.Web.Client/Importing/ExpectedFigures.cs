using System.Globalization;
using Billing.Web.Client.Language;

namespace Billing.Web.Client.Importing;

/// <summary>What the sender states of a file, as a person types it from the letter or the statement.</summary>
public sealed class ExpectedFigures
{
    /// <summary>The number of rows.</summary>
    public string Rows { get; set; } = "";

    /// <summary>The sum of the amounts.</summary>
    public string Total { get; set; } = "";

    /// <summary>The balance before the first row.</summary>
    public string Opening { get; set; } = "";

    /// <summary>The balance after the last row.</summary>
    public string Closing { get; set; } = "";

    /// <summary>The currency of the money; empty for the only one of the file.</summary>
    public string Currency { get; set; } = "";

    /// <summary>What was typed into the field of a figure: total, opening or closing.</summary>
    public string this[string field] => field switch { "total" => Total, "opening" => Opening, _ => Closing };

    /// <summary>Reads the figures in the notation of a culture.</summary>
    /// <returns>What is stated, or null if nothing is; and the names of the fields that cannot be read.</returns>
    public (StatedTotals? Totals, IReadOnlyList<string> Faults) Read(CultureInfo culture)
    {
        List<string> faults = [];
        ExactSum? rows = Figure("rows", Rows, culture, faults);
        string code = Currency.Trim().ToUpperInvariant();
        if (rows is { } count && (!long.TryParse(count.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            faults.Add("rows");
        }

        if (code.Length > 0 && !Billing.Currency.TryParse(code, out _))
        {
            faults.Add("currency");
        }

        StatedTotals stated = new()
        {
            Totals = Money(Figure("total", Total, culture, faults), code),
            Openings = Money(Figure("opening", Opening, culture, faults), code),
            Closings = Money(Figure("closing", Closing, culture, faults), code),
        };
        if (faults.Count > 0)
        {
            return (null, faults);
        }

        stated = stated with { Rows = rows is { } whole ? long.Parse(whole.ToString(), CultureInfo.InvariantCulture) : null };
        return (stated.IsEmpty ? null : stated, faults);
    }

    private static ExactSum? Figure(string field, string typed, CultureInfo culture, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        if (ExactText.Read(typed, culture, isCount: field == "rows") is { } number)
        {
            return ExactSum.Parse(number);
        }

        faults.Add(field);
        return null;
    }

    private static Dictionary<string, ExactSum> Money(ExactSum? sum, string code) => sum is { } stated ? new() { [code] = stated } : [];
}
