using Billing.Memory;

namespace Billing.Core.Tests.Memory;

public sealed class MemoryAlertsTests
{
    private static readonly DateTimeOffset s_noon = new(2025, 6, 30, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_been_due_longest_is_claimed_first_and_then_by_id()
    {
        MemoryAlerts alerts = new(new Lock());
        alerts.Add([Alert("d", 1), Alert("c", 0), Alert("a", 1), Alert("b", 2), Alert("e", 3)]);
        Assert.Equal(["c", "a", "d"], (await alerts.ClaimAlertsAsync(3, s_noon.AddMinutes(2), TimeSpan.FromMinutes(1), Cancellation)).Select(alert => alert.Id));
        Assert.Equal(["b"], (await alerts.ClaimAlertsAsync(3, s_noon.AddMinutes(2), TimeSpan.FromMinutes(1), Cancellation)).Select(alert => alert.Id));
    }

    [Fact]
    public async Task A_claim_of_nothing_or_for_no_time_is_refused()
    {
        MemoryAlerts alerts = new(new Lock());
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await alerts.ClaimAlertsAsync(0, s_noon, TimeSpan.FromMinutes(1), Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await alerts.ClaimAlertsAsync(1, s_noon, TimeSpan.Zero, Cancellation));
    }

    private static BillingAlert Alert(string id, int minutes) => new()
    {
        Id = id,
        RecordKey = Some.Key("1"),
        Rule = "over 500",
        Subject = BillingAlert.DefaultSubject,
        Message = "A record.",
        RaisedAt = s_noon,
        DueAt = s_noon.AddMinutes(minutes),
    };
}
