using System.Buffers;

namespace Billing.Console.Views;

/// <summary>A word of a command that a message proposes, so that the command can be pasted into a shell as it stands.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,@%+");

    public static string Of(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept(s_plain) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
