using System.Text.RegularExpressions;

namespace Billing.Testing;

/// <summary>The routes of HTTP that docs/lambda.md promises.</summary>
public static partial class DocumentedRoutes
{
    /// <summary>Function and route, such as <c>expenses-api</c> and <c>GET /reports/{month}</c>.</summary>
    public static IReadOnlyList<(string Function, string Route)> All { get; } =
    [
        .. from line in File.ReadLines(Repository.PathTo("docs", "lambda.md"))
           let function = Function().Match(line)
           where function.Success
           from Match route in Route().Matches(line)
           select (function.Groups["name"].Value, $"{route.Groups["method"].Value} {Month().Replace(route.Groups["path"].Value, "{month}")}"),
    ];

    [GeneratedRegex(@"^\| `(?<name>[a-z-]+)` \|")]
    private static partial Regex Function();

    [GeneratedRegex("`(?<method>GET|POST) (?<path>/[^`? ]*)")]
    private static partial Regex Route();

    [GeneratedRegex(@"\d{4}-\d{2}$")]
    private static partial Regex Month();
}
