using System.Text;
using Billing.Layouts;
using Billing.Texts;
using Billing.Values;

namespace Billing.Rows;

/// <summary>
/// Knows the words for debit and credit. If the layout names no column for them, it watches the columns that may hold such words:
/// a row whose amount does not have the sign that the word says is not certain.
/// </summary>
internal sealed class SignGuard
{
    private readonly ColumnMap _columns;
    private readonly bool _debitIsNegative;
    private readonly byte[][] _debit;
    private readonly byte[][] _credit;
    private readonly List<int> _known = [];

    // Columns with other names are watched as long as they hold only such words.
    private readonly List<int> _others = [];

    public SignGuard(ColumnMap columns, SourceLayout layout)
    {
        _columns = columns;
        _debitIsNegative = layout.DebitIsNegative;
        _debit = [.. layout.DebitWords.Select(word => Encoding.UTF8.GetBytes(DirectionWords.Plain(word)))];
        _credit = [.. layout.CreditWords.Select(word => Encoding.UTF8.GetBytes(DirectionWords.Plain(word)))];
        if (layout.Direction is not null || columns.Amount < 0 || layout.Numbers.AllowDebitCredit)
        {
            return;
        }

        foreach (int column in columns.Attributes)
        {
            (DirectionWords.IsHeader(columns.Names[column]) ? _known : _others).Add(column);
        }
    }

    /// <summary>Returns what a word says: true for a debit, false for a credit, null if it says neither.</summary>
    public bool? IsDebit(ReadOnlySpan<byte> value)
    {
        if (_debit.Length == 0)
        {
            return DirectionWords.IsDebit(value, shortToo: true);
        }

        byte[] word = Encoding.UTF8.GetBytes(DirectionWords.Plain(Encoding.UTF8.GetString(Utf8Text.Trim(value))));
        return Array.Exists(_debit, debit => debit.AsSpan().SequenceEqual(word)) ? true
            : Array.Exists(_credit, credit => credit.AsSpan().SequenceEqual(word)) ? false
            : null;
    }

    /// <summary>Returns a fault if a column that the layout does not mention gives the amount the opposite sign.</summary>
    public RowFault? Check<TFields>(in TFields fields, decimal amount)
        where TFields : struct, IRowFields
    {
        foreach (int column in _known)
        {
            if (Contradiction(fields, column, shortToo: true, amount) is { } fault)
            {
                return fault;
            }
        }

        for (int i = _others.Count - 1; i >= 0; i--)
        {
            ReadOnlySpan<byte> value = fields[_others[i]];
            if (!value.IsEmpty && DirectionWords.IsDebit(value, shortToo: false) is null)
            {
                _others.RemoveAt(i);
            }
            else if (Contradiction(fields, _others[i], shortToo: false, amount) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private RowFault? Contradiction<TFields>(in TFields fields, int column, bool shortToo, decimal amount)
        where TFields : struct, IRowFields
    {
        ReadOnlySpan<byte> value = fields[column];
        if (amount == 0 || value.IsEmpty || DirectionWords.IsDebit(value, shortToo) is not { } debit || debit == _debitIsNegative == (amount < 0))
        {
            return null;
        }

        string name = _columns.Names[column];
        return new(QuarantineReason.BadAmount, $"Column '{name}' says {Utf8Text.Quote(value)}, which contradicts the sign of the amount. In the layout, set \"columns\": {{ \"direction\": \"{name}\" }} if it gives the sign, or set columns.direction to null if it does not.");
    }
}
