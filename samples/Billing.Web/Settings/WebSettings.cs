namespace Billing.Web.Settings;

/// <summary>The settings of the host. Each is a key of the configuration: on the command line <c>--Store:ConnectionString ...</c>, in the environment <c>Store__ConnectionString</c>.</summary>
internal sealed class WebSettings
{
    private const long MostUpload = 16L * 1024 * 1024 * 1024;

    /// <summary>How a converted amount is rounded, here and in previews.</summary>
    public const MidpointRounding Rounding = MidpointRounding.ToEven;

    private WebSettings()
    {
    }

    /// <summary>The folder for uploads, receipts and rules. Default <c>billing-web</c> in the working directory.</summary>
    public required string Folder { get; init; }

    /// <summary>The kind of store: <c>sqlite</c>, <c>mysql</c> or <c>postgres</c>.</summary>
    public required string StoreKind { get; init; }

    /// <summary>The connection string of the store.</summary>
    public required string ConnectionString { get; init; }

    public required Currency ReportingCurrency { get; init; }

    public required IExchangeRates Rates { get; init; }

    /// <summary>The file of the rules in force.</summary>
    public required string RulesFile { get; init; }

    /// <summary>The file of the budgets in force.</summary>
    public required string BudgetsFile { get; init; }

    /// <summary>The time zone of the books.</summary>
    public required TimeZoneInfo Zone { get; init; }

    public required long MostUploadBytes { get; init; }

    public required int PieceBytes { get; init; }

    public required TimeSpan KeepUploads { get; init; }

    public required int RequestsPerMinute { get; init; }

    /// <summary>The role of everybody who signs in by no name: on loopback, or by the token. Default <c>controller</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The names under which the host answers; empty for loopback names, or, with sign-in, for any.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <exception cref="BillingConfigurationException">A setting is wrong.</exception>
    public static WebSettings Of(IConfiguration settings)
    {
        string folder = Path.GetFullPath(settings["Folder"] ?? "billing-web");
        Currency reporting = Currency.TryParse(settings["ReportingCurrency"] ?? "USD", out Currency? currency) && currency.MinorUnits is not null
            ? currency
            : throw Wrong("ReportingCurrency", settings["ReportingCurrency"], "a code of ISO 4217, such as USD");
        string kind = settings["Store:Kind"] ?? "sqlite";
        return new WebSettings
        {
            Folder = folder,
            StoreKind = kind is "sqlite" or "mysql" or "postgres" ? kind : throw Wrong("Store:Kind", kind, "sqlite, mysql or postgres"),
            ConnectionString = settings["Store:ConnectionString"] ?? (kind == "sqlite" ? "Data Source=billing.db" : throw Wrong("Store:ConnectionString", null, "the connection string of the server")),
            ReportingCurrency = reporting,
            Rates = RatesSetting.Parse(settings["Rates"], reporting),
            RulesFile = settings["Rules"] is { Length: > 0 } rules ? Path.GetFullPath(rules) : Path.Combine(folder, "rules.json"),
            BudgetsFile = settings["Budgets"] is { Length: > 0 } budgets ? Path.GetFullPath(budgets) : Path.Combine(folder, "budgets.json"),
            Zone = TimeZoneInfo.TryFindSystemTimeZoneById(settings["TimeZone"] ?? "UTC", out TimeZoneInfo? zone) ? zone : throw Wrong("TimeZone", settings["TimeZone"], "an IANA time zone, such as Pacific/Auckland"),
            MostUploadBytes = Number(settings, "MostUploadBytes", 2L * 1024 * 1024 * 1024, 1, MostUpload),
            PieceBytes = (int)Number(settings, "PieceBytes", 4 * 1024 * 1024, 1024, 64 * 1024 * 1024),
            KeepUploads = TimeSpan.FromHours(Number(settings, "KeepUploadsHours", 24, 1, 24 * 365)),
            RequestsPerMinute = (int)Number(settings, "RequestsPerMinute", 3_000, 1, 1_000_000),
            Role = settings["Role"] is not { } role ? Security.Roles.Controller : Security.Roles.All.Contains(role) ? role : throw Wrong("Role", role, string.Join(", ", Security.Roles.All)),
            Hosts = settings["Hosts"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    private static long Number(IConfiguration settings, string name, long standard, long least, long most) => settings[name] is not { } text
        ? standard
        : long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? number
            : throw Wrong(name, text, FormattableString.Invariant($"a whole number from {least} to {most}"));

    private static BillingConfigurationException Wrong(string name, string? value, string use) => new($"The setting {name} is '{value}'. Use {use}.");
}
