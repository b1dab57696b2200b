namespace Billing;

/// <summary>One answer to a question about a layout.</summary>
/// <param name="Text">What a person reads.</param>
/// <param name="Apply">Gives the layout that states the answer.</param>
public sealed record LayoutAnswer(string Text, Func<SourceLayout, SourceLayout> Apply);
