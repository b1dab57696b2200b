namespace Billing;

/// <summary>A receipt in a ledger: the bytes of a file, no matter how often and under which names they were uploaded.</summary>
public sealed record Receipt
{
    /// <summary>The status of a receipt that is in the ledger: <c>Processed</c>.</summary>
    public const string Processed = "Processed";

    /// <summary>The SHA-256 of the file's bytes, 64 lower-case hexadecimal digits: <see cref="ReceiptHasher"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the file as it was first uploaded.</summary>
    public required string FileName { get; init; }

    /// <summary>The bucket or container of the first upload, or null.</summary>
    public string? Bucket { get; init; }

    /// <summary>The number of bytes.</summary>
    public required long Size { get; init; }

    /// <summary>When it was first uploaded.</summary>
    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>The status. Default <see cref="Processed"/>.</summary>
    public string Status { get; init; } = Processed;

    /// <summary>The total on the receipt, or null if it is not known.</summary>
    public Money? Amount { get; init; }

    /// <summary>The merchant that gave the receipt, or null if it is not known.</summary>
    public string? Merchant { get; init; }

    /// <summary>The date on the receipt, or null if it is not known.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The flags that rules raised, in the order of the rules.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The names of the rules that ask for an alert.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = [];

    /// <summary>The subjects of <see cref="Alerts"/>, at the same indexes; a missing one means <see cref="BillingAlert.DefaultSubject"/>. Stores keep them with the alerts, not with the receipt.</summary>
    public IReadOnlyList<string> AlertSubjects { get; init; } = [];

    /// <summary>The number of uploads, including the first. The ledger counts; a receipt that is added has 1.</summary>
    public long Sightings { get; init; } = 1;

    /// <summary>When it was uploaded last; null means <see cref="UploadedAt"/>. Never null in what a ledger returns.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The name of the last upload; null means <see cref="FileName"/>. Never null in what a ledger returns.</summary>
    public string? LastName { get; init; }

    /// <summary>The name of the file and the id.</summary>
    public override string ToString() => $"{FileName} ({Id})";
}
