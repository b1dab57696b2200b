using System.Globalization;

namespace Billing.Core.Tests.HouseRules;

public sealed class CultureTests
{
    [Fact]
    public void The_suite_runs_under_the_culture_and_time_zone_that_test_sh_asks_for()
    {
        string? culture = Environment.GetEnvironmentVariable("BILLING_TEST_CULTURE");
        if (culture is not null)
        {
            Assert.Equal(culture, CultureInfo.CurrentCulture.Name);
        }

        if (Environment.GetEnvironmentVariable("TZ") is { Length: > 0 } zone)
        {
            Assert.Equal(zone, TimeZoneInfo.Local.Id);
        }
    }
}
