namespace Billing.Web.Export;

/// <summary>Texts that a spreadsheet would run as a formula, made harmless by an apostrophe, as the command writes them.</summary>
internal static class FormulaText
{
    /// <summary>The text, with an apostrophe before it where a spreadsheet would run it. One that begins with apostrophes and goes on like that gets one too, so that every value can be told.</summary>
    public static string Defused(string? text) => text is null ? "" : text.AsSpan().TrimStart('\'') is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + text : text;
}
