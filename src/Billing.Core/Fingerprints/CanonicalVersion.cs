namespace Billing.Fingerprints;

/// <summary>The canonical forms that there are (docs/canonical-form.md). Their bytes never change.</summary>
internal enum CanonicalVersion
{
    /// <summary>The first: attributes with their names as written, blank ones too.</summary>
    V1 = 1,

    /// <summary>Names of attributes without letter case; no blank attributes, and none of ignored columns.</summary>
    V2 = 2,

    /// <summary>The one that records get today.</summary>
    Current = V2,
}
