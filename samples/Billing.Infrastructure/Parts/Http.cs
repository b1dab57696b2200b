namespace Billing.Infrastructure.Parts;

/// <summary>Settings of functions behind HTTP.</summary>
internal static class Http
{
    /// <summary>One setting, and the origin that browsers may call from.</summary>
    public static Dictionary<string, string> Environment(CloudSettings settings, string name, string value)
    {
        Dictionary<string, string> environment = new() { [name] = value };
        if (settings.CorsOrigin is { } origin)
        {
            environment["CORS_ORIGIN"] = origin;
        }

        return environment;
    }
}
