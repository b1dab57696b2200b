namespace Billing.Web.Client.Importing;

/// <summary>An import that was begun, as it is kept in the browser until it has come to its end: a page that is loaded again finds it.</summary>
public sealed record KeptImport
{
    /// <summary>The upload on the host.</summary>
    public required string UploadId { get; init; }

    /// <summary>The name of the file.</summary>
    public required string Name { get; init; }

    /// <summary>The terms, as JSON: what goes on goes on with them.</summary>
    public required string Terms { get; init; }

    /// <summary>The last import of the upload; null until the host has answered that it began.</summary>
    public string? ImportId { get; init; }

    /// <summary>The runs that have not been taken back, the first one first: an import that was stopped and gone on with has several.</summary>
    public IReadOnlyList<string> Runs { get; init; } = [];
}
