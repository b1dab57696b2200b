namespace Billing.Web.Client.Importing;

/// <summary>A way to write numbers, by an example that everyone understands.</summary>
/// <param name="Example">The example.</param>
/// <param name="Mark">The decimal mark.</param>
/// <param name="Groups">What separates thousands; empty for nothing.</param>
public sealed record NumberStyle(string Example, char Mark, string Groups)
{
    /// <summary>The ways that are offered.</summary>
    public static IReadOnlyList<NumberStyle> All { get; } =
    [
        new("1234.56", '.', ""),
        new("1,234.56", '.', ","),
        new("1 234.56", '.', " "),
        new("1'234.56", '.', "'\u2019"),
        new("1234,56", ',', ""),
        new("1.234,56", ',', "."),
        new("1 234,56", ',', " "),
    ];

    /// <summary>The example of a format; null for one that is not offered.</summary>
    public static string? Of(NumberFormat format) => All.FirstOrDefault(style => style.Mark == format.DecimalMark && style.Groups == format.GroupSeparators)?.Example;

    /// <summary>A format with the marks of an example, and the rest as it was.</summary>
    public static NumberFormat Use(string example, NumberFormat format) =>
        All.FirstOrDefault(style => style.Example == example) is { } chosen ? format with { DecimalMark = chosen.Mark, GroupSeparators = chosen.Groups } : format;
}
