using System.Buffers.Text;
using System.Text.Json;

namespace Billing.Web.Client.OpenId;

/// <summary>
/// Who signed in, as the provider states it. The token comes from its token endpoint over TLS, which takes the place of its signature (OpenID Connect Core 1.0, 3.1.3.7); the APIs check the signature of
/// the access token, and nothing is decided by this one but the name on the screen.
/// </summary>
/// <param name="Subject">The id of the person at the provider.</param>
/// <param name="Name">The name to show.</param>
internal sealed record IdToken(string Subject, string Name)
{
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);
    private static readonly string[] s_names = ["name", "preferred_username", "email", "cognito:username", "sub"];

    /// <summary>Reads a token and checks whom it is from, whom it is for, when it is valid, and which sign-in it answers.</summary>
    /// <param name="nonce">The nonce of the sign-in.</param>
    /// <param name="needsNonce">Whether the token must have it: that of a renewal need not.</param>
    /// <exception cref="OpenIdException">Something is wrong with it.</exception>
    public static IdToken Read(string? token, OpenIdSettings settings, string nonce, bool needsNonce, DateTimeOffset now)
    {
        JsonElement claims = Claims(token);
        if (Text(claims, "iss") != settings.Issuer)
        {
            throw new OpenIdException(OpenIdFault.Issuer, Text(claims, "iss"));
        }

        string[] audiences = Audiences(claims);
        if (!audiences.Contains(settings.ClientId) || (Text(claims, "azp") ?? (audiences.Length == 1 ? settings.ClientId : null)) != settings.ClientId)
        {
            throw new OpenIdException(OpenIdFault.Audience, string.Join(' ', audiences));
        }

        if (Time(claims, "exp") is not { } end || Time(claims, "iat") is not { } issued)
        {
            throw new OpenIdException(OpenIdFault.IdToken, "exp, iat");
        }

        if (end <= now - s_skew || issued > now + s_skew)
        {
            throw new OpenIdException(OpenIdFault.Clock);
        }

        string? stated = Text(claims, "nonce");
        if (stated != nonce && (needsNonce || stated is not null))
        {
            throw new OpenIdException(OpenIdFault.Nonce);
        }

        return Text(claims, "sub") is { Length: > 0 } subject
            ? new IdToken(subject, s_names.Select(name => Text(claims, name)).First(name => !string.IsNullOrWhiteSpace(name))!)
            : throw new OpenIdException(OpenIdFault.IdToken, "sub");
    }

    private static JsonElement Claims(string? token)
    {
        if (token?.Split('.') is [_, { Length: > 0 } body, { Length: > 0 }])
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(Base64Url.DecodeFromChars(body));
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                {
                    return document.RootElement.Clone();
                }
            }
            catch (Exception unreadable) when (unreadable is FormatException or JsonException)
            {
                // Told below, as what it is: no token.
            }
        }

        throw new OpenIdException(OpenIdFault.IdToken);
    }

    private static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] Audiences(JsonElement claims) => claims.TryGetProperty("aud", out JsonElement value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)],
            _ => [],
        }
        : [];

    // A time beyond the calendar is none.
    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
}
