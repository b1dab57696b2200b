using SpreadCheetah;
using SpreadCheetah.Styling;

namespace Billing.Workbooks;

/// <summary>Writes the cells of one workbook, row by row.</summary>
internal sealed class WorkbookSheet(Spreadsheet spreadsheet)
{
    /// <summary>The most lines below a header: a sheet has 1,048,576 rows.</summary>
    public const int MostLines = 1_048_575;

    // Excel counts a day that was not there: dates before it are a day off.
    private static readonly DateOnly s_firstDate = new(1900, 3, 1);

    private readonly StyleId _bold = spreadsheet.AddStyle(new Style { Font = { Bold = true } });
    private readonly StyleId _right = spreadsheet.AddStyle(new Style { Alignment = { Horizontal = HorizontalAlignment.Right } });
    private readonly StyleId _date = spreadsheet.AddStyle(new Style { Format = NumberFormatOf("yyyy-mm-dd") });
    private readonly Dictionary<int, StyleId> _amounts = [];
    private readonly List<Cell> _row = [];

    public WorkbookSheet Heading(string text)
    {
        _row.Add(new Cell(text, _bold));
        return this;
    }

    public WorkbookSheet Text(string? text)
    {
        _row.Add(new Cell(CellText.Of(text)));
        return this;
    }

    public WorkbookSheet Count(long number)
    {
        _row.Add(new Cell(number));
        return this;
    }

    public WorkbookSheet Date(DateOnly date)
    {
        _row.Add(date < s_firstDate ? new Cell(date.ToString("O", System.Globalization.CultureInfo.InvariantCulture)) : new Cell(date.ToDateTime(TimeOnly.MinValue), _date));
        return this;
    }

    /// <param name="sum">The amount.</param>
    /// <param name="decimals">The least decimals that are shown.</param>
    public WorkbookSheet Amount(ExactSum sum, int decimals)
    {
        if (CellNumber.Of(sum) is { } number)
        {
            _row.Add(new Cell(number, StyleOf(Math.Max(decimals, number.Scale))));
        }
        else
        {
            _row.Add(new Cell(sum.ToString(), _right));
        }

        return this;
    }

    public WorkbookSheet Amount(ExactSum sum, string currencyCode) => Amount(sum, AmountFormat.DecimalsOf(currencyCode));

    public WorkbookSheet Empty()
    {
        _row.Add(new Cell(""));
        return this;
    }

    public async ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        await spreadsheet.AddRowAsync(_row, cancellationToken).ConfigureAwait(false);
        _row.Clear();
    }

    private StyleId StyleOf(int decimals)
    {
        if (!_amounts.TryGetValue(decimals, out StyleId? style))
        {
            _amounts.Add(decimals, style = spreadsheet.AddStyle(new Style { Format = NumberFormatOf(decimals == 0 ? "#,##0" : "#,##0." + new string('0', decimals)) }));
        }

        return style;
    }

    private static SpreadCheetah.Styling.NumberFormat NumberFormatOf(string format) => SpreadCheetah.Styling.NumberFormat.Custom(format);
}
