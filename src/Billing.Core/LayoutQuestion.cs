namespace Billing;

/// <summary>What only a person can decide about a layout, and what each answer makes of it. Questions are equal when they ask the same.</summary>
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

    /// <summary>The question, with what to state in a layout file.</summary>
    public string Text { get; }

    /// <summary>The answers to choose from; none where only a text can answer.</summary>
    public IReadOnlyList<LayoutAnswer> Answers { get; }

    /// <summary>What a text that answers looks like, such as <c>Pacific/Auckland</c>; null where no text does.</summary>
    public string? Example { get; }

    /// <summary>States a text in a layout as the answer.</summary>
    /// <exception cref="InvalidOperationException">No text answers this question: <see cref="Example"/> is null.</exception>
    /// <exception cref="BillingConfigurationException">The text cannot be the answer; the message says why.</exception>
    public SourceLayout Answer(SourceLayout layout, string text)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(text);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(text), nameof(LayoutQuestion), nameof(Answer), text, $"a text such as {Example}");
        if (_applyText is null)
        {
            throw new InvalidOperationException("No text answers this question. Choose one of its answers.");
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
