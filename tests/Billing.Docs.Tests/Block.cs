namespace Billing.Docs.Tests;

/// <summary>A fenced block of a page.</summary>
/// <param name="Kind">The word behind the fence: <c>sh</c>, <c>csv</c>, <c>json</c>, <c>csharp</c>, <c>text</c>.</param>
/// <param name="File">The second word: the name of the file that the block is, or null.</param>
/// <param name="Text">The lines between the fences, each with its line end.</param>
/// <param name="Line">The line of the page that the block begins on.</param>
internal sealed record Block(string Kind, string? File, string Text, int Line);
