using System.Collections;

namespace Billing;

/// <summary>The further columns of a record, in the order of the source; names are unique, values may be null. The names are shared between the records of a source.</summary>
public sealed class RecordAttributes : IReadOnlyList<KeyValuePair<string, string?>>
{
    private readonly string[] _names;
    private readonly string?[] _values;

    /// <summary>Attributes with these names and, at the same places, these values. Both arrays are copied.</summary>
    /// <exception cref="ArgumentException">The arrays differ in length.</exception>
    public RecordAttributes(string[] names, string?[] values)
        : this((Copy(names), Copy(values)))
    {
        if (names.Length != values.Length)
        {
            throw new ArgumentException($"{names.Length} names but {values.Length} values.", nameof(values));
        }
    }

    private RecordAttributes((string[] Names, string?[] Values) own) => (_names, _values) = own;

    /// <summary>Attributes that keep the arrays: nobody changes them any more. The names are those of all rows of a source.</summary>
    internal static RecordAttributes Of(string[] names, string?[] values) => new((names, values));

    /// <summary>No attributes.</summary>
    public static RecordAttributes Empty { get; } = new([], []);

    /// <inheritdoc/>
    public int Count => _names.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, string?> this[int index] => new(_names[index], _values[index]);

    /// <summary>The value of the attribute <paramref name="name"/> (exact case), or null where there is none.</summary>
    public string? this[string name] => TryGetValue(name, out string? value) ? value : null;

    /// <summary>The names, in order.</summary>
    public ReadOnlySpan<string> Names => _names;

    /// <summary>The values, in order.</summary>
    public ReadOnlySpan<string?> Values => _values;

    /// <summary>Finds the attribute <paramref name="name"/> (exact case).</summary>
    /// <returns>Whether there is one; its value may be null all the same.</returns>
    public bool TryGetValue(string name, out string? value)
    {
        int index = Array.IndexOf(_names, name);
        value = index < 0 ? null : _values[index];
        return index >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator()
    {
        for (int i = 0; i < _names.Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static T[] Copy<T>(T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. values];
    }
}
