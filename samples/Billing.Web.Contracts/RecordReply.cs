namespace Billing.Web.Contracts;

/// <summary>A record in a list or alone. Its version is also the <c>ETag</c> of the response.</summary>
public sealed record RecordReply
{
    /// <summary>The record.</summary>
    public required BillingRecord Record { get; init; }

    /// <summary>Changes with every change of the record. <c>If-Match</c> takes it in quotes.</summary>
    public required string Version { get; init; }

    /// <summary>Whether it was entered as an expense, and can be edited. Records of files can be removed, or replaced by a delivery.</summary>
    public bool IsEditable { get; init; }
}
