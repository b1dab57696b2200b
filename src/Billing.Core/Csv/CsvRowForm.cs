using Billing.Texts;
using Billing.Values;
using CsvHelper;

namespace Billing.Csv;

/// <summary>Judges the form of single rows.</summary>
/// <param name="columns">The number of fields of the header.</param>
/// <param name="leastFields">The number of fields that a row needs.</param>
internal readonly struct CsvRowForm(CsvDialect dialect, int columns, int leastFields)
{
    /// <summary>Returns the fault if a row does not have the right number of fields, or null.</summary>
    public RowFault? FieldCountFault(CsvReader reader)
    {
        int fields = reader.FieldCount;
        bool fits = fields == columns || (fields < columns ? fields >= leastFields : AreBlank(reader, columns, fields));
        return fits ? null : CsvFaults.Ragged(fields, columns);
    }

    /// <summary>Whether a record has only blank fields: such a line is not a row. The first byte settles this for nearly every row.</summary>
    public bool IsBlank(CsvReader reader, byte first) =>
        (first == dialect.Separator || first == dialect.Quote || first is (byte)' ' or (byte)'\t' or > 0x7F)
        && AreBlank(reader, 0, reader.FieldCount);

    /// <summary>Returns the fault of an examined row, or null.</summary>
    public RowFault? FaultOf(CsvExamination found) => found.Verdict switch
    {
        CsvVerdict.Lawful => null,
        CsvVerdict.Malformed => CsvFaults.MalformedQuote((char)dialect.Quote),
        CsvVerdict.Ragged => CsvFaults.Ragged(found.Fields, columns),
        _ => CsvFaults.UnclosedQuote((char)dialect.Quote),
    };

    private static bool AreBlank(CsvReader reader, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (!Utf8Text.Trim(reader.GetSpan(i)).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }
}
