using System.Globalization;
using Billing.Web.Problems;

namespace Billing.Web.Records;

/// <summary>Reads the parameters of an address. A parameter that the route does not know is an error: a filter that is misspelt would filter nothing.</summary>
internal sealed class QueryReader
{
    private const int LongestValue = 2_000;
    private const int DefaultLimit = 100;
    private const int MostLimit = 1_000;

    private readonly IQueryCollection _query;
    private readonly FieldErrors _errors = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public QueryReader(HttpRequest request) => _query = request.Query;

    public string? Text(string name) => Value(name) is { Length: > 0 } text ? text : null;

    /// <summary>The value, also an empty one; null where it is not stated.</summary>
    public string? TextOrEmpty(string name) => Value(name);

    public DateOnly? Day(string name) => Parsed<DateOnly>(name, "a day such as 2025-06-17", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null);

    /// <summary>The first day of a month.</summary>
    public DateOnly? Month(string name) => Parsed<DateOnly>(name, "a month such as 2025-06", text => DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null);

    public int? Year(string name) => Parsed<int>(name, "a year such as 2025", text => text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year) && year > 0 ? year : null);

    public bool Flag(string name) => Parsed<bool>(name, "true or false", text => text switch { "true" => true, "false" => false, _ => (bool?)null }) ?? false;

    public string Word(string name, string standard, params IReadOnlyList<string> words) => Text(name) is not { } word ? standard
        : words.Contains(word, StringComparer.Ordinal) ? word
        : Wrong(name, string.Join(", ", words), standard);

    public int Limit() => Parsed<int>("limit", "a whole number from 1 to 1000", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit is >= 1 and <= MostLimit ? limit : (int?)null) ?? DefaultLimit;

    public PageRequest Page() => new() { PageSize = Limit(), ContinuationToken = Text("next") };

    /// <exception cref="FieldException">A parameter is wrong, or not known.</exception>
    public void Demand()
    {
        foreach (string name in _query.Keys.Where(name => !_known.Contains(name)))
        {
            _errors.Add("query", $"This route takes {(_known.Count == 0 ? "no parameters" : string.Join(", ", _known.Order(StringComparer.Ordinal)))}, and no other.");
            break;
        }

        if (_errors.Any)
        {
            throw new FieldException(_errors);
        }
    }

    /// <summary>What a store says of a token that is not from this listing.</summary>
    public static FieldException WrongToken() => new("next", "This is not from a page of this listing. Leave it out to start from the first page.");

    private string? Value(string name)
    {
        _known.Add(name);
        if (!_query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values))
        {
            return null;
        }

        string text = values[0] ?? "";
        if (values.Count > 1)
        {
            _errors.Add(name, "This stands twice.");
        }
        else if (text.Length > LongestValue)
        {
            _errors.Add(name, "This is too long.");
            return null;
        }
        else if (!Billing.Storage.UnicodeText.IsWellFormed(text) || text.Contains('\0', StringComparison.Ordinal))
        {
            _errors.Add(name, "This is not text.");
            return null;
        }

        return text;
    }

    private T? Parsed<T>(string name, string use, Func<string, T?> parse)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        T? value = parse(text);
        if (value is null)
        {
            _errors.Add(name, $"Use {use}.");
        }

        return value;
    }

    private string Wrong(string name, string words, string standard)
    {
        _errors.Add(name, $"Use one of: {words}.");
        return standard;
    }
}
