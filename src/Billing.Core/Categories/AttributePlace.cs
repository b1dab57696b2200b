namespace Billing.Categories;

/// <summary>Finds attributes by name, where they were last if they are still there.</summary>
internal static class AttributePlace
{
    /// <summary>Whether there is an attribute of that name.</summary>
    /// <param name="names">The names.</param>
    /// <param name="name">The name.</param>
    /// <param name="place">Where it was last; where it is.</param>
    public static bool Find(ReadOnlySpan<string> names, string name, ref int place)
    {
        int last = place;
        if (last < names.Length && names[last] == name)
        {
            return true;
        }

        int found = names.IndexOf(name);
        if (found < 0)
        {
            return false;
        }

        place = found;
        return true;
    }
}
