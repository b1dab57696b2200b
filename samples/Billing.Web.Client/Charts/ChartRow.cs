namespace Billing.Web.Client.Charts;

/// <summary>A bar of a chart: a name, what it is now, and what it was before.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Now">Its sum.</param>
/// <param name="Before">The sum before; null where nothing is compared.</param>
/// <param name="Href">Where its records are listed, or null.</param>
public sealed record ChartRow(string Name, ExactSum Now, ExactSum? Before = null, string? Href = null);
