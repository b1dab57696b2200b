namespace Billing.Drifts;

/// <summary>One column of a profile.</summary>
/// <param name="Name">The name.</param>
/// <param name="Roles">What the layout reads from it, such as <c>date</c>; empty for an attribute.</param>
/// <param name="Dates">The number of values that look like dates.</param>
/// <param name="Numbers">Those that look like numbers.</param>
/// <param name="Texts">The others that are not blank.</param>
internal sealed record ProfileColumn(string Name, IReadOnlyList<string> Roles, int Dates, int Numbers, int Texts)
{
    /// <summary>The number of values that are not blank.</summary>
    public int Filled => Dates + Numbers + Texts;
}
