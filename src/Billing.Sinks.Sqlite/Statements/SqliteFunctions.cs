using System.Globalization;
using SQLitePCL;

namespace Billing.Sinks.Sqlite.Statements;

/// <summary>The functions that this package adds to SQLite. An exception must not reach native code, so each becomes an error of the statement.</summary>
internal static class SqliteFunctions
{
    /// <summary>The order of amounts in text, as numbers.</summary>
    public const string AmountOrder = "amount_order";

    private const int Flags = raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC;

    /// <summary>Adds the functions to a connection.</summary>
    public static void Register(sqlite3 db)
    {
        raw.sqlite3_create_function(db, "has_text", -1, Flags, null, HasText);
        raw.sqlite3_create_function(db, "has_flag", 2, Flags, null, HasFlag);
        raw.sqlite3__create_collation_utf8(db, AmountOrder, null, CompareAmounts);
    }

    /// <summary><c>has_text(text, value, ...)</c>: whether a value contains the text, with ASCII letters in any case. LIKE has wildcards and stops at U+0000.</summary>
    private static void HasText(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        try
        {
            ReadOnlySpan<byte> text = raw.sqlite3_value_blob(arguments[0]);
            bool found = false;
            for (int i = 1; i < arguments.Length && !found; i++)
            {
                found = AsciiSearch.Contains(raw.sqlite3_value_blob(arguments[i]), text);
            }

            raw.sqlite3_result_int(context, found ? 1 : 0);
        }
        catch (Exception e)
        {
            Fail(context, e);
        }
    }

    /// <summary><c>has_flag(flag, flags)</c>: whether a JSON array of texts contains a text.</summary>
    private static void HasFlag(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        try
        {
            ReadOnlySpan<byte> flag = raw.sqlite3_value_blob(arguments[0]);
            ReadOnlySpan<byte> flags = raw.sqlite3_value_blob(arguments[1]);
            raw.sqlite3_result_int(context, JsonText.HasText(flags, flag) ? 1 : 0);
        }
        catch (Exception e)
        {
            Fail(context, e);
        }
    }

    // What somebody wrote by hand and is no amount has an order too: an error cannot be returned from here.
    private static int CompareAmounts(object data, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        decimal.TryParse(left, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal one)
        && decimal.TryParse(right, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal other)
            ? one.CompareTo(other)
            : left.SequenceCompareTo(right);

    private static void Fail(sqlite3_context context, Exception e) => raw.sqlite3_result_error(context, utf8z.FromString(e.Message));
}
