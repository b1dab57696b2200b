namespace Billing.Web.Problems;

/// <summary>What is wrong with a request, by field.</summary>
internal sealed class FieldErrors
{
    private readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> ByField => _errors.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value);

    public static FieldErrors Of(string field, string error)
    {
        FieldErrors errors = new();
        errors.Add(field, error);
        return errors;
    }

    public void Add(string field, string error)
    {
        if (!_errors.TryGetValue(field, out List<string>? list))
        {
            _errors.Add(field, list = []);
        }

        list.Add(error);
    }
}
