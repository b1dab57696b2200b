using Billing.Texts;

namespace Billing.Rows;

/// <summary>What the rows of a source share: the names of their attributes, and the strings of values that repeat.</summary>
/// <param name="names">The names of the attributes, which never change.</param>
/// <param name="ignored">Which of them are ignored; empty if none is.</param>
internal sealed class RowShape(string[] names, bool[] ignored)
{
    public string[] Names => names;

    public bool[] Ignored => ignored;

    public TextPool Ids { get; } = new();

    public TextPool Parties { get; } = new();

    public TextPool Accounts { get; } = new();

    public TextPool Descriptions { get; } = new();

    /// <summary>The strings of each attribute.</summary>
    public TextPool[] Attributes { get; } = Array.ConvertAll(names, _ => new TextPool());
}
