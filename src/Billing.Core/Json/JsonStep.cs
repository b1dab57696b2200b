namespace Billing.Json;

/// <summary>The result of reading an object.</summary>
internal enum JsonStep
{
    /// <summary>It needs more bytes.</summary>
    NeedsMore,

    /// <summary>It was read.</summary>
    Object,

    /// <summary>It is not a JSON object.</summary>
    Broken,
}
