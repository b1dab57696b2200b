using System.Globalization;

namespace Billing.Sinks.Sql.Statements;

/// <summary>The names of parameters by position, created once.</summary>
internal static class ParameterNames
{
    private static readonly string[] s_names = [.. Enumerable.Range(0, 20_000).Select(Make)];

    /// <summary><c>@p0</c>, <c>@p1</c> and so on.</summary>
    public static string Of(int position) => position < s_names.Length ? s_names[position] : Make(position);

    private static string Make(int position) => string.Create(CultureInfo.InvariantCulture, $"@p{position}");
}
