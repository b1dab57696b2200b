namespace Billing.Texts;

/// <summary>Shortens text from a source before a message quotes it.</summary>
internal static class Excerpt
{
    private const int MaxLength = 40;

    /// <summary>Returns at most 40 characters, with each control character shown as a space.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        string shown = text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] + "...";
        return shown.AsSpan().ContainsAnyInRange('\0', '\u001F') ? string.Create(shown.Length, shown, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        }) : shown;
    }
}
