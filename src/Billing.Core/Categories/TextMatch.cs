using System.Buffers;
using System.Collections.Frozen;

namespace Billing.Categories;

/// <summary>Matches texts: equal to one of a list, containing one of a list, or beginning with one of a list. All that are given must hold.</summary>
internal sealed class TextMatch
{
    private readonly FrozenSet<string>? _oneOf;
    private readonly SearchValues<string>? _contained;
    private readonly string[]? _beginnings;
    private readonly StringComparison _comparison;

    /// <param name="comparison">Ordinal or OrdinalIgnoreCase.</param>
    public TextMatch(string[]? oneOf, string[]? contained, string[]? beginnings, StringComparison comparison)
    {
        _oneOf = oneOf is null ? null : Spellings.Of(oneOf).ToFrozenSet(StringComparer.FromComparison(comparison));
        _contained = contained is null ? null : SearchValues.Create(Spellings.Of(contained), comparison);
        _beginnings = beginnings is null ? null : Spellings.Of(beginnings);
        _comparison = comparison;
    }

    /// <summary>Whether a text matches; a missing one never does.</summary>
    public bool Holds(string? text) =>
        text is not null
        && (_oneOf is null || _oneOf.Contains(text))
        && (_contained is null || text.AsSpan().ContainsAny(_contained))
        && (_beginnings is null || BeginsWithOne(_beginnings, text));

    private bool BeginsWithOne(string[] beginnings, string text)
    {
        foreach (string beginning in beginnings)
        {
            if (text.StartsWith(beginning, _comparison))
            {
                return true;
            }
        }

        return false;
    }
}
