namespace Billing.Fingerprints;

/// <summary>The versions of the canonical form (docs/canonical-form.md). Their bytes never change.</summary>
internal enum CanonicalVersion
{
    /// <summary>The first version: attributes with their names as written, including blank ones.</summary>
    V1 = 1,

    /// <summary>The second version: names of attributes without letter case, no blank attributes, and no attributes of ignored columns.</summary>
    V2 = 2,

    /// <summary>The version that new records get.</summary>
    Current = V2,
}
