namespace Billing;

/// <summary>What makes a record the same record on every delivery.</summary>
public sealed class RecordIdentity
{
    internal const string ColumnsPrefix = "columns";
    internal const string CountedPrefix = "columns+occurrence";

    private RecordIdentity(RecordIdentityKind kind, IReadOnlyList<string> columns)
    {
        Kind = kind;
        ColumnNames = columns;
    }

    /// <summary>The content, and the occurrence among equal rows of one source. The default: equal rows of a file are kept, a second delivery adds nothing.</summary>
    public static RecordIdentity Content { get; } = new(RecordIdentityKind.Content, []);

    /// <summary>The name of the source and the byte offset in it: for sharded files, where no shard sees all of the rows.</summary>
    public static RecordIdentity Position { get; } = new(RecordIdentityKind.Position, []);

    /// <summary>The kind.</summary>
    public RecordIdentityKind Kind { get; }

    /// <summary>Whether equal rows of one source are counted, so that all of them are kept.</summary>
    internal bool Counts => Kind is RecordIdentityKind.Content or RecordIdentityKind.CountedColumns;

    /// <summary>The columns, for <see cref="RecordIdentityKind.Columns"/> and <see cref="RecordIdentityKind.CountedColumns"/>; empty otherwise.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>The values of named columns of the source that hold a true id, such as <c>transaction_id</c>: one record for the same values. Other content under them is a conflict.</summary>
    /// <exception cref="ArgumentException">No name, or a blank one.</exception>
    public static RecordIdentity Columns(params IEnumerable<string> names) => new(RecordIdentityKind.Columns, Checked(names));

    /// <summary>
    /// The values of named columns that are no id, such as date, party and amount, and the occurrence among the rows of one source that have the same:
    /// two lawful rows stay two, and a second delivery adds nothing.
    /// </summary>
    /// <exception cref="ArgumentException">No name, or a blank one.</exception>
    public static RecordIdentity CountedColumns(params IEnumerable<string> names) => new(RecordIdentityKind.CountedColumns, Checked(names));

    /// <summary>Reads <c>content</c>, <c>position</c>, <c>columns:a,b</c> or <c>columns+occurrence:a,b</c>.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is none of them.</exception>
    public static RecordIdentity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        switch (text)
        {
            case "content":
                return Content;
            case "position":
                return Position;
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string[] names = colon < 0 ? [""] : text[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries);
        return (names.All(name => name.Length > 0) ? text[..colon] : null) switch
        {
            ColumnsPrefix => Columns(names),
            CountedPrefix => CountedColumns(names),
            _ => throw new FormatException($"'{text}' is no identity. Use content, position, or columns: and the names of an id, such as columns:invoice_no,line_no; for columns that are no id, columns+occurrence: and their names."),
        };
    }

    /// <summary>What <see cref="Parse"/> reads.</summary>
    public override string ToString() => Kind switch
    {
        RecordIdentityKind.Content => "content",
        RecordIdentityKind.Position => "position",
        RecordIdentityKind.CountedColumns => $"{CountedPrefix}:{string.Join(',', ColumnNames)}",
        _ => $"{ColumnsPrefix}:{string.Join(',', ColumnNames)}",
    };

    private static string[] Checked(IEnumerable<string> names)
    {
        string[] columns = [.. names];
        return columns.Length > 0 && !columns.Any(string.IsNullOrWhiteSpace)
            ? columns
            : throw new ArgumentException("Name at least one column; no name may be blank.", nameof(names));
    }
}
