namespace Billing.Local.Secrets;

/// <summary>Secrets in memory, with their versions.</summary>
internal sealed class SecretsStore(TimeProvider time)
{
    private const string Prefix = "arn:aws:secretsmanager:us-east-1:000000000000:secret:";
    private readonly Dictionary<string, List<SecretVersion>> _secrets = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public static string ArnOf(string name) => $"{Prefix}{name}-local0";

    /// <summary>Adds a version; the current one becomes the previous one. Calling again with the same token adds nothing.</summary>
    public SecretVersion Put(string nameOrArn, string text, string? token = null)
    {
        lock (_lock)
        {
            string name = NameOf(nameOrArn);
            if (!_secrets.TryGetValue(name, out List<SecretVersion>? versions))
            {
                _secrets[name] = versions = [];
            }

            if (token is not null && versions.Find(version => version.Id == token) is { } same)
            {
                return same;
            }

            SecretVersion added = new(name, token ?? Guid.NewGuid().ToString(), text, time.GetUtcNow());
            versions.Add(added);
            return added;
        }
    }

    /// <summary>Returns a version by its id, otherwise by its stage, otherwise the current one; null if there is none.</summary>
    public SecretVersion? Get(string nameOrArn, string? versionId = null, string? stage = null)
    {
        lock (_lock)
        {
            return !_secrets.TryGetValue(NameOf(nameOrArn), out List<SecretVersion>? versions) ? null
                : versionId is not null ? versions.Find(version => version.Id == versionId)
                : stage switch
                {
                    null or "AWSCURRENT" => versions[^1],
                    "AWSPREVIOUS" when versions.Count > 1 => versions[^2],
                    _ => null,
                };
        }
    }

    /// <summary>Returns the stages of a version.</summary>
    public string[] StagesOf(SecretVersion version)
    {
        lock (_lock)
        {
            List<SecretVersion> versions = _secrets[version.Name];
            return versions[^1] == version ? ["AWSCURRENT"] : versions.Count > 1 && versions[^2] == version ? ["AWSPREVIOUS"] : [];
        }
    }

    private static string NameOf(string nameOrArn) =>
        !nameOrArn.StartsWith(Prefix, StringComparison.Ordinal) ? nameOrArn
        : nameOrArn[Prefix.Length..] is var rest && rest.EndsWith("-local0", StringComparison.Ordinal) ? rest[..^7] : rest;
}
