using CsvHelper;

namespace Billing.Parsing;

/// <summary>The fields that a CSV reader stands on.</summary>
internal readonly struct CsvFields(CsvReader reader) : IRowFields
{
    public ReadOnlySpan<byte> this[int column] => reader.GetSpan(column);

    public bool IsNumber(int column) => false;
}
