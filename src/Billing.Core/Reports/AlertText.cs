using System.Text;

namespace Billing.Reports;

/// <summary>Writes what an alert says, one line per value.</summary>
internal static class AlertText
{
    // A topic takes 256 KiB, but people read less.
    private const int LongestValue = 500;

    /// <summary>The values that there are, each on a line after its name.</summary>
    public static string Of(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        StringBuilder text = new();
        foreach ((string name, string? value) in values)
        {
            Line(text, name, value);
        }

        return text.ToString();
    }

    // A value is one line: a value with line feeds could imitate another line of the message.
    private static void Line(StringBuilder text, string name, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return;
        }

        text.Append(name).Append(": ");
        bool isCut = value.Length > LongestValue;
        int end = !isCut ? value.Length : char.IsHighSurrogate(value[LongestValue - 1]) ? LongestValue - 1 : LongestValue;
        foreach (char character in value.AsSpan(0, end))
        {
            text.Append(char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character);
        }

        text.Append(isCut ? "...\n" : "\n");
    }
}
