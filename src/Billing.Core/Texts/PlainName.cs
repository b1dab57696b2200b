using System.Text;

namespace Billing.Texts;

/// <summary>A name as it is compared: its letters and digits alone, in lower case.</summary>
internal static class PlainName
{
    /// <summary>The letters and digits of a name.</summary>
    public static string Of(string name)
    {
        StringBuilder normalised = new(name.Length);
        foreach (char character in name)
        {
            if (char.IsLetterOrDigit(character))
            {
                normalised.Append(char.ToLowerInvariant(character));
            }
        }

        return normalised.ToString();
    }
}
