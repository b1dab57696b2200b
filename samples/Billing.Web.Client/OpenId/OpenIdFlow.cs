using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Web.Client.OpenId;

/// <summary>A sign-in that was begun: what only the window that began it knows.</summary>
/// <param name="State">Comes back with the answer: an answer to somebody else has another one.</param>
/// <param name="Nonce">Comes back in the id token.</param>
/// <param name="Verifier">Without it a code is worth nothing (PKCE, RFC 7636).</param>
/// <param name="To">The page that the reader came from, from the address of the site.</param>
public sealed record OpenIdFlow(string State, string Nonce, string Verifier, string To)
{
    private const int SecretBytes = 32;

    /// <summary>What the provider is told of the verifier.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>Begins one.</summary>
    public static OpenIdFlow Begin(string to) => new(Secret(), Secret(), Secret(), to);

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
}
