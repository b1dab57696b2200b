namespace Billing;

/// <summary>What makes a record the same record on every delivery.</summary>
public sealed class RecordIdentity
{
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

    /// <summary>The columns, for <see cref="RecordIdentityKind.Columns"/>; empty otherwise.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>The values of named columns of the source, such as <c>transaction_id</c>. Other content under the same values is a conflict.</summary>
    /// <exception cref="ArgumentException">No name, or a blank one.</exception>
    public static RecordIdentity Columns(params IEnumerable<string> names)
    {
        string[] columns = [.. names];
        if (columns.Length == 0 || columns.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("Name at least one column; no name may be blank.", nameof(names));
        }

        return new RecordIdentity(RecordIdentityKind.Columns, columns);
    }

    /// <summary>Reads <c>content</c>, <c>position</c> or <c>columns:a,b</c>.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is none of them.</exception>
    public static RecordIdentity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string prefix = "columns:";
        return text switch
        {
            "content" => Content,
            "position" => Position,
            _ when text.StartsWith(prefix, StringComparison.Ordinal)
                && text[prefix.Length..].Split(',', StringSplitOptions.TrimEntries) is var names
                && names.All(name => name.Length > 0) => Columns(names),
            _ => throw new FormatException($"'{text}' is no identity. Use content, position, or columns: and names, such as columns:invoice_no,line_no."),
        };
    }

    /// <summary>What <see cref="Parse"/> reads.</summary>
    public override string ToString() => Kind switch
    {
        RecordIdentityKind.Content => "content",
        RecordIdentityKind.Position => "position",
        _ => "columns:" + string.Join(',', ColumnNames),
    };
}
