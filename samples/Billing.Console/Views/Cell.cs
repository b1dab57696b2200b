using Spectre.Console;

namespace Billing.Console.Views;

/// <summary>A text in a table. Untrusted text may come in: it is made printable here.</summary>
internal readonly record struct Cell
{
    public Cell(string? text, Style? style = null)
    {
        Text = Printable.Of(text ?? "");
        Style = style;
    }

    public string Text { get; }

    public Style? Style { get; }

    public static implicit operator Cell(string? text) => new(text);
}
