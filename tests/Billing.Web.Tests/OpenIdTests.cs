using System.Security.Claims;
using Billing.Web.Contracts;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Billing.Web.Tests;

/// <summary>With OpenID Connect, the provider's tokens decide who comes in, and their roles what they may do.</summary>
public sealed class OpenIdTests
{
    private const string Issuer = "https://identity.invalid";

    private static readonly SymmetricSecurityKey s_key = new(System.Text.Encoding.UTF8.GetBytes("a key that only this test and its provider have"));

    [Theory]
    [InlineData("reader", 200, 403, 403)]
    [InlineData("clerk", 200, 201, 403)]
    [InlineData("controller", 200, 201, 404)]
    [InlineData("somebody", 403, 403, 403)]
    public async Task The_roles_of_a_token_are_the_roles_here(string role, int read, int enter, int revert)
    {
        await using WebHost host = Host();
        await using WebApplicationFactory<Program> trusting = Trusting(host);
        HttpClient page = Page(trusting, Token(role, s_key, Issuer));
        Assert.Equal(read, (int)(await WebHost.AskAsync(page, HttpMethod.Get, "/api/records")).StatusCode);
        Assert.Equal(enter, (int)(await WebHost.AskAsync(page, HttpMethod.Post, "/api/expenses", WebHost.Lunch, ("Idempotency-Key", "1"))).StatusCode);
        Assert.Equal(revert, (int)(await WebHost.AskAsync(page, HttpMethod.Post, "/api/runs/1/revert", "{}")).StatusCode);
        SessionReply session = await WebHost.GetAsync<SessionReply>(page, "/api/session");
        Assert.Equal(("openid", "Ada"), (session.SignIn, session.User));
    }

    [Theory]
    [InlineData("/signout-oidc")]
    [InlineData("/signout-oidc?iss=https%3A%2F%2Fidentity.invalid")]
    public async Task No_address_ends_a_session_by_GET(string path)
    {
        await using WebHost host = Host();
        await using WebApplicationFactory<Program> trusting = Trusting(host);
        using HttpResponseMessage response = await WebHost.AskAsync(trusting.CreateClient(), HttpMethod.Get, path);

        // The library would answer with nothing, and delete the cookie.
        Assert.Contains("<title>Billing</title>", await response.Content.ReadAsStringAsync(WebHost.Cancellation), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_token_of_another_provider_or_for_another_program_or_past_its_time_is_refused()
    {
        await using WebHost host = Host();
        await using WebApplicationFactory<Program> trusting = Trusting(host);
        SymmetricSecurityKey other = new(System.Text.Encoding.UTF8.GetBytes("a key that the provider of this test does not have"));
        foreach (string token in (string[])[Token("controller", other, Issuer), Token("controller", s_key, "https://other.invalid"), Token("controller", s_key, Issuer, "other"), Token("controller", s_key, Issuer, minutes: -60), "x.y.z"])
        {
            await WebHost.SendAsync<ProblemReply>(Page(trusting, token), HttpMethod.Get, "/api/records", null, 401);
        }
    }

    private static WebHost Host() => new(("OpenId:Authority", Issuer), ("OpenId:ClientId", "billing"), ("OpenId:ClientSecret", "secret"));

    // What the provider would publish, without a provider.
    private static WebApplicationFactory<Program> Trusting(WebHost host) => host.WithWebHostBuilder(builder => Microsoft.AspNetCore.TestHost.WebHostBuilderExtensions.ConfigureTestServices(builder, services =>
        services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options =>
        {
            OpenIdConnectConfiguration provider = new() { Issuer = Issuer };
            provider.SigningKeys.Add(s_key);
            options.ConfigurationManager = new Microsoft.IdentityModel.Protocols.StaticConfigurationManager<OpenIdConnectConfiguration>(provider);
        })));

    private static HttpClient Page(WebApplicationFactory<Program> host, string token)
    {
        HttpClient page = host.CreateClient();
        page.DefaultRequestHeaders.Add("X-Billing", "1");
        page.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return page;
    }

    private static string Token(string role, SecurityKey key, string issuer, string audience = "billing", int minutes = 5) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer,
        Audience = audience,
        NotBefore = DateTime.UtcNow.AddMinutes(-120),
        IssuedAt = DateTime.UtcNow.AddMinutes(-120),
        Expires = DateTime.UtcNow.AddMinutes(minutes),
        Subject = new ClaimsIdentity([new Claim("name", "Ada"), new Claim("roles", role), new Claim(ClaimTypes.Role, "controller")]),
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
    });
}
