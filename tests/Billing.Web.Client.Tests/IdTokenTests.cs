using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Billing.Web.Client.OpenId;

namespace Billing.Web.Client.Tests;

public sealed class IdTokenTests
{
    private const long Now = 1_800_000_000;
    private static readonly OpenIdSettings s_settings = new() { Issuer = "https://login.test", ClientId = "page" };

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"aud":["page"]}""", null)]
    [InlineData("""{"aud":["page","other"],"azp":"page"}""", null)]
    [InlineData("""{"aud":["page","other"]}""", "audience")]
    [InlineData("""{"aud":"page","azp":"other"}""", "audience")]
    [InlineData("""{"aud":"other"}""", "audience")]
    [InlineData("""{"aud":null}""", "audience")]
    [InlineData("""{"iss":"https://login.test/"}""", "issuer")]
    [InlineData("""{"iss":1}""", "issuer")]
    [InlineData("""{"nonce":"other"}""", "nonce")]
    [InlineData("""{"nonce":null}""", "nonce")]
    [InlineData("""{"exp":1799999701}""", null)]
    [InlineData("""{"exp":1799999700}""", "clock")]
    [InlineData("""{"iat":1800000300}""", null)]
    [InlineData("""{"iat":1800000301}""", "clock")]
    [InlineData("""{"exp":null}""", "idtoken")]
    [InlineData("""{"exp":1e300}""", "idtoken")]
    [InlineData("""{"iat":"now"}""", "idtoken")]
    [InlineData("""{"sub":""}""", "idtoken")]
    public void It_is_for_this_page_from_this_issuer_for_this_sign_in_and_valid_within_five_minutes(string change, string? fault)
    {
        Assert.Equal(fault, FaultOf(Token(change), needsNonce: true));
    }

    [Fact]
    public void That_of_a_renewal_may_have_no_nonce_and_none_of_another_sign_in()
    {
        Assert.Null(FaultOf(Token("""{"nonce":null}"""), needsNonce: false));
        Assert.Equal("nonce", FaultOf(Token("""{"nonce":"other"}"""), needsNonce: false));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("e30.W10.x")]
    [InlineData("a.b.c.d.e")]
    public void What_is_no_token_names_nobody(string? text) => Assert.Equal("idtoken", FaultOf(text, needsNonce: true));

    [Fact]
    public void The_name_is_the_best_one_that_the_provider_gives()
    {
        Assert.Equal("Ada", Read(Token("""{"name":"Ada","email":"ada@example.com"}""")).Name);
        Assert.Equal("ada@example.com", Read(Token("""{"name":" ","email":"ada@example.com"}""")).Name);
        Assert.Equal("1", Read(Token("{}")).Name);
    }

    internal static string Token(string change, long now = Now)
    {
        JsonObject claims = new() { ["iss"] = "https://login.test", ["aud"] = "page", ["sub"] = "1", ["nonce"] = "n", ["iat"] = now, ["exp"] = now + 300 };
        foreach ((string name, JsonNode? value) in JsonNode.Parse(change)!.AsObject())
        {
            claims[name] = value?.DeepClone();
        }

        return $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.signature";
    }

    private static IdToken Read(string? text, bool needsNonce = true) => IdToken.Read(text, s_settings, "n", needsNonce, DateTimeOffset.FromUnixTimeSeconds(Now));

    private static string? FaultOf(string? text, bool needsNonce)
    {
        try
        {
            Read(text, needsNonce);
            return null;
        }
        catch (OpenIdException wrong)
        {
            return wrong.Fault.Kind;
        }
    }
}
