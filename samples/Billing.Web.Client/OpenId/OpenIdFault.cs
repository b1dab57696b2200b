namespace Billing.Web.Client.OpenId;

/// <summary>Why nobody is signed in.</summary>
/// <param name="Kind">The end of the key of its text, <c>openid.fault.KIND</c>.</param>
/// <param name="Detail">What the provider said, or null.</param>
public sealed record OpenIdFault(string Kind, string? Detail = null)
{
    public const string Settings = "settings";
    public const string Storage = "storage";
    public const string State = "state";
    public const string Denied = "denied";
    public const string Provider = "provider";
    public const string Unreachable = "unreachable";
    public const string Discovery = "discovery";
    public const string Refused = "refused";
    public const string Tokens = "tokens";
    public const string IdToken = "idtoken";
    public const string Nonce = "nonce";
    public const string Issuer = "issuer";
    public const string Audience = "audience";
    public const string Clock = "clock";
    public const string NotAccepted = "notaccepted";

    private const int LongestDetail = 300;

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Settings, Storage, State, Denied, Provider, Unreachable, Discovery, Refused, Tokens, IdToken, Nonce, Issuer, Audience, Clock, NotAccepted];

    /// <summary>A fault with what the provider said of it: its code, and its sentence if there is one.</summary>
    public static OpenIdFault Said(string kind, string? code, string? sentence)
    {
        string said = string.Join(": ", ((string?[])[code, sentence]).Where(text => !string.IsNullOrWhiteSpace(text)));
        return new OpenIdFault(kind, said.Length == 0 ? null : said[..Math.Min(said.Length, LongestDetail)]);
    }
}
