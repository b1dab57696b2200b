namespace Billing.Json;

/// <summary>What reading an object came to.</summary>
internal enum JsonStep
{
    /// <summary>It needs more bytes.</summary>
    NeedsMore,

    /// <summary>It was read.</summary>
    Object,

    /// <summary>It is no JSON object.</summary>
    Broken,
}
