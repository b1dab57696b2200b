namespace Billing.Local.Systems;

/// <summary>A route of an HTTP API, such as <c>GET /reports/{month}</c>.</summary>
internal sealed record RouteDefinition(string Method, string Path, string Function)
{
    public string Key => $"{Method} {Path}";

    /// <summary>Returns the decoded parameters of the path, or null if the path belongs to another route.</summary>
    public Dictionary<string, string>? Match(string path)
    {
        string[] pattern = Path.Trim('/').Split('/');
        string[] parts = path.Trim('/').Split('/');
        if (pattern.Length != parts.Length)
        {
            return null;
        }

        Dictionary<string, string> parameters = new(StringComparer.Ordinal);
        foreach ((string expected, string part) in pattern.Zip(parts))
        {
            if (expected is ['{', .., '}'] && part.Length > 0)
            {
                parameters[expected[1..^1]] = Uri.UnescapeDataString(part);
            }
            else if (expected != part)
            {
                return null;
            }
        }

        return parameters;
    }
}
