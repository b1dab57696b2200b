using System.Net;
using System.Security.Cryptography;

namespace Billing.Web.Security;

/// <summary>How people sign in, decided when the host starts: OpenID Connect where it is set up; nothing where the host listens on loopback only; else a token.</summary>
internal sealed class SignInSettings
{
    private const int TokenBytes = 32;

    private SignInSettings(SignInMode mode, string? token)
    {
        Mode = mode;
        Token = token;
    }

    public SignInMode Mode { get; }

    /// <summary>The token that everybody must have, or null.</summary>
    public string? Token { get; }

    public string Word => Mode switch { SignInMode.None => "none", SignInMode.Token => "token", _ => "openid" };

    public static SignInSettings Of(IConfiguration settings) =>
        !string.IsNullOrWhiteSpace(settings["OpenId:Authority"]) ? new SignInSettings(SignInMode.OpenId, null)
        : Addresses(settings).All(IsLoopback) ? new SignInSettings(SignInMode.None, null)
        : new SignInSettings(SignInMode.Token, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));

    /// <summary>Whether a text is the token. It takes the same time whatever differs.</summary>
    public bool IsToken(string? text) => Token is not null && text is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)), SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Token)));

    // What Kestrel listens on. Nothing configured is localhost.
    private static IEnumerable<string> Addresses(IConfiguration settings) =>
    [
        .. (settings["urls"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        .. settings.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "http://*"),

        // Ports without an address are those of every address.
        .. string.IsNullOrEmpty(settings["http_ports"]) && string.IsNullOrEmpty(settings["https_ports"]) ? [] : new[] { "http://*" },
    ];

    private static bool IsLoopback(string address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip)));
}
