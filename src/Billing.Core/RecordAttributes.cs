using System.Collections;
using System.Text.Json.Serialization;

namespace Billing;

/// <summary>The further columns of a record, in the order of the source; names are unique, values may be null. The names are shared between the records of a source.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public sealed class RecordAttributes : IReadOnlyList<KeyValuePair<string, string?>>
{
    private readonly string[] _names;
    private readonly string?[] _values;
    private readonly bool[] _ignored;

    /// <summary>Creates attributes from names and, at the same indexes, values. Both arrays are copied.</summary>
    /// <exception cref="ArgumentException">The arrays differ in length.</exception>
    public RecordAttributes(string[] names, string?[] values)
        : this(names, values, [])
    {
    }

    /// <summary>Creates attributes of which some are not part of the fingerprint (<see cref="SourceLayout.Ignore"/>). The arrays are copied.</summary>
    /// <param name="names">The names.</param>
    /// <param name="values">The values, at the same indexes.</param>
    /// <param name="ignored">The names of those that are not part of the fingerprint, in the same letter case.</param>
    /// <exception cref="ArgumentException">The arrays differ in length.</exception>
    public RecordAttributes(string[] names, string?[] values, IReadOnlyCollection<string> ignored)
        : this(Places(names, ignored), Copy(names), Copy(values))
    {
        if (names.Length != values.Length)
        {
            throw new ArgumentException($"There are {names.Length} names but {values.Length} values. Give one value per name.", nameof(values));
        }
    }

    private RecordAttributes(bool[] ignored, string[] names, string?[] values) => (_names, _values, _ignored) = (names, values, ignored);

    /// <summary>Creates attributes that keep the arrays, which must not change any more. The rows of a source share the names and the marks of ignored attributes.</summary>
    internal static RecordAttributes Of(string[] names, string?[] values, bool[] ignored) => new(ignored, names, values);

    /// <summary>No attributes.</summary>
    public static RecordAttributes Empty { get; } = new([], [], []);

    /// <inheritdoc/>
    public int Count => _names.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, string?> this[int index] => new(_names[index], _values[index]);

    /// <summary>The value of the attribute <paramref name="name"/> (exact case), or null if there is none.</summary>
    public string? this[string name] => TryGetValue(name, out string? value) ? value : null;

    /// <summary>The names, in order.</summary>
    public ReadOnlySpan<string> Names => _names;

    /// <summary>The values, in order.</summary>
    public ReadOnlySpan<string?> Values => _values;

    /// <summary>The names of the attributes that are not part of the fingerprint (<see cref="SourceLayout.Ignore"/>), in order; usually empty.</summary>
    public IReadOnlyList<string> Ignored => _ignored.Length == 0 ? [] : [.. _names.Where((_, place) => _ignored[place])];

    /// <summary>Whether the attribute at <paramref name="index"/> is not part of the fingerprint.</summary>
    public bool IsIgnored(int index) => _ignored.Length > 0 && _ignored[index];

    /// <summary>For each attribute, whether it is ignored; empty if none is. It never changes.</summary>
    internal bool[] IgnoredPlaces => _ignored;

    /// <summary>The names, in an array that never changes: the records of a source share it.</summary>
    internal string[] SharedNames => _names;

    /// <summary>Returns the same attributes, with other ones ignored.</summary>
    internal RecordAttributes WithIgnored(Predicate<string> ignored)
    {
        bool[] places = PlacesOf(_names, ignored);
        return places.AsSpan().SequenceEqual(_ignored) ? this : new RecordAttributes(places, _names, _values);
    }

    /// <summary>Returns for each name whether it is ignored; empty if none is.</summary>
    internal static bool[] PlacesOf(string[] names, Predicate<string> ignored) =>
        Array.Exists(names, ignored) ? Array.ConvertAll(names, name => ignored(name)) : [];

    /// <summary>Finds the attribute <paramref name="name"/> (exact case).</summary>
    /// <returns>Whether there is one. Its value may still be null.</returns>
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

    /// <summary>Names and values, in order, such as <c>city=Oslo, vat=</c>.</summary>
    public override string ToString() => string.Join(", ", this.Select(attribute => $"{attribute.Key}={attribute.Value}"));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool[] Places(string[] names, IReadOnlyCollection<string> ignored)
    {
        ArgumentNullException.ThrowIfNull(ignored);
        return ignored.Count == 0 ? [] : PlacesOf(names, ignored.Contains);
    }

    private static T[] Copy<T>(T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. values];
    }
}
