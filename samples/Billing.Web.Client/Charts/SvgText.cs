using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Billing.Web.Client.Charts;

/// <summary>The element <c>text</c> of SVG, a name that Razor keeps for itself.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>Where it is.</summary>
    [Parameter, EditorRequired] public string X { get; set; } = "";

    /// <summary>The line that it stands on.</summary>
    [Parameter, EditorRequired] public string Y { get; set; } = "";

    /// <summary>What of it is at <see cref="X"/>: <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    [Parameter] public string Anchor { get; set; } = "start";

    /// <summary>The text.</summary>
    [Parameter, EditorRequired] public string Value { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", X);
        builder.AddAttribute(2, "y", Y);
        builder.AddAttribute(3, "text-anchor", Anchor);
        builder.AddContent(4, Value);
        builder.CloseElement();
    }
}
