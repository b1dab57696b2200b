namespace Billing.Local.Secrets;

/// <summary>One version of a secret.</summary>
internal sealed record SecretVersion(string Name, string Id, string Text, DateTimeOffset Created)
{
    /// <summary>Returns the name and the id, without the text.</summary>
    public override string ToString() => $"{Name} {Id}";
}
