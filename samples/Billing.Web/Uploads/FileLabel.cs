using System.Buffers;
using Billing.Storage;
using Billing.Web.Problems;

namespace Billing.Web.Uploads;

/// <summary>The names of files as their owners call them: labels, under which nothing is written.</summary>
internal static class FileLabel
{
    private const int Longest = 200;

    private static readonly SearchValues<char> s_ofPaths = SearchValues.Create("/\\:<>\"|?*");

    /// <exception cref="FieldException">It is missing, too long, or no name of a file.</exception>
    public static string Check(string? name, string field = "name")
    {
        string label = name?.Trim() ?? "";
        string? error = label.Length == 0 ? "This is missing. Send the name of the file."
            : label.Length > Longest ? FormattableString.Invariant($"This has {label.Length} characters. Use at most {Longest}.")
            : label.AsSpan().ContainsAny(s_ofPaths) || label is "." or ".." || label.Any(char.IsControl) || !UnicodeText.IsWellFormed(label) ? "This is a path, or has characters that no file name has. Send the name alone."
            : null;
        return error is null ? label : throw new FieldException(field, error);
    }
}
