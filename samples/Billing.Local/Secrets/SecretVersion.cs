namespace Billing.Local.Secrets;

/// <summary>One version of a secret.</summary>
internal sealed record SecretVersion(string Name, string Id, string Text, DateTimeOffset Created)
{
    /// <summary>Without the text.</summary>
    public override string ToString() => $"{Name} {Id}";
}
