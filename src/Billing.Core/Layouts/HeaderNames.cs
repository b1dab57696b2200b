using System.Globalization;
using Billing.Texts;

namespace Billing.Layouts;

/// <summary>The names of a header: makes them unique, finds them, and suggests them.</summary>
internal sealed class HeaderNames
{
    private const int MaxListed = 60;

    private readonly string[] _written;
    private readonly bool _arePaths;

    /// <param name="header">The names as written.</param>
    /// <param name="arePaths">Whether a point in a name leads to a nested member, as in JSON.</param>
    public HeaderNames(IReadOnlyList<string> header, bool arePaths = false)
    {
        _arePaths = arePaths;
        _written = [.. header.Select(name => name.Trim())];
        Unique = MakeUnique(_written);
    }

    /// <summary>The names as in <see cref="ColumnMap.Names"/>.</summary>
    public string[] Unique { get; }

    public int Count => _written.Length;

    /// <summary>Finds what the name of a column, as written, stands for.</summary>
    public bool TryFindSynonym(int index, out HeaderSynonym synonym)
    {
        string name = _written[index];
        if (HeaderSynonyms.TryFind(name, out synonym))
        {
            return true;
        }

        // A nested member is known by its own name, but less firmly than any that is not nested.
        if (!_arePaths || name.LastIndexOf('.') is not (> 0 and var point) || !HeaderSynonyms.TryFind(name[(point + 1)..], out synonym))
        {
            return false;
        }

        synonym = synonym with { Rank = synonym.Rank + HeaderSynonyms.NestedRank };
        return true;
    }

    /// <summary>Returns what names the column without ambiguity in a layout: its name, or its place if it has no name of its own or one that reads as a place.</summary>
    public string NameFor(int index)
    {
        string name = _written[index];
        bool byPlace = name.Length == 0
            || TryReadPlace(name, out _)
            || _written.Count(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1;
        return byPlace ? PlaceOf(index) : name;
    }

    /// <summary>Returns the columns that a name in a layout stands for: by place, by the name as written, else in any letter case, else as made unique.</summary>
    public int[] Find(string name)
    {
        name = name.Trim();
        if (TryReadPlace(name, out int place))
        {
            return place >= 1 && place <= Count ? [place - 1] : [];
        }

        int[] found = Where(_written, name, StringComparison.Ordinal);
        found = found.Length > 0 ? found : Where(_written, name, StringComparison.OrdinalIgnoreCase);
        return found.Length > 0 ? found : Where(Unique, name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Returns the header for a message.</summary>
    public string List() => Count == 0
        ? "none"
        : string.Join(", ", Unique.Take(MaxListed)) + (Count > MaxListed ? string.Create(CultureInfo.InvariantCulture, $", and {Count - MaxListed} more") : "");

    /// <summary>Returns a sentence that suggests names close to a missing one; empty if there are none.</summary>
    public string Suggest(string name)
    {
        string wanted = PlainName.Of(name);
        int most = Math.Max(1, wanted.Length / 4);
        string[] close = [.. Unique
            .Select(candidate => (Name: candidate, Plain: PlainName.Of(candidate)))
            .Where(candidate => Math.Abs(candidate.Plain.Length - wanted.Length) <= most)
            .Select(candidate => (candidate.Name, Distance: EditDistance.Between(wanted, candidate.Plain)))
            .Where(candidate => candidate.Distance <= most)
            .OrderBy(candidate => candidate.Distance)
            .Take(3)
            .Select(candidate => $"'{candidate.Name}'")];
        return close.Length == 0 ? "" : $" Is it {string.Join(" or ", close)}?";
    }

    public static string PlaceOf(int index) => string.Create(CultureInfo.InvariantCulture, $"#{index + 1}");

    /// <summary>Reads a place, such as <c>#3</c>.</summary>
    public static bool TryReadPlace(string name, out int place)
    {
        place = 0;
        return name.StartsWith('#') && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out place);
    }

    private static int[] Where(string[] names, string name, StringComparison comparison) =>
        [.. Enumerable.Range(0, names.Length).Where(i => names[i].Equals(name, comparison))];

    private static string[] MakeUnique(string[] written)
    {
        // A name that is in the header as written stays: only repeats and blanks get a made-up name.
        HashSet<string> taken = new(written, StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        // The last count of each repeated name, so that thousands of equal names do not count from two each time.
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        string[] unique = new string[written.Length];
        for (int i = 0; i < written.Length; i++)
        {
            string name = written[i];
            if (name.Length > 0 && seen.Add(name))
            {
                unique[i] = name;
                continue;
            }

            string stem = name.Length == 0 ? PlaceOf(i) : name;
            string candidate = name.Length == 0 ? stem : $"{stem} (2)";
            int count = counts.GetValueOrDefault(stem, 2);
            for (; !taken.Add(candidate); count++)
            {
                candidate = string.Create(CultureInfo.InvariantCulture, $"{stem} ({count})");
            }

            counts[stem] = count;

            unique[i] = candidate;
        }

        return unique;
    }
}
