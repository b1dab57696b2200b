using Billing.Layouts;
using Billing.Values;

namespace Billing.Rows;

/// <summary>
/// What a sample of the rows of a source looks like: the first 512 rows, and one in 256 of those after them. Looking at a row costs about as much as splitting it, so the sample must stay small.
/// Not thread-safe.
/// </summary>
internal sealed class RowSample
{
    private const int First = 512;
    private const int Every = 256;
    private const int MostAmounts = 8_192;
    private const int MostCodes = 20;
    private const int Shapes = 4;

    private readonly DecimalMarks _marks = new();
    private readonly Dictionary<string, List<decimal>> _sizes = new(StringComparer.Ordinal);
    private readonly HashSet<int> _months = [];
    private ColumnMap? _columns;
    private int[] _used = [];
    private int[] _amounts = [];
    private int[] _shapes = [];
    private long _rows;
    private int _kept;
    private uint _days;

    /// <summary>The columns of the source; null if no row was looked at.</summary>
    public ColumnMap? Columns => _columns;

    /// <summary>The columns that the layout uses, whose values were looked at.</summary>
    public int[] Used => _used;

    /// <summary>How amounts are written.</summary>
    public DecimalMarks Marks => _marks;

    /// <summary>The amounts that are not zero, without their sign, by currency code.</summary>
    public IReadOnlyDictionary<string, List<decimal>> Sizes => _sizes;

    /// <summary>The number of amounts that are not zero.</summary>
    public long Amounts { get; private set; }

    /// <summary>Those of them that are negative.</summary>
    public long Negative { get; private set; }

    /// <summary>Those of them that are written with decimals.</summary>
    public long WithDecimals { get; private set; }

    /// <summary>The earliest date.</summary>
    public DateOnly? FirstDate { get; private set; }

    /// <summary>The latest date.</summary>
    public DateOnly? LastDate { get; private set; }

    /// <summary>The number of different months, each of its year.</summary>
    public int Months => _months.Count;

    /// <summary>The number of different days of the month, 1 to 31.</summary>
    public int Days => System.Numerics.BitOperations.PopCount(_days);

    /// <summary>Whether the next row is looked at. To be asked once for each.</summary>
    public bool Takes() => _rows++ < First || _rows % Every == 0;

    /// <summary>The number of values of a shape, in the column at a place of <see cref="Used"/>.</summary>
    public int Count(int place, ValueShape shape) => _shapes[(place * Shapes) + (int)shape];

    /// <summary>Takes the columns of the source, the first time.</summary>
    public void Begin(ColumnMap columns)
    {
        if (_columns is null)
        {
            _columns = columns;
            _used = [.. columns.Named.Order()];
            _amounts = [.. ((int[])[columns.Amount, columns.Debit, columns.Credit]).Where(column => column >= 0)];
            _shapes = new int[_used.Length * Shapes];
        }
    }

    /// <summary>Looks at a row, which has been read as far as it could be.</summary>
    public void Note<TFields>(in TFields fields, ParsedRow row)
        where TFields : struct, IRowFields
    {
        ColumnMap columns = _columns!;
        for (int i = 0; i < _used.Length; i++)
        {
            ValueShape shape = fields.IsNumber(_used[i]) ? ValueShape.Number : ValueShapes.Of(columns.ValueOf(fields, _used[i]));
            _shapes[(i * Shapes) + (int)shape]++;
        }

        foreach (int column in _amounts)
        {
            if (!fields.IsNumber(column))
            {
                _marks.Note(columns.ValueOf(fields, column));
            }
        }

        NoteAmount(row);
        if (row.Fault is null)
        {
            _months.Add((row.Date.Year * 12) + row.Date.Month);
            _days |= 1u << row.Date.Day;
            FirstDate = FirstDate < row.Date ? FirstDate : row.Date;
            LastDate = LastDate > row.Date ? LastDate : row.Date;
        }
    }

    private void NoteAmount(ParsedRow row)
    {
        if (row.Amount is not { } amount || amount == 0)
        {
            return;
        }

        Amounts++;
        Negative += amount < 0 ? 1 : 0;
        WithDecimals += amount.Scale > 0 ? 1 : 0;
        string code = row.CurrencyCode ?? "";
        if (!_sizes.TryGetValue(code, out List<decimal>? sizes) && _sizes.Count < MostCodes)
        {
            _sizes.Add(code, sizes = []);
        }

        if (sizes is not null && _kept < MostAmounts)
        {
            sizes.Add(Math.Abs(amount));
            _kept++;
        }
    }
}
