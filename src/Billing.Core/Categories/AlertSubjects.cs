using System.Text;

namespace Billing.Categories;

/// <summary>Checks alert subjects against what mail and SNS accept.</summary>
internal static class AlertSubjects
{
    private const int Longest = 100;

    /// <summary>Returns what is wrong with a subject that is not blank, or null.</summary>
    public static string? FaultOf(string subject)
    {
        if (subject.Length > Longest)
        {
            return FormattableString.Invariant($"The subject has {subject.Length} characters. Use at most {Longest}.");
        }

        foreach (Rune rune in subject.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
            {
                return "The subject has a control character or is not valid Unicode. Use one line of plain text.";
            }
        }

        return null;
    }
}
