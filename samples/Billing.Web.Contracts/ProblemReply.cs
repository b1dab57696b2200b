namespace Billing.Web.Contracts;

/// <summary>Why a request was refused or failed, as a problem document (RFC 9457, <c>application/problem+json</c>).</summary>
public sealed record ProblemReply
{
    /// <summary>What kind of problem it is, such as <c>about:blank</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The status in words.</summary>
    public string? Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>What is wrong and what to do.</summary>
    public string? Detail { get; init; }

    /// <summary>The id under which the log of the host has it.</summary>
    public string? Id { get; init; }

    /// <summary>What is wrong, by the name of the field as in the request.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>With status 412: the record as another person left it.</summary>
    public RecordReply? Current { get; init; }
}
