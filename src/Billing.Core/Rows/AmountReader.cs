using System.Globalization;
using Billing.Layouts;
using Billing.Texts;
using Billing.Values;

namespace Billing.Rows;

/// <summary>Reads the amount of a row: from one column or two, with its sign, fee and minor units as the layout says.</summary>
internal sealed class AmountReader
{
    private readonly ColumnMap _columns;
    private readonly SourceLayout _layout;
    private readonly SignGuard _signs;
    private readonly FeeGuard _fees;
    private readonly string?[] _headerCurrencies;

    // A currency sign next to a number is certain even if the layout says nothing: it is checked against the currency of the row.
    private readonly NumberFormat _numbers;

    public AmountReader(ColumnMap columns, SourceLayout layout)
    {
        _columns = columns;
        _layout = layout;
        _signs = new SignGuard(columns, layout);
        _fees = new FeeGuard(columns, layout);
        _numbers = layout.NumbersAreStated ? layout.Numbers : layout.Numbers with { AllowCurrencySign = true };
        _headerCurrencies = [.. ((int[])[columns.Amount, columns.Debit, columns.Credit]).Where(column => column >= 0).Select(column => HeaderCurrency.Of(columns.Names[column])).Distinct()];
    }

    /// <summary>The code that the header of the amount names, for rows and layouts that name none; null if it names none.</summary>
    public string? HeaderCurrencyCode => _headerCurrencies is [string code] ? code : null;

    /// <summary>Reads the amount of a row whose currency is already known.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="currencyCode">The code of the row, as written; null if there is none.</param>
    /// <param name="amount">The amount.</param>
    /// <returns>Null, or why there is no amount, or no certain one.</returns>
    public RowFault? Read<TFields>(in TFields fields, string? currencyCode, out decimal amount)
        where TFields : struct, IRowFields
    {
        RowFault? fault = _columns.Amount >= 0 ? ReadDirected(fields, currencyCode, out amount) : ReadDebitOrCredit(fields, currencyCode, out amount);
        fault ??= _layout.MinorUnits ? ToUnits(currencyCode, ref amount) : null;
        fault ??= _columns.Fee >= 0 ? AddFee(fields, currencyCode, ref amount) : _fees.Check(fields);
        if (_layout.NegateAmounts)
        {
            amount = Negative(amount);
        }

        return fault ?? _signs.Check(fields, amount) ?? ContradictsHeader(currencyCode);
    }

    /// <summary>Reads the running balance of a row whose currency is already known: a number like the amount, with its sign beside it.</summary>
    /// <returns>Null, or why it cannot be read.</returns>
    public RowFault? ReadBalance<TFields>(in TFields fields, string? currencyCode, out decimal balance)
        where TFields : struct, IRowFields
    {
        RowFault? fault = ReadNumber(fields, _columns.Balance, currencyCode, out balance);
        fault ??= _layout.MinorUnits ? ToUnits(currencyCode, ref balance) : null;
        balance = _layout.NegateAmounts ? Negative(balance) : balance;
        return fault;
    }

    /// <summary>Whether there is a number where the amount must be, certain or not: that makes a line a row.</summary>
    public bool HasNumber<TFields>(in TFields fields)
        where TFields : struct, IRowFields
    {
        foreach (int column in (ReadOnlySpan<int>)[_columns.Amount, _columns.Debit, _columns.Credit])
        {
            if (column >= 0 && AmountParser.Parse(_columns.ValueOf(fields, column), fields.IsNumber(column) ? NumberFormat.Invariant : _numbers, "", out _) is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an optional column is empty, or holds only what means null.</summary>
    public bool IsBlank<TFields>(in TFields fields, int column)
        where TFields : struct, IRowFields => Utf8Text.Trim(_columns.ValueOf(fields, column)).IsEmpty;

    private RowFault? ReadDirected<TFields>(in TFields fields, string? currencyCode, out decimal amount)
        where TFields : struct, IRowFields
    {
        RowFault? fault = ReadNumber(fields, _columns.Amount, currencyCode, out amount);
        if (fault is not null || _columns.Direction < 0)
        {
            return fault;
        }

        ReadOnlySpan<byte> word = _columns.ValueOf(fields, _columns.Direction);
        string column = _columns.Names[_columns.Direction];
        if (_signs.IsDebit(word) is not { } debit)
        {
            return Utf8Text.Trim(word).IsEmpty
                ? new(QuarantineReason.MissingValue, $"Column '{column}' is empty, so it is not known whether the amount is a debit or a credit. Fill it in at the source.")
                : new(QuarantineReason.BadAmount, $"Column '{column}': {Utf8Text.Quote(word)} is not a word for debit or credit that the layout knows. Set the words in the layout's direction.");
        }

        if (amount < 0)
        {
            return new(QuarantineReason.BadAmount, $"Column '{_columns.Names[_columns.Amount]}' is negative, and column '{column}' says {Utf8Text.Quote(word)}. If the amounts already have their sign, set columns.direction to null in the layout; if only this row is wrong, correct it in the source.");
        }

        amount = debit == _layout.DebitIsNegative ? Negative(amount) : amount;
        return null;
    }

    private RowFault? ReadDebitOrCredit<TFields>(in TFields fields, string? currencyCode, out decimal amount)
        where TFields : struct, IRowFields
    {
        amount = 0;
        bool noDebit = _columns.Debit < 0 || IsBlank(fields, _columns.Debit);
        bool noCredit = _columns.Credit < 0 || IsBlank(fields, _columns.Credit);
        decimal debit = 0;
        decimal credit = 0;
        RowFault? fault = noDebit && noCredit ? NoDebitOrCredit() : null;
        fault ??= noDebit ? null : ReadNumber(fields, _columns.Debit, currencyCode, out debit);
        fault ??= noCredit ? null : ReadNumber(fields, _columns.Credit, currencyCode, out credit);
        if (fault is not null)
        {
            return fault;
        }

        if (debit != 0 && credit != 0)
        {
            return new(QuarantineReason.BadAmount, $"Columns '{_columns.Names[_columns.Debit]}' and '{_columns.Names[_columns.Credit]}' both have an amount. Keep only one of them at the source.");
        }

        // A zero in the other column says nothing, not even how many decimals there are.
        bool isDebit = noCredit || debit != 0;
        amount = isDebit ? debit : credit;
        if (amount < 0 && _layout.DebitsAreSigned is null)
        {
            string column = _columns.Names[isDebit ? _columns.Debit : _columns.Credit];
            return new(QuarantineReason.BadAmount, string.Create(CultureInfo.InvariantCulture, $"Column '{column}': {amount} is negative in a column of {(isDebit ? "debits" : "credits")}, which can be read in two ways. Set debitsAreSigned in the layout: true if the numbers there already have their sign (-70.55 is money out), false if a negative number is a reversal."));
        }

        if (_layout.DebitsAreSigned is not true && isDebit == _layout.DebitIsNegative)
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

    private RowFault? AddFee<TFields>(in TFields fields, string? currencyCode, ref decimal amount)
        where TFields : struct, IRowFields
    {
        if (IsBlank(fields, _columns.Fee))
        {
            return null;
        }

        if (ReadNumber(fields, _columns.Fee, currencyCode, out decimal fee) is { } fault)
        {
            return fault;
        }

        try
        {
            decimal without = amount;
            decimal added = _layout.FeeIsSigned ? fee : -fee;
            amount += added;
            // Adding decimals rounds if the sum has too many digits.
            if (ExactSum.From(amount) == ExactSum.From(without) + ExactSum.From(added))
            {
                return null;
            }
        }
        catch (OverflowException)
        {
            // The same, beyond the largest decimal.
        }

        return new(QuarantineReason.AmountOutOfRange, $"The amount with its fee in column '{_columns.Names[_columns.Fee]}' has more than 28 digits. Correct the source.");
    }

    /// <summary>Whether a word says debit, or null if it says nothing.</summary>
    public bool? IsDebit(ReadOnlySpan<byte> word) => _signs.IsDebit(word);

    /// <summary>Gives the sum of one side its sign, as the layout says for columns of debits and credits.</summary>
    /// <returns>Null, or why its sign is not certain.</returns>
    public string? Sign(bool isDebit, ref decimal sum)
    {
        if (sum < 0 && _layout.DebitsAreSigned is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{sum} is negative as a sum of {(isDebit ? "debits" : "credits")}, which can be read in two ways. Set debitsAreSigned in the layout");
        }

        sum = _layout.DebitsAreSigned is not true && isDebit == _layout.DebitIsNegative ? Negative(sum) : sum;
        return null;
    }

    /// <summary>Turns money as written into that of amounts: minor units, and the sign of all.</summary>
    /// <returns>Null, or why it cannot.</returns>
    public string? Settle(string? currencyCode, ref decimal money)
    {
        if (_layout.MinorUnits && (currencyCode is null ? "it is in minor units of a currency that is not stated" : ToUnits(currencyCode, ref money)?.Detail) is { } fault)
        {
            return fault;
        }

        money = _layout.NegateAmounts ? Negative(money) : money;
        return null;
    }

    private RowFault? ReadNumber<TFields>(in TFields fields, int column, string? currencyCode, out decimal number)
        where TFields : struct, IRowFields =>
        ReadNumber(_columns.ValueOf(fields, column), _columns.Names[column], currencyCode, fields.IsNumber(column), out number);

    /// <summary>Reads a number that stands outside rows as those in rows.</summary>
    public RowFault? ReadNumber(ReadOnlySpan<byte> value, string column, string? currencyCode, out decimal number) =>
        ReadNumber(value, column, currencyCode, isNumber: false, out number);

    private RowFault? ReadNumber(ReadOnlySpan<byte> value, string column, string? currencyCode, bool isNumber, out decimal number)
    {
        if (AmountParser.Parse(value, isNumber ? NumberFormat.Invariant : _numbers, column, out number, out string? mark) is { } fault)
        {
            return fault;
        }

        return mark is not null && currencyCode is not null && !CurrencySigns.MayBe(mark, currencyCode.Trim())
            ? new(QuarantineReason.CurrencyContradicted, $"Column '{column}': {Utf8Text.Quote(value)} names a different currency than {Excerpt.Of(currencyCode)}, the currency of the row by its column or by the layout. Correct the source, or the layout's currency.")
            : !isNumber && number.Scale == 3 && !_layout.NumbersAreStated && AmountText.IsMaybeThousands(value) && !HasThreeDecimals(currencyCode)
            ? new(QuarantineReason.BadAmount, $"Column '{column}': {Utf8Text.Quote(value)} may have three decimals or be thousands. Set numbers in the layout: {{ \"decimalMark\": \".\" }} for decimals, {{ \"decimalMark\": \",\", \"groupSeparators\": \".\" }} for thousands.")
            : null;
    }

    private static bool HasThreeDecimals(string? currencyCode) =>
        Currency.TryParse(currencyCode, out Currency? currency) && currency.MinorUnits == 3;

    private static RowFault? ToUnits(string? currencyCode, ref decimal amount)
    {
        if (!Currency.TryParse(currencyCode, out Currency? currency) || currency.MinorUnits is not { } decimals)
        {
            return currencyCode is null ? null : new(QuarantineReason.UnknownCurrency, $"Currency '{Excerpt.Of(currencyCode)}' has no known minor units, but the layout says that amounts are in minor units. Correct the source, or the layout's minorUnits.");
        }

        if (amount != decimal.Truncate(amount))
        {
            return new(QuarantineReason.BadAmount, string.Create(CultureInfo.InvariantCulture, $"{amount} is not a whole number, but the layout says that amounts are in minor units. Correct the source, or the layout's minorUnits."));
        }

        for (int i = 0; i < decimals; i++)
        {
            amount *= 0.1m;
        }

        return null;
    }

    private RowFault? ContradictsHeader(string? currencyCode)
    {
        foreach (string? header in _headerCurrencies)
        {
            if (header is not null && currencyCode is not null && !header.Equals(currencyCode.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return new(QuarantineReason.CurrencyContradicted, $"The header of the amount names {header}, but the row is in {Excerpt.Of(currencyCode)} by its column or by the layout. Name the right columns in the layout, or set columns.currency to null and defaultCurrency to {header}.");
            }
        }

        return null;
    }

    // Zero has no sign.
    private static decimal Negative(decimal amount) => amount == 0 ? amount : -amount;
}
