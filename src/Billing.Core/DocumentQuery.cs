using Billing.Storage;

namespace Billing;

/// <summary>A query for documents of one kind, in the order of their ids.</summary>
public sealed record DocumentQuery : PageRequest
{
    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>What the ids begin with, or null for all of the kind.</summary>
    public string? IdPrefix { get; init; }

    /// <summary>Whether the last ids come first. Default false.</summary>
    public bool LastFirst { get; init; }

    /// <summary>Whether a document matches: what a store finds with a query. For stores that compare in code.</summary>
    public bool Matches(LedgerDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return RecordMatcher.Matches(this, document);
    }
}
