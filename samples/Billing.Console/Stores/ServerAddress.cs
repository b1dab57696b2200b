using System.Data.Common;
using System.Globalization;

namespace Billing.Console.Stores;

/// <summary>
/// The address of a database on a server: a connection string of its driver, or <c>//user@host:port/database[?Key=value]</c> with everything percent-encoded
/// that is no letter. The password is that of an environment variable.
/// </summary>
internal sealed class ServerAddress
{
    private ServerAddress(string address, string connectionString, string? warning)
    {
        Address = address;
        ConnectionString = connectionString;
        Warning = warning;
    }

    /// <summary>What can be given to <c>--store</c> again, with the password in the environment.</summary>
    public string Address { get; }

    public string ConnectionString { get; }

    /// <summary>What a user should know of the address, or null.</summary>
    public string? Warning { get; }

    /// <summary>Reads what stands after the scheme.</summary>
    /// <exception cref="UsageException">It is not of that shape.</exception>
    public static ServerAddress Parse(ServerScheme scheme, string rest)
    {
        DbConnectionStringBuilder settings = rest.StartsWith("//", StringComparison.Ordinal) ? OfUrl(scheme, rest) : OfConnectionString(scheme, rest);
        if (Text(settings, scheme.Host).Length == 0)
        {
            throw scheme.Wrong("it names no server");
        }

        if (Text(settings, ServerScheme.Database).Length == 0)
        {
            throw scheme.Wrong("it names no database");
        }

        string? warning = null;
        if (Text(settings, ServerScheme.Password).Length > 0)
        {
            warning = $"a password on the command line can be read by every user of this machine, in the list of processes. Give it in {scheme.PasswordVariable} instead.";
        }
        else if (Environment.GetEnvironmentVariable(scheme.PasswordVariable) is { Length: > 0 } password)
        {
            settings[ServerScheme.Password] = password;
        }

        return new ServerAddress(Shown(scheme, settings), settings.ConnectionString, warning);
    }

    private static DbConnectionStringBuilder OfConnectionString(ServerScheme scheme, string text)
    {
        try
        {
            return scheme.Settings(text);
        }
        catch (Exception exception) when (IsWrongSetting(exception))
        {
            throw scheme.Wrong($"it is not a connection string that {scheme.Driver} accepts");
        }
    }

    private static DbConnectionStringBuilder OfUrl(ServerScheme scheme, string rest)
    {
        if (!Uri.TryCreate($"{scheme.Scheme}:{rest}", UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0 || uri.Fragment.Length > 0)
        {
            throw scheme.Wrong("it is not a URL; write characters such as @ : / # as %40 %3A %2F %23");
        }

        DbConnectionStringBuilder settings = scheme.Settings("");
        settings[scheme.Host] = uri.DnsSafeHost;
        if (uri.Port >= 0)
        {
            settings[ServerScheme.Port] = uri.Port.ToString(CultureInfo.InvariantCulture);
        }

        string[] user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            settings[scheme.User] = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            settings[ServerScheme.Password] = Uri.UnescapeDataString(user[1]);
        }

        string path = uri.AbsolutePath.TrimStart('/');
        if (path.Contains('/', StringComparison.Ordinal))
        {
            throw scheme.Wrong("it names more than a database after the host");
        }

        settings[ServerScheme.Database] = Uri.UnescapeDataString(path);
        foreach (string setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = setting.Split('=', 2);
            if (pair is not [{ Length: > 0 }, _])
            {
                throw scheme.Wrong("the part after ? is not of the form Key=value&Key=value");
            }

            string name = Uri.UnescapeDataString(pair[0]);
            try
            {
                settings[name] = Uri.UnescapeDataString(pair[1]);
            }
            catch (Exception exception) when (IsWrongSetting(exception))
            {
                throw scheme.Wrong($"{scheme.Driver} does not accept its setting '{name}', or not with that value");
            }
        }

        return settings;
    }

    private static string Shown(ServerScheme scheme, DbConnectionStringBuilder settings)
    {
        string[] shownElsewhere = [scheme.Host, ServerScheme.Port, scheme.User, ServerScheme.Database];
        string user = Text(settings, scheme.User) is { Length: > 0 } name ? Uri.EscapeDataString(name) + "@" : "";
        string server = Text(settings, scheme.Host);
        string host = server.Contains(':', StringComparison.Ordinal) ? $"[{server}]" : server;
        string[] keys = [.. settings.Keys.Cast<string>()];
        string port = keys.Contains(ServerScheme.Port) ? $":{Text(settings, ServerScheme.Port)}" : "";
        IEnumerable<string> others = keys
            // Some settings hold secrets of their own, such as the password of a certificate.
            .Where(key => !shownElsewhere.Contains(key) && !key.Contains("password", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(key => $"{Uri.EscapeDataString(key.Replace(" ", "", StringComparison.Ordinal))}={Uri.EscapeDataString(Text(settings, key))}");
        string query = string.Join('&', others);
        return $"{scheme.Scheme}://{user}{host}{port}/{Uri.EscapeDataString(Text(settings, ServerScheme.Database))}{(query.Length > 0 ? "?" : "")}{query}";
    }

    private static string Text(DbConnectionStringBuilder settings, string key) =>
        settings.TryGetValue(key, out object? value) ? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "" : "";

    private static bool IsWrongSetting(Exception exception) => exception is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException;
}
