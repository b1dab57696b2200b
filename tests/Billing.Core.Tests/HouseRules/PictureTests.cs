namespace Billing.Core.Tests.HouseRules;

[Trait("Culture", "independent")]
public sealed class PictureTests
{
    [Fact]
    public async Task The_picture_of_the_rooms_is_what_the_script_draws_now()
    {
        (int code, string picture) = await PythonScript.RunAsync(Repository.PathTo("docs", "pictures", "rooms.py"));
        Assert.True(code == 0, picture);
        Assert.Null(Golden.Difference(Repository.PathTo("docs", "pictures", "rooms.svg"), picture));
    }
}
