using Billing.Layouts;
using CsvHelper;

namespace Billing.Csv;

/// <summary>The fields of the row that a CSV reader is on.</summary>
/// <param name="reader">The reader.</param>
/// <param name="escape">The escape that is masked in its fields, or null.</param>
/// <param name="block">The block that it reads.</param>
internal readonly struct CsvFields(CsvReader reader, byte? escape, byte[]? block = null) : IRowFields
{
    public byte[]? Block => block;

    public ReadOnlySpan<byte> this[int column] => escape is { } known ? CsvEscape.Value(reader.GetSpan(column), known) : reader.GetSpan(column);

    public bool IsNumber(int column) => false;
}
