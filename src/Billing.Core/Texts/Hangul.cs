namespace Billing.Texts;

/// <summary>Computes the syllables of Hangul (The Unicode Standard, 3.12): an initial, a vowel, and perhaps a final.</summary>
internal static class Hangul
{
    public const int VowelBase = 0x1161;
    public const int Vowels = 21;
    public const int FinalBase = 0x11A7;
    public const int Finals = 28;

    private const int SyllableBase = 0xAC00;
    private const int InitialBase = 0x1100;
    private const int Initials = 19;

    /// <summary>Returns the parts of a syllable; none if the character is not a syllable.</summary>
    /// <param name="parts">Receives the parts: three places.</param>
    public static ReadOnlySpan<int> Decompose(int character, Span<int> parts)
    {
        int index = character - SyllableBase;
        if (index is < 0 or >= Initials * Vowels * Finals)
        {
            return [];
        }

        parts[0] = InitialBase + (index / (Vowels * Finals));
        parts[1] = VowelBase + (index % (Vowels * Finals) / Finals);
        parts[2] = FinalBase + (index % Finals);
        return index % Finals == 0 ? parts[..2] : parts;
    }

    /// <summary>Returns the syllable of an initial and a vowel, or of a syllable without a final and a final; 0 for anything else.</summary>
    public static int Compose(int first, int second)
    {
        int syllable = first - SyllableBase;
        return first - InitialBase is >= 0 and < Initials && second - VowelBase is >= 0 and < Vowels ? SyllableBase + ((((first - InitialBase) * Vowels) + second - VowelBase) * Finals)
            : syllable is >= 0 and < Initials * Vowels * Finals && syllable % Finals == 0 && second - FinalBase is > 0 and < Finals ? first + second - FinalBase
            : 0;
    }
}
