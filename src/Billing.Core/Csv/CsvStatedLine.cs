using Billing.Rows;

namespace Billing.Csv;

/// <summary>One kind of line that states totals.</summary>
/// <param name="Line">What the layout says of it.</param>
/// <param name="Words">Finds it by its words.</param>
/// <param name="Reader">Reads its figures.</param>
internal sealed record CsvStatedLine(StatedLine Line, CsvFooter Words, StatedReader Reader)
{
    /// <summary>Whether the first value of a line that is not blank is exactly the words: a line with a date may otherwise well be a row.</summary>
    public bool IsExactly(ReadOnlySpan<byte> line, CsvDialect dialect) =>
        CsvHeader.Split(line, dialect).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value))?.Trim().TrimEnd(':').TrimEnd().Equals(Line.Begins.Trim().TrimEnd(':').TrimEnd(), StringComparison.OrdinalIgnoreCase) == true;
}
