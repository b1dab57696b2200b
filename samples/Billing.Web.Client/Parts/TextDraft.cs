namespace Billing.Web.Client.Parts;

/// <summary>A draft of a file of the host, as it is kept in the browser.</summary>
/// <param name="Text">The draft.</param>
/// <param name="Version">The version of the file that it was begun on; null if that is not known.</param>
public sealed record TextDraft(string? Text, string? Version);
