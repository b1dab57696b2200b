namespace Billing.Storage;

/// <summary>A field of a record: what stores, CSV and JSON call it. There is one of each.</summary>
internal sealed class RecordField(string name, FieldKind kind, int column, IReadOnlyList<string> columns)
{
    /// <summary>The name of the property, in snake case.</summary>
    public string Name => name;

    /// <summary>The name in JSON.</summary>
    public string JsonName { get; } = Camel(name);

    /// <summary>The kind of its values.</summary>
    public FieldKind Kind => kind;

    /// <summary>The place of its first column among the columns of all fields, from 0.</summary>
    public int Column => column;

    /// <summary>The names of its columns.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>A name in camel case.</summary>
    public static string Camel(string name)
    {
        string[] words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
