namespace Billing.Texts;

/// <summary>Measures how far apart two names are.</summary>
internal static class EditDistance
{
    /// <summary>Returns the smallest number of insertions, deletions and replacements that turns one into the other (Levenshtein).</summary>
    public static int Between(string one, string other)
    {
        int[] previous = new int[other.Length + 1];
        int[] current = new int[other.Length + 1];
        for (int j = 0; j <= other.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= one.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = previous[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[other.Length];
    }
}
