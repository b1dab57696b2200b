using SQLitePCL;

namespace Billing.Sinks.Sqlite.Statements;

/// <summary>The functions that this package adds to SQLite. An exception must not reach native code, so each becomes an error of the statement.</summary>
internal static class SqliteFunctions
{
    private const int Flags = raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC;

    /// <summary>Adds the functions to a connection.</summary>
    public static void Register(sqlite3 db)
    {
        raw.sqlite3_create_function(db, "exact_sum", 1, Flags, null, SumStep, SumEnd);
        raw.sqlite3_create_function(db, "has_text", -1, Flags, null, HasText);
        raw.sqlite3_create_function(db, "has_flag", 2, Flags, null, HasFlag);
    }

    /// <summary><c>exact_sum(amount)</c>: the sum of amounts in text, as text. SQLite's own <c>sum</c> would use binary floating point.</summary>
    private static void SumStep(sqlite3_context context, object data, sqlite3_value[] arguments)
    {
        try
        {
            ((ExactAccumulator)(context.state ??= new ExactAccumulator())).Add(raw.sqlite3_value_blob(arguments[0]));
        }
        catch (Exception e)
        {
            Fail(context, e);
        }
    }

    private static void SumEnd(sqlite3_context context, object data)
    {
        try
        {
            raw.sqlite3_result_text(context, ((ExactAccumulator?)context.state)?.Sum.ToString() ?? "0");
        }
        catch (Exception e)
        {
            Fail(context, e);
        }
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

    private static void Fail(sqlite3_context context, Exception e) => raw.sqlite3_result_error(context, utf8z.FromString(e.Message));
}
