using System.Globalization;
using Billing.Sinks.Aurora;
using MySqlConnector;

namespace Billing.Console.Stores;

/// <summary>
/// A MySQL database: <c>Server=..;Database=..;User ID=..</c>, or <c>//user@host:port/database[?Key=value]</c> with everything percent-encoded
/// that is no letter. The password is that of <see cref="PasswordVariable"/>.
/// </summary>
internal sealed class MySqlStore : IStore
{
    /// <summary>The environment variable that holds the password.</summary>
    public const string PasswordVariable = "BILLING_MYSQL_PASSWORD";

    private const string Example = "mysql://app@127.0.0.1:3306/billing";

    private static readonly string[] s_shownElsewhere = ["Server", "Port", "User ID", "Database"];

    private readonly string _connectionString;

    private MySqlStore(string address, string connectionString, string? warning)
    {
        Address = address;
        Warning = warning;
        _connectionString = connectionString;
    }

    public string Address { get; }

    // Whether the tables are there is known when they are asked, and then said.
    public bool Exists => true;

    public bool IsKept => true;

    public string? Warning { get; }

    /// <summary>Reads what stands after the scheme.</summary>
    /// <exception cref="UsageException">It is not of that shape. The message never repeats it: it may hold a password.</exception>
    public static MySqlStore Parse(string rest)
    {
        MySqlConnectionStringBuilder settings = rest.StartsWith("//", StringComparison.Ordinal) ? OfUrl(rest) : OfConnectionString(rest);
        if (settings.Server.Length == 0)
        {
            throw Wrong("it names no server");
        }

        if (settings.Database.Length == 0)
        {
            throw Wrong("it names no database");
        }

        string? warning = null;
        if (settings.Password.Length > 0)
        {
            warning = $"a password on the command line can be read by every user of this machine, in the list of processes. Give it in {PasswordVariable} instead.";
        }
        else if (Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } password)
        {
            settings.Password = password;
        }

        return new MySqlStore(Shown(settings), settings.ConnectionString, warning);
    }

    public void AddTo(BillingBuilder billing) => billing.AddAuroraSink(_connectionString, options => options.CreateSchema = true);

    public IBillingStore Open() => new AuroraSink(_connectionString);

    private static MySqlConnectionStringBuilder OfConnectionString(string text)
    {
        try
        {
            return new MySqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (IsWrongSetting(exception))
        {
            throw Wrong("it is no connection string that MySqlConnector takes");
        }
    }

    private static MySqlConnectionStringBuilder OfUrl(string rest)
    {
        if (!Uri.TryCreate("mysql:" + rest, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0 || uri.Fragment.Length > 0)
        {
            throw Wrong("it is no URL; write characters such as @ : / # as %40 %3A %2F %23");
        }

        MySqlConnectionStringBuilder settings = new() { Server = uri.DnsSafeHost };
        if (uri.Port >= 0)
        {
            settings.Port = (uint)uri.Port;
        }

        string[] user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            settings.UserID = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            settings.Password = Uri.UnescapeDataString(user[1]);
        }

        string path = uri.AbsolutePath.TrimStart('/');
        if (path.Contains('/', StringComparison.Ordinal))
        {
            throw Wrong("it names more than a database behind the host");
        }

        settings.Database = Uri.UnescapeDataString(path);
        foreach (string setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = setting.Split('=', 2);
            if (pair is not [{ Length: > 0 }, _])
            {
                throw Wrong("what stands behind ? is not of the form Key=value&Key=value");
            }

            string name = Uri.UnescapeDataString(pair[0]);
            try
            {
                settings[name] = Uri.UnescapeDataString(pair[1]);
            }
            catch (Exception exception) when (IsWrongSetting(exception))
            {
                throw Wrong($"MySqlConnector does not take its setting '{name}', or not that value of it");
            }
        }

        return settings;
    }

    // What can be given to --store again, with the password in the environment.
    private static string Shown(MySqlConnectionStringBuilder settings)
    {
        string user = settings.UserID.Length > 0 ? Uri.EscapeDataString(settings.UserID) + "@" : "";
        string host = settings.Server.Contains(':', StringComparison.Ordinal) ? $"[{settings.Server}]" : settings.Server;
        string port = settings.ContainsKey("Port") ? string.Create(CultureInfo.InvariantCulture, $":{settings.Port}") : "";
        IEnumerable<string> others = settings.Keys.Cast<string>()
            // Some settings hold secrets of their own, such as the password of a certificate.
            .Where(key => !s_shownElsewhere.Contains(key) && !key.Contains("password", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(key => $"{Uri.EscapeDataString(key.Replace(" ", "", StringComparison.Ordinal))}={Uri.EscapeDataString(Convert.ToString(settings[key], CultureInfo.InvariantCulture)!)}");
        string query = string.Join('&', others);
        return $"mysql://{user}{host}{port}/{Uri.EscapeDataString(settings.Database)}{(query.Length > 0 ? "?" : "")}{query}";
    }

    private static bool IsWrongSetting(Exception exception) => exception is ArgumentException or FormatException or InvalidCastException or OverflowException;

    private static UsageException Wrong(string why) =>
        new($"The address of the MySQL store cannot be used: {why}. Write it like {Example}, with the password in {PasswordVariable}, or like \"mysql:Server=127.0.0.1;Database=billing;User ID=app\".");
}
