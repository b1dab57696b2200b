using System.Data.Common;
using System.Globalization;
using System.Net;
using Billing.MySql;
using Billing.Sinks.Aurora;

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

    private static readonly string[] s_servers = ["Server", "Host", "Data Source", "DataSource"];
    private static readonly string[] s_databases = ["Database", "Initial Catalog"];
    private static readonly string[] s_users = ["User ID", "UserID", "User Id", "Uid", "User", "Username", "User Name"];
    private static readonly string[] s_passwords = ["Password", "Pwd"];

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
        DbConnectionStringBuilder settings = rest.StartsWith("//", StringComparison.Ordinal) ? OfUrl(rest) : OfConnectionString(rest);
        if (Value(settings, s_servers) is not { Length: > 0 } server)
        {
            throw Wrong("it names no server");
        }

        if (Value(settings, s_databases) is not { Length: > 0 } database)
        {
            throw Wrong("it names no database");
        }

        string? warning = null;
        if (Value(settings, s_passwords) is { Length: > 0 })
        {
            warning = $"a password on the command line can be read by every user of this machine, in the list of processes. Give it in {PasswordVariable} instead.";
        }
        else if (Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } password)
        {
            settings["Password"] = password;
        }

        string address = Shown(server, database, settings);
        Default(settings, "CharSet", "utf8mb4");
        if (IsThisHost(server))
        {
            // A server that is asked to load a file may ask for another one: only that of this machine is trusted unasked.
            Default(settings, "AllowLoadLocalInfile", "true");
        }

        return new MySqlStore(address, settings.ConnectionString, warning);
    }

    public void AddTo(BillingBuilder billing) => billing.AddAuroraSink(DataSource(), options => options.CreateSchema = true);

    public IBillingStore Open() => new AuroraSink(DataSource());

    private static DbConnectionStringBuilder OfConnectionString(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            throw Wrong("it is no connection string");
        }
    }

    private static DbConnectionStringBuilder OfUrl(string rest)
    {
        if (!Uri.TryCreate("mysql:" + rest, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0 || uri.Fragment.Length > 0)
        {
            throw Wrong("it is no URL; write characters such as @ : / # as %40 %3A %2F %23");
        }

        DbConnectionStringBuilder settings = new() { ["Server"] = uri.DnsSafeHost };
        if (uri.Port >= 0)
        {
            settings["Port"] = uri.Port.ToString(CultureInfo.InvariantCulture);
        }

        string[] user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            settings["User ID"] = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            settings["Password"] = Uri.UnescapeDataString(user[1]);
        }

        string path = uri.AbsolutePath.TrimStart('/');
        if (path.Contains('/', StringComparison.Ordinal))
        {
            throw Wrong("it names more than a database behind the host");
        }

        settings["Database"] = Uri.UnescapeDataString(path);
        foreach (string setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = setting.Split('=', 2);
            if (pair is not [{ Length: > 0 }, _])
            {
                throw Wrong("what stands behind ? is not of the form Key=value&Key=value");
            }

            settings[Uri.UnescapeDataString(pair[0])] = Uri.UnescapeDataString(pair[1]);
        }

        return settings;
    }

    // What can be given to --store again, with the password in the environment.
    private static string Shown(string server, string database, DbConnectionStringBuilder settings)
    {
        string user = Value(settings, s_users) is { Length: > 0 } name ? Uri.EscapeDataString(name) + "@" : "";
        string host = server.Contains(':', StringComparison.Ordinal) ? $"[{server}]" : server;
        string port = settings.TryGetValue("Port", out object? number) ? $":{number}" : "";
        IEnumerable<string> others = settings.Keys.Cast<string>()
            .Where(key => !s_servers.Concat(s_databases).Concat(s_users).Concat(s_passwords).Append("Port").Contains(key, StringComparer.OrdinalIgnoreCase))
            // Some settings hold secrets of their own, such as the password of a certificate.
            .Where(key => !key.Contains("password", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(key => $"{Uri.EscapeDataString(key)}={Uri.EscapeDataString(Convert.ToString(settings[key], CultureInfo.InvariantCulture)!)}");
        string query = string.Join('&', others);
        return $"mysql://{user}{host}{port}/{Uri.EscapeDataString(database)}{(query.Length > 0 ? "?" : "")}{query}";
    }

    private static string? Value(DbConnectionStringBuilder settings, string[] names)
    {
        foreach (string name in names)
        {
            if (settings.TryGetValue(name, out object? value))
            {
                return Convert.ToString(value, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private static void Default(DbConnectionStringBuilder settings, string name, string value)
    {
        if (!settings.ContainsKey(name))
        {
            settings[name] = value;
        }
    }

    private static bool IsThisHost(string host) => host is "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static UsageException Wrong(string why) =>
        new($"The address of the MySQL store cannot be used: {why}. Write it like {Example}, with the password in {PasswordVariable}, or like \"mysql:Server=127.0.0.1;Database=billing;User ID=app\".");

    private DbDataSource DataSource()
    {
        try
        {
            return MySqlDriver.Open(_connectionString);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"The driver does not take the settings of {Address}: {exception.Message}", exception);
        }
    }
}
