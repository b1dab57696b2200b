using System.Text;
using Billing.Layouts;
using Billing.Values;
using CsvHelper;

namespace Billing.Rows;

/// <summary>Distinguishes names from values before a layout says what is what.</summary>
internal static class RowLook
{
    /// <summary>Whether fields are the names of columns: some are known, or none is a date or a number.</summary>
    public static bool LikeAHeader(IReadOnlyList<string> fields) =>
        !LikeARow(fields) && (fields.Any(field => HeaderSynonyms.TryFind(field, out _)) || !fields.Any(field => IsValue(Encoding.UTF8.GetBytes(field))));

    /// <summary>Whether fields have a date and a number, like a row of a bill. One of them may still be a known word, such as debit.</summary>
    public static bool LikeARow(IReadOnlyList<string> fields)
    {
        // Nothing without a digit is a date or a number: that settles most headers without the cost of every known format.
        byte[][] values = [.. fields.Where(field => field.AsSpan().ContainsAnyInRange('0', '9')).Select(Encoding.UTF8.GetBytes)];
        return values.Length > 1
            && values.Any(value => DateLook.IsDate(value))
            && values.Any(value => !DateLook.IsDate(value) && NumberLook.IsNumber(value));
    }

    /// <summary>Whether a line by itself has a date and a number, like a row of a bill.</summary>
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
