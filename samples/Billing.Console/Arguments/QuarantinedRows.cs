using System.CommandLine;

namespace Billing.Console.Arguments;

/// <summary>Rows of the quarantine, named one by one.</summary>
internal static class QuarantinedRows
{
    public static Argument<string[]> Argument(ArgumentArity arity) => new("rows")
    {
        Description = "Quarantined rows, each by its key or by file and line, such as june.csv:17.",
        HelpName = "KEY|FILE:LINE",
        Arity = arity,
    };

    /// <summary>What finds them, in order.</summary>
    /// <exception cref="UsageException">A text is neither a key nor a line.</exception>
    public static IReadOnlyList<QuarantineQuery> Queries(IEnumerable<string> rows) =>
        [.. rows.Select(RecordAddress.Parse).Select(row => new QuarantineQuery { Key = row.Key, SourceName = row.SourceName, Line = row.Key is null ? row.Line : null })];
}
