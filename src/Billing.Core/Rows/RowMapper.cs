using System.Text;
using Billing.Layouts;
using Billing.Texts;
using Billing.Values;

namespace Billing.Rows;

/// <summary>Reads the typed values of a row from its fields.</summary>
internal sealed class RowMapper
{
    private readonly ColumnMap _columns;
    private readonly SourceLayout _layout;
    private readonly DateParser _dates;
    private readonly AmountReader _amounts;
    private readonly TextPool _currencies = new();
    private readonly TextPool _scopes = new();
    private readonly TextPool _categories = new();
    private readonly StatusReader? _statuses;
    private readonly PendingWatch? _pending;

    public RowMapper(ColumnMap columns, SourceLayout layout)
    {
        _columns = columns;
        _layout = layout;
        _dates = new DateParser(layout, columns.TimeZone, refuseTimeOfDay: columns.Instant < 0);
        _amounts = new AmountReader(columns, layout);
        _statuses = layout.Pending is { } terms && columns.Status >= 0 ? new StatusReader(columns.Names[columns.Status], terms) : null;
        _pending = PendingWatch.Of(columns, layout);
        Shape = new RowShape(columns.AttributeNames, columns.IgnoredAttributes);
    }

    /// <summary>What the rows of the source share.</summary>
    public RowShape Shape { get; }

    /// <summary>What is told at the end of the rows that were read; null if nothing is.</summary>
    public string? Warning => _pending?.Warning;

    /// <summary>The reader of amounts.</summary>
    public AmountReader Amounts => _amounts;

    /// <summary>The columns.</summary>
    public ColumnMap Columns => _columns;

    /// <summary>Whether there is a date, and a number as the amount: that makes a line a row.</summary>
    public bool ReadsAsRow<TFields>(in TFields fields)
        where TFields : struct, IRowFields =>
        ReadDate(fields, out _, out _) is null && _amounts.HasNumber(fields);

    /// <summary>Fills <paramref name="row"/> with what can be read. Amount and currency are read whatever else is wrong, since control totals count them; the rest only if nothing is wrong.</summary>
    /// <param name="textFault">The fault of its bytes as text, or null.</param>
    /// <returns>The first of its faults, in the order: text, required values, date, amount, currency, status.</returns>
    public RowFault? Map<TFields>(in TFields fields, ParsedRow row, RowFault? textFault)
        where TFields : struct, IRowFields
    {
        row.CurrencyCode = ReadCurrency(fields);
        RowFault? amountFault = _amounts.Read(fields, row.CurrencyCode, out decimal amount);
        row.Amount = amountFault is null ? amount : null;
        if (_columns.Balance >= 0)
        {
            ReadBalance(fields, row);
        }

        row.Scope = _columns.Scope < 0 || textFault is not null ? null : TextOf(_columns.ValueOf(fields, _columns.Scope), _scopes);
        RowFault? dateFault = ReadDate(fields, out DateOnly date, out DateTimeOffset? instant);
        RowFault? fault = textFault ?? MissingColumn(fields) ?? dateFault ?? amountFault ?? (row.CurrencyCode is null ? NoCurrency() : null);
        if (textFault is null && _columns.Identity.Length > 0)
        {
            ReadIdentity(fields, row);
        }

        if (fault is not null)
        {
            return fault;
        }

        row.Date = date;
        row.Instant = instant;
        row.SourceIdText = Text(fields, _columns.Id, Shape.Ids);
        row.PartyText = Text(fields, _columns.Party, Shape.Parties);
        row.AccountText = Text(fields, _columns.Account, Shape.Accounts);
        row.DescriptionText = Text(fields, _columns.Description, Shape.Descriptions);
        row.Category = _columns.Category < 0 ? null : TextOf(Utf8Text.Trim(_columns.ValueOf(fields, _columns.Category)), _categories);
        _pending?.Note(fields);
        return _statuses is null ? null : Status(fields, row);
    }

    private RowFault? Status<TFields>(in TFields fields, ParsedRow row)
        where TFields : struct, IRowFields
    {
        RowFault? fault = _statuses!.Read(Utf8Text.Trim(_columns.ValueOf(fields, _columns.Status)));
        if (fault?.Reason == QuarantineReason.Pending)
        {
            // It takes no place among posted rows: the next file may come without it, and they must keep their keys.
            row.IdentityValues = [];
            row.PendingId = _columns.PendingId < 0 ? null : Utf8Text.Trim(_columns.ValueOf(fields, _columns.PendingId)) is { IsEmpty: false } id ? Encoding.UTF8.GetString(id) : null;
        }

        return fault;
    }

    // Also of a row with a fault elsewhere, which has its place among the rows that share these values. A blank one identifies nothing.
    private void ReadIdentity<TFields>(in TFields fields, ParsedRow row)
        where TFields : struct, IRowFields
    {
        string[] identity = new string[_columns.Identity.Length];
        for (int i = 0; i < identity.Length; i++)
        {
            if (_amounts.IsBlank(fields, _columns.Identity[i]))
            {
                return;
            }

            identity[i] = Encoding.UTF8.GetString(fields[_columns.Identity[i]]);
        }

        row.IdentityValues = identity;
    }

    private void ReadBalance<TFields>(in TFields fields, ParsedRow row)
        where TFields : struct, IRowFields
    {
        if (!_amounts.IsBlank(fields, _columns.Balance))
        {
            row.BalanceFault = _amounts.ReadBalance(fields, row.CurrencyCode, out decimal balance);
            row.Balance = row.BalanceFault is null ? balance : null;
        }
    }

    private RowText Text<TFields>(in TFields fields, int column, TextPool pool)
        where TFields : struct, IRowFields
    {
        ReadOnlySpan<byte> value = column < 0 ? default : _columns.ValueOf(fields, column);
        return value.IsEmpty ? default : RowText.Of(value, fields.Block, pool);
    }

    private static string? TextOf(ReadOnlySpan<byte> value, TextPool pool) => value.IsEmpty ? null : pool.Get(value);

    private RowFault? MissingColumn<TFields>(in TFields fields)
        where TFields : struct, IRowFields
    {
        foreach (int column in _columns.Required)
        {
            if (_amounts.IsBlank(fields, column))
            {
                return new(QuarantineReason.MissingValue, $"Column '{_columns.Names[column]}' is empty, but the layout requires a value. Fill it in at the source, or remove the column from the layout's 'required'.");
            }
        }

        foreach (int column in _columns.Identity)
        {
            if (_amounts.IsBlank(fields, column))
            {
                return new(QuarantineReason.MissingValue, $"Column '{_columns.Names[column]}' is empty, but it identifies the record. Fill it in at the source, or choose another identity.");
            }
        }

        return null;
    }

    private RowFault? ReadDate<TFields>(in TFields fields, out DateOnly date, out DateTimeOffset? instant)
        where TFields : struct, IRowFields
    {
        date = default;
        instant = null;
        bool dateFromInstant = _columns.Date < 0 || _columns.Date == _columns.Instant;
        if (_columns.Instant >= 0)
        {
            ReadOnlySpan<byte> value = _columns.ValueOf(fields, _columns.Instant);
            if (dateFromInstant || !Utf8Text.Trim(value).IsEmpty)
            {
                if (_dates.ParseInstant(value, _columns.Names[_columns.Instant], out DateTimeOffset read) is RowFault fault)
                {
                    return fault;
                }

                instant = read;
            }
        }

        if (dateFromInstant)
        {
            date = DateOnly.FromDateTime(instant.GetValueOrDefault().DateTime);
            return null;
        }

        return _dates.ParseDate(_columns.ValueOf(fields, _columns.Date), _columns.Names[_columns.Date], out date);
    }

    private string? ReadCurrency<TFields>(in TFields fields)
        where TFields : struct, IRowFields
    {
        if (_columns.Currency >= 0)
        {
            ReadOnlySpan<byte> code = Utf8Text.Trim(_columns.ValueOf(fields, _columns.Currency));
            if (!code.IsEmpty)
            {
                return _currencies.Get(code);
            }
        }

        return _layout.DefaultCurrency ?? _amounts.HeaderCurrencyCode;
    }

    private RowFault NoCurrency() => new(
        QuarantineReason.MissingValue,
        _columns.Currency >= 0
            ? $"Column '{_columns.Names[_columns.Currency]}' is empty, and the layout has no default currency. Fill it in at the source, or set the layout's defaultCurrency."
            : "There is no currency column, and the layout has no default currency. Set columns.currency or defaultCurrency in the layout.");
}
