using System.Text;
using System.Text.Json;
using Billing.Texts;

namespace Billing.Erasures;

/// <summary>The name of a party, as it is looked for: in any letter case and Unicode form, as whole words.</summary>
internal sealed class PartyText
{
    private const int Fewest = 2;

    private readonly string _folded;

    /// <exception cref="ArgumentException">It is too short to be a name.</exception>
    public PartyText(string party)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(party);
        _folded = Fold(party.Trim());
        if (_folded.Length < Fewest || _folded == LedgerErasure.Placeholder)
        {
            throw new ArgumentException("This is no name that can be erased: give at least 2 characters.", nameof(party));
        }
    }

    /// <summary>Whether a text is the name.</summary>
    public bool Is(string? text) => text is not null && text.Length >= Fewest && Fold(text.Trim()) == _folded;

    /// <summary>Whether a text contains the name, with no letter or digit beside it.</summary>
    public bool IsIn(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        string folded = Fold(text);
        for (int at = folded.IndexOf(_folded, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(_folded, at + 1, StringComparison.Ordinal))
        {
            if (!IsWord(folded, at - 1) && !IsWord(folded, at + _folded.Length))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a row as it came contains the name, also where quotes are doubled or JSON escapes letters.</summary>
    public bool IsIn(QuarantinedRecord row)
    {
        string raw = row.RawText;
        return IsIn(raw)
            || (row.Format == SourceFormat.Csv && IsIn(raw.Replace("\"\"", "\"", StringComparison.Ordinal)))
            || (row.Format == SourceFormat.Json && Texts(row.Raw).Any(IsIn))
            || IsIn(row.Header)
            || IsIn(row.Detail);
    }

    // Texts that cannot be normalised are compared as they are.
    private static string Fold(string text) => CaseFold.Of(HasLoneSurrogate(text) ? text : NormalForm.Compose(text));

    private static bool HasLoneSurrogate(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD', StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]);

    private static List<string> Texts(ReadOnlyMemory<byte> json)
    {
        List<string> texts = [];
        try
        {
            Utf8JsonReader reader = new(json.Span);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    texts.Add(reader.GetString()!);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A row that is no JSON: what was read of it, and its bytes, are looked at.
            return texts;
        }

        return texts;
    }
}
