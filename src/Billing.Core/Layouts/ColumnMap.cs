using Billing.Values;

namespace Billing.Layouts;

/// <summary>Which column of one source is what: a layout, completed by header synonyms, applied to a header. -1 means that there is no such column.</summary>
/// <remarks>Two roles may share one column: <see cref="Date"/> and <see cref="Instant"/>, or <see cref="Scope"/> and another role.</remarks>
internal sealed class ColumnMap
{
    /// <summary>The header names, made unique and never blank: <c>tax</c>, <c>tax (2)</c>, <c>#3</c>.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The date; -1 if there is only an instant: the date is then that of the instant as written.</summary>
    public required int Date { get; init; }

    public required int Instant { get; init; }

    /// <summary>
    /// The time zone of instants without an offset: the layout's, else UTC if the column's name ends in <c>utc</c>, else null.
    /// Give it to <see cref="DateParser(SourceLayout, string?, bool)"/>.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>The signed amount; -1 if there is <see cref="Debit"/>, <see cref="Credit"/> or both.</summary>
    public required int Amount { get; init; }

    public required int Debit { get; init; }

    public required int Credit { get; init; }

    /// <summary>The word that says whether the amount is a debit or a credit; only if the layout names it.</summary>
    public required int Direction { get; init; }

    /// <summary>The fee charged in addition to the amount; only if the layout names it.</summary>
    public required int Fee { get; init; }

    public required int Currency { get; init; }

    public required int Id { get; init; }

    public required int Party { get; init; }

    public required int Account { get; init; }

    public required int Description { get; init; }

    public required int Scope { get; init; }

    /// <summary>The sender's category, which is an attribute as well; only where the layout names it.</summary>
    public required int Category { get; init; }

    /// <summary>The running balance, which is an attribute as well; only where the layout names it.</summary>
    public required int Balance { get; init; }

    /// <summary>The status, which is an attribute as well, and is ignored; only where the layout names it.</summary>
    public required int Status { get; init; }

    /// <summary>The bank's id of a pending transaction; only where the layout names it.</summary>
    public required int PendingId { get; init; }

    /// <summary>The columns of <see cref="SourceLayout.Required"/>.</summary>
    public required int[] Required { get; init; }

    /// <summary>The columns of the identity, in its order; empty unless it is by columns.</summary>
    public required int[] Identity { get; init; }

    /// <summary>The columns that are attributes: all that have no role above but <see cref="Category"/>, <see cref="Balance"/> and <see cref="Status"/>.</summary>
    public required int[] Attributes { get; init; }

    /// <summary>The names of <see cref="Attributes"/>, one array for all records of the source.</summary>
    public required string[] AttributeNames { get; init; }

    /// <summary>For each of <see cref="Attributes"/>, whether it is ignored; empty if none is.</summary>
    public required bool[] IgnoredAttributes { get; init; }

    /// <summary>The warnings for the report.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What is ignored by name, for members that only later objects have.</summary>
    public required IgnoredColumns Ignored { get; init; }

    /// <summary>The columns that the layout uses: all that have a role, are required or identify the record.</summary>
    public IEnumerable<int> Named => Enumerable.Range(0, Names.Count).Except(Attributes).Concat(Required).Concat(Identity).Concat(((int[])[Category, Balance, Status, PendingId]).Where(column => column >= 0)).Distinct();

    /// <summary>The texts that mean null, in UTF-8.</summary>
    public byte[][] NullValues { get; init; } = [];

    /// <summary>Returns the value of a column; empty if it means null.</summary>
    public ReadOnlySpan<byte> ValueOf<TFields>(in TFields fields, int column)
        where TFields : struct, IRowFields
    {
        ReadOnlySpan<byte> value = fields[column];
        return NullValues.Length > 0 && IsNull(value) ? default : value;
    }

    /// <summary>Whether a value means null.</summary>
    public bool IsNull(ReadOnlySpan<byte> value)
    {
        foreach (byte[] nullValue in NullValues)
        {
            if (value.SequenceEqual(nullValue))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Applies <paramref name="layout"/> to a header.</summary>
    /// <exception cref="SourceFormatException">A column that the layout names is missing, the date or the amount cannot be found, or several columns could have one role. The message lists the candidates and the remedy.</exception>
    /// <exception cref="BillingConfigurationException">The layout is invalid or contradicts itself.</exception>
    public static ColumnMap Resolve(string sourceName, IReadOnlyList<string> header, SourceLayout layout, RecordIdentity identity)
    {
        layout.Validate();
        return new ColumnResolver(sourceName, new HeaderNames(header), layout).Resolve(identity);
    }
}
