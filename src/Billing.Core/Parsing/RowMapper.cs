using System.Text;

namespace Billing.Parsing;

/// <summary>Reads the typed values of a row from its fields.</summary>
internal sealed class RowMapper
{
    private readonly ColumnMap _columns;
    private readonly CsvLayout _layout;
    private readonly DateParser _dates;
    private readonly byte[][] _nullValues;
    private readonly TextPool _currencies = new();
    private readonly TextPool _parties = new();
    private readonly TextPool _accounts = new();
    private readonly TextPool _descriptions = new();
    private readonly TextPool _ids = new();
    private readonly TextPool _scopes = new();

    public RowMapper(ColumnMap columns, CsvLayout layout)
    {
        _columns = columns;
        _layout = layout;
        _dates = new DateParser(layout, columns.TimeZone, refuseTimeOfDay: columns.Instant < 0);
        _nullValues = [.. layout.NullValues.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The columns.</summary>
    public ColumnMap Columns => _columns;

    /// <summary>Whether a value means null.</summary>
    public bool IsNull(ReadOnlySpan<byte> value)
    {
        foreach (byte[] nullValue in _nullValues)
        {
            if (value.SequenceEqual(nullValue))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether date and amount can be read: whether a line is a row.</summary>
    public bool ReadsAsRow<TFields>(in TFields fields)
        where TFields : struct, IRowFields =>
        ReadDate(fields, out _, out _) is null && ReadAmount(fields, out _) is null;

    /// <summary>Fills what can be read into <paramref name="row"/>. Amount and currency are read whatever else is wrong, since control totals count them; the rest only where nothing is.</summary>
    /// <param name="textFault">What is wrong with its bytes as text, or null.</param>
    /// <returns>The first of its faults, in the order: text, required values, date, amount, currency.</returns>
    public RowFault? Map<TFields>(in TFields fields, ParsedRow row, RowFault? textFault)
        where TFields : struct, IRowFields
    {
        RowFault? amountFault = ReadAmount(fields, out decimal amount);
        row.Amount = amountFault is null ? amount : null;
        row.CurrencyCode = ReadCurrency(fields);
        RowFault? dateFault = ReadDate(fields, out DateOnly date, out DateTimeOffset? instant);
        RowFault? fault = textFault ?? MissingColumn(fields) ?? dateFault ?? amountFault ?? (row.CurrencyCode is null ? NoCurrency() : null);
        if (fault is not null)
        {
            return fault;
        }

        row.Date = date;
        row.Instant = instant;
        row.SourceId = Text(fields, _columns.Id, _ids);
        row.Party = Text(fields, _columns.Party, _parties);
        row.Account = Text(fields, _columns.Account, _accounts);
        row.Description = Text(fields, _columns.Description, _descriptions);
        row.Scope = Text(fields, _columns.Scope, _scopes);
        if (_columns.Identity.Length > 0)
        {
            string[] identity = new string[_columns.Identity.Length];
            for (int i = 0; i < identity.Length; i++)
            {
                identity[i] = Encoding.UTF8.GetString(fields[_columns.Identity[i]]);
            }

            row.IdentityValues = identity;
        }

        return null;
    }

    private ReadOnlySpan<byte> Value<TFields>(in TFields fields, int column)
        where TFields : struct, IRowFields
    {
        ReadOnlySpan<byte> value = fields[column];
        return _nullValues.Length > 0 && IsNull(value) ? default : value;
    }

    private string? Text<TFields>(in TFields fields, int column, TextPool pool)
        where TFields : struct, IRowFields
    {
        if (column < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> value = Value(fields, column);
        return value.IsEmpty ? null : pool.Get(value);
    }

    private RowFault? MissingColumn<TFields>(in TFields fields)
        where TFields : struct, IRowFields
    {
        foreach (int column in _columns.Required)
        {
            if (IsBlank(fields, column))
            {
                return new(QuarantineReason.MissingValue, $"Column '{_columns.Names[column]}' is empty, and the layout requires a value. Fill it in at the source, or take it out of the layout's 'required'.");
            }
        }

        foreach (int column in _columns.Identity)
        {
            if (IsBlank(fields, column))
            {
                return new(QuarantineReason.MissingValue, $"Column '{_columns.Names[column]}' is empty, and it identifies the record. Fill it in at the source, or choose another identity.");
            }
        }

        return null;
    }

    private bool IsBlank<TFields>(in TFields fields, int column)
        where TFields : struct, IRowFields =>
        Utf8Text.Trim(Value(fields, column)).IsEmpty;

    private RowFault? ReadDate<TFields>(in TFields fields, out DateOnly date, out DateTimeOffset? instant)
        where TFields : struct, IRowFields
    {
        date = default;
        instant = null;
        bool dateFromInstant = _columns.Date < 0 || _columns.Date == _columns.Instant;
        if (_columns.Instant >= 0)
        {
            ReadOnlySpan<byte> value = Value(fields, _columns.Instant);
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

        return _dates.ParseDate(Value(fields, _columns.Date), _columns.Names[_columns.Date], out date);
    }

    private RowFault? ReadAmount<TFields>(in TFields fields, out decimal amount)
        where TFields : struct, IRowFields
    {
        RowFault? fault = _columns.Amount >= 0 ? ReadNumber(fields, _columns.Amount, out amount) : ReadDebitOrCredit(fields, out amount);
        if (_layout.NegateAmounts)
        {
            amount = Negative(amount);
        }

        return fault;
    }

    private RowFault? ReadDebitOrCredit<TFields>(in TFields fields, out decimal amount)
        where TFields : struct, IRowFields
    {
        amount = 0;
        bool noDebit = _columns.Debit < 0 || IsBlank(fields, _columns.Debit);
        bool noCredit = _columns.Credit < 0 || IsBlank(fields, _columns.Credit);
        decimal debit = 0;
        decimal credit = 0;
        RowFault? fault = noDebit && noCredit ? NoDebitOrCredit() : null;
        fault ??= noDebit ? null : ReadNumber(fields, _columns.Debit, out debit);
        fault ??= noCredit ? null : ReadNumber(fields, _columns.Credit, out credit);
        if (fault is not null)
        {
            return fault;
        }

        if (debit != 0 && credit != 0)
        {
            return new(QuarantineReason.BadAmount, $"Columns '{_columns.Names[_columns.Debit]}' and '{_columns.Names[_columns.Credit]}' both have an amount. Fill in one of them.");
        }

        // A zero in the other column says nothing, not even how many decimals there are.
        bool isDebit = noCredit || debit != 0;
        amount = isDebit ? debit : credit;
        if (isDebit == _layout.DebitIsNegative)
        {
            amount = Negative(amount);
        }

        return null;
    }

    private RowFault NoDebitOrCredit()
    {
        string debit = _columns.Debit < 0 ? "" : $"'{_columns.Names[_columns.Debit]}'";
        string credit = _columns.Credit < 0 ? "" : $"'{_columns.Names[_columns.Credit]}'";
        string names = debit.Length > 0 && credit.Length > 0 ? $"{debit} and {credit} are" : $"{debit}{credit} is";
        return new(QuarantineReason.MissingValue, $"{names} empty. Fill in one amount at the source.");
    }

    private RowFault? ReadNumber<TFields>(in TFields fields, int column, out decimal number)
        where TFields : struct, IRowFields =>
        AmountParser.Parse(Value(fields, column), fields.IsNumber(column) ? NumberFormat.Invariant : _layout.Numbers, _columns.Names[column], out number);

    private string? ReadCurrency<TFields>(in TFields fields)
        where TFields : struct, IRowFields
    {
        if (_columns.Currency >= 0)
        {
            ReadOnlySpan<byte> code = Utf8Text.Trim(Value(fields, _columns.Currency));
            if (!code.IsEmpty)
            {
                return _currencies.Get(code);
            }
        }

        return _layout.DefaultCurrency;
    }

    private RowFault NoCurrency() => new(
        QuarantineReason.MissingValue,
        _columns.Currency >= 0
            ? $"Column '{_columns.Names[_columns.Currency]}' is empty, and the layout has no default currency. Fill it in at the source, or state the layout's defaultCurrency."
            : "There is no column of the currency, and the layout has no default currency. State one of them in the layout.");

    // Zero has no sign.
    private static decimal Negative(decimal amount) => amount == 0 ? amount : -amount;
}
