using System.Net;
using Billing.Web.Client.Layout;
using Billing.Web.Client.Parts;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

public sealed class SignInTests : PageContext
{
    private const string Stranger = """{ "signIn": "token", "roles": [], "reportingCurrency": "USD", "currencies": ["USD"], "today": "2026-06-17", "antiForgeryHeader": "X-Billing", "mostUploadBytes": 1, "pieceBytes": 1 }""";

    [Fact]
    public async Task Who_is_not_signed_in_is_asked_to_and_sees_no_page()
    {
        Host.Answer("GET /api/session", Stranger);
        await OpenAsync();
        IRenderedComponent<MainLayout> layout = Render<MainLayout>(p => p.Add(l => l.Body, (RenderFragment)(builder => builder.AddContent(0, "the books"))));
        Assert.DoesNotContain("the books", layout.Find("main").TextContent, StringComparison.Ordinal);
        Assert.NotNull(layout.Find("#token"));
    }

    [Fact]
    public async Task A_wrong_token_is_told_beside_its_field()
    {
        Host.Answer("GET /api/session", Stranger);
        Host.Answer("POST /api/token", """{ "status": 401 }""", HttpStatusCode.Unauthorized);
        await OpenAsync();
        IRenderedComponent<SignInCard> card = Render<SignInCard>();
        await card.Find("#token").ChangeAsync("guessed");
        await card.Find("form").SubmitAsync();
        Assert.Contains("This is not the token of this server.", card.Find("#token-fault").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_signed_in_sees_the_page_and_is_told_when_the_host_is_gone()
    {
        await OpenAsync();
        IRenderedComponent<MainLayout> layout = Render<MainLayout>(p => p.Add(l => l.Body, (RenderFragment)(builder => builder.AddContent(0, "the books"))));
        Assert.Contains("the books", layout.Find("main").TextContent, StringComparison.Ordinal);
        Services.GetRequiredService<Billing.Web.Client.Host.Connection>().Tell(isUp: false);
        layout.WaitForAssertion(() => Assert.Contains("The server cannot be reached.", layout.Find("main").TextContent, StringComparison.Ordinal));
    }
}
