using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Billing.Texts;

namespace Billing;

/// <summary>The identity of records: what makes a record the same record on every delivery.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public sealed class RecordIdentity : IEquatable<RecordIdentity>, ISpanParsable<RecordIdentity>, ISpanFormattable, IUtf8SpanFormattable
{
    internal const string ColumnsPrefix = "columns";
    internal const string CountedPrefix = "columns+occurrence";

    private RecordIdentity(RecordIdentityKind kind, IReadOnlyList<string> columns)
    {
        Kind = kind;
        ColumnNames = columns;
    }

    /// <summary>The identity by content, and by occurrence among equal rows of one source. The default: equal rows of a file are kept, and a second delivery adds nothing.</summary>
    public static RecordIdentity Content { get; } = new(RecordIdentityKind.Content, []);

    /// <summary>The identity by the name of the source and the byte offset in it. For sharded files, where no shard sees all of the rows.</summary>
    public static RecordIdentity Position { get; } = new(RecordIdentityKind.Position, []);

    /// <summary>The kind.</summary>
    public RecordIdentityKind Kind { get; }

    /// <summary>Whether equal rows of one source are counted, so that all of them are kept.</summary>
    internal bool Counts => Kind is RecordIdentityKind.Content or RecordIdentityKind.CountedColumns;

    /// <summary>The columns, for <see cref="RecordIdentityKind.Columns"/> and <see cref="RecordIdentityKind.CountedColumns"/>; empty otherwise.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Returns the identity by the values of named columns that hold a true id, such as <c>transaction_id</c>: the same values are one record. Other content with the same values is a conflict.</summary>
    /// <exception cref="BillingConfigurationException">There is no name, or a name is blank.</exception>
    public static RecordIdentity Columns(params IEnumerable<string> names) => new(RecordIdentityKind.Columns, Checked(names));

    /// <summary>
    /// Returns the identity by the values of named columns that are not an id, such as date, party and amount, and by the occurrence among the rows of one source with the same values:
    /// two lawful rows stay two, and a second delivery adds nothing.
    /// </summary>
    /// <exception cref="BillingConfigurationException">There is no name, or a name is blank.</exception>
    public static RecordIdentity CountedColumns(params IEnumerable<string> names) => new(RecordIdentityKind.CountedColumns, Checked(names));

    /// <summary>Reads <c>content</c>, <c>position</c>, <c>columns:a,b</c> or <c>columns+occurrence:a,b</c>.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is anything else.</exception>
    public static RecordIdentity Parse(ReadOnlySpan<char> s) =>
        TryParse(s, out RecordIdentity? value) ? value : throw new FormatException($"'{s}' is not an identity. Use content, position, or columns: and the names of the id columns, such as columns:invoice_no,line_no. For columns that are not an id, use columns+occurrence: and their names.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static RecordIdentity Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan());
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out RecordIdentity?)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, [NotNullWhen(true)] out RecordIdentity? result) => TryParse(s.AsSpan(), out result);

    /// <summary>Reads what <see cref="Parse(ReadOnlySpan{char})"/> reads.</summary>
    /// <returns>Whether <paramref name="s"/> is that.</returns>
    public static bool TryParse(ReadOnlySpan<char> s, [NotNullWhen(true)] out RecordIdentity? result)
    {
        int colon = s.IndexOf(':');
        string[] names = colon < 0 ? [] : s[(colon + 1)..].ToString().Split(',', StringSplitOptions.TrimEntries);
        bool named = names.Length > 0 && Array.TrueForAll(names, name => name.Length > 0);
        result = (colon < 0 ? s : s[..colon]) switch
        {
            "content" when colon < 0 => Content,
            "position" when colon < 0 => Position,
            ColumnsPrefix when named => Columns(names),
            CountedPrefix when named => CountedColumns(names),
            _ => null,
        };
        return result is not null;
    }

    /// <inheritdoc/>
    public bool Equals(RecordIdentity? other) => other is not null && Kind == other.Kind && ColumnNames.SequenceEqual(other.ColumnNames);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecordIdentity);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, ColumnNames.Count, ColumnNames.Count > 0 ? ColumnNames[0] : null);

    /// <summary>What <see cref="Parse(ReadOnlySpan{char})"/> reads; a name with a comma in it does not come back.</summary>
    public override string ToString() => Kind switch
    {
        RecordIdentityKind.Content => "content",
        RecordIdentityKind.Position => "position",
        RecordIdentityKind.CountedColumns => $"{CountedPrefix}:{string.Join(',', ColumnNames)}",
        _ => $"{ColumnsPrefix}:{string.Join(',', ColumnNames)}",
    };

    static RecordIdentity IParsable<RecordIdentity>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static RecordIdentity ISpanParsable<RecordIdentity>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<RecordIdentity>.TryParse(string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out RecordIdentity result) => TryParse(s, out result);

    static bool ISpanParsable<RecordIdentity>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [MaybeNullWhen(false)] out RecordIdentity result) => TryParse(s, out result);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => TextFormat.TryWrite(ToString(), destination, out charsWritten);

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => TextFormat.TryWrite(ToString(), utf8Destination, out bytesWritten);

    private static string[] Checked(IEnumerable<string> names)
    {
        string[] columns = [.. names];
        return columns.Length > 0 && !columns.Any(string.IsNullOrWhiteSpace)
            ? columns
            : throw new BillingConfigurationException($"{nameof(RecordIdentity)} of columns names '{string.Join(',', columns)}'. Name at least one column; no name may be blank.");
    }
}
