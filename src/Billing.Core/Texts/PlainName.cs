using System.Text;

namespace Billing.Texts;

/// <summary>Reduces names to what is compared: their letters and digits, in lower case.</summary>
internal static class PlainName
{
    /// <summary>Returns the letters and digits of a name.</summary>
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
