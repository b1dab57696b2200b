namespace Billing.Web.Contracts;

/// <summary>A question about a layout, with the layout of each answer.</summary>
public sealed record QuestionItem
{
    /// <summary>The question.</summary>
    public required string Text { get; init; }

    /// <summary>The answers to choose from. Ask for a proposal again with the layout of the one chosen.</summary>
    public required IReadOnlyList<AnswerItem> Answers { get; init; }

    /// <summary>An example of a text that answers, or null if none can.</summary>
    public string? Example { get; init; }
}
