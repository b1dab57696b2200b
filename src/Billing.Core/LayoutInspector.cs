namespace Billing;

/// <summary>Looks at a source and proposes a layout.</summary>
public static class LayoutInspector
{
    /// <summary>Reads the first 1,000 rows of <paramref name="source"/>. Writes nothing.</summary>
    /// <exception cref="SourceFormatException">The source is empty or no text.</exception>
    public static Task<LayoutProposal> InspectAsync(IBillingSource source, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
