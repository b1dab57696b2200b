using Billing.Web.Client.OpenId;

namespace Billing.Web.Client.Host;

/// <summary>
/// What the server of the page says of it: <c>settings.json</c>, beside <c>index.html</c>. With samples/Billing.Web it is empty. Where functions run in its place, in the cloud or with
/// <c>billing local</c>, it has the addresses of their HTTP APIs.
/// </summary>
public sealed record PageSettings
{
    private static readonly IReadOnlyList<string> s_ofHost = ["overview", "expenses", "import", "quarantine", "pending", "receipts", "month", "budgets", "runs", "rules"];
    private static readonly IReadOnlyList<string> s_ofFunctions = ["logged", "import", "sightings", "transactions"];

    /// <summary>The HTTP API of the expenses (docs/lambda.md); null where there is a host.</summary>
    public Uri? Expenses { get; init; }

    /// <summary>The HTTP API of the receipts.</summary>
    public Uri? Receipts { get; init; }

    /// <summary>The HTTP API of the transactions.</summary>
    public Uri? Transactions { get; init; }

    /// <summary>How callers of the APIs sign in: <c>openid</c>, at the provider of <see cref="OpenId"/>; <c>token</c>, with an access token from elsewhere; null where nobody signs in.</summary>
    public string? SignIn { get; init; }

    /// <summary>Where people sign in, with <c>openid</c>.</summary>
    public OpenIdSettings? OpenId { get; init; }

    /// <summary>The code of the currency that the functions convert to.</summary>
    public string ReportingCurrency { get; init; } = "USD";

    /// <summary>The codes of the currencies that they have a rate for.</summary>
    public IReadOnlyList<string> Currencies { get; init; } = ["USD"];

    /// <summary>Whether samples/Billing.Web is behind the page.</summary>
    public bool HasHost => Expenses is null && Receipts is null && Transactions is null;

    /// <summary>The names of the pages that can be shown, the first one first.</summary>
    public IReadOnlyList<string> Pages => HasHost ? s_ofHost : s_ofFunctions;

    /// <summary>The address of a page, from that of the site.</summary>
    public static string AddressOf(string page) => page == "overview" ? "" : "app/" + page;

    /// <summary>Whether there is something behind a page at this address, such as <c>app/expenses</c>.</summary>
    public bool Offers(string address) => Pages.Any(page => AddressOf(page) == address);
}
