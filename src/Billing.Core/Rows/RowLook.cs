using System.Text;
using Billing.Layouts;
using Billing.Values;
using CsvHelper;

namespace Billing.Rows;

/// <summary>Tells names from values, where no layout has said yet what is what.</summary>
internal static class RowLook
{
    /// <summary>Whether fields are the names of columns: some are known, or none is a date or a number.</summary>
    public static bool LikeAHeader(IReadOnlyList<string> fields) =>
        !LikeARow(fields) && (fields.Any(field => HeaderSynonyms.TryFind(field, out _)) || !fields.Any(field => IsValue(Encoding.UTF8.GetBytes(field))));

    /// <summary>Whether fields have a date and a number, as a row of a bill has: one of them may be a known word all the same, such as debit.</summary>
    public static bool LikeARow(IReadOnlyList<string> fields)
    {
        // Without a digit nothing is a date or a number: most headers are told by that, without the cost of every format that is known.
        byte[][] values = [.. fields.Where(field => field.AsSpan().ContainsAnyInRange('0', '9')).Select(Encoding.UTF8.GetBytes)];
        return values.Length > 1
            && values.Any(value => DateLook.IsDate(value))
            && values.Any(value => !DateLook.IsDate(value) && NumberLook.IsNumber(value));
    }

    /// <summary>Whether a line by itself has a date and a number, as a row of a bill has.</summary>
    public static bool LikeARow(CsvReader line)
    {
        bool date = false;
        bool number = false;
        for (int i = 0; i < line.FieldCount; i++)
        {
            ReadOnlySpan<byte> field = line.GetSpan(i);
            bool isDate = DateLook.IsDate(field);
            date |= isDate;
            number |= !isDate && NumberLook.IsNumber(field);
        }

        return date && number;
    }

    private static bool IsValue(ReadOnlySpan<byte> field) => DateLook.IsDate(field) || NumberLook.IsNumber(field);
}
