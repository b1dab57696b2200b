using Billing.Fingerprints;

namespace Billing.Amendments;

/// <summary>What an erasure replaced text in: the digest that seals cover, the one that stands for it now, and which fields.</summary>
internal sealed record ErasedItem(ErasedPart Part, string Id, Sha256Digest Was, Sha256Digest Is, IReadOnlyList<string> Fields);
