using System.Text.Json.Serialization;

namespace Billing;

/// <summary>One answer to a question about a layout.</summary>
/// <param name="Text">The text that a person reads.</param>
/// <param name="Apply">Returns the layout that states the answer.</param>
[JsonConverter(typeof(BillingJsonConverter))]
public sealed record LayoutAnswer(string Text, Func<SourceLayout, SourceLayout> Apply)
{
    /// <summary>What a person reads.</summary>
    public override string ToString() => Text;
}
