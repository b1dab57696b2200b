namespace Billing;

/// <summary>A question about a layout that only a person can decide, with its answers. Questions are equal if they ask the same.</summary>
public sealed class LayoutQuestion : IEquatable<LayoutQuestion>
{
    private readonly Func<SourceLayout, string, SourceLayout>? _applyText;

    internal LayoutQuestion(string text, IReadOnlyList<LayoutAnswer> answers, string? example = null, Func<SourceLayout, string, SourceLayout>? applyText = null)
    {
        Text = text;
        Answers = answers;
        Example = example;
        _applyText = applyText;
    }

    /// <summary>The question, and what to state in a layout file.</summary>
    public string Text { get; }

    /// <summary>The answers to choose from; empty if only a text can answer.</summary>
    public IReadOnlyList<LayoutAnswer> Answers { get; }

    /// <summary>An example of a text that answers, such as <c>Pacific/Auckland</c>; null if no text can answer.</summary>
    public string? Example { get; }

    /// <summary>Returns the layout with a text as the answer.</summary>
    /// <exception cref="InvalidOperationException">No text can answer this question: <see cref="Example"/> is null.</exception>
    /// <exception cref="BillingConfigurationException">The text is not a valid answer; the message says why.</exception>
    public SourceLayout Answer(SourceLayout layout, string text)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(text);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(text), nameof(LayoutQuestion), nameof(Answer), text, $"a text such as {Example}");
        if (_applyText is null)
        {
            throw new InvalidOperationException("No text can answer this question. Choose one of its answers.");
        }

        SourceLayout answered = _applyText(layout, text.Trim());
        answered.Validate();
        return answered;
    }

    /// <inheritdoc/>
    public bool Equals(LayoutQuestion? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LayoutQuestion);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The question.</summary>
    public override string ToString() => Text;
}
