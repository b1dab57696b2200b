namespace Billing.Infrastructure.Parts;

/// <summary>The settings of functions behind HTTP.</summary>
internal static class Http
{
    /// <summary>Returns one setting, and the origin from which browsers may call.</summary>
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
