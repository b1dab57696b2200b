using Spectre.Console;

namespace Billing.Console.Views;

/// <summary>The few colours of the command; none where the output is no terminal.</summary>
internal static class Styles
{
    public static Style Heading { get; } = new(decoration: Decoration.Bold);

    public static Style Quiet { get; } = new(foreground: Color.Grey);

    public static Style Good { get; } = new(foreground: Color.Green);

    public static Style Attention { get; } = new(foreground: Color.Yellow);

    public static Style Bad { get; } = new(foreground: Color.Red, decoration: Decoration.Bold);
}
