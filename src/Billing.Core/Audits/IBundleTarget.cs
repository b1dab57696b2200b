namespace Billing.Audits;

/// <summary>Where the files of a bundle go, one after the other.</summary>
internal interface IBundleTarget : IDisposable
{
    /// <summary>Begins the next file. The one before it is closed.</summary>
    /// <param name="name">The name, with strokes between folders.</param>
    Stream Open(string name);
}
