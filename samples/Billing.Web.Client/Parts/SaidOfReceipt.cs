namespace Billing.Web.Client.Parts;

/// <summary>What became of a receipt that was dropped. Each has its own: the next one does not hide that one failed.</summary>
internal sealed class SaidOfReceipt
{
    /// <summary>The name of the file.</summary>
    public required string Name { get; init; }

    /// <summary>What is said.</summary>
    public required string Text { get; set; }

    /// <summary>How it is shown: good, warn or bad; empty while nothing is known.</summary>
    public string Tone { get; private set; } = "";

    /// <summary>Says something else.</summary>
    public void Say(string tone, string text) => (Tone, Text) = (tone, text);
}
