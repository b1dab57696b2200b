namespace Billing.Web.Contracts;

/// <summary>An answer to a question.</summary>
public sealed record AnswerItem
{
    /// <summary>What a person reads.</summary>
    public required string Text { get; init; }

    /// <summary>The layout that states it.</summary>
    public required SourceLayout Layout { get; init; }
}
